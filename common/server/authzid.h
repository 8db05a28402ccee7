/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * May a user act as another? PLAIN alone lets him ask.
 */
#ifndef CLASSIC_AUTHZID_H
#define CLASSIC_AUTHZID_H

#include "base/bytes.h"

struct server_session;

/*
 * Look `authzid` up, which need not be a user of the store, and ask the
 * application. `*code` is what has been found so far; after a wrong password
 * the lookup is made too, so that it does not show which it was. NULL, or a
 * reason for the log with *code set. `methods` are option_pwcheck()'s.
 */
const char *authzid_fault(struct server_session *s, struct bytes authzid,
    unsigned methods, int *code);

#endif

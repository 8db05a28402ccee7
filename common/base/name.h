/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Names and passwords as they come over the wire: which are accepted at all.
 */
#ifndef CLASSIC_NAME_H
#define CLASSIC_NAME_H

#include "base/bytes.h"

enum {
	MAX_NAME = 1024,     /* octets of an authcid or authzid */
	MAX_PASSWORD = 1024, /* octets */
};

/*
 * NULL if `name` can be an authcid or authzid: 1 to MAX_NAME octets of UTF-8
 * (RFC 3629), no control character (Unicode category Cc, hence no NUL), and
 * not blanks alone. Otherwise the reason word for the log.
 */
const char *name_fault(struct bytes name);

/* The same for a password: 1 to MAX_PASSWORD octets, no NUL (RFC 4616). */
const char *name_password_fault(struct bytes password);

#endif

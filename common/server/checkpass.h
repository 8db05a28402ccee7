/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other checks of a password: the methods of pwcheck_method that are not ours,
 * and the application's own check.
 */
#ifndef CLASSIC_CHECKPASS_H
#define CLASSIC_CHECKPASS_H

#include "base/bytes.h"

struct host;
struct server_session;

/* Would checkpass_ask() find somebody to ask? */
bool checkpass_wanted(const struct host *h, unsigned methods);

/*
 * Ask sasl_checkpass() if `methods` (option_pwcheck()) has others than us, or
 * else the application if it registered SASL_CB_SERVER_USERDB_CHECKPASS,
 * whether `password` is that of the canonicalised authcid, which lookup_user()
 * has left, or do nothing if it has left no name. Wipes what was fetched first:
 * the library would free it as it is.
 *
 * sasl_checkpass() asks the application before the methods, and ends with its
 * yes; of what is not a yes, the last method's word is all that it tells. The
 * application is not asked twice, or one that counts attempts would count each
 * wrong password twice; hence its "not now" is lost beside other methods.
 *
 * SASL_OK, SASL_BADAUTH (also if there is nobody to ask), SASL_UNAVAIL or
 * SASL_NOMEM; nothing is logged.
 */
int checkpass_ask(
    struct server_session *s, struct bytes password, unsigned methods);

#endif

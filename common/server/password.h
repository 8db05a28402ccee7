/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Is this the user's password? For the mechanisms that send it.
 */
#ifndef CLASSIC_PASSWORD_H
#define CLASSIC_PASSWORD_H

#include "base/bytes.h"

struct server_session;

/* What a client claims; the names end with a NUL, the password need not. */
struct claim {
	struct bytes authcid;
	struct bytes authzid; /* empty: the authcid acts for itself */
	struct bytes password;
};

/*
 * Judge a claim: refuse what identity.h refuses, then ask whom pwcheck_method
 * names (our own check of the stored values, sasl_checkpass(), or one after
 * the other), then authorise. SASL_OK, or what server_fail() made of it.
 */
int password_check(struct server_session *s, struct claim claim);

/*
 * Let the user whose password was found right act as `authzid`; an empty one
 * asks for nothing. Both are compared after canonicalisation, by the library's
 * proxy policy, once the exchange is over.
 * `authzid` ends with a NUL. SASL_OK, or what server_fail() made of it.
 */
int password_authorise(struct server_session *s, struct bytes authzid);

#endif

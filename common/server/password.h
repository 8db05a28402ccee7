/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Is this the user's password? For the mechanisms that send it.
 */
#ifndef CLASSIC_PASSWORD_H
#define CLASSIC_PASSWORD_H

#include "base/bytes.h"

struct host;
struct server_session;

/* What a client claims; the names end with a NUL, the password need not. */
struct claim {
	struct bytes authcid;
	struct bytes authzid; /* empty: the authcid acts for itself */
	struct bytes password;
};

/*
 * Check a claim: refuse what name.h refuses, then ask whom pwcheck_method names
 * (our own check of the stored values, sasl_checkpass(), or one after the
 * other), then ask whether the user may act as the authzid, which need not be a
 * user of the store. Every refusal after the same work: see even_out().
 * SASL_OK, or what server_fail() made of it.
 */
int password_check(struct server_session *s, struct claim claim);

/*
 * `text` without the end of a line, which some clients send with names and
 * passwords, if the option classic_password_newline says so.
 */
struct bytes password_without_newline(const struct host *h, struct bytes text);

#endif

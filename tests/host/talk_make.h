/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The transcript of a login, made for each mechanism from a name and a
 * password: for what must be the same in all of them.
 */
#ifndef CLASSIC_TALK_MAKE_H
#define CLASSIC_TALK_MAKE_H

#include "host/talk.h"

struct login {
	const char *name; /* of the test */
	struct fake_setup host;
	const char *user;
	size_t user_len; /* octets; 0: a string */
	const char *password;
	size_t password_len;
	int code;
	const char *reason;
};

/*
 * TALK_LOGINS(side, logins, mechanism...) makes a test of each login of that
 * array, by each mechanism, for its plugin. The side is "server", "client" or
 * "whole". A client that does not return SASL_OK does so where it is first
 * asked.
 */
#define TALK_LOGINS(side, logins, ...) \
	static const char *const logins##_by[] = { __VA_ARGS__, NULL }; \
	TEST_PREPARE(logins##__prepare, \
	    talk_add_logins(side, logins##_by, logins, COUNT_OF(logins)))

void talk_add_logins(const char *side, const char *const *mechanisms,
    const struct login *logins, size_t count);

#endif

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

/* From which side, and by which mechanisms. */
struct talk_group {
	const char *side; /* "server", "client", "whole" */
	bool plain, login, crammd5;
};

/*
 * The main() of a program that tries `count` logins by each mechanism of the
 * group: each of them is a test, for the plugin of that mechanism. A client
 * that does not return SASL_OK does so where it is first asked.
 */
int talk_run_logins(
    struct talk_group group, const struct login *logins, size_t count);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Client and server of one plugin talk to each other.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin;

#undef ANSWERS
#define ROWS(user, password) \
	.rows = FAKE_ROWS({ user, "userPassword", password, 0 })
#define WAY(way, user, password) \
	.answers = (const struct fake_answer[]) \
	{ \
		NAME(user, way), PASS(password, way), NO_MORE_ANSWERS \
	}
#define LOGIN(name, user, password, ...) \
	{ \
#name "__is_ok", { ROWS(user, password), __VA_ARGS__ }, user, \
			0, password, 0, SASL_OK, NULL \
	}
#define KEY_60 "123456789012345678901234567890123456789012345678901234567890"

static const struct login logins[] = {
	LOGIN(usual_login, "alice", "wonderland"),
	LOGIN(prompted_login, "alice", "wonderland",
	    WAY(BY_PROMPT, "alice", "wonderland")),
	LOGIN(one_octet_login, "a", "x", WAY(BY_CALLBACK, "a", "x")),
	LOGIN(login_in_utf_8, "\xe6\x84\x9b\xe9\xba\x97\xe7\xb5\xb2",
	    "\xc3\x9f\xf0\x9f\x90\x87",
	    WAY(BY_CALLBACK, "\xe6\x84\x9b\xe9\xba\x97\xe7\xb5\xb2",
		"\xc3\x9f\xf0\x9f\x90\x87")),
	LOGIN(login_with_blanks, "alice liddell", " in wonder land ",
	    WAY(BY_CALLBACK, "alice liddell", " in wonder land ")),
	LOGIN(login_with_long_password, "alice", KEY_60 KEY_60 KEY_60,
	    WAY(BY_CALLBACK, "alice", KEY_60 KEY_60 KEY_60)),
	LOGIN(login_under_a_layer, "alice", "wonderland", .min_ssf = 128,
	    .external_ssf = 256),
};

TALK_LOGINS("whole", logins, "plain", "login", "crammd5")

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which user names a server takes: the same ones in all mechanisms.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin;

#define TAKEN(name, user) \
	{ \
#name "__is_taken", { .rows = NULL }, \
			user, \
			sizeof(user) - 1, \
			"looking-glass", \
			0, \
			SASL_BADAUTH, \
			"no-usable-secret" \
	}
#define REFUSED(name, user, reason) \
	{ \
#name "__is_bad_auth", { .rows = NULL }, \
			user, \
			sizeof(user) - 1, \
			"looking-glass", \
			0, \
			SASL_BADAUTH, \
			reason \
	}

static const struct login logins[] = {
	TAKEN(one_letter, "a"),
	TAKEN(inner_blanks, "alice  liddell"),
	TAKEN(at_sign, "bob@example.org"),
	TAKEN(digits_as_a_digest, "0123456789abcdef0123456789abcdef"),
	TAKEN(two_octet_letter, "al\xc3\xad"
				"ce"),
	TAKEN(first_after_c1, "al\xc2\xa0ice"),
	TAKEN(three_octet_letter, "\xe6\x84\x9b\xe9\xba\x97\xe7\xb5\xb2"),
	TAKEN(last_before_surrogates, "\xed\x9f\xbf"),
	TAKEN(four_octet_letter, "\xf0\x9f\x90\x87"),
	TAKEN(last_code_point, "\xf4\x8f\xbf\xbf"),

	REFUSED(tab_before, "\talice", "control-in-name"),
	REFUSED(end_of_line_behind, "alice\r\n", "control-in-name"),
	REFUSED(newline_inside, "ali\nce", "control-in-name"),
	REFUSED(escape_inside, "ali\x1b[2Jce", "control-in-name"),
	REFUSED(delete_inside,
	    "ali\x7f"
	    "ce",
	    "control-in-name"),
	REFUSED(c1_control_inside,
	    "ali\xc2\x85"
	    "ce",
	    "control-in-name"),
	REFUSED(first_c1_control, "\xc2\x80", "control-in-name"),
	REFUSED(last_c1_control, "\xc2\x9f", "control-in-name"),
	REFUSED(one_blank, " ", "empty-name"),
	REFUSED(many_blanks, "    ", "empty-name"),
	REFUSED(latin_1,
	    "al\xed"
	    "ce",
	    "name-not-utf8"),
	REFUSED(lone_continuation, "alice\x80", "name-not-utf8"),
	REFUSED(cut_character, "alice\xc3", "name-not-utf8"),
	REFUSED(cut_long_character, "alice\xf0\x9f\x90", "name-not-utf8"),
	REFUSED(overlong_slash, "\xc0\xaf", "name-not-utf8"),
	REFUSED(overlong_three_octets, "\xe0\x9f\xbf", "name-not-utf8"),
	REFUSED(overlong_four_octets, "\xf0\x8f\xbf\xbf", "name-not-utf8"),
	REFUSED(surrogate, "\xed\xa0\x80", "name-not-utf8"),
	REFUSED(beyond_unicode, "\xf4\x90\x80\x80", "name-not-utf8"),
	REFUSED(five_octets, "\xf8\x88\x80\x80\x80", "name-not-utf8"),
	REFUSED(octet_ff, "\xff", "name-not-utf8"),
};

TALK_LOGINS("server", logins, "plain", "login", "crammd5")

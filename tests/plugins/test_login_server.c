/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * LOGIN, the server's side: the course of its conversation. What is right and
 * wrong about names and passwords is in test_password_server.c.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/talk.h"

const char *run_plugin = "login";

#define SAID(name, user, password, code, reason_, ...) \
	SERVER_TALK(login_server__##name) = { \
		.lines = { SERVER("Username:"), CLIENT(user), \
		    SERVER("Password:"), CLIENT(password), ENDS(code) }, \
		.reason = reason_, \
		__VA_ARGS__ \
	}

SAID(right_password__is_ok, "alice", "wonderland", SASL_OK, NULL);

SAID(wrong_password__is_bad_auth, "alice", "looking-glass", SASL_BADAUTH, NULL,
    .host.remote = "192.0.2.7;4711", .guess = "looking-glass",
    .error = "authentication failed",
    .log = "LOGIN: authentication failed: reason=wrong-password "
	   "rhost=192.0.2.7 user=\"alice\"");

SAID(no_name__is_bad_auth, "", "wonderland", SASL_BADAUTH, NULL,
    .log = "reason=empty-name rhost=- user=\"\"");

SAID(no_password__is_bad_auth, "alice", "", SASL_BADAUTH, "empty-password");

/* The stored one is nothing, too: both defects of the stock plugins at once. */
SAID(no_password_stored__is_bad_auth, "alice", "", SASL_BADAUTH,
    "empty-password",
    .host.rows = FAKE_ROWS({ "alice", "userPassword", "", 0 }));

SAID(nul_in_name__is_bad_auth, "alice\0x", "wonderland", SASL_BADAUTH, NULL,
    .log = "reason=control-in-name rhost=- user=\"alice\\x00x\"");

SAID(newlines_allowed__are_no_part_of_the_name, "alice\r\n", "wonderland\n",
    SASL_OK, NULL,
    .host.options = FAKE_OPTIONS({ "classic_password_newline", "yes" }));

SAID(newline_in_name__is_bad_auth, "alice\n", "wonderland", SASL_BADAUTH,
    "control-in-name");

SAID(nul_in_password__is_bad_auth, "alice", "wonderland\0junk", SASL_BADAUTH,
    "nul-in-password");

SAID(nul_behind_password__is_bad_auth, "alice", "wonderland\0", SASL_BADAUTH,
    "nul-in-password");

/* The password was on the heap when stock LOGIN returned from here. */
SAID(canonicalising_fails__is_unavailable, "alice", "wonderland", SASL_UNAVAIL,
    NULL, .host.canon_call = 1, .host.canon_code = SASL_FAIL);

/* Everybody knows this one; it stands for all the forged log lines. */
SAID(quote_in_name__cannot_forge_the_log,
    "a\" rhost=1.2.3.4 user=\"b\\\xc3\xa9", "looking-glass", SASL_BADAUTH, NULL,
    .guess = "looking-glass",
    .log = "reason=no-usable-secret rhost=- "
	   "user=\"a\\x22 rhost=1.2.3.4 user=\\x22b\\x5c\\xc3\\xa9\"");

SAID(name_of_1024_octets__is_taken, A_1024, "looking-glass", SASL_BADAUTH,
    "no-usable-secret");

SAID(name_of_1025_octets__is_bad_auth, A_1024 "a", "wonderland", SASL_BADAUTH,
    "name-too-long");

SAID(password_of_1024_octets__is_taken, "alice", A_1024, SASL_BADAUTH,
    "wrong-password");

SAID(long_password__is_bad_auth, "alice", A_1024 "a", SASL_BADAUTH,
    "password-too-long");

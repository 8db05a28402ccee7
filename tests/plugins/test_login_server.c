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

#define ALICE_FIRST SERVER("Username:"), CLIENT("alice")

SERVER_TALK(login_server__right_password__is_ok) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT("wonderland"),
	    ENDS(SASL_OK) },
};

SERVER_TALK(login_server__wrong_password__is_bad_auth) = {
	.host.remote = "192.0.2.7;4711",
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT("looking-glass"),
	    ENDS(SASL_BADAUTH) },
	.guess = "looking-glass",
	.error = "authentication failed",
	.log = "LOGIN: authentication failed: reason=wrong-password "
	       "rhost=192.0.2.7 user=\"alice\"",
};

SERVER_TALK(login_server__no_name__is_bad_auth) = {
	.lines = { SERVER("Username:"), CLIENT(""), SERVER("Password:"),
	    CLIENT("wonderland"), ENDS(SASL_BADAUTH) },
	.log = "reason=empty-name rhost=- user=\"\"",
};

SERVER_TALK(login_server__no_password__is_bad_auth) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT(""),
	    ENDS(SASL_BADAUTH) },
	.reason = "empty-password",
};

/* The stored one is nothing, too: both defects of the stock plugins at once. */
SERVER_TALK(login_server__no_password_stored__is_bad_auth) = {
	.host.rows = FAKE_ROWS({ "alice", "userPassword", "", 0 }),
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT(""),
	    ENDS(SASL_BADAUTH) },
	.reason = "empty-password",
};

SERVER_TALK(login_server__nul_in_name__is_bad_auth) = {
	.lines = { SERVER("Username:"), CLIENT("alice\0x"), SERVER("Password:"),
	    CLIENT("wonderland"), ENDS(SASL_BADAUTH) },
	.log = "reason=control-in-name rhost=- user=\"alice\\x00x\"",
};

SERVER_TALK(login_server__newlines_allowed__are_no_part_of_the_name) = {
	.host.options = FAKE_OPTIONS({ "classic_password_newline", "yes" }),
	.lines = { SERVER("Username:"), CLIENT("alice\r\n"),
	    SERVER("Password:"), CLIENT("wonderland\n"), ENDS(SASL_OK) },
};

SERVER_TALK(login_server__newline_in_name__is_bad_auth) = {
	.lines = { SERVER("Username:"), CLIENT("alice\n"), SERVER("Password:"),
	    CLIENT("wonderland"), ENDS(SASL_BADAUTH) },
	.reason = "control-in-name",
};

SERVER_TALK(login_server__nul_in_password__is_bad_auth) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT("wonderland\0junk"),
	    ENDS(SASL_BADAUTH) },
	.reason = "nul-in-password",
};

SERVER_TALK(login_server__nul_behind_password__is_bad_auth) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT("wonderland\0"),
	    ENDS(SASL_BADAUTH) },
	.reason = "nul-in-password",
};

/* The password was on the heap when stock LOGIN returned from here. */
SERVER_TALK(login_server__canonicalising_fails__is_unavailable) = {
	.host.canon_call = 1,
	.host.canon_code = SASL_FAIL,
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT("wonderland"),
	    ENDS(SASL_UNAVAIL) },
};

/* Everybody knows this one; it stands for all the forged log lines. */
SERVER_TALK(login_server__quote_in_name__cannot_forge_the_log) = {
	.lines = { SERVER("Username:"),
	    CLIENT("a\" rhost=1.2.3.4 user=\"b\\\xc3\xa9"), SERVER("Password:"),
	    CLIENT("looking-glass"), ENDS(SASL_BADAUTH) },
	.guess = "looking-glass",
	.log = "reason=no-usable-secret rhost=- "
	       "user=\"a\\x22 rhost=1.2.3.4 user=\\x22b\\x5c\\xc3\\xa9\"",
};

SERVER_TALK(login_server__name_of_1024_octets__is_taken) = {
	.lines = { SERVER("Username:"), CLIENT(A_1024), SERVER("Password:"),
	    CLIENT("looking-glass"), ENDS(SASL_BADAUTH) },
	.reason = "no-usable-secret",
};

SERVER_TALK(login_server__name_of_1025_octets__is_bad_auth) = {
	.lines = { SERVER("Username:"), CLIENT(A_1024 "a"), SERVER("Password:"),
	    CLIENT("wonderland"), ENDS(SASL_BADAUTH) },
	.reason = "name-too-long",
};

SERVER_TALK(login_server__password_of_1024_octets__is_taken) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT(A_1024),
	    ENDS(SASL_BADAUTH) },
	.reason = "wrong-password",
};

SERVER_TALK(login_server__long_password__is_bad_auth) = {
	.lines = { ALICE_FIRST, SERVER("Password:"), CLIENT(A_1024 "a"),
	    ENDS(SASL_BADAUTH) },
	.reason = "password-too-long",
};

TEST(login_server__features__allow_a_name_sent_ahead)
{
	static struct run r;

	run_open(&r, &fake_layout_2_1, NULL);
	assert_int_equal(run_server(&r), SASL_OK);
	assert_string_equal(r.server->mech_name, "LOGIN");
	assert_int_equal(r.server->max_ssf, 0);
	assert_int_equal(r.server->features & (SASL_FEAT_SERVER_FIRST |
						  SASL_FEAT_WANT_CLIENT_FIRST),
	    0);
	assert_true(r.server->security_flags & SASL_SEC_NOANONYMOUS);
	assert_false(r.server->security_flags & SASL_SEC_NOPLAINTEXT);
	run_close(&r);
}

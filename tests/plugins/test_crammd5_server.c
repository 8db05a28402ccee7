/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 (RFC 2195), the server's side: the client's answer and what it is
 * compared with. The challenge is in test_crammd5_challenge.c, names are in
 * test_password_server.c.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin = "crammd5";

#define ROWS(...) .host.rows = FAKE_ROWS(__VA_ARGS__)
#define C(...)	  CHALLENGE(""), __VA_ARGS__

#define SAID(name, pattern, code_, reason_) \
	SERVER_TALK(crammd5_server__##name) = { \
		.lines = { C(ANSWERED(pattern, "wonderland")), ENDS(code_) }, \
		.reason = reason_, \
	}
#define KEYED(name, password, code_, reason_, ...) \
	SERVER_TALK(crammd5_server__##name) = { \
		.lines = { C(ANSWER("alice", password)), ENDS(code_) }, \
		.reason = reason_, \
		__VA_ARGS__ \
	}
#define SENT(name, text, code_, reason_) \
	SERVER_TALK(crammd5_server__##name) = { \
		.lines = { C(CLIENT(text)), ENDS(code_) }, \
		.reason = reason_, \
	}
#define NO_ANSWER "not-a-crammd5-response"

/* What the client sends. */
SAID(right_digest__is_ok, "alice %d", SASL_OK, NULL);
SAID(upper_case_digest__is_ok, "alice %D", SASL_OK, NULL);
SAID(other_last_digit__is_bad_auth, "alice %o", SASL_BADAUTH, "wrong-password");
SAID(digest_with_extra_octet__is_bad_protocol, "alice %dx", SASL_BADPROT,
    NO_ANSWER);
SAID(digest_with_nul_behind__is_bad_protocol, "alice %d\0", SASL_BADPROT,
    NO_ANSWER);
SAID(digest_with_newline__is_bad_protocol, "alice %d\r\n", SASL_BADPROT,
    NO_ANSWER);
SAID(digest_cut__is_bad_protocol, "alice %c", SASL_BADPROT, NO_ANSWER);
SAID(no_hex_digit__is_bad_protocol, "alice %cg", SASL_BADPROT, NO_ANSWER);
SAID(tab_before_digest__is_bad_protocol, "alice\t%d", SASL_BADPROT, NO_ANSWER);
SAID(no_blank__is_bad_protocol, "alice%d", SASL_BADPROT, NO_ANSWER);
SAID(digest_alone__is_bad_protocol, "%d", SASL_BADPROT, NO_ANSWER);
SAID(digest_before_name__is_bad_protocol, "%d alice", SASL_BADPROT, NO_ANSWER);
/* The first one belongs to the name: it is split at the last blank. */
SAID(
    digest_twice__is_bad_auth, "alice %d %d", SASL_BADAUTH, "no-usable-secret");
SAID(name_of_1024_octets__is_taken, A_1024 " %d", SASL_BADAUTH,
    "no-usable-secret");
SAID(name_of_1025_octets__is_bad_auth, A_1024 "a %d", SASL_BADAUTH,
    "name-too-long");
SENT(nothing__is_bad_protocol, "", SASL_BADPROT, NO_ANSWER);
SENT(name_alone__is_bad_protocol, "alice", SASL_BADPROT, NO_ANSWER);
SENT(blank_without_name__is_bad_auth, " 0123456789abcdef0123456789abcdef",
    SASL_BADAUTH, "empty-name");
SENT(nul_in_name__is_bad_auth, "alice\0x 0123456789abcdef0123456789abcdef",
    SASL_BADAUTH, "control-in-name");

SERVER_TALK(crammd5_server__answer_ahead__is_bad_protocol) = {
	.lines = { CLIENT("alice 0123456789abcdef0123456789abcdef"),
	    ENDS(SASL_BADPROT) },
};

SERVER_TALK(crammd5_server__failure__is_in_the_log) = {
	.host.remote = "192.0.2.7;4711",
	.lines = { C(ANSWER("alice", "looking-glass")), ENDS(SASL_BADAUTH) },
	.error = "authentication failed",
	.log = "CRAM-MD5: authentication failed: reason=wrong-password "
	       "rhost=192.0.2.7 user=\"alice\"",
};

SERVER_TALK(crammd5_server__name_with_blanks__is_ok) = {
	ROWS({ "alice liddell", "userPassword", "wonderland", 0 }),
	.lines = { C(ANSWER("alice liddell", "wonderland")), ENDS(SASL_OK) },
	.authid = "alice liddell",
};

/* Sendmail's client adds the realm in this mechanism alone. */
#define IN_REALM \
	.host.realm = "example.org", \
	ROWS({ "alice@example.org", "userPassword", "wonderland", 0 }), \
	.authid = "alice@example.org"

SERVER_TALK(crammd5_server__name_with_realm__is_ok) = {
	IN_REALM,
	.lines = { C(ANSWER("alice@example.org", "wonderland")),
	    ENDS(SASL_OK) },
};

SERVER_TALK(crammd5_server__name_without_realm__is_ok) = {
	IN_REALM,
	.lines = { C(ANSWER("alice", "wonderland")), ENDS(SASL_OK) },
};

/* What is stored: all its forms are in test_crammd5_secrets.c. */
KEYED(unknown_user__is_bad_auth, "wonderland", SASL_BADAUTH, "no-usable-secret",
    ROWS({ "bob", "userPassword", "wonderland", 0 }));
KEYED(no_property__is_bad_auth, "wonderland", SASL_BADAUTH, "no-usable-secret",
    ROWS({ "alice", NULL, NULL, 0 }));
KEYED(property_without_values__is_bad_auth, "wonderland", SASL_BADAUTH,
    "no-usable-secret", ROWS({ "alice", "userPassword", NULL, 0 }));
KEYED(transition_is_on_and_nothing_stored__is_bad_auth, "wonderland",
    SASL_BADAUTH, "no-usable-secret", ROWS({ "alice", NULL, NULL, 0 }),
    .host.transition = true);
KEYED(user_is_disabled__is_bad_auth, "wonderland", SASL_BADAUTH, "barred-user",
    .host.lookup_code = SASL_DISABLED);
KEYED(store_fails__is_unavailable, "wonderland", SASL_UNAVAIL, "lookup-failed",
    .host.lookup_code = SASL_TRYAGAIN);
KEYED(canonicalising_without_memory__is_no_memory, "wonderland", SASL_NOMEM,
    NULL, .host.canon_call = 1, .host.canon_code = SASL_NOMEM);

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 (RFC 2195), the client's side: which challenges it answers, and how.
 */
#include "config.h"

#include "host/talk.h"
#include "support/vectors.h"

const char *run_plugin = "crammd5";

#define SOME "<123.456@mail.example.org>"
#define TAKES(name, challenge) \
	CLIENT_TALK(crammd5_client__##name##__is_answered) = { \
		.lines = { CHALLENGE(challenge), \
		    ANSWER("alice", "wonderland"), ENDS(SASL_OK) }, \
	}
#define REFUSED(name, ...) \
	CLIENT_TALK(crammd5_client__##name##__is_bad_protocol) = { \
		.lines = { __VA_ARGS__ ENDS(SASL_BADPROT) }, \
	}
#define GIVEN(challenge) CHALLENGE(challenge),

CLIENT_TALK(crammd5_client__rfc_2195__is_answered) = {
	ANSWERS(NAME(RFC2195_USER, BY_CALLBACK),
	    PASS(RFC2195_PASSWORD, BY_CALLBACK)),
	.lines = { CHALLENGE(RFC2195_CHALLENGE), CLIENT(RFC2195_RESPONSE),
	    ENDS(SASL_OK) },
	.authid = RFC2195_USER,
};

CLIENT_TALK(crammd5_client__exim__is_answered) = {
	ANSWERS(NAME(EXIM_USER, BY_CALLBACK), PASS(EXIM_PASSWORD, BY_CALLBACK)),
	.lines = { CHALLENGE(EXIM_CHALLENGE), CLIENT(EXIM_RESPONSE),
	    ENDS(SASL_OK) },
	.authid = EXIM_USER,
};

/* No msg-id, but servers in the field send such, and it is long enough. */
TAKES(challenge_of_another_form, "a challenge without brackets 0123456789");
TAKES(challenge_of_1024, A_1024);

REFUSED(longer_challenge, GIVEN(A_1024 "a"));
REFUSED(no_challenge, );
REFUSED(empty_challenge, GIVEN(""));
REFUSED(control_in_challenge, GIVEN("<123.4\00156@mail.example.org>"));
REFUSED(newline_behind_challenge, GIVEN(SOME "\r\n"));
REFUSED(nul_behind_challenge, GIVEN(SOME "\0"));
REFUSED(eight_bit_challenge, GIVEN("<123.456@m\xc3\xa4il.example>"));

CLIENT_TALK(crammd5_client__name_with_blanks__is_sent) = {
	ANSWERS(NAME("alice liddell", BY_CALLBACK), WONDERLAND),
	.lines = { CHALLENGE(SOME), ANSWER("alice liddell", "wonderland"),
	    ENDS(SASL_OK) },
	.authid = "alice liddell",
};

/* CRAM-MD5 has no authzid: nobody is asked for one. */
CLIENT_TALK(crammd5_client__authzid__is_not_asked_for) = {
	ANSWERS(ACT_AS("bob", BY_PROMPT), ALICE, WONDERLAND),
	.lines = { CHALLENGE(SOME), ANSWER("alice", "wonderland"),
	    ENDS(SASL_OK) },
};

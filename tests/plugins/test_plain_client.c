/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN (RFC 4616), the client's side: its one message. How names and password
 * are come by is in test_prompt_client.c.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin = "plain";

CLIENT_TALK(plain_client__name_and_password__are_sent) = {
	.lines = { CLIENT("\0alice\0wonderland"), ENDS(SASL_OK) },
};

/* Some servers greet; what they say is nobody's business. */
CLIENT_TALK(plain_client__greeting__is_ignored) = {
	.lines = { SERVER("go ahead"), CLIENT("\0alice\0wonderland"),
	    ENDS(SASL_OK) },
};

#define AUTHZID(name, text, way, sent) \
	CLIENT_TALK(plain_client__##name) = { \
		ANSWERS(ACT_AS(text, way), ALICE, WONDERLAND), \
		.lines = { CLIENT(sent "\0alice\0wonderland"), \
		    ENDS(SASL_OK) }, \
		.user = sizeof(sent) > 1 ? sent : NULL, \
	}

AUTHZID(authzid__is_sent, "bob", BY_CALLBACK, "bob");
AUTHZID(empty_authzid__is_none, "", BY_CALLBACK, "");
AUTHZID(authzid_by_prompt__is_sent, "bob", BY_PROMPT, "bob");
AUTHZID(null_authzid__is_none, "", BY_NOTHING, "");
AUTHZID(authzid_of_1024__is_sent, A_1024, BY_CALLBACK, A_1024);
AUTHZID(authzid_left_empty__is_none, NULL, BY_PROMPT, "");
AUTHZID(authzid_in_latin_1__is_sent, "bj\xf6rn", BY_CALLBACK, "bj\xf6rn");

CLIENT_TALK(plain_client__everything_by_prompt__is_sent) = {
	ANSWERS(ACT_AS("bob", BY_PROMPT), NAME("alice", BY_PROMPT),
	    PASS("wonderland", BY_PROMPT)),
	.lines = { CLIENT("bob\0alice\0wonderland"), ENDS(SASL_OK) },
	.user = "bob",
};

#define NO_AUTHZID(name, text, way, code) \
	CLIENT_TALK(plain_client__##name) = { \
		ANSWERS(ACT_AS(text, way), ALICE, WONDERLAND), \
		.lines = { ENDS(code) }, \
	}

CLIENT_TALK(plain_client__nul_in_authzid__is_bad_parameter) = {
	ANSWERS({ SASL_CB_USER, "bo\0b", BY_PROMPT, 4 }, ALICE, WONDERLAND),
	.lines = { ENDS(SASL_BADPARAM) },
};
NO_AUTHZID(refused_authzid__fails, "bob", BY_REFUSING, SASL_FAIL);
NO_AUTHZID(blank_authzid__fails, " ", BY_CALLBACK, SASL_FAIL);
NO_AUTHZID(
    authzid_of_1025__is_bad_parameter, A_1024 "a", BY_CALLBACK, SASL_BADPARAM);

CLIENT_TALK(plain_client__library_refuses_the_authzid__fails) = {
	ANSWERS(ACT_AS("bob", BY_CALLBACK), ALICE, WONDERLAND),
	.host.canon_call = 2,
	.host.canon_code = SASL_FAIL,
	.lines = { ENDS(SASL_FAIL) },
};

static struct run r; /* for those that are no transcripts */

static void
send_first(const struct fake_answer *answers)
{
	static struct fake_setup setup;

	setup.answers = answers;
	run_open(&r, &fake_layout_2_1, &setup);
	assert_int_equal(run_client(&r), SASL_OK);
	assert_int_equal(run_client_step(&r, NULL, 0), SASL_OK);
}

TEST(plain_client__no_authzid__canonicalises_once_for_both)
{
	static const struct fake_answer answers[] = {
		NAME(" alice ", BY_CALLBACK), WONDERLAND, NO_MORE_ANSWERS
	};

	send_first(answers);
	assert_int_equal(r.host.canon_count, 1);
	assert_int_equal(r.host.canon_flags, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	assert_string_equal(r.client_result.user, "alice");
	run_close(&r);
}

TEST(plain_client__authzid__is_canonicalised_by_itself)
{
	static const struct fake_answer answers[] = {
		ACT_AS(" bob", BY_CALLBACK), ALICE, WONDERLAND, NO_MORE_ANSWERS
	};

	send_first(answers);
	assert_int_equal(r.host.canon_count, 2);
	assert_string_equal(r.client_result.authid, "alice");
	assert_string_equal(r.client_result.user, "bob");
	run_close(&r);
}

/* The most that it sends; one octet more is in test_prompt_client.c. */
TEST(plain_client__password_of_65535__is_sent)
{
	static char longest[64 * 1024];
	const struct fake_answer answers[] = { ALICE,
		PASS(longest, BY_CALLBACK), NO_MORE_ANSWERS };

	memset(longest, 'x', sizeof(longest) - 1);
	send_first(answers);
	assert_int_equal(r.client_len, strlen("_alice_") + 65535);
	run_close(&r);
}

CLIENT_TALK(plain_client__utf_8__is_sent_as_it_is) = {
	ANSWERS(NAME("al\xc3\xad"
		     "ce",
		    BY_CALLBACK),
	    PASS("w\xc3\xb6nderl\xff", BY_CALLBACK)),
	.lines = { CLIENT("\0al\xc3\xad"
			  "ce\0w\xc3\xb6nderl\xff"),
	    ENDS(SASL_OK) },
	.authid = "al\xc3\xad"
		  "ce",
};

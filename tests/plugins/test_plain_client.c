/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN (RFC 4616), the client's side: its one message. How names and password
 * are come by is in test_prompt_client.c.
 */
#include "config.h"

#include "support/answers.h"
#include "support/edit.h"

const char *run_plugin = "plain";

CLIENT_TALK(plain_client__name_and_password__are_sent) = {
	.lines = { CLIENT("\0alice\0wonderland"), ENDS(SASL_OK) },
};

/* Some servers greet; what they say is nobody's business. */
CLIENT_TALK(plain_client__greeting__is_ignored) = {
	.lines = { SERVER("go ahead"), CLIENT("\0alice\0wonderland"),
	    ENDS(SASL_OK) },
};

CLIENT_TALK(plain_client__authzid__is_sent) = {
	ANSWERS(ACT_AS("bob", BY_CALLBACK), ALICE, WONDERLAND),
	.lines = { CLIENT("bob\0alice\0wonderland"), ENDS(SASL_OK) },
	.user = "bob",
};

CLIENT_TALK(plain_client__empty_authzid__is_none) = {
	ANSWERS(ACT_AS("", BY_CALLBACK), ALICE, WONDERLAND),
	.lines = { CLIENT("\0alice\0wonderland"), ENDS(SASL_OK) },
};

CLIENT_TALK(plain_client__authzid_by_prompt__is_sent) = {
	ANSWERS(ACT_AS("bob", BY_PROMPT), ALICE, WONDERLAND),
	.lines = { CLIENT("bob\0alice\0wonderland"), ENDS(SASL_OK) },
	.user = "bob",
};

CLIENT_TALK(plain_client__null_authzid__is_none) = {
	ANSWERS(ACT_AS("", BY_NOTHING), ALICE, WONDERLAND),
	.lines = { CLIENT("\0alice\0wonderland"), ENDS(SASL_OK) },
};

CLIENT_TALK(plain_client__control_in_authzid__is_bad_parameter) = {
	ANSWERS(ACT_AS("bo\rb", BY_CALLBACK), ALICE, WONDERLAND),
	.lines = { ENDS(SASL_BADPARAM) },
};

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

TEST(plain_client__features__are_the_clients_first)
{
	static struct run r;

	run_open(&r, &fake_layout_2_1, NULL);
	assert_int_equal(run_client(&r), SASL_OK);
	assert_string_equal(r.client->mech_name, "PLAIN");
	assert_int_equal(r.client->features,
	    SASL_FEAT_WANT_CLIENT_FIRST | SASL_FEAT_ALLOWS_PROXY);
	assert_false(r.client->security_flags & SASL_SEC_NOPLAINTEXT);
	run_close(&r);
}

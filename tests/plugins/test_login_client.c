/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * LOGIN, the client's side: two answers to two questions, whatever their text.
 * How names and password are come by is in test_prompt_client.c.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin = "login";

#define ASKED(name, first, second) \
	CLIENT_TALK(login_client__##name) = { \
		.lines = { SERVER(first), CLIENT("alice"), SERVER(second), \
		    CLIENT("wonderland"), ENDS(SASL_OK) }, \
	}

ASKED(usual_prompts__are_answered, "Username:", "Password:");
ASKED(lower_case_prompts__are_answered, "username:", "password:");
ASKED(prompts_of_exchange__are_answered, "User Name\0", "Password\0");
ASKED(empty_prompts__are_answered, "", "");
ASKED(foreign_prompts__are_answered, "Benutzername:", "Kennwort:");
ASKED(repeated_prompt__is_answered_by_order, "Username:", "Username:");

/* LOGIN has no authzid: nobody is asked for one. */
CLIENT_TALK(login_client__authzid__is_not_asked_for) = {
	ANSWERS(ACT_AS("bob", BY_PROMPT), ALICE, WONDERLAND),
	.lines = { SERVER("Username:"), CLIENT("alice"), SERVER("Password:"),
	    CLIENT("wonderland"), ENDS(SASL_OK) },
};

CLIENT_TALK(login_client__one_octet_password__is_sent) = {
	ANSWERS(ALICE, PASS("x", BY_CALLBACK)),
	.lines = { SERVER("Username:"), CLIENT("alice"), SERVER("Password:"),
	    CLIENT("x"), ENDS(SASL_OK) },
};

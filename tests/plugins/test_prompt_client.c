/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * How a client comes by names and password: the same in all mechanisms.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin;

#undef ANSWERS
#define ANSWERS(...) \
	.answers = (const struct fake_answer[]) \
	{ \
		__VA_ARGS__, NO_MORE_ANSWERS \
	}
#define LOGIN(name, code, ...) \
	{ \
#name, { __VA_ARGS__ }, "alice", 0, "wonderland", 0, code, \
			NULL \
	}
#define NUL_NAME \
	{ \
		SASL_CB_AUTHNAME, "ali\0ce", BY_PROMPT, 6 \
	}

/* One octet more than the most, and a NUL. */
static const char too_long[64 * 1024 + 1] = { [0 ... 64 * 1024 - 1] = 'x' };

static const struct login logins[] = {
	LOGIN(callbacks__are_asked, SASL_OK, ANSWERS(ALICE, WONDERLAND)),
	LOGIN(callbacks_of_an_application_without_prompts__are_asked, SASL_OK,
	    ANSWERS(ALICE, WONDERLAND), .no_prompts = true),
	LOGIN(prompts__are_answered, SASL_OK,
	    ANSWERS(NAME("alice", BY_PROMPT), PASS("wonderland", BY_PROMPT))),
	LOGIN(callbacks_that_want_prompts__are_answered, SASL_OK,
	    ANSWERS(NAME("alice", BY_CALLBACK_PROMPT),
		PASS("wonderland", BY_CALLBACK_PROMPT))),
	LOGIN(prompt_for_password_alone__is_answered, SASL_OK,
	    ANSWERS(ALICE, PASS("wonderland", BY_PROMPT))),
	LOGIN(prompt_for_name_alone__is_answered, SASL_OK,
	    ANSWERS(NAME("alice", BY_CALLBACK_PROMPT), WONDERLAND)),
	LOGIN(blanks_around_name__are_canonicalised_away, SASL_OK,
	    ANSWERS(NAME("  alice ", BY_CALLBACK), WONDERLAND)),
	LOGIN(layer_below__is_strong_enough, SASL_OK, .min_ssf = 128,
	    .external_ssf = 128),

	/* As some applications have it. */
	LOGIN(name_without_its_length__is_taken, SASL_OK,
	    ANSWERS({ SASL_CB_AUTHNAME, "alice", BY_PROMPT_BARE, 0 },
		PASS("wonderland", BY_PROMPT))),
	LOGIN(name_whose_length_counts_the_nul__is_taken, SASL_OK,
	    ANSWERS(NAME("alice\0", BY_PROMPT), PASS("wonderland", BY_PROMPT))),

	/* Stock plugins crash here, and Postfix is such an application. */
	LOGIN(no_prompts_taken__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(NAME("alice", BY_PROMPT), WONDERLAND), .no_prompts = true),
	LOGIN(no_prompts_taken_for_password__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, PASS("wonderland", BY_CALLBACK_PROMPT)),
	    .no_prompts = true),
	LOGIN(prompts_never_answered__are_not_lost, SASL_INTERACT,
	    ANSWERS(NAME("alice", BY_PROMPT), PASS("wonderland", BY_PROMPT)),
	    .leave_prompts = true),
	LOGIN(prompt_for_name_left_empty__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS({ SASL_CB_AUTHNAME, NULL, BY_PROMPT, 0 }, WONDERLAND)),
	LOGIN(prompt_for_password_left_empty__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, { SASL_CB_PASS, NULL, BY_PROMPT, 0 })),

	LOGIN(name_is_refused__fails, SASL_FAIL,
	    ANSWERS(NAME("alice", BY_REFUSING), WONDERLAND)),
	LOGIN(password_is_refused__fails, SASL_FAIL,
	    ANSWERS(ALICE, PASS("wonderland", BY_REFUSING))),
	LOGIN(nobody_has_a_name__fails, SASL_FAIL, ANSWERS(WONDERLAND)),
	LOGIN(nobody_has_a_password__fails, SASL_FAIL, ANSWERS(ALICE)),
	LOGIN(null_name__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(NAME("alice", BY_NOTHING), WONDERLAND)),
	LOGIN(null_password__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, PASS("wonderland", BY_NOTHING))),

	/* What a server could not take apart is not sent. */
	LOGIN(empty_name__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(NAME("", BY_CALLBACK), WONDERLAND)),
	LOGIN(blank_name__fails, SASL_FAIL, /* libsasl2 takes the blank off */
	    ANSWERS(NAME(" ", BY_CALLBACK), WONDERLAND)),
	LOGIN(nul_in_name__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(NUL_NAME, WONDERLAND)),
	LOGIN(nul_in_password__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, PASS("wonder\0land", BY_CALLBACK))),
	LOGIN(nul_behind_prompted_password__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, PASS("wonderland\0", BY_PROMPT))),
	LOGIN(name_of_1025__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(NAME(A_1024 "a", BY_CALLBACK), WONDERLAND)),

	LOGIN(password_of_65536__is_bad_parameter, SASL_BADPARAM,
	    ANSWERS(ALICE, PASS(too_long, BY_CALLBACK))),
	{ "name_of_1024__is_sent",
	    { ANSWERS(NAME(A_1024, BY_CALLBACK), WONDERLAND) }, A_1024, 0,
	    "wonderland", 0, SASL_OK, NULL },
	/* Whether it is right is for the server to say. */
	{ "latin_1_name__is_sent",
	    { ANSWERS(NAME("al\xed", BY_CALLBACK), WONDERLAND) }, "al\xed", 0,
	    "wonderland", 0, SASL_OK, NULL },
	{ "control_in_name__is_sent",
	    { ANSWERS(NAME("al\tice", BY_CALLBACK), WONDERLAND) }, "al\tice", 0,
	    "wonderland", 0, SASL_OK, NULL },
	{ "empty_password__is_sent", { ANSWERS(ALICE, PASS("", BY_CALLBACK)) },
	    "alice", 0, "", 0, SASL_OK, NULL },
	{ "password_of_1025__is_sent",
	    { ANSWERS(ALICE, PASS(A_1024 "a", BY_CALLBACK)) }, "alice", 0,
	    A_1024 "a", 0, SASL_OK, NULL },

	LOGIN(canonicalising_without_memory__is_no_memory, SASL_NOMEM,
	    .canon_call = 1, .canon_code = SASL_NOMEM),
	LOGIN(canonicalising_fails__fails, SASL_FAIL, .canon_call = 1,
	    .canon_code = SASL_FAIL),
	LOGIN(no_layer_below__is_too_weak, SASL_TOOWEAK, .min_ssf = 1),
	LOGIN(layer_below_of_one_bit_less__is_too_weak, SASL_TOOWEAK,
	    .min_ssf = 128, .external_ssf = 127),
};

TALK_LOGINS("client", logins, "plain", "login", "crammd5")

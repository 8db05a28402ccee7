/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's engine, with little mechanisms: steps, their end, and what is
 * kept until when.
 */
#include "config.h"

#include "host/fake_host.h"
#include "host/little_client.h"

MODULE_TEST(client_step__callbacks__say_name_and_password)
{
	struct little_client l;

	little_client_begin(&l, state, &little_names, NULL);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	assert_string_equal(l.out, "alice");
	assert_string_equal(l.result->authid, "alice");
	assert_string_equal(l.result->user, "alice");
	assert_int_equal(little_client_step(&l), SASL_OK);
	assert_string_equal(l.out, "wonderland");
	assert_int_equal(l.result->mech_ssf, 0);
	assert_int_equal(l.m->fake.error_count, 0);
	little_client_end(&l);
}

/* The same step is taken again, with the same message. */
MODULE_TEST(client_step__prompts__do_not_move_on)
{
	static const struct fake_answer answers[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, "wonderland", BY_PROMPT, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	struct little_client l;

	little_client_begin(&l, state, &little_names, answers);
	assert_int_equal(little_client_step(&l), SASL_INTERACT);
	assert_int_equal(l.m->fake.canon_count, 0);
	fake_answer_prompts(&l.m->fake, l.prompts);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	assert_string_equal(l.out, "alice");
	assert_int_equal(little_client_step(&l), SASL_OK);
	assert_string_equal(l.out, "wonderland");
	little_client_end(&l);
}

static void
expect_over(struct little_client *l)
{
	module_forget(l->m);
	l->result->doneflag = 0;
	assert_int_equal(little_client_step(l), SASL_BADPROT);
	assert_int_equal(l->m->fake.error_count, 1);
	assert_int_equal(l->m->fake.canon_count, 0);
	/* Nothing but the session. */
	assert_int_equal(fake_alloc_live(), 1);
}

MODULE_TEST(client_step__after_failure__is_bad_protocol)
{
	static const struct fake_answer answers[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, "wonderland", BY_REFUSING, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	struct little_client l;

	little_client_begin(&l, state, &little_names, answers);
	assert_int_equal(little_client_step(&l), SASL_FAIL);
	assert_int_equal(fake_alloc_live(), 1);
	expect_over(&l);
	little_client_end(&l);
}

MODULE_TEST(client_step__server_that_never_ends__is_bad_protocol)
{
	struct little_client l;

	little_client_begin(&l, state, &little_replies, NULL);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	assert_int_equal(l.out_len, 0);
	assert_non_null(l.out);
	expect_over(&l);
	little_client_end(&l);
}

/* Its last message stays until it is sent, and nothing else. */
MODULE_TEST(client_finish__message_without_password__wipes_the_password)
{
	struct little_client l;

	little_client_begin(&l, state, &little_message, NULL);
	assert_int_equal(little_client_step(&l), SASL_OK);
	assert_string_equal(l.out, "alice");
	fake_alloc_expect_no_secret(NULL);
	little_client_end(&l);
}

MODULE_TEST(client_step__no_place_for_the_answer__is_bad_parameter)
{
	struct little_client l;
	const char *out;
	unsigned len;

	little_client_begin(&l, state, &little_names, NULL);
	assert_int_equal(client_step(l.context, &l.m->fake.client, NULL, 0,
			     NULL, NULL, &len, l.result),
	    SASL_BADPARAM);
	assert_int_equal(client_step(l.context, &l.m->fake.client, NULL, 0,
			     NULL, &out, NULL, l.result),
	    SASL_BADPARAM);
	little_client_end(&l);
}

MODULE_TEST(client_step__no_context__is_bad_protocol)
{
	struct little_client l = { .m = *state };

	l.result = &l.m->fake.out;
	assert_int_equal(little_client_step(&l), SASL_BADPROT);
}

/* After 0 to 4 steps; and with prompts that nobody has answered. */
MODULE_TEST(client_dispose__in_any_state__leaves_nothing)
{
	static const struct fake_answer prompted[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_PROMPT, 0 },
		{ SASL_CB_PASS, "wonderland", BY_CALLBACK, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	struct little_client l;
	unsigned n, i;

	for (n = 0; n < 5; n++) {
		little_client_begin(&l, state, &little_names, NULL);
		for (i = 0; i < n; i++) {
			little_client_step(&l);
			l.result->doneflag = 0;
		}
		little_client_end(&l);
	}
	little_client_begin(&l, state, &little_names, prompted);
	assert_int_equal(little_client_step(&l), SASL_INTERACT);
	little_client_end(&l);
	client_dispose(NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's engine, with little mechanisms: steps, their end, and what is
 * kept until when; which names and passwords it takes from the application, and
 * their canonical form; how a session begins, and the record.
 */
#include "config.h"

#include "host/fake_host.h"
#include "host/little_client.h"

MODULE_TEST(client_step__callbacks__say_name_and_password)
{
	struct little_client l;

	little_client_begin(&l, state, &little_names, NULL);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	little_client_said(&l, "alice");
	assert_string_equal(l.result->authid, "alice");
	assert_string_equal(l.result->user, "alice");
	assert_int_equal(little_client_step(&l), SASL_OK);
	little_client_said(&l, "wonderland");
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
	little_client_said(&l, "alice");
	assert_int_equal(little_client_step(&l), SASL_OK);
	little_client_said(&l, "wonderland");
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
	little_client_said(&l, "alice");
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

#define GIVEN(user, user_len, name, name_len, pass, pass_len) \
	{ \
		{ SASL_CB_USER, user, BY_CALLBACK, user_len }, \
		    { SASL_CB_AUTHNAME, name, BY_CALLBACK, name_len }, \
		    { SASL_CB_PASS, pass, BY_CALLBACK, pass_len }, \
		{ \
			0, NULL, BY_CALLBACK, 0 \
		} \
	}
#define NAMES(user, name)      GIVEN(user, 0, name, 0, "wonderland", 0)
#define PASSWORD(pass, length) GIVEN("", 0, "alice", 0, pass, length)

static char longest[1024 + 1], too_long[1025 + 1]; /* strings of x */
static char long_password[CLIENT_MAX_PASSWORD + 2];

/* The most that is taken, and what is not. */
static const struct {
	struct fake_answer given[4];
	int result;
} cases[] = {
	{ NAMES("", "alice"), SASL_CONTINUE },
	{ NAMES("bob", "alice"), SASL_CONTINUE },
	{ NAMES("b\xc3\xb6", "\xc3\xa9"), SASL_CONTINUE },
	{ NAMES("", ""), SASL_BADPARAM },
	{ NAMES("", " "), SASL_BADPARAM },
	{ NAMES("", "ali\nce"), SASL_BADPARAM },
	{ NAMES("", "ali\xffice"), SASL_BADPARAM },
	{ NAMES(" ", "alice"), SASL_BADPARAM },
	{ NAMES("bo\tb", "alice"), SASL_BADPARAM },
	{ NAMES("bo\xc3", "alice"), SASL_BADPARAM },
	{ GIVEN("", 0, longest, 0, "wonderland", 0), SASL_CONTINUE },
	{ GIVEN("", 0, too_long, 0, "wonderland", 0), SASL_BADPARAM },
	{ GIVEN(longest, 0, "alice", 0, "wonderland", 0), SASL_CONTINUE },
	{ GIVEN(too_long, 0, "alice", 0, "wonderland", 0), SASL_BADPARAM },
	{ PASSWORD("x", 1), SASL_CONTINUE },
	{ PASSWORD(" \xff\x01", 3), SASL_CONTINUE },
	{ PASSWORD("", 0), SASL_CONTINUE },
	{ PASSWORD("wonder\0land", 11), SASL_BADPARAM },
	{ PASSWORD(too_long, 1025), SASL_CONTINUE },
	{ PASSWORD(long_password, CLIENT_MAX_PASSWORD), SASL_CONTINUE },
	{ PASSWORD(long_password, CLIENT_MAX_PASSWORD + 1), SASL_BADPARAM },
};

MODULE_TEST(client_identify__each_name_and_password__is_taken_or_refused)
{
	struct little_client l;
	size_t i;
	int result;

	memset(longest, 'x', sizeof(longest) - 1);
	memset(too_long, 'x', sizeof(too_long) - 1);
	memset(long_password, 'x', sizeof(long_password) - 1);
	for (i = 0; i < COUNT_OF(cases); i++) {
		little_client_begin(&l, state, &little_names, cases[i].given);
		result = little_client_step(&l);
		if (result != cases[i].result)
			fail_msg("case %zu gave %d", i, result);
		assert_int_equal(l.m->fake.error_count, result < 0);
		if (result < 0)
			expect_one_line(l.m, SASL_LOG_ERR,
			    i < 14 ? "LITTLE: cannot log in: the "
				   : "LITTLE: cannot log in: the password ");
		little_client_end(&l);
	}
}

MODULE_TEST(client_identify__no_authzid__canonicalises_once_for_both)
{
	static const struct fake_answer given[] = NAMES("", " alice ");
	struct little_client l;

	little_client_begin(&l, state, &little_names, given);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	assert_int_equal(l.m->fake.canon_count, 1);
	assert_int_equal(
	    l.m->fake.canon_flags, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	little_client_said(&l, "alice");
	assert_string_equal(l.result->user, "alice");
	little_client_end(&l);
}

MODULE_TEST(client_identify__authzid__canonicalises_each)
{
	static const struct fake_answer given[] = NAMES(" bob", "alice ");
	struct little_client l;

	little_client_begin(&l, state, &little_names, given);
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	assert_int_equal(l.m->fake.canon_count, 2);
	assert_string_equal(l.result->authid, "alice");
	assert_string_equal(l.result->user, "bob");
	little_client_end(&l);
}

MODULE_TEST(client_identify__library_refuses_a_name__is_its_code)
{
	static const struct fake_answer given[] = NAMES("bob", "alice");
	struct little_client l;
	unsigned call;

	for (call = 1; call <= 2; call++) {
		little_client_begin(&l, state, &little_names, given);
		l.setup.canon_call = call;
		l.setup.canon_code = SASL_BUFOVER;
		assert_int_equal(little_client_step(&l), SASL_BUFOVER);
		assert_int_equal(l.m->fake.error_count, 1);
		assert_int_equal(fake_alloc_live(), 1);
		little_client_end(&l);
	}
}

/* Another mechanism has been tried before on this connection. */
MODULE_TEST(client_identify__names_of_an_earlier_try__are_no_names)
{
	struct little_client l;

	little_client_begin(&l, state, &little_names, NULL);
	l.result->authid = l.result->user = "mallory";
	l.result->alen = l.result->ulen = 7;
	assert_int_equal(little_client_step(&l), SASL_CONTINUE);
	little_client_said(&l, "alice");
	assert_string_equal(l.result->user, "alice");
	little_client_end(&l);
}

static int
make(struct module *m, void **context)
{
	*context = m;
	return client_new(
	    (void *)(uintptr_t)&little_names, &m->fake.client, context);
}

MODULE_TEST(client_new__unknown_layout_or_no_memory__is_no_context)
{
	const struct fake_layout *layout;
	struct module *m = *state;
	struct fake_utils utils;
	void *context;

	fake_alloc_fail_at(fake_alloc_count() + 1);
	assert_int_equal(make(m, &context), SASL_NOMEM);
	assert_null(context);
	for (layout = fake_unknown_layouts; layout->name != NULL; layout++) {
		fake_utils_build(&utils, layout, &m->fake, &m->fake);
		m->fake.client.utils = fake_utils_of(&utils);
		assert_int_equal(make(m, &context), SASL_BADVERS);
		assert_null(context);
		fake_utils_free(&utils);
	}
	m->fake.client.utils = NULL;
	assert_int_equal(make(m, &context), SASL_BADPARAM);
	assert_null(context);
}

static const sasl_client_plug_t plug = { .mech_name = "LITTLE", CLIENT_ENGINE };

MODULE_TEST(client_export__any_layout__gives_the_record)
{
	struct module *m = *state;
	sasl_client_plug_t *list = NULL;
	int version = 0, count = 0;

	assert_int_equal(client_export(&plug, m->fake.client.utils,
			     SASL_CLIENT_PLUG_VERSION, &version, &list, &count),
	    SASL_OK);
	assert_int_equal(version, 4);
	assert_int_equal(count, 1);
	assert_ptr_equal(list, &plug);
	assert_true(list->mech_new == client_new);
	assert_true(list->mech_step == client_step);
	assert_true(list->mech_dispose == client_dispose);
	assert_int_equal(fake_alloc_count(), 0);
}

MODULE_TEST(client_export__something_wrong__is_refused)
{
	const struct fake_layout *layout = fake_unknown_layouts;
	struct module *m = *state;
	const struct sasl_utils *utils = m->fake.client.utils;
	sasl_client_plug_t *list;
	struct fake_utils wrong;
	int version, count;

	assert_int_equal(
	    client_export(&plug, utils, 4, NULL, &list, &count), SASL_BADPARAM);
	assert_int_equal(client_export(&plug, utils, 4, &version, NULL, &count),
	    SASL_BADPARAM);
	assert_int_equal(client_export(&plug, utils, 4, &version, &list, NULL),
	    SASL_BADPARAM);
	assert_int_equal(client_export(&plug, NULL, 4, &version, &list, &count),
	    SASL_BADPARAM);
	assert_int_equal(
	    client_export(&plug, utils, 3, &version, &list, &count),
	    SASL_BADVERS);
	for (; layout->name != NULL; layout++) {
		fake_utils_build(&wrong, layout, NULL, NULL);
		assert_int_equal(client_export(&plug, fake_utils_of(&wrong), 4,
				     &version, &list, &count),
		    SASL_BADVERS);
		fake_utils_free(&wrong);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The server's engine: how a session begins and ends, in whatever state.
 */
#include "config.h"

#include "host/little_server.h"
#include "host/module.h"

static int
make(struct module *m, void **context)
{
	*context = m;
	return server_new((void *)(uintptr_t)&little_mechanism, &m->fake.server,
	    NULL, 0, context);
}

MODULE_TEST(server_new__any_layout__is_one_block)
{
	struct module *m = *state;
	void *context;

	assert_int_equal(make(m, &context), SASL_OK);
	assert_int_equal(fake_alloc_count(), 1);
	server_dispose(context, m->fake.server.utils);
	assert_int_equal(fake_alloc_live(), 0);
	assert_int_equal(m->fake.log_count, 0);
}

MODULE_TEST(server_new__no_memory__is_no_memory)
{
	struct module *m = *state;
	void *context;

	fake_alloc_fail_at(fake_alloc_count() + 1);
	assert_int_equal(make(m, &context), SASL_NOMEM);
	assert_null(context);
}

MODULE_TEST(server_new__no_utils__is_bad_parameter)
{
	struct module *m = *state;
	void *context;

	m->fake.server.utils = NULL;
	assert_int_equal(make(m, &context), SASL_BADPARAM);
	assert_null(context);
}

MODULE_TEST(server_new__unknown_layouts__are_refused)
{
	const struct fake_layout *layout;
	struct module *m = *state;
	struct fake_utils utils;
	void *context;

	for (layout = fake_unknown_layouts; layout->name != NULL; layout++) {
		fake_utils_build(&utils, layout, &m->fake, &m->fake);
		m->fake.server.utils = fake_utils_of(&utils);
		if (make(m, &context) != SASL_BADVERS || context != NULL)
			fail_msg("%s was not refused", layout->name);
		fake_utils_free(&utils);
	}
}

/* libsasl2 has disposed of the context after a failure, and goes on. */
MODULE_TEST(server_step__no_context__is_bad_protocol)
{
	struct little l = { .m = *state };

	l.result = &l.m->fake.out;
	assert_int_equal(little_say(&l, "one"), SASL_BADPROT);
	assert_int_equal(l.result->doneflag, 0);
}

/* After 0, 1, 2, 3 and 4 steps, of which the last one may have failed. */
MODULE_TEST(server_dispose__in_any_state__leaves_nothing)
{
	static const char *const good[] = { "", "one", "two", "more" };
	static const char *const bad[] = { "!", "!", "!", "!" };
	unsigned n, i, failing;
	struct little l;

	for (n = 0; n < 2 * 5; n++) {
		failing = n % 2 ? n / 2 : 0;
		little_begin(&l, state);
		for (i = 1; i <= n / 2; i++)
			little_say(&l, i == failing ? bad[i - 1] : good[i - 1]);
		little_end(&l);
	}
}

MODULE_TEST(server_dispose__no_context__does_nothing)
{
	struct module *m = *state;

	server_dispose(NULL, m->fake.server.utils);
	server_dispose(NULL, NULL);
}

/* Two logins on one connection know nothing of each other. */
MODULE_TEST(server_new__after_a_failed_login__starts_afresh)
{
	struct little first, second;

	little_begin(&first, state);
	little_say(&first, "one");
	little_say(&first, "!");
	second = first;
	assert_int_equal(make(second.m, &second.context), SASL_OK);
	assert_int_equal(little_say(&second, NULL), SASL_CONTINUE);
	assert_string_equal(second.out, "first?");
	little_expect_over(&first);
	assert_int_equal(little_say(&second, "one"), SASL_CONTINUE);
	assert_int_equal(little_say(&second, "two"), SASL_OK);
	server_dispose(first.context, first.m->fake.server.utils);
	little_end(&second);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who logs in, when the application does not say so.
 */
#include "config.h"

#include "client/prompt.h"
#include "host/asking.h"
#include "host/fake_host.h"

static void
expect_failure(
    void **state, const struct fake_answer *answers, bool prompts, int code)
{
	struct asking a;

	asking_begin(&a, state, answers, true);
	if (!prompts)
		a.s.prompts = NULL;
	assert_int_equal(asking_collect(&a), code);
	asking_end(&a);
}

MODULE_TEST(prompt_collect__callback_fails__is_its_code)
{
	static const struct fake_answer no_authzid[] =
	    ANSWERS(BY_REFUSING, BY_CALLBACK, BY_CALLBACK);
	static const struct fake_answer no_name[] =
	    ANSWERS(BY_CALLBACK, BY_REFUSING, BY_CALLBACK);
	static const struct fake_answer no_password[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_REFUSING);

	expect_failure(state, no_authzid, true, SASL_FAIL);
	expect_failure(state, no_name, true, SASL_FAIL);
	expect_failure(state, no_password, true, SASL_FAIL);
}

MODULE_TEST(prompt_collect__callback_gives_nothing__is_bad_parameter)
{
	static const struct fake_answer no_name[] =
	    ANSWERS(BY_CALLBACK, BY_NOTHING, BY_CALLBACK);
	static const struct fake_answer no_password[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_NOTHING);

	expect_failure(state, no_name, true, SASL_BADPARAM);
	expect_failure(state, no_password, true, SASL_BADPARAM);
}

MODULE_TEST(prompt_collect__no_callback__is_the_librarys_code)
{
	static const struct fake_answer no_name[] = {
		{ SASL_CB_PASS, "wonderland", BY_CALLBACK, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	static const struct fake_answer no_password[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};

	expect_failure(state, no_name, true, SASL_FAIL);
	expect_failure(state, no_password, true, SASL_FAIL);
}

/* Postfix takes none. */
MODULE_TEST(prompt_collect__prompt_for_who_takes_none__is_bad_parameter)
{
	static const struct fake_answer by_prompt[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_PROMPT);
	static const struct fake_answer by_callback_prompt[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK_PROMPT, BY_CALLBACK);
	static const struct fake_answer by_callback[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_CALLBACK);

	expect_failure(state, by_prompt, false, SASL_BADPARAM);
	expect_failure(state, by_callback_prompt, false, SASL_BADPARAM);
	expect_failure(state, by_callback, false, SASL_OK);
}

/* A password may be any octets here; who cannot send them says so later. */
MODULE_TEST(prompt_collect__nul_in_the_password__keeps_all_octets)
{
	static const struct fake_answer answers[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, "wonder\0land", BY_CALLBACK, 11 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	static const struct fake_answer prompted[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, "wonder\0land", BY_PROMPT, 11 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	struct asking a;

	asking_begin(&a, state, answers, false);
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.password.len, 11);
	assert_memory_equal(a.s.password.data, "wonder\0land", 11);
	asking_end(&a);
	asking_begin(&a, state, prompted, false);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	fake_answer_prompts(&a.m->fake, a.prompts);
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.password.len, 11);
	assert_memory_equal(a.s.password.data, "wonder\0land", 12);
	asking_end(&a);
}

/* The application has lost them, or has given up on them. */
MODULE_TEST(prompt_collect__prompts_never_answered__are_released)
{
	static const struct fake_answer answers[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_PROMPT);
	static const unsigned long ids[] = { SASL_CB_PASS, 0 };
	struct asking a;
	unsigned live;

	asking_begin(&a, state, answers, true);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	live = fake_alloc_live();
	a.prompts = NULL;
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	asking_expect(&a, ids);
	assert_int_equal(fake_alloc_live(), live);
	a.s.prompts = NULL;
	a.prompts = NULL;
	assert_int_equal(asking_collect(&a), SASL_BADPARAM);
	prompt_forget(&a.s);
	assert_int_equal(fake_alloc_live(), 0);
	asking_end(&a);
}

/* The whole conversation with the n-th allocation failing: true if it did. */
static bool
collect_failing_at(void **state, const struct fake_answer *answers, unsigned n)
{
	struct asking a;
	bool failed;
	int result;

	asking_begin(&a, state, answers, true);
	fake_alloc_fail_at(n);
	result = asking_collect(&a);
	if (result == SASL_INTERACT) {
		fake_answer_prompts(&a.m->fake, a.prompts);
		result = asking_collect(&a);
	}
	failed = fake_alloc_failed();
	assert_int_equal(result, failed ? SASL_NOMEM : SASL_OK);
	asking_end(&a);
	return failed;
}

MODULE_TEST(prompt_collect__no_memory_at_any_point__is_no_memory)
{
	static const struct fake_answer callbacks[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_CALLBACK);
	static const struct fake_answer prompts[] =
	    ANSWERS(BY_PROMPT, BY_CALLBACK, BY_PROMPT);
	unsigned n;

	for (n = 1; collect_failing_at(state, callbacks, n); n++)
		continue;
	assert_int_equal(n, 2); /* the authzid alone is copied */
	for (n = 1; collect_failing_at(state, prompts, n); n++)
		continue;
	assert_int_equal(n, 4); /* the prompts, and two answers */
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who logs in, asked by prompts, or by some of each: for what, and what becomes
 * of the answers. What each mechanism makes of names and passwords is in
 * test_prompt_client.c, with every allocation failing.
 */
#include "config.h"

#include "client/engine.h"
#include "host/asking.h"
#include "host/fake_host.h"

static void
expect_all_given(const struct asking *a)
{
	expect_given(&a->s.authzid, "bob");
	expect_given(&a->s.authcid, "alice");
	expect_given(&a->s.password, "wonderland");
}

MODULE_TEST(client_ask__prompts__name_all_and_give_all)
{
	static const struct fake_answer answers[] =
	    ANSWERS(BY_PROMPT, BY_PROMPT, BY_PROMPT);
	static const unsigned long ids[] = { SASL_CB_USER, SASL_CB_AUTHNAME,
		SASL_CB_PASS, 0 };
	struct asking a;

	asking_begin(&a, state, answers, true);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	asking_expect(&a, ids);
	fake_answer_prompts(&a.m->fake, a.prompts);
	assert_int_equal(asking_collect(&a), SASL_OK);
	expect_all_given(&a);
	asking_end(&a);
}

/* What a callback gave is kept over the prompt, and not asked for again. */
MODULE_TEST(client_ask__password_by_prompt__asks_for_that_alone)
{
	static const struct fake_answer first[] =
	    ANSWERS(BY_CALLBACK, BY_CALLBACK, BY_CALLBACK_PROMPT);
	static const struct fake_answer later[] =
	    ANSWERS(BY_REFUSING, BY_REFUSING, BY_REFUSING);
	static const unsigned long ids[] = { SASL_CB_PASS, 0 };
	struct asking a;

	asking_begin(&a, state, first, true);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	asking_expect(&a, ids);
	fake_answer_prompts(&a.m->fake, a.prompts);
	a.setup.answers = later;
	assert_int_equal(asking_collect(&a), SASL_OK);
	expect_all_given(&a);
	assert_int_equal(asking_collect(&a), SASL_OK);
	asking_end(&a);
}

MODULE_TEST(client_ask__mechanism_without_authzid__never_asks_for_it)
{
	static const struct fake_answer answers[] =
	    ANSWERS(BY_REFUSING, BY_PROMPT, BY_CALLBACK);
	static const unsigned long ids[] = { SASL_CB_AUTHNAME, 0 };
	struct asking a;

	asking_begin(&a, state, answers, false);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	asking_expect(&a, ids);
	fake_answer_prompts(&a.m->fake, a.prompts);
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.authzid.len, 0);
	asking_end(&a);
}

MODULE_TEST(client_ask__no_authzid_to_be_had__is_none)
{
	static const struct fake_answer nothing[] =
	    ANSWERS(BY_NOTHING, BY_CALLBACK, BY_CALLBACK);
	struct asking a;

	asking_begin(&a, state, NULL, true); /* has no callback for it */
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.authzid.len, 0);
	expect_given(&a.s.authcid, "alice");
	asking_end(&a);
	asking_begin(&a, state, nothing, true);
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.authzid.len, 0);
	asking_end(&a);
}

/* A name or a password that is left empty: see test_prompt_client.c. */
MODULE_TEST(client_ask__prompt_for_authzid_left_empty__is_none)
{
	static const struct fake_answer no_authzid[] =
	    ANSWERS(BY_PROMPT, BY_CALLBACK, BY_CALLBACK);
	struct asking a;

	asking_begin(&a, state, no_authzid, true);
	assert_int_equal(asking_collect(&a), SASL_INTERACT);
	assert_int_equal(asking_collect(&a), SASL_OK);
	assert_int_equal(a.s.authzid.len, 0);
	asking_end(&a);
}

MODULE_TEST(client_ask__authzid_is_refused__is_its_code)
{
	static const struct fake_answer answers[] =
	    ANSWERS(BY_REFUSING, BY_CALLBACK, BY_CALLBACK);
	struct asking a;

	asking_begin(&a, state, answers, true);
	assert_int_equal(asking_collect(&a), SASL_FAIL);
	asking_end(&a);
}

/* Not set, or with the NUL: as some applications have it. */
MODULE_TEST(client_ask__length_of_a_name__may_be_missing_or_count_the_nul)
{
	static const struct fake_answer answers[] =
	    ANSWERS(BY_CALLBACK, BY_PROMPT, BY_CALLBACK);
	static const unsigned lengths[] = { 0, 5, 6 };
	struct asking a;
	size_t i;

	for (i = 0; i < COUNT_OF(lengths); i++) {
		asking_begin(&a, state, answers, true);
		assert_int_equal(asking_collect(&a), SASL_INTERACT);
		fake_answer_prompts(&a.m->fake, a.prompts);
		a.prompts->len = lengths[i];
		assert_int_equal(asking_collect(&a), SASL_OK);
		expect_all_given(&a);
		asking_end(&a);
	}
}

/* The application has lost them, or has given up on them. */
MODULE_TEST(client_ask__prompts_never_answered__are_released)
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
	client_forget(&a.s);
	assert_int_equal(fake_alloc_live(), 0);
	asking_end(&a);
}

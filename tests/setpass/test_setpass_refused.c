/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New passwords that cannot be set, and stores that cannot be read: nothing is
 * stored, and what was stored goes on being valid.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/cram_answer.h"

enum { MOST_ALLOCATIONS = 64 };

static struct setpass p;

static void
expect_nothing_done(void)
{
	assert_int_equal(p.store.operations, 0);
	expect_stored(&p, PASSWORD, "wonderland");
	expect_stored(&p, HASH, NULL);
	expect_stored(&p, STATE, NULL);
}

static void
refuse(const struct fake_layout *layout, const char *password, unsigned len)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++) {
		setpass_open(&p, layout, &setpass_had_plaintext, 1U << i);
		assert_int_equal(setpass_hook_of(&p, i, "alice", password, len,
				     FLAGS_ONE_WAY),
		    SASL_BADPARAM);
		assert_int_equal(p.run.host.log_count, 1);
		assert_int_equal(p.run.host.log[0].level, SASL_LOG_ERR);
		assert_int_equal(p.run.host.canon_count, 0);
		expect_nothing_done();
		expect_valid(&p, "wonderland");
		setpass_close(&p);
	}
}

/* What no client could send must not be what lets a user in. */
LAYOUT_TEST(setpass_one_way__impossible_passwords__are_bad_parameters)
{
	char longest[1025];

	memset(longest, 'x', sizeof(longest));
	refuse(*state, "", 0);
	refuse(*state, NULL, 0);
	refuse(*state, "cater\0pillar", 12);
	refuse(*state, "\0caterpillar", 12);
	refuse(*state, "caterpillar", 12);
	refuse(*state, longest, sizeof(longest));
}

LAYOUT_TEST(setpass_one_way__longest_password__is_taken_whole)
{
	char longest[1024];

	memset(longest, 'x', sizeof(longest));
	setpass_open(&p, *state, &setpass_had_plaintext, SET_PLAIN);
	assert_int_equal(setpass_hook_of(&p, 0, "alice", longest,
			     sizeof(longest), FLAGS_ONE_WAY),
	    SASL_OK);
	assert_int_equal(setpass_hook_of(&p, 0, "alice", longest,
			     sizeof(longest) - 1, FLAGS_ONE_WAY),
	    SASL_OK);
	assert_int_equal(p.store.operations, 2);
	setpass_close(&p);
}

/* Of length 0, it is a string, as libsasl2 has it. */
LAYOUT_TEST(setpass_one_way__password_without_its_length__is_a_string)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(
	    setpass_hook_of(&p, 0, "alice", "caterpillar", 0, FLAGS_ONE_WAY),
	    SASL_OK);
	expect_valid(&p, "caterpillar");
	setpass_close(&p);
}

static const struct {
	int lookup, result;
} troubles[] = {
	{ SASL_FAIL, SASL_UNAVAIL },
	{ SASL_UNAVAIL, SASL_UNAVAIL },
	{ SASL_TRYAGAIN, SASL_UNAVAIL },
	{ SASL_BADAUTH, SASL_UNAVAIL },
	{ SASL_DISABLED, SASL_UNAVAIL },
	{ SASL_NOMEM, SASL_NOMEM },
};

LAYOUT_TEST(setpass__store_cannot_be_read__stores_nothing)
{
	static const unsigned flags[] = { FLAGS_ONE_WAY, FLAGS_PLAINTEXT,
		FLAGS_DELETE };
	struct fake_setup setup = setpass_had_plaintext;
	size_t i, k;

	for (i = 0; i < COUNT_OF(troubles); i++) {
		for (k = 0; k < COUNT_OF(flags); k++) {
			setup.lookup_code = troubles[i].lookup;
			setpass_open(&p, *state, &setup, SET_ALL);
			assert_int_equal(
			    setpass_hook(&p, flags[k]), troubles[i].result);
			assert_non_null(fake_log_find(
			    &p.run.host, "the store cannot be read"));
			assert_int_equal(p.run.host.log_count, 1);
			expect_nothing_done();
			setpass_close(&p);
		}
	}
}

/* Where there is no store, nothing old can be left in it. */
LAYOUT_TEST(setpass__no_auxprop_plugin__fails_only_if_it_is_needed)
{
	static const unsigned flags[] = { FLAGS_PLAINTEXT, FLAGS_DELETE };
	struct fake_setup setup = setpass_had_plaintext;
	size_t k;

	setup.lookup_code = SASL_NOMECH;
	for (k = 0; k < COUNT_OF(flags); k++) {
		setpass_open(&p, *state, &setup, SET_ALL);
		assert_int_equal(setpass_hook(&p, flags[k]), SASL_NOCHANGE);
		assert_int_equal(p.run.host.log_count, 0);
		setpass_close(&p);
	}
	setpass_open(&p, *state, &setup, SET_ALL);
	assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_UNAVAIL);
	assert_non_null(
	    fake_log_find(&p.run.host, "there is no auxprop plugin"));
	setpass_close(&p);
}

/* Written and not seen: it may be either, so it is as it was. */
LAYOUT_TEST(setpass_one_way__store_cannot_be_read_again__is_as_it_was)
{
	static const struct fake_setup *const had[] = { &setpass_had_plaintext,
		&setpass_had_one_way };
	static const struct {
		int code;
		const char *line;
	} again[] = {
		{ SASL_UNAVAIL, "the store cannot be read" },
		{ SASL_NOMECH, "there is no auxprop plugin" },
	};
	struct fake_setup setup;
	size_t i;

	for (i = 0; i < COUNT_OF(had) * COUNT_OF(again); i++) {
		setup = *had[i / COUNT_OF(again)];
		setup.canon_call = 4; /* three are the first look */
		setup.canon_code = again[i % COUNT_OF(again)].code;
		setpass_open(&p, *state, &setup, SET_ALL);
		assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_UNAVAIL);
		assert_non_null(fake_log_find(
		    &p.run.host, again[i % COUNT_OF(again)].line));
		assert_int_equal(p.run.host.log_count, 1);
		expect_unchanged(&p);
		setpass_close(&p);
	}
}

/* True if the planned allocation was asked for. */
static bool
without_memory(const struct fake_layout *layout, const struct fake_setup *setup,
    unsigned set, unsigned fail_at)
{
	bool failed;
	int result;

	setpass_open(&p, layout, setup, set);
	fake_secret("caterpillar", 11);
	cram_secret_state("caterpillar");
	fake_alloc_fail_at(fake_alloc_count() + fail_at);
	result = setpass_hook(&p, FLAGS_ONE_WAY);
	failed = fake_alloc_failed();
	fake_alloc_fail_at(0);
	if (result != (failed ? SASL_NOMEM : SASL_OK))
		fail_msg("allocation %u: %d", fail_at, result);
	expect_valid(&p, failed ? "wonderland" : "caterpillar");
	expect_invalid(&p, failed ? "caterpillar" : "wonderland");
	setpass_close(&p);
	return failed;
}

LAYOUT_TEST(setpass_one_way__each_allocation_fails__is_as_it_was)
{
	static const struct fake_setup *const had[] = { &setpass_had_plaintext,
		&setpass_had_one_way, &setpass_had_everything };
	unsigned set, fail_at;
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++)
		for (set = 1; set <= SET_ALL; set++) {
			fail_at = 1;
			while (without_memory(*state, had[i], set, fail_at))
				assert_true(++fail_at < MOST_ALLOCATIONS);
			assert_true(fail_at > 1);
		}
}

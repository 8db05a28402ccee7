/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * FIPS mode, as the kernel tells it.
 */
#include "config.h"

#include <fcntl.h>

#include "base/fips.h"
#include "support/stand_in_fips.h"
#include "support/test.h"

static const struct {
	const char *content;
	bool enabled;
} answers[] = {
	{ "1\n", true },
	{ "1", true },
	{ "0\n", false },
	{ "0", false },
	{ "", false },
	{ "\n", false },
	{ "yes\n", false },
	{ NULL, false },
};

static void
fips_enabled__each_answer__is_understood(void **state)
{
	size_t i;

	for (i = 0; i < COUNT_OF(answers); i++) {
		stand_in_fips_reset(state);
		stand_in_fips.content = answers[i].content;
		if (fips_enabled() != answers[i].enabled)
			fail_msg("said %s", answers[i].content == NULL
						? "nothing"
						: answers[i].content);
		assert_int_equal(stand_in_fips.opened, 1);
		stand_in_fips_expect_closed();
	}
}

static void
fips_enabled__no_answer__is_no(void **state)
{
	(void)state;
	stand_in_fips.content = "1\n";
	stand_in_fips.read_fails = true;
	assert_false(fips_enabled());
	stand_in_fips_expect_closed();
}

/* No program that is started now gets it. */
static void
fips_enabled__the_file__is_read_only_and_not_passed_on(void **state)
{
	(void)state;
	stand_in_fips.content = "1\n";
	assert_true(fips_enabled());
	assert_int_equal(stand_in_fips.flags & O_ACCMODE, O_RDONLY);
	assert_true(stand_in_fips.flags & O_CLOEXEC);
}

/* The answer may change: nothing is remembered. */
static void
fips_enabled__asked_again__looks_again(void **state)
{
	(void)state;
	stand_in_fips.content = "1\n";
	assert_true(fips_enabled());
	stand_in_fips.content = "0\n";
	assert_false(fips_enabled());
	assert_int_equal(stand_in_fips.opened, 2);
}

#define FIPS_TEST(f) cmocka_unit_test_setup(f, stand_in_fips_reset)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		FIPS_TEST(fips_enabled__each_answer__is_understood),
		FIPS_TEST(fips_enabled__no_answer__is_no),
		FIPS_TEST(
		    fips_enabled__the_file__is_read_only_and_not_passed_on),
		FIPS_TEST(fips_enabled__asked_again__looks_again),
	};

	return cmocka_run_group_tests_name("FIPS", tests, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * FIPS mode, as the kernel tells it.
 */
#include "config.h"

#include <fcntl.h>

#include "secrets/digest.h"
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

TEST_WITH(
    digest_kernel_fips__each_answer__is_understood, stand_in_fips_reset, NULL)
{
	size_t i;

	for (i = 0; i < COUNT_OF(answers); i++) {
		stand_in_fips_reset(state);
		stand_in_fips.content = answers[i].content;
		if (digest_kernel_fips() != answers[i].enabled)
			fail_msg("said %s", answers[i].content == NULL
						? "nothing"
						: answers[i].content);
		assert_int_equal(stand_in_fips.opened, 1);
		stand_in_fips_expect_closed();
	}
}

TEST_WITH(digest_kernel_fips__no_answer__is_no, stand_in_fips_reset, NULL)
{
	stand_in_fips.content = "1\n";
	stand_in_fips.read_fails = true;
	assert_false(digest_kernel_fips());
	stand_in_fips_expect_closed();
}

/* No program that is started now gets it. */
TEST_WITH(digest_kernel_fips__the_file__is_read_only_and_not_passed_on,
    stand_in_fips_reset, NULL)
{
	stand_in_fips.content = "1\n";
	assert_true(digest_kernel_fips());
	assert_int_equal(stand_in_fips.flags & O_ACCMODE, O_RDONLY);
	assert_true(stand_in_fips.flags & O_CLOEXEC);
}

/* The answer may change: nothing is remembered. */
TEST_WITH(
    digest_kernel_fips__asked_again__looks_again, stand_in_fips_reset, NULL)
{
	stand_in_fips.content = "1\n";
	assert_true(digest_kernel_fips());
	stand_in_fips.content = "0\n";
	assert_false(digest_kernel_fips());
	assert_int_equal(stand_in_fips.opened, 2);
}

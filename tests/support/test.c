/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The list of a program's tests, and the main() that runs it.
 */
#include "config.h"

#include <errno.h>

#include "support/test.h"

static struct CMUnitTest *tests;
static size_t test_count, left_out_count;
static CMFixtureFunction before_all, after_all;

void
test_add(bool (*possible)(void), const char *name, CMUnitTestFunction run,
    CMFixtureFunction setup, CMFixtureFunction teardown, const void *state)
{
	if (possible != NULL && !possible()) {
		printf("# %s: not tested here\n", name);
		left_out_count++;
		return;
	}
	tests = realloc(tests, (test_count + 1) * sizeof(*tests));
	if (tests == NULL)
		abort();
	tests[test_count++] = (struct CMUnitTest) { name, run, setup, teardown,
		(void *)(uintptr_t)state };
}

void
test_around(CMFixtureFunction setup, CMFixtureFunction teardown)
{
	before_all = setup;
	after_all = teardown;
}

int
main(int argc, char **argv)
{
	int failed;

	if (test_count + left_out_count == 0) {
		fputs("no test is registered\n", stderr);
		return EXIT_FAILURE;
	}
	if (test_count == 0) {
		puts("1..0 # SKIP nothing of it can be tested here");
		return EXIT_SUCCESS;
	}
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	/* The list stays to the end, and with it what it points to. */
	failed = _cmocka_run_group_tests(program_invocation_short_name, tests,
	    test_count, before_all, after_all);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

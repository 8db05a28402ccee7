/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What every test program begins with: cmocka, with the headers that it wants
 * before itself, and how a test is written:
 *
 *	TEST(hex_decode__bad_digit_anywhere__is_refused)
 *	{
 *		assert_int_equal(...);
 *	}
 *
 * This defines the test and puts it on the program's list. main() is in
 * test.c. It runs the list in the order of the source; an argument is a
 * pattern for the names of those to be run.
 */
#ifndef CLASSIC_TEST_H
#define CLASSIC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* cmocka 2 calls it deprecated, and its successor warns of a sign. */
#ifdef assert_uint_in_range
#undef assert_in_range
#define assert_in_range(value, minimum, maximum) \
	_assert_uint_in_range((uintmax_t)(value), (uintmax_t)(minimum), \
	    (uintmax_t)(maximum), __FILE__, __LINE__)
#endif

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* What is to be found in the program, before libc's of that name. */
#define EXPORTED __attribute__((visibility("default")))

/* A test of its own, or with what is run before and after it; NULL: nothing. */
#define TEST(f)			      TEST_IF(NULL, f, NULL, NULL)
#define TEST_WITH(f, setup, teardown) TEST_IF(NULL, f, setup, teardown)

/* It is left out, and main() says so, where bool possible(void) says no. */
#define TEST_IF(possible, f, setup, teardown) \
	TEST_BODY(f, test_add(possible, #f, f, setup, teardown, NULL))

/* Run once, before the first test of the program and after the last. */
#define TESTS_AROUND(setup, teardown) \
	TEST_PREPARE(tests_around__prepare, test_around(setup, teardown))

/* For those who make another kind of test: how the body is put on the list. */
#define TEST_BODY(f, add) \
	static void f(void **state); \
	TEST_PREPARE(f##__prepare, add) \
	static void f(__attribute__((unused)) void **state)

/* The call is made before main(), in the order of the source. */
#define TEST_PREPARE(name, call) \
	__attribute__((constructor(1000 + __COUNTER__))) static void name( \
	    void) \
	{ \
		call; \
	}

/*
 * One test more. The name must stay; the state is what the test, its setup and
 * its teardown are given to begin with.
 */
void test_add(bool (*possible)(void), const char *name, CMUnitTestFunction run,
    CMFixtureFunction setup, CMFixtureFunction teardown, const void *state);
void test_around(CMFixtureFunction setup, CMFixtureFunction teardown);

#endif

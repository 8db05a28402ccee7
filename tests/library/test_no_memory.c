/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Each allocation that one of our plugins asks the real libsasl2 for fails
 * once, by sasl_set_alloc(): that is SASL_NOMEM, nothing is lost, and the next
 * login is as good as ever. The library's own allocations are left alone.
 */
#include "config.h"

#include <dlfcn.h>

#include "library/library.h"
#include "support/test.h"

#define CAROL "carol" /* whose password is set here */

enum { MOST = 64 }; /* allocations of ours in one run: else it never ends */

static struct {
	unsigned ours, fail_at; /* since begin(); 0: none */
	long live;		/* blocks, of anybody */
} heap;

/* Code of a plugin? It calls the allocator directly. */
static bool
is_ours(const void *caller)
{
	const char *name;
	Dl_info object;

	if (dladdr(caller, &object) == 0 || object.dli_fname == NULL)
		return false;
	name = strrchr(object.dli_fname, '/');
	return name != NULL && (!strcmp(name, "/libplain.so") ||
				   !strcmp(name, "/liblogin.so") ||
				   !strcmp(name, "/libcrammd5.so"));
}

static bool
must_fail(const void *caller)
{
	return is_ours(caller) && ++heap.ours == heap.fail_at;
}

static void *
count(void *memory)
{
	heap.live += memory != NULL;
	return memory;
}

static void *
failing_malloc(size_t size)
{
	if (must_fail(__builtin_return_address(0)))
		return NULL;
	return count(malloc(size));
}

static void *
failing_calloc(size_t members, size_t size)
{
	if (must_fail(__builtin_return_address(0)))
		return NULL;
	return count(calloc(members, size));
}

static void *
failing_realloc(void *memory, size_t size)
{
	if (must_fail(__builtin_return_address(0)))
		return NULL;
	heap.live -= memory != NULL;
	return count(realloc(memory, size));
}

static void
counting_free(void *memory)
{
	heap.live -= memory != NULL;
	free(memory);
}

static void
begin(unsigned fail_at)
{
	heap.ours = 0;
	heap.fail_at = fail_at;
}

/* Has it come to that? From now on nothing fails. */
static bool
has_failed(void)
{
	bool failed = heap.fail_at > 0 && heap.ours >= heap.fail_at;

	begin(0);
	return failed;
}

static void
sweep_login(const char *mechanism, const struct library_attempt *a)
{
	long live = heap.live;
	unsigned n = 0;
	int code;

	do {
		assert_true(++n < MOST);
		begin(n);
		code = library_login(mechanism, a->user, a->password);
		if (!has_failed())
			break;
		assert_int_equal(code, SASL_NOMEM);
		assert_int_equal(heap.live, live);
		assert_int_equal(
		    library_login(mechanism, a->user, a->password), a->code);
		assert_int_equal(heap.live, live);
	} while (true);
	assert_int_equal(code, a->code);
	assert_true(n > 2); /* a session of either side, at least */
}

TEST(no_memory__in_any_login__is_no_memory_and_no_more)
{
	size_t m, i;

	library_open_usual();
	for (m = 0; m < SET_COUNT; m++)
		for (i = 0; i < LIBRARY_ATTEMPTS; i++)
			sweep_login(
			    library_mechanisms[m], &library_attempts[i]);
	library_close();
}

TEST(no_memory__at_the_start__loses_nothing)
{
	unsigned n = 0;
	long live;

	library_open_usual();
	library_close();
	live = heap.live;
	do {
		assert_true(++n < MOST);
		begin(n);
		library_open_usual();
		library_close();
		assert_int_equal(heap.live, live);
	} while (has_failed());
}

static int
set_password(const char *password)
{
	return library_setpass(CAROL, password, ONE_WAY);
}

/*
 * Never none, never both, and the same for all mechanisms. Which of the two it
 * is after a failure depends on the plugins that the library asks next.
 */
static void
expect_one_truth(const char *before, const char *now, int code)
{
	bool changed = library_login("PLAIN", CAROL, now) == SASL_OK;

	assert_true(changed || code != SASL_OK);
	library_expect(SET_ALL, CAROL, now, changed ? SASL_OK : SASL_BADAUTH);
	library_expect(
	    SET_ALL, CAROL, before, changed ? SASL_BADAUTH : SASL_OK);
}

TEST(no_memory__while_a_password_is_set__leaves_one_truth)
{
	static const char *const passwords[] = { "cheshire", "dormouse" };
	unsigned n = 0;
	bool failed;
	int code;

	library_open_usual();
	assert_int_equal(set_password(passwords[1]), SASL_OK);
	do {
		assert_true(++n < MOST);
		if (set_password(passwords[1]) != SASL_OK)
			continue;
		begin(n);
		code = set_password(passwords[0]);
		failed = has_failed();
		expect_one_truth(passwords[1], passwords[0], code);
	} while (failed);
	assert_int_equal(code, SASL_OK);
	assert_true(n > 2);
	library_close();
}

/* Before the library allocates anything. */
static int
setup(void **state)
{
	(void)state;
	sasl_set_alloc(
	    failing_malloc, failing_calloc, failing_realloc, counting_free);
	return 0;
}

TESTS_AROUND(setup, NULL)

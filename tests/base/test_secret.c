/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets: copied, compared, wiped.
 */
#include "config.h"

#include "host/module.h"

/* The allocator's `free`, which looks at what it is given. */
static size_t released_len;
static unsigned released_count;

static void
looking_free(void *memory)
{
	static const char zeros[64];

	assert_in_range(released_len, 0, sizeof(zeros));
	if (released_len > 0)
		assert_memory_equal(memory, zeros, released_len);
	released_count++;
	fake_free(memory);
}

/* From now on a freed block must begin with `len` zeros. */
static void
look_at(struct module *m, size_t len)
{
	released_len = len;
	released_count = 0;
	module_replace(m, MEMBER_FREE, AS(looking_free));
}

MODULE_TEST(secret_copy__octets__are_copied_with_a_nul_behind)
{
	static const char from[] = "won\0der\xff";
	struct secret s = { NULL, 0 };
	struct module *m = *state;
	char *exact;

	exact = guarded_copy(from, sizeof(from) - 1);
	assert_int_equal(
	    secret_copy(&m->host, &s, bytes_of(exact, sizeof(from) - 1)), 0);
	guarded_free(exact, sizeof(from) - 1);
	assert_int_equal(s.len, sizeof(from) - 1);
	assert_memory_equal(s.data, from, sizeof(from));
	secret_free(&m->host, &s);
}

MODULE_TEST(secret_copy__nothing__is_an_empty_string)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(secret_copy(&m->host, &s, bytes_of(NULL, 0)), 0);
	assert_int_equal(s.len, 0);
	assert_non_null(s.data);
	assert_int_equal(s.data[0], '\0');
	secret_free(&m->host, &s);
}

MODULE_TEST(secret_copy__over_another__wipes_and_releases_that)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(secret_copy(&m->host, &s, bytes_str("first")), 0);
	look_at(m, 5);
	assert_int_equal(secret_copy(&m->host, &s, bytes_str("second")), 0);
	assert_int_equal(released_count, 1);
	assert_int_equal(fake_alloc_live(), 1);
	assert_string_equal(s.data, "second");
	look_at(m, 6);
	secret_free(&m->host, &s);
}

MODULE_TEST(secret_copy__no_memory__leaves_it_empty)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(secret_copy(&m->host, &s, bytes_str("first")), 0);
	look_at(m, 5);
	fake_alloc_fail_at(fake_alloc_count() + 1);
	assert_int_equal(secret_copy(&m->host, &s, bytes_str("second")), -1);
	assert_int_equal(released_count, 1);
	assert_null(s.data);
	assert_int_equal(s.len, 0);
	secret_free(&m->host, &s);
}

MODULE_TEST(secret_alloc__over_another__gives_room_with_a_nul_behind)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(secret_copy(&m->host, &s, bytes_str("first")), 0);
	look_at(m, 5);
	assert_int_equal(secret_alloc(&m->host, &s, 9), 0);
	assert_int_equal(released_count, 1);
	assert_int_equal(s.len, 9);
	assert_int_equal(s.data[9], '\0');
	memset(s.data, 'x', 9);
	look_at(m, 9);
	secret_free(&m->host, &s);
}

/* All lengths, and no octet is left out, behind a NUL or at the end. */
MODULE_TEST(secret_free__any_secret__is_wiped_first)
{
	char from[64];
	struct secret s = { NULL, 0 };
	struct module *m = *state;
	size_t len;

	memset(from, 'x', sizeof(from));
	from[3] = '\0';
	for (len = 0; len <= sizeof(from); len++) {
		look_at(m, len);
		assert_int_equal(
		    secret_copy(&m->host, &s, bytes_of(from, len)), 0);
		secret_free(&m->host, &s);
		assert_int_equal(released_count, 1);
		assert_null(s.data);
		assert_int_equal(s.len, 0);
	}
}

MODULE_TEST(secret_free__empty__frees_nothing)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;

	look_at(m, 0);
	secret_free(&m->host, &s);
	assert_int_equal(released_count, 0);
}

TEST(secret_wipe__middle_of_a_block__leaves_the_rest)
{
	char block[] = "abcdefgh";

	secret_wipe(block + 2, 4);
	assert_memory_equal(block, "ab\0\0\0\0gh", sizeof(block));
	secret_wipe(NULL, 0);
}

static int
equal(const char *want, size_t want_len, const char *got, size_t got_len)
{
	int result;

	result = secret_equal(bytes_of(want, want_len), bytes_of(got, got_len));
	if (want_len == got_len && got_len > 0)
		assert_int_equal(secret_same(want, got, got_len), result);
	return result;
}

/* The same octets as far as both reach; both end where memory ends. */
TEST(secret_equal__all_lengths__only_the_same_is_equal)
{
	enum { LONGEST = 70 };
	char octets[LONGEST], *want, *got;
	size_t a, b;

	memset(octets, 'a', sizeof(octets));
	for (a = 0; a <= LONGEST; a++)
		for (b = 0; b <= LONGEST; b++) {
			want = guarded_copy(octets, a);
			got = guarded_copy(octets, b);
			assert_int_equal(
			    equal(want, a, got, b), a == b && a > 0);
			guarded_free(want, a);
			guarded_free(got, b);
		}
}

TEST(secret_equal__any_bit_changed__is_not_equal)
{
	char want[33], got[33];
	size_t at;

	memset(want, 0x7f, sizeof(want));
	memcpy(got, want, sizeof(got));
	assert_int_equal(equal(want, sizeof(want), got, sizeof(got)), 1);
	for (at = 0; at < 8 * sizeof(got); at++) {
		got[at / 8] = (char)(want[at / 8] ^ 1 << at % 8);
		assert_int_equal(
		    equal(want, sizeof(want), got, sizeof(got)), 0);
		got[at / 8] = want[at / 8];
	}
}

/* A length that differs by a multiple of 256 or 65536 differs nevertheless. */
TEST(secret_equal__much_longer__is_not_equal)
{
	static char zeros[65536 + 16];

	assert_int_equal(equal(zeros, 16, zeros, 272), 0);
	assert_int_equal(equal(zeros, 272, zeros, 16), 0);
	assert_int_equal(equal(zeros, 16, zeros, sizeof(zeros)), 0);
}

TEST(secret_equal__nothing_wanted__equals_nothing)
{
	assert_int_equal(equal(NULL, 0, NULL, 0), 0);
	assert_int_equal(equal("a", 1, NULL, 0), 0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets: copied, compared, wiped; and that what a function leaves on the
 * stack can be overwritten.
 */
#include "config.h"

#include "base/encode.h"
#include "base/scan.h"
#include "base/secret.h"
#include "host/module.h"
#include "secrets/scheme.h"
#include "support/stack_scan.h"

/* Longer behind their NULs, too, than what fake_free() looks for. */
static const char first[] = "first-of\0two-secrets";
static const char second[] = "the-second\0of-them\xff";

/* fake_free() looks for them in each block that is released. */
MODULE_TEST(secret__copied_replaced_and_freed__is_wiped_each_time)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;
	const struct host *h = &m->host;
	char *exact = guarded_copy(first, sizeof(first) - 1);

	fake_secret(first, sizeof(first) - 1);
	fake_secret(second, sizeof(second) - 1);
	assert_int_equal(
	    secret_copy(h, &s, bytes_of(exact, sizeof(first) - 1)), 0);
	guarded_free(exact, sizeof(first) - 1);
	assert_int_equal(s.len, sizeof(first) - 1);
	assert_memory_equal(s.data, first, sizeof(first));
	assert_int_equal(
	    secret_copy(h, &s, bytes_of(second, sizeof(second) - 1)), 0);
	assert_memory_equal(s.data, second, sizeof(second));
	assert_int_equal(fake_alloc_live(), 1);
	assert_int_equal(secret_alloc(h, &s, 9), 0);
	assert_int_equal(fake_alloc_live(), 1);
	assert_int_equal(s.len, 9);
	assert_int_equal(s.data[9], '\0');
	memcpy(s.data, second, 9);
	fake_alloc_fail_at(fake_alloc_count() + 1);
	assert_int_equal(secret_copy(h, &s, bytes_str("third")), -1);
	assert_null(s.data);
	assert_int_equal(s.len, 0);
	assert_int_equal(fake_alloc_live(), 0);
	assert_int_equal(secret_copy(h, &s, bytes_of(NULL, 0)), 0);
	assert_int_equal(s.len, 0);
	assert_string_equal(s.data, "");
	secret_free(h, &s);
	assert_null(s.data);
	secret_free(h, &s);
}

static void
wiping_free(void *memory)
{
	static const char zeros[64];

	assert_memory_equal(memory, zeros, sizeof(zeros));
	fake_free(memory);
}

/* To its last octet, behind a NUL and all. */
MODULE_TEST(secret_free__any_secret__is_zeros_first)
{
	struct secret s = { NULL, 0 };
	struct module *m = *state;
	char from[64];

	memset(from, 'x', sizeof(from));
	from[3] = '\0';
	module_replace(m, MEMBER_FREE, AS(wiping_free));
	assert_int_equal(
	    secret_copy(&m->host, &s, bytes_of(from, sizeof(from))), 0);
	secret_free(&m->host, &s);
	assert_int_equal(fake_alloc_live(), 0);
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
	char same[LONGEST], *want, *got;
	size_t a, b;

	memset(same, 'a', sizeof(same));
	for (a = 0; a <= LONGEST; a++)
		for (b = 0; b <= LONGEST; b++) {
			want = guarded_copy(same, a);
			got = guarded_copy(same, b);
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

/* As a library that does not clean up. */
static __attribute__((noinline)) void
leave_on_stack(const char *text)
{
	volatile char room[4096];
	size_t i;

	STACK_SCAN_MARGIN;
	for (i = 0; i < 64; i++)
		room[i] = text[i % strlen(text)];
	assert_int_equal(room[0], text[0]);
	(void)margin;
}

MODULE_TEST(secret_wipe_stack__after_a_call__nothing_of_it_is_left)
{
	fake_secret("looking-glass", 13);
	stack_paint();
	leave_on_stack("looking-glass");
	secret_wipe_stack();
	stack_expect_no_secret();
}

/* What takes a secret apart, in words and elsewhere, and calls little after. */
static const char octets[] = "frumious-bandersnatch";
static const char digits[] = "ZnJ1bWlvdXMtYmFuZGVyc25hdGNo";
static const char braced[] = "{frum.bander}ish";
static const char dollar[] = "$frumious-bander";
static const char hash[] = "{SHA}ZnJ1bWlvdXMtYmFuZGVyc25hdGM=";
static unsigned char decoded[sizeof(octets)];

static void
do_decode(void)
{
	size_t len;

	assert_int_equal(base64_decode(BASE64_PADDED, bytes_str(digits),
			     decoded, sizeof(decoded), &len),
	    0);
}

static void
do_made_of(void)
{
	assert_true(scan_made_of(bytes_str(octets), "az--"));
}

static void
do_trim(void)
{
	assert_int_equal(scan_trim(bytes_str(octets)).len, sizeof(octets) - 1);
}

static void
do_classify(void)
{
	struct stored s;

	scheme_classify(bytes_str(braced), &s);
}

static void
do_classify_short(void)
{
	struct stored s;

	scheme_classify(bytes_str(dollar), &s);
}

static void
do_check_form(void)
{
	struct stored s;

	scheme_classify(bytes_str(hash), &s);
	assert_true(scheme_is_whole(&s));
}

static __attribute__((noinline)) void
call(void (*function)(void))
{
	STACK_SCAN_MARGIN;

	(void)margin;
	function();
}

MODULE_TEST(secret__read__is_not_left_on_the_stack)
{
	static void (*const functions[])(void) = { do_decode, do_made_of,
		do_trim, do_classify, do_classify_short, do_check_form };
	size_t i;

	fake_secret(octets, sizeof(octets) - 1);
	fake_secret(digits, sizeof(digits) - 1);
	fake_secret(dollar, sizeof(dollar) - 1);
	fake_secret(braced, sizeof(braced) - 1);
	for (i = 0; i < COUNT_OF(functions); i++) {
		stack_paint();
		call(functions[i]);
		secret_leave(); /* where words are put together on the stack */
		stack_expect_no_secret();
	}
}

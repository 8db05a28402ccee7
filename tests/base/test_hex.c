/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hex digits and the choice without a branch beneath them: every pair of
 * octets is checked by the C library. All inputs end where memory ends.
 */
#include "config.h"

#include "base/consttime.h"
#include "base/encode.h"
#include "host/fake_alloc.h"
#include "support/test.h"

static int
decode(const char *hex, size_t len, unsigned char *out)
{
	char *exact = guarded_copy(hex, len);
	int result = hex_decode(bytes_of(exact, len), out);

	guarded_free(exact, len);
	return result;
}

static bool
is_digit(int c)
{
	return c > 0 && strchr("0123456789abcdefABCDEF", c) != NULL;
}

/* At each end of a word. */
TEST(hex_decode__every_pair_of_octets__is_two_digits_or_refused)
{
	char hex[] = "00000000", *first = hex, *last = hex + 6, pair[3] = "";
	unsigned char out[4];
	unsigned i, value;
	bool good;

	for (i = 0; i < 0x10000; i++) {
		first[0] = last[0] = pair[0] = (char)(i >> 8);
		first[1] = last[1] = pair[1] = (char)i;
		good = is_digit((int)(i >> 8)) && is_digit((int)(i & 0xff));
		assert_int_equal(
		    hex_decode(bytes_of(hex, 8), out), good ? 0 : -1);
		if (!good)
			continue;
		value = (unsigned)strtoul(pair, NULL, 16);
		assert_int_equal(out[0], value);
		assert_int_equal(out[1], 0);
		assert_int_equal(out[2], 0);
		assert_int_equal(out[3], value);
	}
}

/* Every octet that is no digit, wherever it is, among good ones. */
TEST(hex_decode__bad_digit_anywhere__is_refused)
{
	unsigned char out[8];
	char hex[16];
	size_t at;
	int c;

	for (at = 0; at < sizeof(hex); at++) {
		memset(hex, at % 2 ? '0' : 'f', sizeof(hex));
		assert_int_equal(decode(hex, sizeof(hex), out), 0);
		for (c = 0; c < 256; c++) {
			hex[at] = (char)c;
			assert_int_equal(
			    hex_decode(bytes_of(hex, sizeof(hex)), out),
			    is_digit(c) ? 0 : -1);
		}
	}
}

TEST(hex_decode__part_of_a_word__is_refused)
{
	unsigned char out[8];
	size_t len;

	for (len = 0; len <= 16; len++)
		assert_int_equal(decode("0123456789abcdef", len, out),
		    len % 8 == 0 ? 0 : -1);
	assert_int_equal(hex_decode(bytes_of(NULL, 0), out), 0);
}

TEST(hex_encode__every_octet__is_decoded_to_itself)
{
	unsigned char raw[256], again[256];
	char hex[512], *exact_raw, *exact_hex, pair[3];
	size_t i;

	for (i = 0; i < sizeof(raw); i++)
		raw[i] = (unsigned char)i;
	memset(hex, '#', sizeof(hex));
	exact_raw = guarded_copy(raw, sizeof(raw));
	exact_hex = guarded_copy(hex, sizeof(hex));
	hex_encode(bytes_of(exact_raw, sizeof(raw)), exact_hex);
	for (i = 0; i < sizeof(raw); i++) {
		snprintf(pair, sizeof(pair), "%02x", raw[i]);
		assert_memory_equal(exact_hex + 2 * i, pair, 2);
	}
	assert_int_equal(decode(exact_hex, sizeof(hex), again), 0);
	assert_memory_equal(again, raw, sizeof(raw));
	guarded_free(exact_raw, sizeof(raw));
	guarded_free(exact_hex, sizeof(hex));
}

TEST(consttime_between__every_three_octets__is_all_ones_or_zero)
{
	static const int edges[] = { 0, 1, '0', '9', 0x7f, 0x80, 0xfe, 0xff };
	size_t first, last;
	int c, want;

	for (c = 0; c < 256; c++)
		for (first = 0; first < COUNT_OF(edges); first++)
			for (last = first; last < COUNT_OF(edges); last++) {
				want = c >= edges[first] && c <= edges[last]
					   ? -1
					   : 0;
				assert_int_equal(consttime_between(c,
						     edges[first], edges[last]),
				    want);
			}
}

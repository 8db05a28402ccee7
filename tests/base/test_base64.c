/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Base64 and its kin: what is written can be read, and nothing else can.
 */
#include "config.h"

#include "base/encode.h"
#include "host/fake_alloc.h"
#include "support/test.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static const enum base64 kinds[] = { BASE64_PADDED, BASE64_BARE,
	BASE64_DOTTED };

static int
decode(enum base64 kind, const char *text, size_t text_len, void *out,
    size_t room, size_t *len)
{
	char *exact = guarded_copy(text, text_len);
	int result;

	result = base64_decode(kind, bytes_of(exact, text_len), out, room, len);
	guarded_free(exact, text_len);
	return result;
}

static void
expect_refusal(enum base64 kind, const char *text)
{
	unsigned char out[64];
	size_t len;

	if (decode(kind, text, strlen(text), out, sizeof(out), &len) == 0)
		fail_msg("taken: %s", text);
}

/* RFC 4648, section 10, and the two digits in which alphabets differ. */
TEST(base64__known_answers__come_out)
{
	static const struct {
		enum base64 kind;
		const char *raw, *text;
	} cases[] = {
		{ BASE64_PADDED, "", "" },
		{ BASE64_PADDED, "f", "Zg==" },
		{ BASE64_PADDED, "fo", "Zm8=" },
		{ BASE64_PADDED, "foo", "Zm9v" },
		{ BASE64_PADDED, "foob", "Zm9vYg==" },
		{ BASE64_PADDED, "fooba", "Zm9vYmE=" },
		{ BASE64_PADDED, "foobar", "Zm9vYmFy" },
		{ BASE64_PADDED, "\xfb\xef\xbf", "+++/" },
		{ BASE64_BARE, "f", "Zg" },
		{ BASE64_BARE, "fo", "Zm8" },
		{ BASE64_BARE, "\xfb\xff", "+/8" },
		{ BASE64_DOTTED, "\xfb\xff", "./8" },
	};
	unsigned char out[8];
	char text[16];
	size_t i, len;

	for (i = 0; i < COUNT_OF(cases); i++) {
		len = strlen(cases[i].raw);
		assert_int_equal(
		    base64_encoded(cases[i].kind, len), strlen(cases[i].text));
		base64_encode(cases[i].kind, bytes_of(cases[i].raw, len), text);
		assert_memory_equal(text, cases[i].text, strlen(cases[i].text));
		assert_int_equal(
		    decode(cases[i].kind, cases[i].text, strlen(cases[i].text),
			out, sizeof(out), &len),
		    0);
		assert_int_equal(len, strlen(cases[i].raw));
		assert_memory_equal(out, cases[i].raw, len);
	}
}

TEST(base64__every_length_and_octet__goes_there_and_back)
{
	unsigned char raw[256], back[256], pattern;
	char text[400];
	size_t len, got, k, i;

	for (k = 0; k < COUNT_OF(kinds); k++)
		for (len = 0; len <= sizeof(raw); len++) {
			pattern = (unsigned char)(len * 37);
			for (i = 0; i < len; i++)
				raw[i] = (unsigned char)(pattern + i);
			base64_encode(
			    kinds[k], bytes_of((char *)raw, len), text);
			assert_int_equal(
			    decode(kinds[k], text,
				base64_encoded(kinds[k], len), back, len, &got),
			    0);
			assert_int_equal(got, len);
			assert_memory_equal(raw, back, len);
		}
}

TEST(base64_decode__other_character__is_refused)
{
	char text[] = "AAAA", extra[3];
	unsigned char out[8];
	bool is_digit;
	size_t len, k;
	int c;

	for (k = 0; k < COUNT_OF(kinds); k++) {
		snprintf(extra, sizeof(extra), "/%c",
		    kinds[k] == BASE64_DOTTED ? '.' : '+');
		for (c = 0; c < 256; c++) {
			text[1] = (char)c;
			is_digit = c != 0 && (strchr(digits, c) != NULL ||
						 strchr(extra, c) != NULL);
			assert_int_equal(decode(kinds[k], text, 4, out,
					     sizeof(out), &len) == 0,
			    is_digit);
		}
	}
}

/* So that no octet has two texts. */
TEST(base64_decode__bits_behind_the_end__are_refused)
{
	expect_refusal(BASE64_PADDED, "Zh==");
	expect_refusal(BASE64_PADDED, "Zv==");
	expect_refusal(BASE64_PADDED, "Zm9=");
	expect_refusal(BASE64_BARE, "Zh");
	expect_refusal(BASE64_BARE, "Zm+");
	expect_refusal(BASE64_DOTTED, "Zm.");
}

TEST(base64_decode__wrong_filling__is_refused)
{
	expect_refusal(BASE64_PADDED, "Zg");
	expect_refusal(BASE64_PADDED, "Zg=");
	expect_refusal(BASE64_PADDED, "Zm8");
	expect_refusal(BASE64_PADDED, "Z===");
	expect_refusal(BASE64_PADDED, "====");
	expect_refusal(BASE64_PADDED, "=");
	expect_refusal(BASE64_PADDED, "Zm9v====");
	expect_refusal(BASE64_PADDED, "Zg==Zg==");
	expect_refusal(BASE64_BARE, "Zg==");
	expect_refusal(BASE64_BARE, "Zm8=");
	expect_refusal(BASE64_BARE, "Z");
	expect_refusal(BASE64_DOTTED, "Zm9vZ");
}

TEST(base64_decode__more_than_there_is_room_for__is_refused)
{
	unsigned char out[3];
	size_t len;

	assert_int_equal(decode(BASE64_BARE, "Zm9v", 4, out, 3, &len), 0);
	assert_int_equal(decode(BASE64_BARE, "Zm9vYg", 6, out, 3, &len), -1);
	assert_int_equal(decode(BASE64_BARE, "Zm9v", 4, out, 2, &len), -1);
	assert_int_equal(decode(BASE64_PADDED, "Zm8=", 4, out, 1, &len), -1);
	assert_int_equal(decode(BASE64_PADDED, "", 0, out, 0, &len), 0);
	assert_int_equal(len, 0);
}

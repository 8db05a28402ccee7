/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 on the wire: responses, judged by a reference. All inputs end where
 * memory ends.
 */
#include "config.h"

#include "crammd5_wire.h"
#include "host/fake_alloc.h"
#include "support/test.h"

/* RFC 2195's response read from its end, with the C library's own reader. */
static bool
judge(const char *in, size_t len, unsigned char digest[CRAMMD5_DIGEST])
{
	char pair[3] = "";
	size_t i;

	if (len < 1 + 1 + 32 || in[len - 33] != ' ')
		return false;
	for (i = 0; i < 16; i++) {
		memcpy(pair, in + len - 32 + 2 * i, 2);
		if (strspn(pair, "0123456789abcdefABCDEF") != 2)
			return false;
		digest[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	return true;
}

/* The same with the digits in lower case, as they are printed. */
static void
expect_printed(const struct crammd5_response *r, const char *in, size_t len)
{
	char *again = guarded_copy(in, len);
	size_t i;

	assert_int_equal(crammd5_response_size(r), len);
	memset(again, 0x5a, len);
	crammd5_print_response(r, again);
	assert_memory_equal(again, in, len - 32);
	for (i = len - 32; i < len; i++)
		assert_int_equal(again[i],
		    in[i] >= 'A' && in[i] <= 'F' ? in[i] - 'A' + 'a' : in[i]);
	guarded_free(again, len);
}

static void
check(const char *in, size_t len)
{
	unsigned char digest[CRAMMD5_DIGEST];
	bool good = judge(in, len, digest);
	char *exact = guarded_copy(in, len);
	struct crammd5_response r;
	int result = crammd5_parse_response(bytes_of(exact, len), &r);

	if (result != (good ? 0 : -1))
		fail_msg("%zu octets gave %d", len, result);
	if (result == 0) {
		assert_ptr_equal(r.authcid.data, exact);
		assert_int_equal(r.authcid.len, len - 33);
		assert_memory_equal(r.digest, digest, sizeof(digest));
		expect_printed(&r, in, len);
	}
	guarded_free(exact, len);
}

#define DIGEST	"b913a602c7eda7a495b4e6e7334d3890"
#define CAPITAL "B913A602C7EDA7A495B4E6E7334D3890"

#define RESPONSE(text) \
	{ \
		text, sizeof(text) - 1 \
	}

static const struct {
	const char *text;
	size_t len;
} responses[] = {
	RESPONSE("tim " DIGEST),
	RESPONSE("t " CAPITAL),
	RESPONSE("tim the enchanter " DIGEST),
	RESPONSE("tim " DIGEST " " DIGEST),
	RESPONSE("  " DIGEST),
	RESPONSE("tim\0x " DIGEST),
	RESPONSE(" " DIGEST),
	RESPONSE(DIGEST),
	RESPONSE("tim" DIGEST),
	RESPONSE("tim\t" DIGEST),
	RESPONSE("tim " DIGEST "\r\n"),
	RESPONSE("tim " DIGEST "0"),
	RESPONSE("tim " DIGEST " "),
	RESPONSE("tim 0x13a602c7eda7a495b4e6e7334d3890"),
	RESPONSE("tim  +13a602c7eda7a495b4e6e7334d3890"),
};

TEST(crammd5_parse_response__each__is_judged_by_the_reference)
{
	unsigned char digest[CRAMMD5_DIGEST];
	size_t i;

	for (i = 0; i < COUNT_OF(responses); i++)
		check(responses[i].text, responses[i].len);
	for (i = 0; i < COUNT_OF(responses); i++)
		assert_int_equal(
		    judge(responses[i].text, responses[i].len, digest), i < 6);
}

TEST(crammd5_parse_response__every_truncation__is_judged_by_it)
{
	size_t i, len;

	for (i = 0; i < COUNT_OF(responses); i++)
		for (len = 0; len < responses[i].len; len++) {
			check(responses[i].text, len);
			check(responses[i].text + len, responses[i].len - len);
		}
}

TEST(crammd5_parse_response__every_octet_changed__is_judged_by_it)
{
	char changed[80];
	size_t i, at;
	int octet;

	for (i = 0; i < COUNT_OF(responses); i++)
		for (at = 0; at < responses[i].len; at++)
			for (octet = 0; octet < 256; octet++) {
				memcpy(changed, responses[i].text,
				    responses[i].len);
				changed[at] = (char)octet;
				check(changed, responses[i].len);
			}
}

/* One octet put in and one taken out, at every place. */
TEST(crammd5_parse_response__every_octet_moved__is_judged_by_it)
{
	char changed[80];
	size_t i, at, len;

	for (i = 0; i < COUNT_OF(responses); i++)
		for (at = 0; at < responses[i].len; at++) {
			len = responses[i].len;
			memcpy(changed, responses[i].text, at);
			memcpy(changed + at, responses[i].text + at + 1,
			    len - at - 1);
			check(changed, len - 1);
			changed[at] = '0';
			memcpy(
			    changed + at + 1, responses[i].text + at, len - at);
			check(changed, len + 1);
		}
}

TEST(crammd5_parse_response__nothing__is_no_response)
{
	struct crammd5_response r;

	assert_int_equal(crammd5_parse_response(bytes_of(NULL, 0), &r), -1);
}

TEST(crammd5_print_response__rfc2195__is_the_example)
{
	static const unsigned char digest[] = { 0xb9, 0x13, 0xa6, 0x02, 0xc7,
		0xed, 0xa7, 0xa4, 0x95, 0xb4, 0xe6, 0xe7, 0x33, 0x4d, 0x38,
		0x90 };
	static const char want[] = "tim " DIGEST;
	struct crammd5_response r = { .authcid = bytes_str("tim") };
	char *out = guarded_copy(want, sizeof(want) - 1);

	memcpy(r.digest, digest, sizeof(digest));
	assert_int_equal(crammd5_response_size(&r), sizeof(want) - 1);
	memset(out, 0x5a, sizeof(want) - 1);
	crammd5_print_response(&r, out);
	assert_memory_equal(out, want, sizeof(want) - 1);
	guarded_free(out, sizeof(want) - 1);
}

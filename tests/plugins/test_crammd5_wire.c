/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 on the wire: responses, judged by a reference; challenges, as the
 * server prints them and as a client takes them. All inputs end where memory
 * ends.
 */
#include "config.h"

#include "crammd5_wire.h"
#include "host/fake_alloc.h"
#include "support/test.h"

/* A challenge for `host`, with a NUL behind it; its length or 0. */
static size_t
print(const struct crammd5_seed *seed, const char *host, size_t host_len,
    char text[CRAMMD5_CHALLENGE_MAX + 1])
{
	static const char room[CRAMMD5_CHALLENGE_MAX];
	char *exact = guarded_copy(host, host_len);
	char *out = guarded_copy(room, CRAMMD5_CHALLENGE_MAX);
	size_t len;

	len = crammd5_print_challenge(seed, bytes_of(exact, host_len), out);
	assert_in_range(len, 0, CRAMMD5_CHALLENGE_MAX);
	memcpy(text, out, len);
	text[len] = '\0';
	guarded_free(exact, host_len);
	guarded_free(out, CRAMMD5_CHALLENGE_MAX);
	return len;
}

#define MAX64 UINT64_MAX

static const struct {
	struct crammd5_seed seed;
	const char *want;
} seeds[] = {
	{ { { 0, 0 }, 0 }, "<AAAAAAAAAAAAAAAAAAAAAA.0@example.org>" },
	{ { { 1, UINT64_C(63) << 6 }, 697170952 },
	    "<BAAAAAAAAAAA_AAAAAAAAA.697170952@example.org>" },
	{ { { MAX64, MAX64 }, MAX64 },
	    "<__________P__________P.18446744073709551615@example.org>" },
	{ { { 0, MAX64 }, 10 }, "<AAAAAAAAAAA__________P.10@example.org>" },
};

/* All of the randomness is shown: two seeds never make the same text. */
TEST(crammd5_print_challenge__each_seed__is_shown_whole)
{
	char text[CRAMMD5_CHALLENGE_MAX + 1];
	size_t i;

	for (i = 0; i < COUNT_OF(seeds); i++) {
		assert_int_equal(print(&seeds[i].seed, "example.org", 11, text),
		    strlen(seeds[i].want));
		assert_string_equal(text, seeds[i].want);
		assert_true(crammd5_is_challenge(bytes_str(text)));
	}
}

/* The RFC's own form, read back: <nonce.digits@host>, the nonce an atom. */
TEST(crammd5_print_challenge__any_seed__is_a_msg_id)
{
	char text[CRAMMD5_CHALLENGE_MAX + 1];
	unsigned long long seconds;
	struct crammd5_seed seed;
	uint64_t noise = 12345;
	char nonce[23], end;
	unsigned i;

	for (i = 0; i < 1000; i++) {
		noise = noise * UINT64_C(6364136223846793005) + 1442695041;
		seed.random[i % 2] = noise;
		seed.random[(i + 1) % 2] = ~noise >> i % 64;
		seed.seconds = noise >> 40;
		print(&seed, "host", 4, text);
		assert_int_equal(sscanf(text, "<%22[A-Za-z0-9_-].%llu@host%c",
				     nonce, &seconds, &end),
		    3);
		assert_int_equal(strlen(nonce), CRAMMD5_NONCE);
		assert_int_equal(seconds, seed.seconds);
		assert_int_equal(end, '>');
	}
}

/* With the key's block before it, and MD5's padding: one block of 64. */
TEST(crammd5_print_challenge__host_of_19_octets__is_one_block)
{
	struct crammd5_seed seed = { { MAX64, MAX64 }, 1800000000 };
	char text[CRAMMD5_CHALLENGE_MAX + 1];

	assert_in_range(
	    print(&seed, "nineteen.octets.org", 19, text), 1, 64 - 1 - 8);
}

TEST(crammd5_print_challenge__host_too_long__is_refused_not_cut)
{
	struct crammd5_seed seed = { { MAX64, MAX64 }, MAX64 };
	char text[CRAMMD5_CHALLENGE_MAX + 1], host[CRAMMD5_HOST_MAX + 1];
	size_t len;

	memset(host, 'a', sizeof(host));
	assert_int_equal(CRAMMD5_HOST_MAX, 255);
	assert_int_equal(print(&seed, host, 0, text), 0);
	assert_int_equal(print(&seed, NULL, 0, text), 0);
	for (len = 1; len <= 255; len++)
		assert_int_equal(print(&seed, host, len, text), len + 46);
	assert_int_equal(len + 45, CRAMMD5_CHALLENGE_MAX);
	assert_int_equal(text[CRAMMD5_CHALLENGE_MAX - 1], '>');
	assert_int_equal(print(&seed, host, 256, text), 0);
}

/* Of all octets, at each end and between, a msg-id has the printable ones. */
TEST(crammd5_print_challenge__any_octet_in_the_host__is_printable)
{
	struct crammd5_seed seed = { { 1, 2 }, 3 };
	char text[CRAMMD5_CHALLENGE_MAX + 1], host[3];
	size_t at;
	bool good;
	int octet;

	for (octet = 0; octet < 256; octet++)
		for (at = 0; at < sizeof(host); at++) {
			memset(host, 'h', sizeof(host));
			host[at] = (char)octet;
			good = octet > ' ' && octet < 0x7f && octet != '<' &&
			       octet != '>';
			if ((print(&seed, host, sizeof(host), text) > 0) !=
			    good)
				fail_msg("octet %#x at %zu", octet, at);
		}
}

static bool
is_challenge(const char *text, size_t len)
{
	char *exact = guarded_copy(text, len);
	bool result = crammd5_is_challenge(bytes_of(exact, len));

	guarded_free(exact, len);
	return result;
}

TEST(crammd5_is_challenge__any_octet_anywhere__must_be_printable)
{
	char text[5];
	size_t at;
	int octet;

	for (octet = 0; octet < 256; octet++)
		for (at = 0; at < sizeof(text); at++) {
			memset(text, 'c', sizeof(text));
			text[at] = (char)octet;
			assert_int_equal(is_challenge(text, sizeof(text)),
			    octet >= ' ' && octet < 0x7f);
		}
}

TEST(crammd5_is_challenge__length__is_1_to_1024_octets)
{
	char text[CRAMMD5_ANSWERED_MAX + 1];

	memset(text, 'c', sizeof(text));
	assert_int_equal(CRAMMD5_ANSWERED_MAX, 1024);
	assert_false(crammd5_is_challenge(bytes_of(NULL, 0)));
	assert_false(is_challenge(text, 0));
	assert_true(is_challenge(text, 1));
	assert_true(is_challenge(text, 1024));
	assert_false(is_challenge(text, 1025));
}

/* RFC 2195's response read from its end, with the C library's own reader. */
static bool
judge(const char *in, size_t len, unsigned char digest[CRAMMD5_DIGEST])
{
	char pair[3] = "";
	size_t i;

	if (len < 1 + 32 || in[len - 33] != ' ')
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
		    judge(responses[i].text, responses[i].len, digest), i < 7);
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

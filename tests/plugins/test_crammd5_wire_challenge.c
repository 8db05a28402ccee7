/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 on the wire: challenges, as the server prints them and as a client
 * takes them. All inputs end where memory ends.
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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * MD5: the answers of RFC 1321, and OpenSSL's for whatever comes.
 */
#include "config.h"

#include <openssl/evp.h>

#include "host/fake_alloc.h"
#include "secrets/md5.h"
#include "support/test.h"

static const struct {
	const char *text, *digest;
} answers[] = {
	{ "", "d41d8cd98f00b204e9800998ecf8427e" },
	{ "a", "0cc175b9c0f1b6a831c399e269772661" },
	{ "abc", "900150983cd24fb0d6963f7d28e17f72" },
	{ "message digest", "f96b697d7cb7938d525a2f31aaf161d0" },
	{ "abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b" },
	{ "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
	    "d174ab98d277d9f5a5611c2c9f419d9f" },
	{ "1234567890123456789012345678901234567890"
	  "1234567890123456789012345678901234567890",
	    "57edf4a22be3c955ac49da2e2107b67a" },
};

/* RFC 1321, appendix A.5. */
TEST(md5__known_answers__are_given)
{
	unsigned char digest[MD5_DIGEST];
	uint32_t words[MD5_WORDS];
	char hex[2 * MD5_DIGEST + 1];
	size_t i, k;

	for (i = 0; i < COUNT_OF(answers); i++) {
		md5_start(words);
		md5_end(words, 0, bytes_str(answers[i].text), digest);
		for (k = 0; k < MD5_DIGEST; k++)
			snprintf(hex + 2 * k, 3, "%02x", digest[k]);
		assert_string_equal(hex, answers[i].digest);
	}
}

static uint32_t noise = 20261129;

static void
fill(unsigned char *octets, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		noise = noise * 1664525 + 1013904223;
		octets[i] = (unsigned char)(noise >> 24);
	}
}

static void
expect_as_openssl(const unsigned char digest[MD5_DIGEST],
    const unsigned char *message, size_t len)
{
	unsigned char want[EVP_MAX_MD_SIZE];
	unsigned want_len = 0;

	assert_int_equal(
	    EVP_Digest(message, len, want, &want_len, EVP_md5(), NULL), 1);
	assert_int_equal(want_len, MD5_DIGEST);
	assert_memory_equal(digest, want, MD5_DIGEST);
}

/* At any place in memory, and not an octet behind the end. */
TEST(md5_end__random_messages__are_as_openssl_has_them)
{
	unsigned char message[300], digest[MD5_DIGEST], *exact;
	uint32_t words[MD5_WORDS];
	size_t len;
	int turn;

	for (turn = 0; turn < 10; turn++)
		for (len = 0; len < sizeof(message); len++) {
			fill(message, len);
			exact = guarded_copy(message, len);
			md5_start(words);
			md5_end(words, 0, bytes_of((char *)exact, len), digest);
			expect_as_openssl(digest, message, len);
			guarded_free(exact, len);
		}
}

TEST(md5_end__digest_over_the_message__is_the_same)
{
	unsigned char message[MD5_DIGEST], copy[MD5_DIGEST];
	uint32_t words[MD5_WORDS];

	fill(message, sizeof(message));
	memcpy(copy, message, sizeof(copy));
	md5_start(words);
	md5_end(words, 0, bytes_of((char *)message, sizeof(message)), message);
	expect_as_openssl(message, copy, sizeof(copy));
}

/* Two messages, each a block and some more, of which no octet is shared. */
TEST(md5_pair__random_blocks__are_the_messages_first)
{
	unsigned char messages[2][MD5_BLOCK + 100], digest[MD5_DIGEST];
	uint32_t words[2][MD5_WORDS];
	size_t rest, i;

	for (rest = 0; rest < 100; rest++) {
		fill(messages[0], sizeof(messages));
		md5_start(words[0]);
		md5_start(words[1]);
		md5_pair(words[0], messages[0], words[1], messages[1]);
		for (i = 0; i < 2; i++) {
			md5_end(words[i], MD5_BLOCK,
			    bytes_of((char *)messages[i] + MD5_BLOCK, rest),
			    digest);
			expect_as_openssl(
			    digest, messages[i], MD5_BLOCK + rest);
		}
	}
}

/* A length of more than 32 bits counts in full. */
TEST(md5_end__much_before__is_in_the_length)
{
	uint32_t words[3][MD5_WORDS];
	unsigned char digests[3][MD5_DIGEST];
	uint64_t before[] = { 0, UINT64_C(1) << 29, UINT64_C(1) << 40 };
	size_t i;

	for (i = 0; i < COUNT_OF(before); i++) {
		md5_start(words[i]);
		md5_end(words[i], before[i], bytes_str("x"), digests[i]);
	}
	assert_memory_not_equal(digests[0], digests[1], MD5_DIGEST);
	assert_memory_not_equal(digests[0], digests[2], MD5_DIGEST);
}

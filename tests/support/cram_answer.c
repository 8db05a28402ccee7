/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The reference for CRAM-MD5 (RFC 2195) in tests.
 */
#include "config.h"

#include <math.h>
#include <stdint.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "host/fake_alloc.h"
#include "support/cram_answer.h"
#include "support/test.h"

enum { BLOCK = 64, INNER = 0x36, OUTER = 0x5c };

static void
print_hex(const unsigned char *from, size_t len, char *to)
{
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(to + 2 * i, 3, "%02x", from[i]);
}

static void
hmac(const char *challenge, size_t len, const char *password,
    unsigned char digest[CRAM_DIGEST])
{
	unsigned size = CRAM_DIGEST;

	assert_non_null(HMAC(EVP_md5(), password, (int)strlen(password),
	    (const unsigned char *)challenge, len, digest, &size));
	assert_int_equal(size, CRAM_DIGEST);
}

void
cram_digest(const char *challenge, size_t challenge_len, const char *password,
    char hex[CRAM_HEX + 1])
{
	unsigned char digest[CRAM_DIGEST];

	hmac(challenge, challenge_len, password, digest);
	print_hex(digest, sizeof(digest), hex);
}

/* The first block, word for word as in RFC 1321, section 3.4. */
static void
first_block(const unsigned char *block, uint32_t state[4])
{
	static const unsigned char turns[4][4] = { { 7, 12, 17, 22 },
		{ 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 } };
	static const uint32_t start[4] = { 0x67452301, 0xefcdab89, 0x98badcfe,
		0x10325476 };
	static const unsigned char first[4] = { 0, 1, 5, 0 };
	static const unsigned char step[4] = { 1, 5, 3, 7 };
	uint32_t a = start[0], b = start[1], c = start[2], d = start[3], sum;
	unsigned i, k, turn;

	for (i = 0; i < BLOCK; i++) {
		k = (first[i / 16] + i * step[i / 16]) % 16 * 4;
		sum = i < 16   ? (b & c) | (~b & d)
		      : i < 32 ? (b & d) | (c & ~d)
		      : i < 48 ? b ^ c ^ d
			       : c ^ (b | ~d);
		sum += a + (uint32_t)(4294967296.0 * fabs(sin(i + 1))) +
		       (block[k] | (uint32_t)block[k + 1] << 8 |
			   (uint32_t)block[k + 2] << 16 |
			   (uint32_t)block[k + 3] << 24);
		turn = turns[i / 16][i % 4];
		a = d;
		d = c;
		c = b;
		b += sum << turn | sum >> (32 - turn);
	}
	state[0] = start[0] + a;
	state[1] = start[1] + b;
	state[2] = start[2] + c;
	state[3] = start[3] + d;
}

static void
half_state(const char *password, unsigned char pad, unsigned char *state)
{
	unsigned char key[EVP_MAX_MD_SIZE] = { 0 };
	size_t len = strlen(password), i;
	uint32_t words[4];

	if (len > BLOCK)
		assert_int_equal(
		    EVP_Digest(password, len, key, NULL, EVP_md5(), NULL), 1);
	else
		memcpy(key, password, len);
	for (i = 0; i < BLOCK; i++)
		key[i] ^= pad;
	first_block(key, words);
	for (i = 0; i < CRAM_DIGEST; i++)
		state[i] = (unsigned char)(words[i / 4] >> (8 * (i % 4)));
}

void
cram_state(const char *password, unsigned char state[CRAM_STATE])
{
	half_state(password, OUTER, state);
	half_state(password, INNER, state + CRAM_DIGEST);
}

void
cram_secret_state(const char *password)
{
	unsigned char state[CRAM_STATE];

	cram_state(password, state);
	fake_secret(state, sizeof(state));
}

void
cram_secret_digest(
    const char *challenge, size_t challenge_len, const char *password)
{
	unsigned char digest[CRAM_DIGEST];
	char hex[CRAM_HEX + 1];

	hmac(challenge, challenge_len, password, digest);
	fake_secret(digest, sizeof(digest));
	print_hex(digest, sizeof(digest), hex);
	fake_secret(hex, CRAM_HEX);
}

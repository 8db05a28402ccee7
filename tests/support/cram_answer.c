/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The reference for CRAM-MD5 (RFC 2195) in tests.
 */
#include "config.h"

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/md5.h>

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

static void
half_state(const char *password, unsigned char pad, unsigned char *state)
{
	unsigned char key[BLOCK] = { 0 };
	size_t len = strlen(password), i;
	MD5_CTX ctx;

	if (len > BLOCK)
		MD5((const unsigned char *)password, len, key);
	else
		memcpy(key, password, len);
	for (i = 0; i < BLOCK; i++)
		key[i] ^= pad;
	MD5_Init(&ctx);
	MD5_Update(&ctx, key, BLOCK);
	for (i = 0; i < CRAM_DIGEST; i++)
		state[i] = (unsigned char)((i < 4	? ctx.A
					       : i < 8	? ctx.B
					       : i < 12 ? ctx.C
							: ctx.D) >>
					   (8 * (i % 4)));
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

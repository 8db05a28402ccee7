/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A clock that stands, randomness that repeats itself, and cheap hashes: see
 * tame.h. Two passwords or two settings have the same hash by accident only.
 */
#include "config.h"

#include <crypt.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#ifdef HAVE_LIBARGON2
#include <argon2.h>
#endif

#include "fuzz.h"
#include "tame.h"

long fuzz_clock;
int fuzz_random_fails;
static uint64_t random_state;

void
fuzz_tame(void)
{
	fuzz_clock = 1000000;
	fuzz_random_fails = 0;
	random_state = 1;
}

int
fuzz_clock_gettime(clockid_t clock, struct timespec *now)
{
	(void)clock;
	now->tv_sec = fuzz_clock;
	now->tv_nsec = 0;
	return 0;
}

ssize_t
getrandom(void *buffer, size_t len, unsigned flags)
{
	unsigned char *out = buffer;
	size_t i;

	(void)flags;
	if (fuzz_random_fails)
		return -1;
	for (i = 0; i < len; i++) {
		random_state = random_state * 6364136223846793005U + 1;
		out[i] = (unsigned char)(random_state >> 56);
	}
	return (ssize_t)len;
}

/* FNV-1a. */
static uint64_t
hash(uint64_t so_far, const void *data, size_t len)
{
	const unsigned char *octet = data;
	size_t i;

	for (i = 0; i < len; i++)
		so_far = (so_far ^ octet[i]) * 1099511628211U;
	return so_far;
}

/* The setting ends with its last '$', or after two octets. */
char *
crypt_rn(const char *phrase, const char *setting, void *data, int size)
{
	const char *end = strrchr(setting, '$');
	size_t len = end == NULL ? 2 : (size_t)(end + 1 - setting);
	char *out = data;
	uint64_t h;

	if (strlen(setting) < 2 || strpbrk(setting, ":*! \n") != NULL) {
		errno = EINVAL;
		return NULL;
	}
	h = hash(
	    hash(14695981039346656037U, setting, len), phrase, strlen(phrase));
	snprintf(out, (size_t)size, "%.*s%016llx", (int)len, setting,
	    (unsigned long long)h);
	return out;
}

int
PKCS5_PBKDF2_HMAC(const char *password, int password_len,
    const unsigned char *salt, int salt_len, int iterations,
    const EVP_MD *digest, int key_len, unsigned char *out)
{
	unsigned char text[256];
	unsigned len = 0;

	assert_in_range(salt_len, 0, sizeof(text) - sizeof(iterations));
	memcpy(text, &iterations, sizeof(iterations));
	memcpy(text + sizeof(iterations), salt, (size_t)salt_len);
	assert_non_null(HMAC(digest, password, password_len, text,
	    sizeof(iterations) + (size_t)salt_len, out, &len));
	assert_int_equal(len, key_len);
	return 1;
}

#ifdef HAVE_LIBARGON2
int
argon2_ctx(argon2_context *a, argon2_type type)
{
	uint32_t costs[] = { a->t_cost, a->m_cost, a->lanes, a->version,
		a->outlen, type };
	uint64_t h = hash(14695981039346656037U, costs, sizeof(costs));
	uint32_t i;

	assert_in_range(a->outlen, 16, 64);
	h = hash(hash(h, a->salt, a->saltlen), a->pwd, a->pwdlen);
	for (i = 0; i < a->outlen; i++) {
		h = hash(h, &i, sizeof(i));
		a->out[i] = (uint8_t)(h >> 32);
	}
	return ARGON2_OK;
}
#endif

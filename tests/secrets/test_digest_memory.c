/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * OpenSSL's own memory: nothing of it is kept from one login to the next, and
 * any of it may fail to be there.
 */
#include "config.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/secret.h"
#include "host/module.h"
#include "secrets/digest.h"
#include "support/choice.h"
#include "support/stored.h"

static struct {
	unsigned count, fail_at, live;
} openssl;

static void *
counting_malloc(size_t size, const char *file, int line)
{
	void *memory;

	(void)file;
	(void)line;
	if (++openssl.count == openssl.fail_at)
		return NULL;
	memory = malloc(size);
	openssl.live += memory != NULL;
	return memory;
}

static void *
counting_realloc(void *old, size_t size, const char *file, int line)
{
	void *memory;

	if (old == NULL)
		return counting_malloc(size, file, line);
	if (++openssl.count == openssl.fail_at)
		return NULL;
	memory = realloc(old, size);
	return memory;
}

static void
counting_free(void *memory, const char *file, int line)
{
	(void)file;
	(void)line;
	openssl.live -= memory != NULL;
	free(memory);
}

typedef enum digest_result work_fn(void *out);

static enum digest_result
digest(void *out)
{
	return digest_of(
	    DIGEST_SHA256, bytes_str("wonder"), bytes_str("land"), out);
}

static enum digest_result
hmac(void *out)
{
	return digest_hmac(
	    DIGEST_SHA256, bytes_str("wonder"), bytes_str("land"), out);
}

static enum digest_result
pbkdf2(void *out)
{
	return digest_pbkdf2(
	    DIGEST_SHA256, bytes_str("wonderland"), bytes_str("salt"), 2, out);
}

static work_fn *const works[] = { digest, hmac, pbkdf2 };

/* The first use fetches what then stays. */
static void
warm_up(void)
{
	unsigned char out[DIGEST_MAX];
	size_t i;

	for (i = 0; i < COUNT_OF(works); i++)
		assert_int_equal(works[i](out), DIGEST_DONE);
}

TEST(digest__many_times__keeps_no_memory)
{
	unsigned char out[DIGEST_MAX];
	unsigned live;
	size_t i, n;

	warm_up();
	for (i = 0; i < COUNT_OF(works); i++) {
		live = openssl.live;
		for (n = 0; n < 100; n++)
			assert_int_equal(works[i](out), DIGEST_DONE);
		assert_int_equal(openssl.live, live);
	}
}

TEST(digest__no_memory__is_said)
{
	unsigned char out[DIGEST_MAX], right[DIGEST_MAX];
	enum digest_result result;
	unsigned live, n;
	size_t i;

	warm_up();
	for (i = 0; i < COUNT_OF(works); i++) {
		works[i](right);
		live = openssl.live;
		for (n = 1;; n++) {
			openssl.fail_at = openssl.count + n;
			result = works[i](out);
			if (openssl.count < openssl.fail_at)
				break;
			/* Some of it is not needed for the result. */
			if (result == DIGEST_DONE)
				assert_memory_equal(out, right, 32);
			else
				assert_int_equal(result, DIGEST_NO_MEMORY);
			assert_int_equal(openssl.live, live);
			assert_int_equal(ERR_peek_error(), 0);
		}
		assert_true(n > 1);
		openssl.fail_at = 0;
	}
}

/* A user is not refused for that. */
MODULE_TEST(scheme__no_memory_for_openssl__is_said)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	enum verdict result;
	int choice = choice_of("ssha"), code;
	unsigned n = 0;

	do {
		openssl.fail_at = openssl.count + ++n;
		code = scheme_make(
		    &m->host, choice, bytes_str("wonderland"), &stored);
		assert_true(code == SASL_NOMEM || code == SASL_OK);
	} while (openssl.count >= openssl.fail_at);
	assert_true(n > 1 && code == SASL_OK);
	n = 0;
	do {
		openssl.fail_at = openssl.count + ++n;
		result = stored_check(
		    &m->host, secret_bytes(&stored), bytes_str("wonderland"));
		assert_true(
		    result == VERDICT_NO_MEMORY || result == VERDICT_MATCHES);
	} while (openssl.count >= openssl.fail_at);
	assert_true(n > 1 && result == VERDICT_MATCHES);
	openssl.fail_at = 0;
	assert_int_equal(m->fake.log_count, 0);
	secret_free(&m->host, &stored);
}

static int
setup(void **state)
{
	(void)state;
	return CRYPTO_set_mem_functions(
		   counting_malloc, counting_realloc, counting_free)
		   ? 0
		   : -1;
}

TESTS_AROUND(setup, NULL)

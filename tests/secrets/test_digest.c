/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Digests: known answers; OpenSSL's own memory, of which nothing is kept from
 * one login to the next, and any may fail to be there; and FIPS mode, as the
 * kernel tells it.
 */
#include "config.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/encode.h"
#include "base/secret.h"
#include "host/module.h"
#include "secrets/digest.h"
#include "support/child.h"
#include "support/stand_in.h"
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

/* First, with no reference left by another: OpenSSL can free all of its own. */
static void
end_openssl(void *live)
{
	OPENSSL_cleanup();
	memcpy(live, &openssl.live, sizeof(openssl.live));
}

static void
use_and_end(void *live)
{
	warm_up();
	end_openssl(live);
}

static void
use_openssl_and_end(void *live)
{
	EVP_MD *md = EVP_MD_fetch(NULL, "SHA256", NULL);
	unsigned char out[DIGEST_MAX];

	assert_non_null(md);
	assert_int_equal(EVP_Digest("a", 1, out, NULL, md, NULL), 1);
	assert_non_null(HMAC(md, "a", 1, out, 1, out, NULL));
	assert_int_equal(PKCS5_PBKDF2_HMAC("a", 1, out, 8, 1, md, 32, out), 1);
	EVP_MD_free(md);
	end_openssl(live);
}

TEST(digest__openssl_ends__has_no_more_than_without_us)
{
	unsigned live, usual;

	child_fill(use_openssl_and_end, &usual, sizeof(usual));
	child_fill(use_and_end, &live, sizeof(live));
	assert_in_range(live, 0, usual);
}

static void
expect(enum digest which, enum digest_result done, const void *got,
    const char *wanted)
{
	char hex[2 * DIGEST_MAX + 1] = { 0 };

	assert_int_equal(done, DIGEST_DONE);
	hex_encode(bytes_of(got, digest_size(which)), hex);
	assert_string_equal(hex, wanted);
}

/* RFC 1321, FIPS 180-4. */
TEST(digest_of__abc__is_as_published)
{
	static const struct {
		enum digest which;
		const char *digest;
	} cases[] = {
		{ DIGEST_MD5, "900150983cd24fb0d6963f7d28e17f72" },
		{ DIGEST_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d" },
		{ DIGEST_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177"
				 "a9cb410ff61f20015ad" },
		{ DIGEST_SHA384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded"
				 "1631a8b605a43ff5bed8086072ba1e7cc2358baeca134"
				 "c825a7" },
		{ DIGEST_SHA512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97"
				 "ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3"
				 "feebbd454d4423643ce80e2a9ac94fa54ca49f" },
	};
	unsigned char out[DIGEST_MAX];
	size_t i, head;

	for (i = 0; i < COUNT_OF(cases); i++)
		for (head = 0; head <= 3; head++)
			expect(cases[i].which,
			    digest_of(cases[i].which, bytes_of("abc", head),
				bytes_str(&"abc"[head]), out),
			    out, cases[i].digest);
}

/* RFC 2202, section 3, and RFC 4231, section 4. */
TEST(digest_hmac__jefe__is_as_published)
{
	static const struct {
		enum digest which;
		const char *mac;
	} cases[] = {
		{ DIGEST_MD5, "750c783e6ab0b503eaa86e310a5db738" },
		{ DIGEST_SHA1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
		{ DIGEST_SHA256, "5bdcc146bf60754e6a042426089575c75a003f089d273"
				 "9839dec58b964ec3843" },
		{ DIGEST_SHA512, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831"
				 "fd610270cd7ea2505549758bf75c05a994a6d034f65f8"
				 "f0e6fdcaeab1a34d4a6b4b636e070a38bce737" },
	};
	unsigned char out[DIGEST_MAX];
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++)
		expect(cases[i].which,
		    digest_hmac(cases[i].which, bytes_str("Jefe"),
			bytes_str("what do ya want for nothing?"), out),
		    out, cases[i].mac);
}

/* RFC 6070, RFC 7914 section 11 (half of it), and Python's hashlib. */
TEST(digest_pbkdf2__known_answers__come_out)
{
	static const struct {
		enum digest which;
		const char *password;
		unsigned iterations;
		const char *key;
	} cases[] = {
		{ DIGEST_SHA1, "password", 1,
		    "0c60c80f961f0e71f3a9b524af6012062fe037a6" },
		{ DIGEST_SHA1, "password", 2,
		    "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957" },
		{ DIGEST_SHA1, "password", 4096,
		    "4b007901b765489abead49d926f721d065a429c1" },
		{ DIGEST_SHA256, "passwd", 1,
		    "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57"
		    "c20dacbc" },
		{ DIGEST_SHA512, "password", 1,
		    "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e"
		    "1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da5"
		    "5e63f73b60a57fce" },
	};
	unsigned char out[DIGEST_MAX];
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++)
		expect(cases[i].which,
		    digest_pbkdf2(cases[i].which, bytes_str(cases[i].password),
			bytes_str("salt"), cases[i].iterations, out),
		    out, cases[i].key);
}

/* As on a machine that must use a FIPS provider, where there is none. */
static int
refuse_everything(void **state)
{
	(void)state;
	return EVP_set_default_properties(NULL, "fips=yes") == 1 ? 0 : -1;
}

static int
refuse_nothing(void **state)
{
	(void)state;
	ERR_clear_error();
	return EVP_set_default_properties(NULL, "") == 1 ? 0 : -1;
}

/* An application may look at its errors after the login. */
TEST_WITH(digest__refused_by_openssl__leaves_no_error_behind, refuse_everything,
    refuse_nothing)
{
	unsigned char out[DIGEST_MAX];
	unsigned long mine;

	ERR_clear_error();
	ERR_raise(ERR_LIB_USER, 42);
	mine = ERR_peek_last_error();
	assert_int_equal(
	    digest_of(DIGEST_SHA1, bytes_str("a"), bytes_str("b"), out),
	    DIGEST_REFUSED);
	assert_int_equal(
	    digest_hmac(DIGEST_SHA256, bytes_str("a"), bytes_str("b"), out),
	    DIGEST_REFUSED);
	assert_int_equal(digest_pbkdf2(DIGEST_SHA512, bytes_str("a"),
			     bytes_str("b"), 1, out),
	    DIGEST_REFUSED);
	assert_int_equal(ERR_peek_last_error(), mine);
	assert_int_equal(ERR_get_error(), mine);
	assert_int_equal(ERR_get_error(), 0);
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

static const struct {
	const char *content;
	bool enabled;
} kernel_answers[] = {
	{ "1\n", true },
	{ "1", true },
	{ "0\n", false },
	{ "0", false },
	{ "", false },
	{ "\n", false },
	{ "yes\n", false },
	{ NULL, false },
};

STAND_IN_TEST(digest_kernel_fips__each_answer__is_understood)
{
	size_t i;

	for (i = 0; i < COUNT_OF(kernel_answers); i++) {
		stand_in_reset(state);
		stand_in.fips_content = kernel_answers[i].content;
		if (digest_kernel_fips() != kernel_answers[i].enabled)
			fail_msg("said %s", kernel_answers[i].content == NULL
						? "nothing"
						: kernel_answers[i].content);
		assert_int_equal(stand_in.fips_opened, 1);
		stand_in_expect_closed();
	}
}

STAND_IN_TEST(digest_kernel_fips__no_answer__is_no)
{
	stand_in.fips_content = "1\n";
	stand_in.fips_read_fails = true;
	assert_false(digest_kernel_fips());
	stand_in_expect_closed();
}

/* No program that is started now gets it. */
STAND_IN_TEST(digest_kernel_fips__the_file__is_read_only_and_not_passed_on)
{
	stand_in.fips_content = "1\n";
	assert_true(digest_kernel_fips());
	assert_int_equal(stand_in.fips_flags & O_ACCMODE, O_RDONLY);
	assert_true(stand_in.fips_flags & O_CLOEXEC);
}

/* The answer may change: nothing is remembered. */
STAND_IN_TEST(digest_kernel_fips__asked_again__looks_again)
{
	stand_in.fips_content = "1\n";
	assert_true(digest_kernel_fips());
	stand_in.fips_content = "0\n";
	assert_false(digest_kernel_fips());
	assert_int_equal(stand_in.fips_opened, 2);
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

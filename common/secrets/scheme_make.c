/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New stored values: how each scheme is made, and the decoy that costs as much.
 */
#include "config.h"

#include <sys/random.h>

#include "base/scan.h"
#include "secrets/scheme_form.h"

/* Up to CHOICES those of the option, and then those that no option names. */
enum choice {
	CHOICE_YESCRYPT,
	CHOICE_BCRYPT,
	CHOICE_SHA512_CRYPT,
	CHOICE_SHA256_CRYPT,
	CHOICE_ARGON2,
	CHOICE_PBKDF2_SHA512,
	CHOICE_PBKDF2_SHA256,
	CHOICE_SCRAM_SHA256,
	CHOICE_SCRAM_SHA1,
	CHOICE_SSHA512,
	CHOICE_SSHA256,
	CHOICE_SSHA,
	CHOICES,

	CHOICE_SSHA384 = CHOICES,
	CHOICE_SMD5,
	CHOICE_SHA512,
	CHOICE_SHA384,
	CHOICE_SHA256,
	CHOICE_SHA,
	CHOICE_MD5,
	CHOICE_PBKDF2,
	RECIPES
};

const char *const scheme_choices[CHOICES + 1] = {
	[CHOICE_YESCRYPT] = "yescrypt",
	[CHOICE_BCRYPT] = "bcrypt",
	[CHOICE_SHA512_CRYPT] = "sha512-crypt",
	[CHOICE_SHA256_CRYPT] = "sha256-crypt",
	[CHOICE_ARGON2] = "argon2",
	[CHOICE_PBKDF2_SHA512] = "pbkdf2-sha512",
	[CHOICE_PBKDF2_SHA256] = "pbkdf2-sha256",
	[CHOICE_SCRAM_SHA256] = "scram-sha-256",
	[CHOICE_SCRAM_SHA1] = "scram-sha-1",
	[CHOICE_SSHA512] = "ssha512",
	[CHOICE_SSHA256] = "ssha256",
	[CHOICE_SSHA] = "ssha",
};

static const char *const others[RECIPES + 1 - CHOICES] = {
	[CHOICE_SSHA384 - CHOICES] = "ssha384",
	[CHOICE_SMD5 - CHOICES] = "smd5",
	[CHOICE_SHA512 - CHOICES] = "sha512",
	[CHOICE_SHA384 - CHOICES] = "sha384",
	[CHOICE_SHA256 - CHOICES] = "sha256",
	[CHOICE_SHA - CHOICES] = "sha",
	[CHOICE_MD5 - CHOICES] = "md5",
	[CHOICE_PBKDF2 - CHOICES] = "pbkdf2",
};

enum {
	BCRYPT_MOST = 72, /* octets; it does not look at more */
	CRYPT_MOST = 511, /* it refuses more */
};

/* Zeros in base64. */
#define A6  "AAAAAA"
#define A8  "AAAAAAAA"
#define A16 A8 A8
#define A32 A16 A16
#define A64 A32 A32

#define HEAD(text, rest)	.head = text, .decoy = text rest
#define COUNTED(scheme, n, end) .head = scheme #n end, .count = n
#define ITERATED(scheme, n, end, rest) \
	COUNTED(scheme, n, end), .decoy = scheme #n end rest

/* Without a count yescrypt costs what libcrypt holds to be right. */
static const struct scheme_recipe recipes[RECIPES] = {
	[CHOICE_YESCRYPT] = { .make = scheme_crypt_make,
	    .head = "$y$",
	    .most = CRYPT_MOST },
	[CHOICE_BCRYPT] = { .make = scheme_crypt_make,
	    .head = "$2b$",
	    .count = 10,
	    .most = BCRYPT_MOST },
	[CHOICE_SHA512_CRYPT] = { .make = scheme_crypt_make,
	    .head = "$6$",
	    .count = 100000,
	    .most = CRYPT_MOST },
	[CHOICE_SHA256_CRYPT] = { .make = scheme_crypt_make,
	    .head = "$5$",
	    .count = 100000,
	    .most = CRYPT_MOST },
	[CHOICE_ARGON2] = { .make = scheme_argon2_make,
	    HEAD("{ARGON2}$argon2id$v=19$m=19456,t=2,p=1$",
		A16 A6 "$" A32 A8 "AAA") },
	[CHOICE_PBKDF2_SHA512] = { .make = scheme_pbkdf2_make,
	    ITERATED("{PBKDF2-SHA512}", 210000, "$", A16 A6 "$" A64 A16 A6),
	    .digest = DIGEST_SHA512 },
	[CHOICE_PBKDF2_SHA256] = { .make = scheme_pbkdf2_make,
	    ITERATED("{PBKDF2-SHA256}", 600000, "$", A16 A6 "$" A32 A8 "AAA"),
	    .digest = DIGEST_SHA256 },
	[CHOICE_SCRAM_SHA256] = { .make = scheme_scram_make,
	    ITERATED("{SCRAM-SHA-256}", 15000, ",",
		A16 A6 "==," A32 A8 "AAA=," A32 A8 "AAA="),
	    .digest = DIGEST_SHA256 },
	[CHOICE_SCRAM_SHA1] = { .make = scheme_scram_make,
	    ITERATED("{SCRAM-SHA-1}", 15000, ",",
		A16 A6 "==," A16 A8 "AAA=," A16 A8 "AAA="),
	    .digest = DIGEST_SHA1 },
	[CHOICE_SSHA512] = { .make = scheme_salted_make,
	    HEAD("{SSHA512}", A64 A32 A8 "AAA="),
	    .digest = DIGEST_SHA512 },
	[CHOICE_SSHA256] = { .make = scheme_salted_make,
	    HEAD("{SSHA256}", A64),
	    .digest = DIGEST_SHA256 },
	[CHOICE_SSHA] = { .make = scheme_salted_make,
	    HEAD("{SSHA}", A32 A16),
	    .digest = DIGEST_SHA1 },
	[CHOICE_SSHA384] = { .make = scheme_salted_make,
	    .head = "{SSHA384}",
	    .digest = DIGEST_SHA384 },
	[CHOICE_SMD5] = { .make = scheme_salted_make,
	    .head = "{SMD5}",
	    .digest = DIGEST_MD5 },
	[CHOICE_SHA512] = { .make = scheme_unsalted_make,
	    .head = "{SHA512}",
	    .digest = DIGEST_SHA512 },
	[CHOICE_SHA384] = { .make = scheme_unsalted_make,
	    .head = "{SHA384}",
	    .digest = DIGEST_SHA384 },
	[CHOICE_SHA256] = { .make = scheme_unsalted_make,
	    .head = "{SHA256}",
	    .digest = DIGEST_SHA256 },
	[CHOICE_SHA] = { .make = scheme_unsalted_make,
	    .head = "{SHA}",
	    .digest = DIGEST_SHA1 },
	[CHOICE_MD5] = { .make = scheme_unsalted_make,
	    .head = "{MD5}",
	    .digest = DIGEST_MD5 },
	[CHOICE_PBKDF2] = { .make = scheme_pbkdf2_make,
	    COUNTED("{PBKDF2}", 1300000, "$"),
	    .digest = DIGEST_SHA1 },
};

const char *
scheme_name(int choice)
{
	return choice < CHOICES ? scheme_choices[choice]
				: others[choice - CHOICES];
}

int
scheme_print(const struct scheme_job *job, enum digest_result done,
    const struct scheme_text *text, struct secret *stored)
{
	struct bytes head = bytes_str(job->recipe->head);
	size_t len = head.len, i;
	char *at;

	if (done != DIGEST_DONE)
		return done == DIGEST_NO_MEMORY ? SASL_NOMEM : SASL_UNAVAIL;
	for (i = 0; i < text->count; i++)
		len += (i > 0) + base64_encoded(text->kind, text->parts[i].len);
	if (secret_alloc(job->host, stored, len) < 0)
		return SASL_NOMEM;
	memcpy(stored->data, head.data, head.len);
	at = stored->data + head.len;
	for (i = 0; i < text->count; i++) {
		if (i > 0)
			*at++ = text->separator;
		base64_encode(text->kind, text->parts[i], at);
		at += base64_encoded(text->kind, text->parts[i].len);
	}
	return SASL_OK;
}

/* SASL_UNAVAIL and the like, with a line in the log. */
static int
refuse(const struct host *h, int choice, int code, const char *why)
{
	host_log(h, SASL_LOG_ERR, "a secret of the scheme %s was not made: %s",
	    scheme_name(choice), why);
	return code;
}

int
scheme_make(const struct host *h, int choice, struct bytes password,
    struct secret *stored)
{
	const struct scheme_recipe *recipe = &recipes[choice];
	char salt[SCHEME_NEW_SALT] = { 0 };
	struct scheme_job job = { h, recipe, bytes_of(salt, sizeof(salt)),
		password };
	int result;

	secret_free(h, stored);
	if (password.len == 0 || memchr(password.data, '\0', password.len))
		return refuse(h, choice, SASL_BADPARAM,
		    "the password is empty or has a NUL");
	if (recipe->most > 0 && password.len > recipe->most)
		return refuse(h, choice, SASL_BADPARAM,
		    "the password is too long for it");
	if (getrandom(salt, sizeof(salt), 0) != sizeof(salt))
		return refuse(h, choice, SASL_UNAVAIL, "no randomness");
	result = recipe->make(&job, stored);
	if (result == SASL_UNAVAIL)
		return refuse(h, choice, SASL_UNAVAIL,
		    "this build or its libraries do not have it");
	return result;
}

bool
scheme_can_make(int choice)
{
	const struct scheme_recipe *recipe = &recipes[choice];
	char text[SCHEME_DECOY];

	if (recipe->make == scheme_crypt_make)
		return scheme_crypt_decoy(recipe, text) == 0;
	return recipe->make != scheme_argon2_make || scheme_has_argon2;
}

struct bytes
scheme_decoy(int choice, char text[SCHEME_DECOY])
{
	const struct scheme_recipe *recipe = &recipes[choice];

	if (recipe->decoy != NULL)
		return bytes_str(recipe->decoy);
	if (scheme_crypt_decoy(recipe, text) < 0)
		return bytes_str(NULL);
	return bytes_str(text);
}

bool
scheme_is_choice(const struct stored *s, int choice)
{
	const struct scheme_recipe *recipe = &recipes[choice];
	struct bytes value = s->text;
	char text[SCHEME_DECOY];

	if (s->kind != STORED_HASH)
		return false;
	if (recipe->decoy != NULL)
		return scan_text(&value, recipe->head) == 0;
	if (scheme_crypt_decoy(recipe, text) < 0)
		return false;
	*(strrchr(text, '$') + 1) = '\0'; /* after it is the salt */
	return scan_text(&value, text) == 0 ||
	       scan_text(&value, strchr(text, '$')) == 0;
}

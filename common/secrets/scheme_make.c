/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New stored values, and the decoy that costs as much as one.
 */
#include "config.h"

#include <sys/random.h>

#include "base/scan.h"
#include "secrets/scheme_form.h"

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
	const struct scheme_recipe *recipe = &scheme_recipes[choice];
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
	const struct scheme_recipe *recipe = &scheme_recipes[choice];
	char text[SCHEME_DECOY];

	if (recipe->make == scheme_crypt_make)
		return scheme_crypt_decoy(recipe, text) == 0;
	return recipe->make != scheme_argon2_make || scheme_has_argon2;
}

struct bytes
scheme_decoy(int choice, char text[SCHEME_DECOY])
{
	const struct scheme_recipe *recipe = &scheme_recipes[choice];

	if (recipe->decoy != NULL)
		return bytes_str(recipe->decoy);
	if (scheme_crypt_decoy(recipe, text) < 0)
		return bytes_str(NULL);
	return bytes_str(text);
}

bool
scheme_is_choice(const struct stored *s, int choice)
{
	const struct scheme_recipe *recipe = &scheme_recipes[choice];
	struct bytes value = s->text;
	char text[SCHEME_DECOY];

	if (s->kind != STORED_HASH)
		return false;
	if (recipe->decoy != NULL)
		return scan_text(&value, recipe->head) == 0;
	if (scheme_crypt_decoy(recipe, text) < 0)
		return false;
	*(strrchr(text, '$') + 1) = '\0'; /* behind it is the salt */
	return scan_text(&value, text) == 0 ||
	       scan_text(&value, strchr(text, '$')) == 0;
}

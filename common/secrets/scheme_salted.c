/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One round of a digest, as LDAP servers have it (RFC 2307 section 5.3, and
 * those that came later): {SCHEME} and, in base64, the digest of password and
 * salt with the salt after it; or just the digest of the password, which
 * Dovecot also has in hex.
 */
#include "config.h"

#include "base/hex.h"
#include "secrets/scheme_form.h"

struct salted {
	unsigned char stored[DIGEST_MAX + SCHEME_MAX_SALT]; /* then the salt */
	unsigned char given[DIGEST_MAX];
	size_t salt_len;
};

/* A salt of `least` to `most` octets. */
static int
parse(
    const struct scheme_task *task, struct salted *s, size_t least, size_t most)
{
	size_t size = digest_size(task->form->digest), len;

	if (base64_decode(
		BASE64_PADDED, task->value, s->stored, size + most, &len) < 0 ||
	    len < size + least)
		return -1;
	s->salt_len = len - size;
	return 0;
}

static int
parse_salted(const struct scheme_task *task, void *scratch)
{
	return parse(task, scratch, 1, SCHEME_MAX_SALT);
}

static int
parse_unsalted(const struct scheme_task *task, void *scratch)
{
	return parse(task, scratch, 0, 0);
}

static int
parse_hex(const struct scheme_task *task, void *scratch)
{
	struct salted *s = scratch;

	s->salt_len = 0;
	if (task->value.len != 2 * digest_size(task->form->digest))
		return -1;
	return hex_decode(task->value, s->stored);
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	size_t size = digest_size(task->form->digest);
	struct salted *s = scratch;
	enum digest_result done;

	done = digest_of(task->form->digest, task->password,
	    bytes_of((char *)s->stored + size, s->salt_len), s->given);
	return scheme_verdict(task, done, s->stored, s->given, size);
}

const struct scheme_family scheme_salted = {
	.scratch = sizeof(struct salted),
	.parse = parse_salted,
	.compare = compare,
};

const struct scheme_family scheme_unsalted = {
	.scratch = sizeof(struct salted),
	.parse = parse_unsalted,
	.compare = compare,
};

const struct scheme_family scheme_hex = {
	.scratch = sizeof(struct salted),
	.parse = parse_hex,
	.compare = compare,
};

static int
make(const struct scheme_job *job, struct bytes salt, struct secret *stored)
{
	const struct scheme_recipe *recipe = job->recipe;
	size_t size = digest_size(recipe->digest);
	char raw[DIGEST_MAX + SCHEME_NEW_SALT];
	struct scheme_text text = {
		.kind = BASE64_PADDED,
		.parts = { bytes_of(raw, size + salt.len) },
		.count = 1,
	};
	enum digest_result done;
	int result;

	done = digest_of(recipe->digest, job->password, salt, raw);
	memcpy(raw + size, salt.data, salt.len);
	result = scheme_print(job, done, &text, stored);
	secret_wipe(raw, sizeof(raw));
	return result;
}

int
scheme_salted_make(const struct scheme_job *job, struct secret *stored)
{
	return make(job, job->salt, stored);
}

int
scheme_unsalted_make(const struct scheme_job *job, struct secret *stored)
{
	return make(job, bytes_of(job->salt.data, 0), stored);
}

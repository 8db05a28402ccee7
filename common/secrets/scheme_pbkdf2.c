/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PBKDF2, in one of two notations:
 *
 *	{PBKDF2-SHA256}iterations$salt$digest	OpenLDAP
 *	{PBKDF2}$1$salt$iterations$digest	Dovecot
 *
 * The former has salt and digest in base64 with '.' for '+', the latter has the
 * salt as it is and the digest in hex.
 */
#include "config.h"

#include "base/hex.h"
#include "base/scan.h"
#include "secrets/scheme_form.h"

struct pbkdf2 {
	unsigned iterations;
	size_t salt_len;
	unsigned char salt[SCHEME_MAX_SALT];
	unsigned char stored[DIGEST_MAX], given[DIGEST_MAX];
};

static int
parse_openldap(struct bytes in, size_t size, struct pbkdf2 *p)
{
	struct bytes salt;
	size_t len;

	if (scan_number(&in, SCHEME_MAX_ITERATIONS, &p->iterations) < 0 ||
	    scan_text(&in, "$") < 0 || scan_until(&in, '$', &salt) < 0 ||
	    base64_decode(BASE64_DOTTED, salt, p->salt, sizeof(p->salt),
		&p->salt_len) < 0 ||
	    base64_decode(BASE64_DOTTED, in, p->stored, size, &len) < 0)
		return -1;
	return len == size ? 0 : -1;
}

static int
parse_dovecot(struct bytes in, size_t size, struct pbkdf2 *p)
{
	struct bytes salt;

	if (scan_until(&in, '$', &salt) < 0 || salt.len > sizeof(p->salt) ||
	    scan_number(&in, SCHEME_MAX_ITERATIONS, &p->iterations) < 0 ||
	    scan_text(&in, "$") < 0 || in.len != 2 * size)
		return -1;
	memcpy(p->salt, salt.data, salt.len);
	p->salt_len = salt.len;
	return hex_decode(in, p->stored);
}

static int
parse(const struct scheme_task *task, void *scratch)
{
	struct bytes in = task->value;
	size_t size = digest_size(task->form->digest);

	if (scan_text(&in, "$1$") == 0)
		return parse_dovecot(in, size, scratch);
	return parse_openldap(in, size, scratch);
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	struct pbkdf2 *p = scratch;
	enum digest_result done;

	done = digest_pbkdf2(task->form->digest, task->password,
	    bytes_of((char *)p->salt, p->salt_len), p->iterations, p->given);
	return scheme_verdict(
	    task, done, p->stored, p->given, digest_size(task->form->digest));
}

/* "$1$salt$" comes first with Dovecot. */
static unsigned
work(struct bytes value, size_t password_len)
{
	struct bytes salt;
	unsigned n = 0;

	(void)password_len;
	if (scan_text(&value, "$1$") == 0)
		(void)scan_until(&value, '$', &salt);
	(void)scan_number(&value, SCHEME_MAX_ITERATIONS, &n);
	return n / 2;
}

const struct scheme_family scheme_pbkdf2 = {
	.is_slow = true,
	.work = work,
	.scratch = sizeof(struct pbkdf2),
	.parse = parse,
	.compare = compare,
};

int
scheme_pbkdf2_make(const struct scheme_job *job, struct secret *stored)
{
	const struct scheme_recipe *recipe = job->recipe;
	char digest[DIGEST_MAX];
	struct scheme_text text = {
		.kind = BASE64_DOTTED,
		.separator = '$',
		.parts = { job->salt,
		    bytes_of(digest, digest_size(recipe->digest)) },
		.count = 2,
	};
	enum digest_result done;
	int result;

	done = digest_pbkdf2(recipe->digest, job->password, job->salt,
	    (unsigned)recipe->count, digest);
	result = scheme_print(job, done, &text, stored);
	secret_wipe(digest, sizeof(digest));
	return result;
}

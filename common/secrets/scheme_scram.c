/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a server keeps for SCRAM (RFC 5802 section 3), which a password can be
 * checked against as well. Two ways of writing it are in the field:
 *
 *	{SCRAM-SHA-256}iterations:salt$StoredKey:ServerKey	RFC 5803
 *	{SCRAM-SHA-256}iterations,salt,StoredKey,ServerKey	Dovecot
 *
 * and the former also after SCRAM-SHA-256$, as the RFC and PostgreSQL have it.
 * SASLprep is not applied, nor is it by Dovecot and Cyrus SASL: it would not
 * change a password in ASCII.
 */
#include "config.h"

#include "base/scan.h"
#include "secrets/scheme_form.h"

/* StoredKey, and right after it ServerKey. */
struct keys {
	char octets[2 * DIGEST_MAX];
};

struct scram {
	unsigned iterations;
	size_t salt_len;
	unsigned char salt[SCHEME_MAX_SALT];
	struct keys stored, given;
};

static int
parse_key(struct bytes in, char *out, size_t size)
{
	size_t len;

	if (base64_decode(BASE64_PADDED, in, (unsigned char *)out, size, &len) <
	    0)
		return -1;
	return len == size ? 0 : -1;
}

/* Their lengths are known, so that nothing is looked for among secrets. */
static int
parse_keys(struct bytes in, char separator, struct keys *keys, size_t size)
{
	size_t len = base64_encoded(BASE64_PADDED, size);

	if (in.len != 2 * len + 1 || in.data[len] != separator ||
	    parse_key(bytes_of(in.data, len), keys->octets, size) < 0)
		return -1;
	return parse_key(bytes_after(in, len + 1), keys->octets + size, size);
}

static int
parse(const struct scheme_task *task, void *scratch)
{
	struct bytes in = task->value, salt;
	struct scram *s = scratch;
	bool comma;

	if (task->form->name == 0)
		in = bytes_after(in, task->form->len);
	if (scan_number(&in, SCHEME_MAX_ITERATIONS, &s->iterations) < 0)
		return -1;
	comma = in.len > 0 && in.data[0] == ',';
	if (scan_text(&in, comma ? "," : ":") < 0 ||
	    scan_until(&in, comma ? ',' : '$', &salt) < 0 ||
	    base64_decode(BASE64_PADDED, salt, s->salt, sizeof(s->salt),
		&s->salt_len) < 0)
		return -1;
	return parse_keys(
	    in, comma ? ',' : ':', &s->stored, digest_size(task->form->digest));
}

static enum digest_result
derive(enum digest digest, struct bytes password, struct bytes salt,
    unsigned iterations, struct keys *keys)
{
	size_t size = digest_size(digest);
	char salted[DIGEST_MAX], client[DIGEST_MAX];
	struct bytes key = bytes_of(salted, size);
	enum digest_result done;

	done = digest_pbkdf2(digest, password, salt, iterations, salted);
	if (done == DIGEST_DONE)
		done =
		    digest_hmac(digest, key, bytes_str("Client Key"), client);
	if (done == DIGEST_DONE)
		done = digest_of(digest, bytes_of(client, size),
		    bytes_of(NULL, 0), keys->octets);
	if (done == DIGEST_DONE)
		done = digest_hmac(
		    digest, key, bytes_str("Server Key"), keys->octets + size);
	secret_wipe(salted, sizeof(salted));
	secret_wipe(client, sizeof(client));
	return done;
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	struct scram *s = scratch;
	enum digest_result done;

	done = derive(task->form->digest, task->password,
	    bytes_of((char *)s->salt, s->salt_len), s->iterations, &s->given);
	return scheme_verdict(task, done, &s->stored, &s->given,
	    2 * digest_size(task->form->digest));
}

static unsigned
work(struct bytes value, size_t password_len)
{
	unsigned n = 0;

	(void)password_len;
	if (scan_text(&value, "SCRAM-SHA-256$") < 0)
		(void)scan_text(&value, "SCRAM-SHA-1$");
	(void)scan_number(&value, SCHEME_MAX_ITERATIONS, &n);
	return n / 2;
}

const struct scheme_family scheme_scram = {
	.is_slow = true,
	.work = work,
	.scratch = sizeof(struct scram),
	.parse = parse,
	.compare = compare,
};

/* In Dovecot's way: it is the one that a program is known to read. */
int
scheme_scram_make(const struct scheme_job *job, struct secret *stored)
{
	const struct scheme_recipe *recipe = job->recipe;
	size_t size = digest_size(recipe->digest);
	struct keys keys;
	struct scheme_text text = {
		.kind = BASE64_PADDED,
		.separator = ',',
		.parts = { job->salt, bytes_of(keys.octets, size),
		    bytes_of(keys.octets + size, size) },
		.count = 3,
	};
	enum digest_result done;
	int result;

	done = derive(recipe->digest, job->password, job->salt,
	    (unsigned)recipe->count, &keys);
	result = scheme_print(job, done, &text, stored);
	secret_wipe(&keys, sizeof(keys));
	return result;
}

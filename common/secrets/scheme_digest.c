/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hashes made of a digest by one of these ways:
 *
 *	{SSHA256}base64(digest salt)			RFC 2307, section 5.3
 *	{SHA256}base64(digest), or hex			without a salt
 *	{PBKDF2-SHA256}iterations$salt$digest		OpenLDAP: '.' for '+'
 *	pbkdf2_sha256$iterations$salt$digest		Django: salt as it is
 *	pbkdf2:sha256:iterations$salt$hex		Werkzeug: the same
 *	{PBKDF2}$1$salt$iterations$hex			Dovecot: the same
 *	{SCRAM-SHA-256}iterations:salt$StoredKey:ServerKey	RFC 5803
 *	{SCRAM-SHA-256}iterations,salt,StoredKey,ServerKey	Dovecot
 *	{CRAM-MD5}hex					Dovecot: hmac_md5.h
 *
 * RFC 5803's also after "SCRAM-SHA-256$", as the RFC and PostgreSQL have it.
 * SASLprep is not applied, nor is it by Dovecot and Cyrus SASL: it would not
 * change a password in ASCII.
 */
#include "config.h"

#include "base/encode.h"
#include "base/scan.h"
#include "base/secret.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme_family.h"

static size_t
size_of(const struct scheme_task *task)
{
	return digest_size((enum digest)task->form->digest);
}

static struct bytes
salt_of(const struct scheme_task *task)
{
	return bytes_of((const char *)task->salt, task->salt_len);
}

/* Exactly `size` octets. What is cut is not read: see scheme_malformed(). */
static int
read_key(enum base64 kind, struct bytes in, unsigned char *out, size_t size)
{
	size_t len;

	return in.len == base64_encoded(kind, size) &&
		       base64_decode(kind, in, out, size, &len) == 0 &&
		       len == size
		   ? 0
		   : -1;
}

/* --- A digest of password and salt, or of the password alone -------------- */

/* The salt, of `least` to `most` octets, stands after the digest. */
static int
parse_single(struct scheme_task *task, size_t least, size_t most)
{
	size_t size = size_of(task), len;

	if (task->value.len < (size + least) * 4 / 3 || /* cut */
	    base64_decode(BASE64_PADDED, task->value, task->stored, size + most,
		&len) < 0 ||
	    len < size + least)
		return -1;
	task->len = size;
	task->salt_len = len - size;
	memcpy(task->salt, task->stored + size, task->salt_len);
	return 0;
}

static int
parse_salted(struct scheme_task *task)
{
	return parse_single(task, 1, SCHEME_MAX_SALT);
}

/* In base64, or in hex. */
static int
parse_unsalted(struct scheme_task *task)
{
	task->len = size_of(task);
	return task->value.len == 2 * task->len
		   ? hex_decode(task->value, task->stored)
		   : parse_single(task, 0, 0);
}

static enum digest_result
derive_single(struct scheme_task *task)
{
	return digest_of(
	    task->form->digest, task->password, salt_of(task), task->given);
}

const struct scheme_family scheme_salted = {
	.parse = parse_salted,
	.derive = derive_single,
};

const struct scheme_family scheme_unsalted = {
	.parse = parse_unsalted,
	.derive = derive_single,
};

/* --- PBKDF2 (RFC 8018) ---------------------------------------------------- */

/* A salt that is used as it is written. */
static int
take_salt(struct scheme_task *task, struct bytes salt)
{
	if (salt.len > SCHEME_MAX_SALT)
		return -1;
	memcpy(task->salt, salt.data, salt.len);
	task->salt_len = salt.len;
	return 0;
}

static int
parse_dovecot(struct scheme_task *task, struct bytes in)
{
	struct bytes salt;

	if (scan_until(&in, '$', &salt) < 0 || take_salt(task, salt) < 0 ||
	    scan_number(&in, SCHEME_MAX_ITERATIONS, &task->iterations) < 0 ||
	    scan_text(&in, "$") < 0 || in.len != 2 * task->len)
		return -1;
	return hex_decode(in, task->stored);
}

/* Django's digest is in base64, Werkzeug's in hex. */
static int
parse_as_written(struct scheme_task *task, struct bytes in, struct bytes salt)
{
	if (take_salt(task, salt) < 0)
		return -1;
	return in.len == 2 * task->len
		   ? hex_decode(in, task->stored)
		   : read_key(BASE64_PADDED, in, task->stored, task->len);
}

static int
parse_pbkdf2(struct scheme_task *task)
{
	struct bytes in = task->value, salt;

	task->len = size_of(task);
	if (scan_text(&in, "$1$") == 0)
		return parse_dovecot(task, in);
	if (scan_number(&in, SCHEME_MAX_ITERATIONS, &task->iterations) < 0 ||
	    scan_text(&in, "$") < 0 || scan_until(&in, '$', &salt) < 0)
		return -1;
	if (task->form->prefix[0] == 'p')
		return parse_as_written(task, in, salt);
	if (read_key(BASE64_DOTTED, in, task->stored, task->len) < 0)
		return -1;
	return base64_decode(
	    BASE64_DOTTED, salt, task->salt, SCHEME_MAX_SALT, &task->salt_len);
}

static enum digest_result
derive_pbkdf2(struct scheme_task *task)
{
	return digest_pbkdf2(task->form->digest, task->password, salt_of(task),
	    task->iterations, task->given);
}

/* A prefix without braces is part of the value, and may be in either case. */
static struct bytes
after_prefix(const struct scheme_form *form, struct bytes value)
{
	return form->name == 0 ? bytes_after(value, form->len) : value;
}

/* What stands before the number of iterations is skipped. */
static unsigned
work_of_iterations(
    const struct scheme_form *form, struct bytes value, size_t password_len)
{
	struct bytes salt;
	unsigned n = 0;

	(void)password_len;
	value = after_prefix(form, value);
	if (scan_text(&value, "$1$") == 0)
		(void)scan_until(&value, '$', &salt);
	(void)scan_number(&value, SCHEME_MAX_ITERATIONS, &n);
	return form->digest == DIGEST_SHA512 ? n / 5 * 4 : n / 2;
}

const struct scheme_family scheme_pbkdf2 = {
	.is_slow = true,
	.parse = parse_pbkdf2,
	.work = work_of_iterations,
	.derive = derive_pbkdf2,
	.base64 = BASE64_DOTTED,
	.keys = 1,
};

/* --- SCRAM (RFC 5802, section 3): StoredKey, and right after it ServerKey - */

/* Their lengths are known, so that nothing is looked for among secrets. */
static int
parse_keys(struct scheme_task *task, struct bytes in, char separator)
{
	size_t size = size_of(task), len = base64_encoded(BASE64_PADDED, size);

	task->len = 2 * size;
	if (in.len != 2 * len + 1 || in.data[len] != separator ||
	    read_key(
		BASE64_PADDED, bytes_of(in.data, len), task->stored, size) < 0)
		return -1;
	return read_key(
	    BASE64_PADDED, bytes_after(in, len + 1), task->stored + size, size);
}

static int
parse_scram(struct scheme_task *task)
{
	struct bytes in = after_prefix(task->form, task->value), salt;
	bool comma;

	if (scan_number(&in, SCHEME_MAX_ITERATIONS, &task->iterations) < 0)
		return -1;
	comma = scan_text(&in, ",") == 0;
	if ((!comma && scan_text(&in, ":") < 0) ||
	    scan_until(&in, comma ? ',' : '$', &salt) < 0 ||
	    parse_keys(task, in, comma ? ',' : ':') < 0)
		return -1;
	return base64_decode(
	    BASE64_PADDED, salt, task->salt, SCHEME_MAX_SALT, &task->salt_len);
}

static enum digest_result
derive_scram(struct scheme_task *task)
{
	enum digest digest = task->form->digest;
	size_t size = size_of(task);
	char salted[DIGEST_MAX], client[DIGEST_MAX];
	struct bytes key = bytes_of(salted, size);
	enum digest_result done;

	done = digest_pbkdf2(
	    digest, task->password, salt_of(task), task->iterations, salted);
	if (done == DIGEST_DONE)
		done =
		    digest_hmac(digest, key, bytes_str("Client Key"), client);
	if (done == DIGEST_DONE)
		done = digest_of(digest, bytes_of(client, size),
		    bytes_of(NULL, 0), task->given);
	if (done == DIGEST_DONE)
		done = digest_hmac(
		    digest, key, bytes_str("Server Key"), task->given + size);
	secret_wipe(salted, sizeof(salted));
	secret_wipe(client, sizeof(client));
	return done;
}

const struct scheme_family scheme_scram = {
	.is_slow = true,
	.parse = parse_scram,
	.work = work_of_iterations,
	.derive = derive_scram,
	.keys = 2,
};

/* --- The key of HMAC-MD5, as CRAM-MD5 stores it --------------------------- */

static int
parse_hmac_md5(struct scheme_task *task)
{
	task->len = sizeof(struct hmac_md5_key);
	return hmac_md5_key_parse((void *)task->stored, task->value);
}

static enum digest_result
derive_hmac_md5(struct scheme_task *task)
{
	hmac_md5_key((void *)task->given, task->password);
	return DIGEST_DONE;
}

const struct scheme_family scheme_hmac_md5 = {
	.parse = parse_hmac_md5,
	.derive = derive_hmac_md5,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * $apr1$salt$digest, which Apache's htpasswd and `openssl passwd -apr1` write:
 * the MD5 of crypt(3) under another name, which libcrypt does not know.
 */
#include "config.h"

#include "base/consttime.h"
#include "base/name.h"
#include "base/scan.h"
#include "secrets/scheme_family.h"

#define APR1_PREFIX "$apr1$"

enum {
	MAX_SALT = 8,
	MAX_BITS = 32, /* of a password's length, with some to spare */
	ROUNDS = 1000,
	MD5 = 16,
	DIGITS = 22,
};

struct apr1 {
	struct bytes salt;
	char digest[MD5];
	size_t len; /* of what is to be hashed next */
	char text[2 * MAX_PASSWORD + sizeof(APR1_PREFIX) + MAX_SALT + MD5 +
		  MAX_BITS];
};

static int
parse(struct scheme_task *task)
{
	struct bytes in = task->value, salt;

	if (scan_text(&in, APR1_PREFIX) < 0 ||
	    scan_until(&in, '$', &salt) < 0 || salt.len > MAX_SALT ||
	    in.len != DIGITS)
		return -1;
	memcpy(task->salt, salt.data, salt.len);
	task->salt_len = salt.len;
	memcpy(task->stored, in.data, DIGITS);
	task->len = DIGITS;
	return 0;
}

static void
add(struct apr1 *a, const char *data, size_t len)
{
	memcpy(a->text + a->len, data, len);
	a->len += len;
}

/* All that was added becomes the digest. */
static enum digest_result
finish(struct apr1 *a)
{
	struct bytes text = bytes_of(a->text, a->len);

	a->len = 0;
	return digest_of(DIGEST_MD5, text, bytes_of(NULL, 0), a->digest);
}

/* The first two digests. */
static enum digest_result
start(struct apr1 *a, struct bytes password)
{
	enum digest_result done;
	size_t left, bits;

	a->len = 0;
	add(a, password.data, password.len);
	add(a, a->salt.data, a->salt.len);
	add(a, password.data, password.len);
	done = finish(a);
	if (done != DIGEST_DONE)
		return done;
	add(a, password.data, password.len);
	add(a, APR1_PREFIX, strlen(APR1_PREFIX));
	add(a, a->salt.data, a->salt.len);
	for (left = password.len; left > 0; left -= left < MD5 ? left : MD5)
		add(a, a->digest, left < MD5 ? left : MD5);
	for (bits = password.len; bits > 0; bits >>= 1)
		add(a, bits & 1 ? "\0" : password.data, 1);
	return finish(a);
}

/* One of the thousand. */
static enum digest_result
go_round(struct apr1 *a, struct bytes password, unsigned round)
{
	const char *first = round & 1 ? password.data : a->digest;
	const char *last = round & 1 ? a->digest : password.data;
	size_t first_len = round & 1 ? password.len : MD5;
	size_t last_len = round & 1 ? MD5 : password.len;

	add(a, first, first_len);
	if (round % 3 != 0)
		add(a, a->salt.data, a->salt.len);
	if (round % 7 != 0)
		add(a, password.data, password.len);
	add(a, last, last_len);
	return finish(a);
}

/* "./0-9A-Za-z", without a table that a secret would be an index of. */
static unsigned char
digit_of(unsigned value)
{
	int v = (int)(value & 0x3f);

	v += '.' + (consttime_between(v, 38, 63) & ('a' - 'Z' - 1)) +
	     (consttime_between(v, 12, 63) & ('A' - '9' - 1));
	return (unsigned char)v;
}

static void
print(const unsigned char *d, unsigned char *out)
{
	unsigned word;
	int i, k;

	for (i = 0; i < 5; i++) {
		word = (unsigned)d[i] << 16 | (unsigned)d[i + 6] << 8 |
		       d[i == 4 ? 5 : i + 12];
		for (k = 0; k < 4; k++, word >>= 6)
			*out++ = digit_of(word);
	}
	*out++ = digit_of(d[11]);
	*out = digit_of((unsigned)d[11] >> 6);
}

static enum digest_result
derive(struct scheme_task *task)
{
	struct apr1 *a = (void *)task->scratch;
	enum digest_result done;
	unsigned round;

	a->salt = bytes_of((const char *)task->salt, task->salt_len);
	if (task->password.len > MAX_PASSWORD)
		return DIGEST_DONE; /* no mechanism takes it: it differs */
	done = start(a, task->password);
	for (round = 0; round < ROUNDS && done == DIGEST_DONE; round++)
		done = go_round(a, task->password, round);
	print((const unsigned char *)a->digest, task->given);
	return done;
}

static unsigned
work(const struct scheme_form *form, struct bytes value, size_t password_len)
{
	(void)form;
	(void)value;
	return 600 + 10 * (unsigned)password_len;
}

const struct scheme_family scheme_apr1 = {
	.is_slow = true,
	.scratch = sizeof(struct apr1),
	.parse = parse,
	.work = work,
	.derive = derive,
};

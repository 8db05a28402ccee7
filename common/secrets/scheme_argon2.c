/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Argon2 in its own notation, as OpenLDAP and Dovecot store it:
 *
 *	$argon2id$v=19$m=KIBIBYTES,t=PASSES,p=LANES$salt$digest
 *
 * This file alone knows libargon2, and that a build may be without it.
 */
#include "config.h"

#ifdef HAVE_LIBARGON2
#include <argon2.h>
#endif

#include "base/scan.h"
#include "secrets/scheme_form.h"

#define ARGON2_PREFIX "{ARGON2}"

#ifdef HAVE_LIBARGON2
const bool scheme_has_argon2 = true;
#else
const bool scheme_has_argon2 = false;
#endif

enum {
	ARGON2_FIRST_VERSION = 16, /* the one that has no "v=" */
	ARGON2_LAST_VERSION = 19,

	MIN_SALT = 8, /* octets, of libargon2 */
	MIN_DIGEST = 16,
	MAX_DIGEST = 64,

	MAX_KIBIBYTES = 1 << 20, /* of memory */
	MAX_WORK = 4 << 20,	 /* kibibytes by passes: some seconds */
	MAX_LANES = 255,
	LANE_KIBIBYTES = 8, /* at least; of libargon2 */

	NEW_DIGEST = 32,
};

/* In the order of libargon2's own enum. */
static const char *const types[] = { "$argon2d$", "$argon2i$", "$argon2id$" };

struct argon2 {
	unsigned type, version, kibibytes, passes, lanes;
	size_t salt_len, digest_len;
	unsigned char salt[SCHEME_MAX_SALT];
	unsigned char stored[MAX_DIGEST], given[MAX_DIGEST];
};

static int
parse_type(struct bytes *in, unsigned *type)
{
	for (*type = 0; *type < sizeof(types) / sizeof(types[0]); ++*type)
		if (scan_text(in, types[*type]) == 0)
			return 0;
	return -1;
}

static int
parse_version(struct bytes *in, unsigned *version)
{
	*version = ARGON2_FIRST_VERSION;
	if (scan_text(in, "v=") < 0)
		return 0;
	if (scan_number(in, ARGON2_LAST_VERSION, version) < 0 ||
	    scan_text(in, "$") < 0)
		return -1;
	return *version == ARGON2_FIRST_VERSION ||
		       *version == ARGON2_LAST_VERSION
		   ? 0
		   : -1;
}

static int
parse_costs(struct bytes *in, struct argon2 *a)
{
	if (scan_text(in, "m=") < 0 ||
	    scan_number(in, MAX_KIBIBYTES, &a->kibibytes) < 0 ||
	    scan_text(in, ",t=") < 0 ||
	    scan_number(in, MAX_WORK / a->kibibytes, &a->passes) < 0 ||
	    scan_text(in, ",p=") < 0 ||
	    scan_number(in, MAX_LANES, &a->lanes) < 0 ||
	    a->kibibytes < a->lanes * LANE_KIBIBYTES)
		return -1;
	return scan_text(in, "$");
}

/* All that stands before the salt. */
static int
parse_head(struct bytes *in, struct argon2 *a)
{
	if (parse_type(in, &a->type) < 0 || parse_version(in, &a->version) < 0)
		return -1;
	return parse_costs(in, a);
}

static int
parse(const struct scheme_task *task, void *scratch)
{
	struct bytes in = task->value, salt;
	struct argon2 *a = scratch;

	if (parse_head(&in, a) < 0 || scan_until(&in, '$', &salt) < 0 ||
	    base64_decode(BASE64_BARE, salt, a->salt, sizeof(a->salt),
		&a->salt_len) < 0 ||
	    base64_decode(BASE64_BARE, in, a->stored, sizeof(a->stored),
		&a->digest_len) < 0)
		return -1;
	return a->salt_len >= MIN_SALT && a->digest_len >= MIN_DIGEST ? 0 : -1;
}

/* a->given from everything else. No thread is started in somebody's server. */
static enum digest_result
derive(struct argon2 *a, struct bytes password)
{
#ifdef HAVE_LIBARGON2
	argon2_context context = {
		.out = a->given,
		.outlen = (uint32_t)a->digest_len,
		.pwd = (uint8_t *)password.data,
		.pwdlen = (uint32_t)password.len,
		.salt = a->salt,
		.saltlen = (uint32_t)a->salt_len,
		.t_cost = a->passes,
		.m_cost = a->kibibytes,
		.lanes = a->lanes,
		.threads = 1,
		.version = a->version,
		.flags = ARGON2_DEFAULT_FLAGS,
	};

	switch (argon2_ctx(&context, (argon2_type)a->type)) {
	case ARGON2_OK:
		return DIGEST_DONE;
	case ARGON2_MEMORY_ALLOCATION_ERROR:
		return DIGEST_NO_MEMORY;
	default:
		return DIGEST_REFUSED;
	}
#else
	(void)a;
	(void)password;
	return DIGEST_REFUSED;
#endif
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	struct argon2 *a = scratch;

	return scheme_verdict(task, derive(a, task->password), a->stored,
	    a->given, a->digest_len);
}

static unsigned
work(struct bytes value, size_t password_len)
{
	struct argon2 a = { .kibibytes = 0 };

	(void)password_len;
	return parse_head(&value, &a) < 0 ? 0 : a.kibibytes * a.passes;
}

const struct scheme_family scheme_argon2 = {
	.is_slow = true,
	.work = work,
	.scratch = sizeof(struct argon2),
	.parse = parse,
	.compare = compare,
};

/* The head of the recipe says all about the costs. */
int
scheme_argon2_make(const struct scheme_job *job, struct secret *stored)
{
	struct bytes head = bytes_str(job->recipe->head);
	struct argon2 a = { .digest_len = NEW_DIGEST };
	struct scheme_text text = {
		.kind = BASE64_BARE,
		.separator = '$',
		.parts = { job->salt, bytes_of((char *)a.given, NEW_DIGEST) },
		.count = 2,
	};
	enum digest_result done;
	int result;

	if (scan_text(&head, ARGON2_PREFIX) < 0 || parse_head(&head, &a) < 0)
		return SASL_UNAVAIL;
	a.salt_len = job->salt.len;
	memcpy(a.salt, job->salt.data, job->salt.len);
	done = derive(&a, job->password);
	result = scheme_print(job, done, &text, stored);
	secret_wipe(&a, sizeof(a));
	return result;
}

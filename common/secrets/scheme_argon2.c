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
#include "secrets/scheme_family.h"

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
};

/* In the order of libargon2's own enum. */
static const char *const types[] = { "$argon2d$", "$argon2i$", "$argon2id$" };

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
parse_costs(struct bytes *in, struct scheme_task *t)
{
	if (scan_text(in, "m=") < 0 ||
	    scan_number(in, MAX_KIBIBYTES, &t->kibibytes) < 0 ||
	    scan_text(in, ",t=") < 0 ||
	    scan_number(in, MAX_WORK / t->kibibytes, &t->iterations) < 0 ||
	    scan_text(in, ",p=") < 0 ||
	    scan_number(in, MAX_LANES, &t->lanes) < 0 ||
	    t->kibibytes < t->lanes * LANE_KIBIBYTES)
		return -1;
	return scan_text(in, "$");
}

/* All that stands before the salt. */
static int
parse_head(struct bytes *in, struct scheme_task *t)
{
	if (parse_type(in, &t->type) < 0 || parse_version(in, &t->version) < 0)
		return -1;
	return parse_costs(in, t);
}

static int
parse(struct scheme_task *t)
{
	struct bytes in = t->value, salt;

	if (parse_head(&in, t) < 0 || scan_until(&in, '$', &salt) < 0 ||
	    base64_decode(BASE64_BARE, salt, t->salt, sizeof(t->salt),
		&t->salt_len) < 0 ||
	    base64_decode(BASE64_BARE, in, t->stored, MAX_DIGEST, &t->len) < 0)
		return -1;
	return t->salt_len >= MIN_SALT && t->len >= MIN_DIGEST ? 0 : -1;
}

/* No thread is started in somebody's server. */
static enum digest_result
derive(struct scheme_task *t)
{
#ifdef HAVE_LIBARGON2
	argon2_context context = {
		.out = t->given,
		.outlen = (uint32_t)t->len,
		.pwd = (uint8_t *)t->password.data,
		.pwdlen = (uint32_t)t->password.len,
		.salt = t->salt,
		.saltlen = (uint32_t)t->salt_len,
		.t_cost = t->iterations,
		.m_cost = t->kibibytes,
		.lanes = t->lanes,
		.threads = 1,
		.version = t->version,
		.flags = ARGON2_DEFAULT_FLAGS,
	};

	switch (argon2_ctx(&context, (argon2_type)t->type)) {
	case ARGON2_OK:
		return DIGEST_DONE;
	case ARGON2_MEMORY_ALLOCATION_ERROR:
		return DIGEST_NO_MEMORY;
	default:
		return DIGEST_REFUSED;
	}
#else
	(void)t;
	return DIGEST_REFUSED;
#endif
}

static unsigned
work(const struct scheme_form *form, struct bytes value, size_t password_len)
{
	struct scheme_task t = { .kibibytes = 0 };

	(void)form;
	(void)password_len;
	return parse_head(&value, &t) < 0 ? 0 : t.kibibytes * t.iterations;
}

const struct scheme_family scheme_argon2 = {
	.is_slow = true,
	.parse = parse,
	.work = work,
	.derive = derive,
	.base64 = BASE64_BARE,
	.keys = 1,
};

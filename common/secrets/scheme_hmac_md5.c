/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The key of HMAC-MD5 that CRAM-MD5 starts from, in Dovecot's form. A password
 * gives the same key, so it can be checked as well.
 */
#include "config.h"

#include "secrets/hmac_md5.h"
#include "secrets/scheme_form.h"

struct keys {
	struct hmac_md5_key stored, given;
};

static int
parse(const struct scheme_task *task, void *scratch)
{
	struct keys *keys = scratch;

	return hmac_md5_key_parse(&keys->stored, task->value);
}

static enum verdict
compare(struct scheme_task *task, void *scratch)
{
	struct keys *keys = scratch;

	hmac_md5_key(&keys->given, task->password);
	return scheme_verdict(task, DIGEST_DONE, &keys->stored, &keys->given,
	    sizeof(keys->stored));
}

const struct scheme_family scheme_hmac_md5 = {
	.scratch = sizeof(struct keys),
	.parse = parse,
	.compare = compare,
};

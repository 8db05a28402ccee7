/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password against a stored value, by the family that the value belongs to.
 */
#include "config.h"

#include <limits.h>

#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

struct scheme_task *
scheme_begin(const struct host *h, const struct stored *s,
    struct bytes password, struct secret *memory)
{
	struct scheme_task *task;

	if (secret_alloc(h, memory,
		sizeof(*task) + scheme_family_of(s->form)->scratch) < 0)
		return NULL;
	task = memset(memory->data, 0, sizeof(*task));
	task->form = s->form;
	task->value = s->value;
	task->password = password;
	return task;
}

static enum verdict
check_hash(const struct host *h, const struct stored *s, struct bytes password,
    const char **why)
{
	const struct scheme_family *family = scheme_family_of(s->form);
	struct secret memory = { NULL, 0 };
	enum verdict result = VERDICT_UNUSABLE;
	enum digest_result done;
	struct scheme_task *task;

	if (password.len == 0)
		return VERDICT_DIFFERS;
	task = scheme_begin(h, s, password, &memory);
	if (task == NULL)
		return VERDICT_NO_MEMORY;
	if (family->parse(task) < 0)
		*why = "what follows is malformed";
	else if ((done = family->derive(task)) == DIGEST_DONE)
		result = (enum verdict)secret_same(
		    task->stored, task->given, task->len);
	else if (done == DIGEST_NO_MEMORY)
		result = VERDICT_NO_MEMORY;
	else
		*why = task->why != NULL
			   ? task->why
			   : "this build or its libraries do not have it";
	secret_free(h, &memory);
	return result;
}

enum verdict
scheme_check(const struct host *h, const struct stored *s,
    struct bytes password, const char **why)
{
	*why = NULL;
	switch (s->kind) {
	case STORED_PLAINTEXT:
		return (enum verdict)secret_equal(s->value, password);
	case STORED_HASH:
	case STORED_STATE:
		return check_hash(h, s, password, why);
	case STORED_LOCKED:
		*why = "locked";
		return VERDICT_UNUSABLE;
	case STORED_UNKNOWN:
		*why = "unknown scheme";
		return VERDICT_UNUSABLE;
	default:
		return VERDICT_UNUSABLE;
	}
}

bool
scheme_is_whole(const struct stored *s)
{
	struct scheme_task task = { .form = s->form, .value = s->value };
	bool result;

	if (s->kind != STORED_HASH && s->kind != STORED_STATE)
		return s->kind == STORED_PLAINTEXT;
	result = scheme_family_of(s->form)->parse(&task) == 0;
	secret_wipe(&task, sizeof(task));
	return result;
}

unsigned
scheme_work(const struct stored *s, size_t password_len)
{
	const struct scheme_family *family;
	unsigned work;

	if (s->kind != STORED_HASH && s->kind != STORED_STATE)
		return 0;
	family = scheme_family_of(s->form);
	if (family->work == NULL)
		return 1;
	work = family->work(s->form, s->value, password_len);
	return work + (work < UINT_MAX);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password against a stored value, by the family that the value belongs to.
 */
#include "config.h"

#include "secrets/scheme_form.h"

enum verdict
scheme_unusable(struct scheme_task *task, const char *why)
{
	task->why = why;
	return VERDICT_UNUSABLE;
}

enum verdict
scheme_verdict(struct scheme_task *task, enum digest_result done,
    const void *stored, const void *given, size_t len)
{
	if (done == DIGEST_NO_MEMORY)
		return VERDICT_NO_MEMORY;
	if (done != DIGEST_DONE)
		return scheme_unusable(
		    task, "this build or its libraries do not have it");
	return (enum verdict)secret_equal(
	    bytes_of(stored, len), bytes_of(given, len));
}

static enum verdict
check_hash(struct scheme_task *task)
{
	const struct scheme_family *family = task->form->family;
	struct secret scratch = { NULL, 0 };
	enum verdict result;

	if (task->password.len == 0)
		return VERDICT_DIFFERS;
	if (secret_alloc(task->host, &scratch, family->scratch) < 0)
		return VERDICT_NO_MEMORY;
	if (family->parse(task, scratch.data) < 0)
		result = scheme_unusable(task, "what follows is malformed");
	else
		result = family->compare(task, scratch.data);
	secret_free(task->host, &scratch);
	return result;
}

enum verdict
scheme_check(const struct host *h, const struct stored *s,
    struct bytes password, const char **why)
{
	struct scheme_task task = { h, s->form, s->value, password, NULL };
	enum verdict result = VERDICT_UNUSABLE;

	switch (s->kind) {
	case STORED_PLAINTEXT:
		result = (enum verdict)secret_equal(s->value, password);
		break;
	case STORED_HASH:
	case STORED_STATE:
		result = check_hash(&task);
		break;
	case STORED_LOCKED:
		task.why = "locked";
		break;
	case STORED_UNKNOWN:
		task.why = "unknown scheme";
		break;
	case STORED_NOTHING:
	case STORED_DECOY:
		break;
	}
	*why = task.why;
	return result;
}

unsigned
scheme_work(const struct stored *s, size_t password_len)
{
	unsigned (*work)(struct bytes value, size_t password_len);

	if (s->kind != STORED_HASH && s->kind != STORED_STATE)
		return 0;
	work = s->form->family->work;
	return 1 + (work != NULL ? work(s->value, password_len) : 0);
}

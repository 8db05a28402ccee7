/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password against a stored value, by the family that the value belongs to.
 */
#include "config.h"

#include "secrets/scheme_form.h"

enum verdict
scheme_unusable(const struct scheme_task *task, const char *why)
{
	host_log(task->host, SASL_LOG_ERR,
	    "a stored secret with %s cannot be used: %s", task->form->prefix,
	    why);
	return VERDICT_UNUSABLE;
}

enum verdict
scheme_verdict(const struct scheme_task *task, enum digest_result done,
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

/* Octets of a prefix that are a name, and no part of what is behind it. */
static size_t
name_len(const char *prefix)
{
	const char *brace = strchr(prefix, '}');

	if (brace != NULL)
		return (size_t)(brace + 1 - prefix);
	return prefix[0] == '$' || prefix[0] == '_' ? 0 : strlen(prefix);
}

bool
scheme_state(struct bytes *value)
{
	const struct scheme_form *form = scheme_form_of(*value);

	if (form == NULL || form->family != &scheme_hmac_md5)
		return false;
	*value = bytes_after(*value, strlen(form->prefix));
	return true;
}

void
scheme_complain(const struct host *h, struct bytes value)
{
	if (scheme_form_of(value) != NULL)
		return;
	if (scheme_is_locked(value))
		host_log(h, SASL_LOG_NOTE, "a stored secret is locked");
	else
		host_log(h, SASL_LOG_ERR,
		    "a stored secret with %s cannot be used: unknown scheme",
		    scheme_shown(value));
}

enum verdict
scheme_check(const struct host *h, struct bytes stored, struct bytes password)
{
	struct scheme_task task = { h, scheme_form_of(stored), stored,
		password };
	struct secret scratch = { NULL, 0 };
	enum verdict result;

	if (task.form == NULL) {
		scheme_complain(h, stored);
		return VERDICT_UNUSABLE;
	}
	if (password.len == 0)
		return VERDICT_DIFFERS;
	task.value = bytes_after(stored, name_len(task.form->prefix));
	if (secret_alloc(h, &scratch, task.form->family->scratch) < 0)
		return VERDICT_NO_MEMORY;
	if (task.form->family->parse(&task, scratch.data) < 0)
		result = scheme_unusable(&task, "what follows is malformed");
	else
		result = task.form->family->compare(&task, scratch.data);
	secret_free(h, &scratch);
	return result;
}

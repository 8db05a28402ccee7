/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's application on the fake host.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_app.h"
#include "host/fake_host.h"
#include "support/test.h"

static const struct fake_answer usual_answers[] = {
	{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
	{ SASL_CB_PASS, "wonderland", BY_CALLBACK, 0 },
	{ 0, NULL, BY_CALLBACK, 0 },
};

const struct fake_answer *
fake_answer_for(const struct fake_host *h, unsigned long id)
{
	const struct fake_answer *a = h->setup->answers;

	for (a = a == NULL ? usual_answers : a; a->id != 0; a++)
		if (a->id == id)
			return a;
	return NULL;
}

static size_t
answer_len(const struct fake_answer *a)
{
	return a->len > 0 ? a->len : strlen(a->text);
}

static void *
lend(enum fake_loan loan, void *memory, size_t len, bool guarded)
{
	struct fake_host *h = fake_current;

	assert_true(h->lent_count < FAKE_MAX_LENT);
	h->lent[h->lent_count].loan = loan;
	h->lent[h->lent_count].memory = memory;
	h->lent[h->lent_count].guarded = guarded;
	h->lent[h->lent_count++].len = len;
	return memory;
}

void
fake_take_back(struct fake_host *h, enum fake_loan loan)
{
	unsigned i, left = 0;

	for (i = 0; i < h->lent_count; i++) {
		if (h->lent[i].loan != loan) {
			h->lent[left++] = h->lent[i];
			continue;
		}
		memset(h->lent[i].memory, '#', h->lent[i].len);
		if (h->lent[i].guarded)
			guarded_free(h->lent[i].memory, h->lent[i].len);
		else
			free(h->lent[i].memory);
	}
	h->lent_count = left;
}

/* The text and its NUL. */
static const char *
lend_text(enum fake_loan loan, const struct fake_answer *a)
{
	size_t len = answer_len(a) + 1;

	return lend(loan, guarded_copy(a->text, len), len, true);
}

/* What both callbacks say before they give anything. */
static int
way_result(const struct fake_answer *a)
{
	switch (a->way) {
	case BY_CALLBACK_PROMPT:
		return SASL_INTERACT;
	case BY_REFUSING:
		return SASL_FAIL;
	default:
		return SASL_OK;
	}
}

static int
get_simple(void *context, int id, const char **result, unsigned *len)
{
	const struct fake_answer *a = context;

	assert_int_equal(id, a->id);
	assert_non_null(result);
	*result = NULL;
	fake_take_back(fake_current, LENT_NAME);
	if (a->way != BY_CALLBACK)
		return way_result(a);
	*result = lend_text(LENT_NAME, a);
	if (len != NULL)
		*len = (unsigned)answer_len(a);
	return SASL_OK;
}

/* With no NUL behind the password, and with the shortest block there can be. */
static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **result)
{
	const struct fake_answer *a = context;
	sasl_secret_t *secret;
	size_t size;

	fake_of(conn);
	assert_int_equal(id, a->id);
	assert_non_null(result);
	*result = NULL;
	fake_take_back(fake_current, LENT_SECRET);
	if (a->way != BY_CALLBACK)
		return way_result(a);
	size = offsetof(sasl_secret_t, data) + answer_len(a);
	secret = lend(LENT_SECRET, malloc(size), size, false);
	secret->len = answer_len(a);
	memcpy((char *)secret + offsetof(sasl_secret_t, data), a->text,
	    secret->len);
	*result = secret;
	return SASL_OK;
}

int
fake_client_callback(const struct fake_host *h, unsigned long id,
    int (**function)(void), void **context)
{
	const struct fake_answer *a = fake_answer_for(h, id);

	if (a == NULL)
		return SASL_FAIL;
	*context = (void *)a;
	if (a->way == BY_PROMPT)
		return SASL_INTERACT;
	if (id == SASL_CB_PASS)
		*function = FAKE_CALLBACK(get_secret);
	else
		*function = FAKE_CALLBACK(get_simple);
	return SASL_OK;
}

void
fake_answer_prompts(struct fake_host *h, sasl_interact_t *prompts)
{
	const struct fake_answer *a;

	assert_non_null(prompts);
	assert_int_not_equal(prompts->id, SASL_CB_LIST_END);
	for (; prompts->id != SASL_CB_LIST_END; prompts++) {
		a = fake_answer_for(h, prompts->id);
		if (a == NULL)
			fail_msg(
			    "prompted for %#lx, which nobody has", prompts->id);
		assert_non_null(prompts->prompt);
		assert_null(prompts->result);
		assert_int_equal(prompts->len, 0);
		h->prompt_count++;
		if (a->text == NULL)
			continue;
		prompts->result = lend_text(LENT_ANSWER, a);
		prompts->len = (unsigned)answer_len(a);
	}
}

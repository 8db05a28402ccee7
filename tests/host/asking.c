/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A client that asks its application: see asking.h.
 */
#include "config.h"

#include "client/engine.h"
#include "host/asking.h"
#include "host/fake_host.h"

void
asking_begin(struct asking *a, void **state, const struct fake_answer *answers,
    bool sends_authzid)
{
	memset(a, 0, sizeof(*a));
	a->m = *state;
	a->setup.answers = answers;
	module_reopen(a->m, &a->setup);
	module_client(a->m, &a->s, sends_authzid);
	a->s.prompts = &a->prompts;
}

int
asking_collect(struct asking *a)
{
	int result = client_ask(&a->s);

	fake_take_back(&a->m->fake, LENT_ANSWER);
	if (result != SASL_OK && result != SASL_INTERACT)
		assert_int_equal(a->m->fake.error_count, 1);
	else
		assert_int_equal(a->m->fake.error_count, 0);
	assert_int_equal(result == SASL_INTERACT, a->prompts != NULL);
	return result;
}

void
asking_end(struct asking *a)
{
	client_forget(&a->s);
	module_reopen(a->m, &module_usual_setup);
}

void
expect_given(const struct secret *given, const char *text)
{
	assert_non_null(given->data);
	assert_int_equal(given->len, strlen(text));
	assert_memory_equal(given->data, text, given->len);
}

void
asking_expect(const struct asking *a, const unsigned long *ids)
{
	const sasl_interact_t *p;

	for (p = a->prompts; p->id != SASL_CB_LIST_END; p++, ids++) {
		assert_int_equal(p->id, *ids);
		assert_non_null(p->prompt);
		assert_non_null(p->challenge);
		assert_null(p->result);
		assert_int_equal(p->len, 0);
	}
	assert_int_equal(*ids, 0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A little mechanism of the client: see little_client.h.
 */
#include "config.h"

#include "host/fake_host.h"
#include "host/little_client.h"

static int
say_name(struct client_session *s, struct bytes in)
{
	int result;

	assert_true(bytes_equal(in, bytes_str("go on")));
	result = client_identify(s);
	if (result != SASL_OK)
		return result;
	return client_reply(s, bytes_of(s->out->authid, s->out->alen));
}

static int
say_password(struct client_session *s, struct bytes in)
{
	assert_true(bytes_equal(in, bytes_str("go on")));
	return client_finish(s, secret_bytes(&s->password));
}

static int
say_nothing(struct client_session *s, struct bytes in)
{
	(void)in;
	return client_reply(s, bytes_str(""));
}

static int
say_all_at_once(struct client_session *s, struct bytes in)
{
	int result;

	(void)in;
	result = client_identify(s);
	if (result != SASL_OK)
		return result;
	if (secret_copy(&s->host, &s->message,
		bytes_of(s->out->authid, s->out->alen)) < 0)
		return client_fail(s, SASL_NOMEM, "out of memory");
	return client_finish(s, secret_bytes(&s->message));
}

static const struct client_step naming[] = { { say_name }, { say_password },
	{ NULL } };
static const struct client_step replying[] = { { say_nothing }, { NULL } };

static const struct client_step at_once[] = { { say_all_at_once }, { NULL } };

const struct client_mechanism little_names = {
	.name = "LITTLE", .steps = naming, .sends_authzid = true
};
const struct client_mechanism little_replies = { .name = "LITTLE",
	.steps = replying };
const struct client_mechanism little_message = { .name = "LITTLE",
	.steps = at_once };

void
little_client_begin(struct little_client *l, void **state,
    const struct client_mechanism *mechanism, const struct fake_answer *answers)
{
	memset(l, 0, sizeof(*l));
	l->m = *state;
	l->setup.answers = answers;
	module_reopen(l->m, &l->setup);
	l->result = &l->m->fake.out;
	assert_int_equal(client_new((void *)(uintptr_t)mechanism,
			     &l->m->fake.client, &l->context),
	    SASL_OK);
}

void
little_client_end(struct little_client *l)
{
	client_dispose(l->context, l->m->fake.client.utils);
	module_reopen(l->m, &module_usual_setup);
}

int
little_client_step(struct little_client *l)
{
	char *exact = guarded_copy("go on", 5);
	int result;

	l->out = "nothing was written here";
	l->out_len = 99;
	result = client_step(l->context, &l->m->fake.client, exact, 5,
	    &l->prompts, &l->out, &l->out_len, l->result);
	guarded_free(exact, 5);
	fake_take_back(&l->m->fake, LENT_ANSWER);
	if (result == SASL_OK || result == SASL_CONTINUE)
		assert_non_null(l->out);
	else {
		assert_null(l->out);
		assert_int_equal(l->out_len, 0);
	}
	assert_int_equal(l->result->doneflag, result == SASL_OK);
	return result;
}

void
little_client_said(const struct little_client *l, const char *text)
{
	assert_int_equal(l->out_len, strlen(text));
	assert_memory_equal(l->out, text, l->out_len);
}

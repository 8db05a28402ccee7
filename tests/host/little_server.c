/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A little mechanism: see little_server.h.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_prop.h"
#include "host/little_server.h"

char little_taken[128];
bool little_short_keep;

struct little_session {
	char secret[16]; /* must be wiped with the session */
};

static void
note(const char *step, struct bytes in)
{
	size_t len = strlen(little_taken);

	snprintf(little_taken + len, sizeof(little_taken) - len, "%s%s(%.*s)",
	    len > 0 ? " " : "", step, (int)in.len, in.data);
}

static bool
is_refused(struct bytes in)
{
	return bytes_equal(in, bytes_str("!"));
}

static int
ask(struct server_session *s, struct bytes in)
{
	struct little_session *l = s->own;

	note("ask", in);
	assert_ptr_equal(s->out, &fake_current->out);
	assert_ptr_equal(s->params, &fake_current->server);
	assert_int_equal(l->secret[sizeof(l->secret) - 1], '\0');
	memcpy(l->secret, "session-secret-x", sizeof(l->secret));
	if (is_refused(in))
		return server_fail(s, SASL_UNAVAIL, "asked");
	if (in.len > 0)
		return server_skip(s, in);
	return server_reply(s, bytes_str("first?"));
}

static int
keep(struct server_session *s, struct bytes in)
{
	note("keep", in);
	s->authcid = in;
	if (secret_copy(&s->host, &s->kept, in) < 0 || is_refused(in))
		return server_fail(s, SASL_NOMEM, "kept");
	return server_reply(s, bytes_str("second?"));
}

static int
judge(struct server_session *s, struct bytes in)
{
	char both[32];

	snprintf(both, sizeof(both), "%.*s %.*s", (int)s->kept.len,
	    s->kept.data, (int)in.len, in.data);
	note("judge", bytes_str(both));
	if (is_refused(in))
		return server_fail(s, SASL_BADAUTH, "judged");
	return SASL_OK;
}

static const struct server_step steps[] = { { ask, 10 }, { keep, 10 },
	{ judge, 8 }, { NULL, 0 } };
static const struct server_step short_steps[] = { { ask, 10 }, { keep, 4 },
	{ judge, 8 }, { NULL, 0 } };

const struct server_mechanism little_mechanism = {
	.name = "LITTLE",
	.steps = steps,
	.own_size = sizeof(struct little_session),
	.keeps_name = true,
};

static const struct server_mechanism short_mechanism = {
	.name = "LITTLE",
	.steps = short_steps,
	.own_size = sizeof(struct little_session),
	.keeps_name = true,
};

void
little_begin(struct little *l, void **state)
{
	const struct server_mechanism *mechanism =
	    little_short_keep ? &short_mechanism : &little_mechanism;

	memset(l, 0, sizeof(*l));
	l->m = *state;
	module_reopen(l->m, &module_usual_setup);
	fake_secret("session-secret-x", 16);
	l->result = &l->m->fake.out;
	little_taken[0] = '\0';
	assert_int_equal(server_new((void *)(uintptr_t)mechanism,
			     &l->m->fake.server, NULL, 0, &l->context),
	    SASL_OK);
}

void
little_end(struct little *l)
{
	server_dispose(l->context, l->m->fake.server.utils);
	assert_int_equal(fake_alloc_live(), 0);
}

int
little_step(struct little *l, const char *in, unsigned len)
{
	int result;

	l->out = "nothing was written here";
	l->out_len = 99;
	result = server_step(l->context, &l->m->fake.server, in, len, &l->out,
	    &l->out_len, l->result);
	if (result == SASL_CONTINUE)
		assert_int_equal(l->out_len, strlen(l->out));
	else {
		assert_null(l->out);
		assert_int_equal(l->out_len, 0);
	}
	return result;
}

int
little_say(struct little *l, const char *text)
{
	size_t len = text == NULL ? 0 : strlen(text);
	char *exact = guarded_copy(text, len);
	int result = little_step(l, exact, (unsigned)len);

	guarded_free(exact, len);
	return result;
}

int
little_say_all(struct little *l, const char *const said[3], size_t *n)
{
	int result = SASL_CONTINUE;

	for (*n = 0; *n < 3 && result == SASL_CONTINUE; ++*n)
		result = little_say(l, said[*n]);
	return result;
}

void
little_expect_over(struct little *l)
{
	char taken[sizeof(little_taken)];

	memcpy(taken, little_taken, sizeof(taken));
	module_forget(l->m);
	assert_int_equal(little_say(l, "one"), SASL_BADPROT);
	expect_one_line(l->m, SASL_LOG_FAIL, "reason=exchange-is-over ");
	assert_string_equal(little_taken, taken);
}

void
little_fetch(struct little *l)
{
	static const char *names[] = { PROPERTY_PASSWORD, NULL };

	fake_prop_request(l->m->fake.server.propctx, names);
	fake_prop_set(l->m->fake.server.propctx, names[0], "stored", 0);
}

unsigned
little_stored(struct little *l)
{
	return fake_prop_unerased(l->m->fake.server.propctx);
}

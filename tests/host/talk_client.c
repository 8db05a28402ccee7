/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Transcripts from the client's side, and of both sides at once.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/talk.h"
#include "support/cram_answer.h"

static struct run r;

static void
check_said(const struct line *line, const struct message *challenge)
{
	struct message m;

	talk_message(line, challenge, &m);
	assert_int_equal(r.client_len, m.len);
	assert_memory_equal(r.client_out, m.data, m.len);
}

static bool
is_server(const struct line *line)
{
	return line->kind == LINE_SERVER || line->kind == LINE_CHALLENGE;
}

static void
add_secrets(const struct line *line, const struct message *challenge)
{
	if (line->kind != LINE_ANSWER)
		return;
	cram_secret_state(line->password);
	cram_secret_digest(challenge->data, challenge->len, line->password);
}

/*
 * Say all that the server says; the code of the last step. A client that begins
 * does so with its first message ahead, or answers an empty one.
 */
static int
hold(const struct line *line, bool ahead)
{
	struct message challenge = { .len = 0 };
	const char *in;
	int code = SASL_CONTINUE;

	do {
		in = ahead ? NULL : "";
		challenge.len = 0;
		if (is_server(line)) {
			talk_message(line++, NULL, &challenge);
			in = challenge.data;
		}
		add_secrets(line, &challenge);
		code = run_client_step(&r, in, challenge.len);
		if (code != SASL_OK && code != SASL_CONTINUE)
			return code;
		if (line->kind == LINE_ENDS)
			return code;
		check_said(line++, &challenge);
	} while (code == SASL_CONTINUE && line->kind != LINE_ENDS);
	if (line->kind != LINE_ENDS && !fake_alloc_failed())
		fail_msg("the client ended before the transcript did");
	return code;
}

static void
check_end(const struct talk *t)
{
	const char *authid = t->authid == NULL ? "alice" : t->authid;

	if (talk_end(t) == SASL_OK) {
		assert_string_equal(r.client_result.authid, authid);
		assert_string_equal(
		    r.client_result.user, t->user == NULL ? authid : t->user);
	}
	if (t->error != NULL)
		assert_string_equal(r.host.error, t->error);
}

static bool
once(const struct talk *t, const struct fake_layout *layout, bool ahead,
    unsigned fail_at)
{
	bool failed;
	int code;

	run_open(&r, layout, &t->host);
	fake_alloc_fail_at(fail_at);
	code = run_client(&r);
	if (code == SASL_OK)
		code = hold(t->lines, ahead);
	failed = fake_alloc_failed();
	if (failed) {
		assert_int_equal(code, SASL_NOMEM);
	} else {
		assert_int_equal(code, talk_end(t));
		check_end(t);
	}
	if (r.client_context != NULL && code != SASL_INTERACT) /* it is over */
		assert_int_equal(run_client_step(&r, "x", 1), SASL_BADPROT);
	run_close(&r);
	return failed;
}

void
client_talk(void **state)
{
	const struct talk *t = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(fake_layouts); i++) {
		talk_sweep(t, fake_layouts[i], false, once);
		if (!is_server(t->lines))
			talk_sweep(t, fake_layouts[i], true, once);
	}
}

/* A message goes over, and is gone before it is answered. */
static int
exchange(void)
{
	int server = SASL_CONTINUE, client = SASL_CONTINUE;

	if (!(r.server->features & SASL_FEAT_WANT_CLIENT_FIRST))
		server = run_server_step(&r, NULL, 0);
	while (server == SASL_CONTINUE) {
		if (client != SASL_CONTINUE)
			return client;
		client = run_client_step(&r, r.server_out, r.server_len);
		if (client != SASL_OK && client != SASL_CONTINUE)
			return client;
		server = run_server_step(&r, r.client_out, r.client_len);
	}
	return server == SASL_OK ? client : server;
}

static bool
whole_once(const struct talk *t, const struct fake_layout *layout, bool ahead,
    unsigned fail_at)
{
	bool failed;
	int code;

	(void)ahead;
	run_open(&r, layout, &t->host);
	fake_alloc_fail_at(fail_at);
	code = run_server(&r);
	if (code == SASL_OK)
		code = run_client(&r);
	if (code == SASL_OK)
		code = exchange();
	failed = fake_alloc_failed();
	assert_int_equal(code, failed ? SASL_NOMEM : SASL_OK);
	if (!failed) {
		assert_string_equal(
		    r.host.out.authid, t->authid == NULL ? "alice" : t->authid);
		assert_string_equal(r.host.out.user, r.client_result.user);
	}
	run_close(&r);
	return failed;
}

void
whole_talk(void **state)
{
	const struct talk *t = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(fake_layouts); i++)
		talk_sweep(t, fake_layouts[i], false, whole_once);
}

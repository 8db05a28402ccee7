/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Transcripts from the server's side.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/talk.h"
#include "support/cram_answer.h"

static struct run r; /* too large for a stack */
static struct message challenge;

/* <nonce.seconds@fqdn>, RFC 2195: no blank, no NUL, printable. */
static void
check_challenge(void)
{
	const char *host = r.host.server.serverFQDN;
	char pattern[64], text[TALK_MAX_MESSAGE], at[TALK_MAX_MESSAGE];
	unsigned len = r.server_len;

	assert_in_range(len, 1, sizeof(text) - 1);
	memcpy(text, r.server_out, len);
	text[len] = '\0';
	memcpy(challenge.data, text, len);
	challenge.len = len;
	assert_int_equal(sscanf(text, "<%63[A-Za-z0-9_-].%63[0-9]@%8000[^>]>",
			     pattern, pattern, at),
	    3);
	assert_int_equal(text[len - 1], '>');
	assert_string_equal(strchr(text, '@') + 1 + strlen(at), ">");
	if (host != NULL)
		assert_string_equal(at, host);
}

static void
check_said(const struct line *line)
{
	if (line->kind == LINE_CHALLENGE) {
		check_challenge();
		return;
	}
	assert_int_equal(line->kind, LINE_SERVER);
	assert_int_equal(r.server_len, line->len);
	assert_memory_equal(r.server_out, line->text, line->len);
}

/*
 * The keyed states of what is stored are secrets, and so are the digests, but
 * for the one that the client itself has sent.
 */
static void
add_secrets(const struct line *line)
{
	const char *value;
	unsigned i;

	for (i = 0; i < r.host.row_count && line->kind == LINE_ANSWER; i++) {
		value = r.host.rows[i].value;
		if (value == NULL)
			continue;
		cram_secret_state(value);
		if (strcmp(value, line->password) != 0)
			cram_secret_digest(
			    challenge.data, challenge.len, value);
	}
}

/*
 * Say all that the client says; the code of the last step. `next` is left
 * at the line behind the one that was answered by it.
 */
static int
hold(const struct line **next, bool ahead)
{
	const struct line *line = *next;
	struct message m;
	int code = SASL_CONTINUE;

	if (line->kind != LINE_CLIENT && line->kind != LINE_ANSWER) {
		if (!ahead) {
			code = run_server_step(&r, NULL, 0);
			if (code != SASL_CONTINUE)
				return code;
			check_said(line);
		}
		*next = ++line;
	}
	while (line->kind == LINE_CLIENT || line->kind == LINE_ANSWER) {
		talk_message(line, &challenge, &m);
		add_secrets(line);
		code = run_server_step(&r, m.data, m.len);
		*next = ++line;
		if (code != SASL_CONTINUE)
			return code;
		check_said(line++);
	}
	return code;
}

static void
check_end(const struct talk *t)
{
	const char *authid = t->authid == NULL ? "alice" : t->authid;
	char reason[128];

	if (talk_end(t) == SASL_OK) {
		assert_string_equal(r.host.out.authid, authid);
		assert_string_equal(
		    r.host.out.user, t->user == NULL ? authid : t->user);
	}
	if (t->reason != NULL) {
		snprintf(reason, sizeof(reason), "reason=%s ", t->reason);
		if (fake_log_find(&r.host, reason) == NULL)
			fail_msg("not in the log: %s, but %s", reason,
			    r.host.log_count == 0 ? "nothing"
						  : r.host.log[0].text);
	}
	if (t->log != NULL && fake_log_find(&r.host, t->log) == NULL)
		fail_msg("not in the log: %s", t->log);
	if (t->error != NULL)
		assert_string_equal(r.host.error, t->error);
}

/*
 * Whatever came of it, it is over: nothing is kept but the plugin's record and
 * the context, and that gives no second chance.
 */
static void
check_over(void)
{
	unsigned lookups = r.host.canon_count + r.host.checkpass_count;
	struct message m;

	if (r.server_context == NULL)
		return;
	assert_int_equal(fake_alloc_live(), 2);
	memcpy(m.data, "alice", 5);
	assert_int_equal(run_server_step(&r, m.data, 5), SASL_BADPROT);
	assert_int_equal(r.host.canon_count + r.host.checkpass_count, lookups);
}

static bool
once(const struct talk *t, const struct fake_layout *layout, bool ahead,
    unsigned fail_at)
{
	const struct line *line = t->lines;
	bool failed;
	int code;

	run_open(&r, layout, &t->host);
	if (t->guess != NULL)
		fake_secret(t->guess, strlen(t->guess));
	fake_alloc_fail_at(fail_at);
	code = run_server(&r);
	if (code == SASL_OK)
		code = hold(&line, ahead);
	failed = fake_alloc_failed();
	if (failed) {
		assert_int_equal(code, SASL_NOMEM);
	} else {
		assert_int_equal(code, talk_end(t));
		if (line->kind != LINE_ENDS && !t->early)
			fail_msg("over too early: log %s",
			    r.host.log_count > 0 ? r.host.log[0].text : "");
		check_end(t);
	}
	if (code != SASL_CONTINUE)
		check_over();
	run_close(&r);
	return failed;
}

/* LOGIN only: PLAIN has no other way, and CRAM-MD5 has not this one. */
static bool
may_run_ahead(const struct talk *t)
{
	return t->lines[0].kind == LINE_SERVER && t->lines[1].len > 0 &&
	       t->lines[1].kind == LINE_CLIENT;
}

void
server_talk(void **state)
{
	const struct talk *t = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(fake_layouts); i++) {
		talk_sweep(t, fake_layouts[i], false, once);
		if (may_run_ahead(t))
			talk_sweep(t, fake_layouts[i], true, once);
	}
}

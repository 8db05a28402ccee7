/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: a client and a server of ours talk, while messages are damaged,
 * lost, repeated and cut, contexts begin anew in mid-exchange, time passes,
 * memory and randomness run out. Whatever happens, a server says SASL_OK only
 * to who has just proved that he knows a password; run.c sees to codes, leaks
 * and unwiped memory.
 */
#include "config.h"

#include <limits.h>

#include "cast.h"
#include "host/fake_store.h"
#include "support/cram_answer.h"
#include "tame.h"

const bool fuzz_is_cheap = false;

enum { MOST_SCENES = 16, MOST_CONTEXTS = 4, HEARD = 16 };
enum { MOST = 4096 }; /* octets of a message */

const char *run_plugin;

static struct stage {
	struct cast cast;
	struct run run;
	struct oracle oracle;
	struct message next; /* on its way */
	bool to_server;
	bool starved; /* an allocation or getrandom() was made to fail */
	bool ended;
	unsigned contexts;

	/* What has been under way, for those who repeat it. */
	unsigned heard_count;
	struct message heard[HEARD];
} g;

/* Remember the message, as long as there is room. */
static void
hear(void)
{
	if (g.heard_count < HEARD)
		g.heard[g.heard_count++] = g.next;
}

/* At its end, or at its begin. */
static void
cut(struct message *m, size_t n)
{
	bool front = n & 0x80;

	n &= 0x7f;
	if (n == 0)
		return;
	if (n > m->len)
		n = m->len;
	m->len -= n;
	if (front)
		memmove(m->data, m->data + n, m->len);
}

static void
append(struct message *m, struct bytes run)
{
	if (m->len + run.len > MOST)
		return;
	if (run.len > 0)
		memcpy(m->data + m->len, run.data, run.len);
	m->len += run.len;
}

/* What happens to a message on its way, as the next octets say. */
static void
damage(struct message *m, struct fuzz_input *in)
{
	unsigned n, bits;

	switch (fuzz_octet(in) % 9) {
	case 2:
		m->len = 0;
		break;
	case 3:
		cut(m, fuzz_octet(in));
		break;
	case 5:
		m->len = 0;
		/* FALLTHROUGH */
	case 4:
		append(m, fuzz_run(in, 255));
		break;
	case 6:
		n = fuzz_octet(in);
		bits = fuzz_octet(in);
		if (m->len > 0)
			m->data[n % m->len] ^= (char)bits;
		break;
	case 7: /* long ones are made of themselves */
		for (n = fuzz_octet(in) % 8; n > 0; n--)
			append(m, bytes_of(m->data, m->len));
		break;
	case 8:
		n = fuzz_octet(in);
		if (g.heard_count > 0)
			*m = g.heard[n % g.heard_count];
		break;
	default: /* nothing */
		break;
	}
}

/* Only what both sides can hold without the other is looked at as secret. */
static void
add_secrets(void)
{
	const struct fake_row *row = g.cast.setup.rows;

	if (g.cast.mechanism != CRAMMD5)
		return;
	for (; row->user != NULL; row++)
		if (row->property != NULL && row->value != NULL &&
		    row->value[0] != '{' && strlen(row->value) < CRAM_STATE)
			cram_secret_state(row->value);
}

/* The fake host has one place for names, both sides here share it. */
static int
canon_client(sasl_conn_t *conn, const char *name, unsigned len, unsigned flags,
    sasl_out_params_t *out)
{
	static char authid[FAKE_CANON + 1], user[FAKE_CANON + 1];
	unsigned count = g.run.host.canon_count;
	int result;

	g.run.host.canon_count = UINT_MAX / 2; /* trouble is the server's */
	result = fake_canon_client(conn, name, len, flags, out);
	g.run.host.canon_count = count;
	if (result == SASL_OK && flags & SASL_CU_AUTHID)
		out->authid = strcpy(authid, out->authid);
	if (result == SASL_OK && flags & SASL_CU_AUTHZID)
		out->user = strcpy(user, out->user);
	return result;
}

static void
new_server(void)
{
	int result;

	if (g.contexts++ >= MOST_CONTEXTS)
		return;
	g.run.host.out.doneflag = 0;
	oracle_begin(&g.oracle, &g.cast);
	result = run_server(&g.run);
	if (result != SASL_OK) {
		assert_true(result == SASL_NOMECH || result == SASL_NOTDONE ||
			    (result == SASL_NOMEM && g.starved));
		g.ended = true;
	}
	g.next.len = 0;
	g.to_server = g.cast.mechanism != PLAIN;
}

static void
new_client(void)
{
	int result;

	if (g.contexts++ >= MOST_CONTEXTS)
		return;
	g.run.host.client.canon_user = canon_client;
	result = run_client(&g.run);
	assert_true(result == SASL_OK || (result == SASL_NOMEM && g.starved));
	g.ended |= result != SASL_OK;
}

static void
check_server(enum oracle_verdict verdict, bool was_over, int result)
{
	if (was_over)
		assert_int_equal(result, SASL_BADPROT);
	if (result == SASL_OK)
		assert_true(verdict == TRUE || verdict == MAYBE);
	if (verdict == TRUE && !g.starved)
		assert_int_equal(result, SASL_OK);
}

static void
tell_server(void)
{
	enum oracle_verdict verdict = oracle_of(&g.oracle, &g.next);
	bool was_over = g.oracle.over;
	int result;

	if (verdict == UNTOLD) {
		g.ended = true;
		return;
	}
	g.run.host.log_count = 0;
	result = run_server_step(&g.run, g.next.data, g.next.len);
	check_server(verdict, was_over, result);
	oracle_told(&g.oracle, &g.next,
	    bytes_of(g.run.server_out, g.run.server_len), result);
	hear();
	g.next.len = g.run.server_len;
	if (g.next.len > 0)
		memcpy(g.next.data, g.run.server_out, g.next.len);
	g.to_server = false;
}

static void
tell_client(void)
{
	int result;

	hear();
	g.run.host.log_count = 0;
	result = run_client_step(&g.run, g.next.data, g.next.len);
	if (result == SASL_NOMEM)
		assert_true(g.starved);
	if (result != SASL_OK && result != SASL_CONTINUE)
		return; /* the server may still be told something */
	g.next.len = g.run.client_len;
	if (g.next.len > 0)
		memcpy(g.next.data, g.run.client_out, g.next.len);
	g.to_server = true;
}

static void
deliver(void)
{
	if (g.to_server)
		tell_server();
	else
		tell_client();
}

/* One thing that happens, and the message goes on. */
static void
play(struct fuzz_input *in)
{
	unsigned what = fuzz_octet(in);

	switch (what) {
	case 0xff:
		new_server();
		return;
	case 0xfe:
		new_client();
		return;
	case 0xfd:
		fuzz_clock += (long)fuzz_octet(in) * 10 - 100;
		return;
	case 0xfc:
		g.starved = true;
		fake_alloc_fail_at(
		    fake_alloc_count() + 1 + fuzz_octet(in) % 16);
		return;
	case 0xfb:
		g.starved = true;
		fuzz_random_fails = 1;
		return;
	case 0xfa:
		g.to_server = !g.to_server;
		return;
	default:
		damage(&g.next, in);
		deliver();
	}
}

void
fuzz_one(struct fuzz_input *in)
{
	unsigned scenes;

	memset(&g, 0, offsetof(struct stage, heard));
	fuzz_tame();
	cast_choose(&g.cast, in);
	run_plugin = cast_plugins[g.cast.mechanism];
	run_open(&g.run, g.cast.layout, &g.cast.setup);
	add_secrets();
	new_server();
	if (!g.ended)
		new_client();
	for (scenes = 0; scenes < MOST_SCENES && !g.ended; scenes++) {
		if (in->len > 0)
			play(in);
		else if (!g.oracle.over)
			deliver();
	}
	run_close(&g.run);
}

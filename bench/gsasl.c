/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The same logins through GNU SASL, for the third column: speaks the words
 * of scenario.h as measure does, and exits with status 3 where libgsasl has
 * nothing to compare.
 */
#include "config.h"

#include <gsasl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "fail.h"
#include "login.h"
#include "rate.h"

enum { STATUS_CANNOT = 3 };

/* One side's session, and its last words, which are the caller's to free. */
struct peer {
	Gsasl_session *session;
	char *said;
};

static Gsasl *gsasl;

/* A server's store, and a client's user: everybody has the one password. */
static int
give_property(Gsasl *context, Gsasl_session *session, Gsasl_property property)
{
	const struct session *s = gsasl_session_hook_get(session);
	const char *user;

	(void)context;
	switch (property) {
	case GSASL_AUTHID:
		return gsasl_property_set(session, property, s->user);
	case GSASL_PASSWORD:
		user = gsasl_property_fast(session, GSASL_AUTHID);
		if (user == NULL || strcmp(user, s->user) != 0)
			return GSASL_AUTHENTICATION_ERROR;
		return gsasl_property_set(session, property, LOGIN_PASSWORD);
	default:
		return GSASL_NO_CALLBACK;
	}
}

static void
load(const struct scenario *s)
{
	(void)s;
	fail_unless("gsasl_init", gsasl_init(&gsasl), GSASL_OK);
	gsasl_callback_set(gsasl, give_property);
}

static void
prepare(struct session *s)
{
	if ((s->peer = calloc(1, sizeof(struct peer))) == NULL)
		fail("out of memory");
}

static void
open_server(struct session *s)
{
	struct peer *p = s->peer;

	fail_unless("gsasl_server_start",
	    gsasl_server_start(gsasl, s->mech->name, &p->session), GSASL_OK);
	gsasl_session_hook_set(p->session, s);
}

static void
open_client(struct session *s)
{
	struct peer *p = s->peer;

	fail_unless("gsasl_client_start",
	    gsasl_client_start(gsasl, s->mech->name, &p->session), GSASL_OK);
	gsasl_session_hook_set(p->session, s);
}

static void
step(struct session *s, const char *text, unsigned len, int wanted)
{
	struct peer *p = s->peer;
	size_t said_len;

	gsasl_free(p->said);
	p->said = NULL;
	fail_unless("gsasl_step",
	    gsasl_step(p->session, text, len, &p->said, &said_len), wanted);
	s->said = p->said;
	s->said_len = (unsigned)said_len;
}

/* Whoever is second to speak needs an empty step to begin with. */
static void
begin_server(struct session *s)
{
	if (s->mech->client_first)
		step(s, s->message[0].text, s->message[0].len, GSASL_OK);
	else
		step(s, "", 0, GSASL_NEEDS_MORE);
}

static void
begin_client(struct session *s)
{
	if (s->mech->client_first)
		step(s, "", 0, GSASL_OK);
}

static void
take(struct session *s, const struct message *m, bool last)
{
	step(s, m->text, m->len, last ? GSASL_OK : GSASL_NEEDS_MORE);
}

static void
check_server(struct session *s)
{
	const struct peer *p = s->peer;
	const char *user = gsasl_property_fast(p->session, GSASL_AUTHID);

	if (user == NULL || strcmp(user, s->user) != 0)
		fail("\"%s\" has not logged in", s->user);
}

static void
close_peer(struct session *s)
{
	struct peer *p = s->peer;

	gsasl_free(p->said);
	gsasl_finish(p->session);
}

static void
release(struct session *s)
{
	free(s->peer);
}

static const struct exchange client = {
	.load = load,
	.prepare = prepare,
	.open = open_client,
	.begin = begin_client,
	.take = take,
	.check = login_check_client,
	.close = close_peer,
	.release = release,
};

static void
answer(struct session *s)
{
	batch_answer(s, &client);
}

static const struct exchange server = {
	.load = load,
	.prepare = prepare,
	.open = open_server,
	.begin = begin_server,
	.answer = answer,
	.take = take,
	.check = check_server,
	.close = close_peer,
	.release = release,
};

int
main(int argc, char *argv[])
{
	const struct exchange *exchange;
	struct scenario s;
	struct batch batch;

	(void)argc;
	scenario_parse(&s, argv + 1);
	if (s.door != DOOR_API || s.sasldb != NULL || s.secrets != NULL ||
	    (s.what != WHAT_TIME && s.what != WHAT_RATE))
		return STATUS_CANNOT;
	exchange = s.side == SIDE_SERVER ? &server : &client;
	batch_keep_memory();
	exchange->load(&s);
	batch_init(&batch, exchange, &s);
	printf("%.6g\n",
	    s.what == WHAT_TIME ? batch_time(&batch) : rate_run(&s, exchange));
	return 0;
}

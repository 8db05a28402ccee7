/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mechanism's server side through libsasl2, as an SMTP server would use
 * it: a connection made, a login, the connection gone.
 */
#include "config.h"

#include <string.h>

#include "api.h"
#include "fail.h"
#include "login.h"
#include "store.h"

static void
load(const struct scenario *s)
{
	api_start_server(s);
	if (s->sasldb == NULL)
		store_add_memory(s);
	if (s->mech->challenged)
		api_start_client();
}

static void
open_server(struct session *s)
{
	sasl_conn_t *conn;

	fail_unless("sasl_server_new",
	    sasl_server_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, NULL, NULL, 0, &conn),
	    SASL_OK);
	s->peer = conn;
}

static void
begin(struct session *s)
{
	const struct message *first =
	    s->mech->client_first ? &s->message[0] : NULL;

	fail_unless("sasl_server_start",
	    sasl_server_start(s->peer, s->mech->name,
		first != NULL ? first->text : NULL,
		first != NULL ? first->len : 0, &s->said, &s->said_len),
	    first != NULL ? SASL_OK : SASL_CONTINUE);
}

static void
take(struct session *s, const struct message *m, bool last)
{
	fail_unless("sasl_server_step",
	    sasl_server_step(s->peer, m->text, m->len, &s->said, &s->said_len),
	    last ? SASL_OK : SASL_CONTINUE);
}

/* The library may have added a realm to the name. */
static void
check(struct session *s)
{
	const void *user = NULL;
	size_t len = strlen(s->user);

	fail_unless("sasl_getprop", sasl_getprop(s->peer, SASL_USERNAME, &user),
	    SASL_OK);
	if (user == NULL || strncmp(user, s->user, len) != 0)
		fail("\"%s\" has become \"%s\"", s->user,
		    user != NULL ? (const char *)user : "nobody");
}

static void
close_server(struct session *s)
{
	sasl_conn_t *conn = s->peer;

	sasl_dispose(&conn);
}

const struct exchange api_server = {
	.load = load,
	.open = open_server,
	.begin = begin,
	.answer = api_answer,
	.take = take,
	.check = check,
	.close = close_server,
};

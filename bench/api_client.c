/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mechanism's client side through libsasl2.
 */
#include "config.h"

#include "api.h"

#include <stdlib.h>

#include "fail.h"
#include "login.h"

struct client {
	sasl_conn_t *conn;
	sasl_callback_t callbacks[API_CALLBACKS];
};

static void
load(const struct scenario *s)
{
	(void)s;
	api_start_client();
}

/* What an application has anyway: the callbacks. */
static void
prepare(struct session *s)
{
	struct client *client = calloc(1, sizeof *client);

	if (client == NULL)
		fail("out of memory");
	api_client_callbacks(client->callbacks, s->user);
	s->peer = client;
}

static void
open_client(struct session *s)
{
	struct client *client = s->peer;

	fail_unless("sasl_client_new",
	    sasl_client_new(LOGIN_SERVICE, LOGIN_HOST, NULL, NULL,
		client->callbacks, 0, &client->conn),
	    SASL_OK);
}

static void
begin(struct session *s)
{
	struct client *client = s->peer;
	const char *chosen;

	fail_unless("sasl_client_start",
	    sasl_client_start(client->conn, s->mech->name, NULL, &s->said,
		&s->said_len, &chosen),
	    s->mech->client_first ? SASL_OK : SASL_CONTINUE);
}

static void
take(struct session *s, const struct message *m, bool last)
{
	struct client *client = s->peer;

	fail_unless("sasl_client_step",
	    sasl_client_step(
		client->conn, m->text, m->len, NULL, &s->said, &s->said_len),
	    last ? SASL_OK : SASL_CONTINUE);
}

static void
close_client(struct session *s)
{
	struct client *client = s->peer;

	sasl_dispose(&client->conn);
}

static void
release(struct session *s)
{
	free(s->peer);
}

const struct exchange api_client = {
	.load = load,
	.prepare = prepare,
	.open = open_client,
	.begin = begin,
	.take = take,
	.check = login_check_client,
	.close = close_client,
	.release = release,
};

void
api_answer(struct session *s)
{
	batch_answer(s, &api_client);
}

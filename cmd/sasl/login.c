/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Client and server, hand in hand: see login.h.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/secret.h"
#include "sasl/login.h"
#include "lib/util.h"
#include "sasl/library.h"

/* With one of the sides, for callbacks and messages. */
struct party {
	const struct login *e;
	enum login_side side;
	sasl_conn_t *conn;
	sasl_secret_t *secret; /* the client's */
	int messages;
};

static int
on_log(void *context, int level, const char *text)
{
	const struct party *p = context;

	if (p->e->log != NULL)
		p->e->log(p->e->context, p->side, level, text);
	return SASL_OK;
}

static int
on_name(void *context, int id, const char **result, unsigned *len)
{
	const struct party *p = context;

	*result = id == SASL_CB_USER ? "" : p->e->user;
	if (len != NULL)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int
on_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	(void)conn;
	(void)id;
	*secret = ((struct party *)context)->secret;
	return SASL_OK;
}

static void
tell(struct party *p, const char *data, unsigned len)
{
	struct login_message m = { p->side, p->messages++,
		bytes_of(data, data == NULL ? 0 : len) };

	if (p->e->message != NULL)
		p->e->message(p->e->context, &m);
}

static bool
goes_on(int code)
{
	return code == SASL_OK || code == SASL_CONTINUE;
}

static void
talk(struct party *client, struct party *server, struct login_outcome *o)
{
	const char *mech = server->e->mechanism, *chosen;
	const char *out = NULL, *in = NULL;
	unsigned out_len = 0, in_len = 0;

	o->side = LOGIN_CLIENT;
	o->code = sasl_client_start(
	    client->conn, mech, NULL, &out, &out_len, &chosen);
	if (!goes_on(o->code))
		return;
	tell(client, out, out_len);
	o->side = LOGIN_SERVER;
	o->code =
	    sasl_server_start(server->conn, mech, out, out_len, &in, &in_len);
	while (o->code == SASL_CONTINUE) {
		tell(server, in, in_len);
		o->side = LOGIN_CLIENT;
		o->code = sasl_client_step(
		    client->conn, in, in_len, NULL, &out, &out_len);
		if (!goes_on(o->code))
			return;
		tell(client, out, out_len);
		o->side = LOGIN_SERVER;
		o->code =
		    sasl_server_step(server->conn, out, out_len, &in, &in_len);
	}
}

static void
conclude(const struct party *client, const struct party *server,
    struct login_outcome *o)
{
	sasl_conn_t *conn =
	    o->side == LOGIN_CLIENT ? client->conn : server->conn;
	const void *user = NULL;

	if (o->code == SASL_OK) {
		sasl_getprop(server->conn, SASL_USERNAME, &user);
		o->user = util_copy(user);
	} else if (conn != NULL)
		o->detail = util_copy(sasl_errdetail(conn));
}

static int
open_server(struct party *p, sasl_callback_t *callbacks)
{
	return sasl_server_new(p->e->service, p->e->fqdn, p->e->realm, NULL,
	    NULL, callbacks, 0, &p->conn);
}

static sasl_secret_t *
copy_password(struct bytes password)
{
	sasl_secret_t *secret = util_alloc(sizeof(*secret) + password.len);

	secret->len = password.len;
	memcpy(secret->data, password.data, password.len);
	return secret;
}

void
login_run(const struct login *e, struct login_outcome *o)
{
	struct party server = { .e = e, .side = LOGIN_SERVER };
	struct party client = { .e = e, .side = LOGIN_CLIENT };
	sasl_callback_t server_side[] = {
		{ SASL_CB_LOG, PROBE_CALLBACK(on_log), &server },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_callback_t client_side[] = {
		{ SASL_CB_USER, PROBE_CALLBACK(on_name), &client },
		{ SASL_CB_AUTHNAME, PROBE_CALLBACK(on_name), &client },
		{ SASL_CB_PASS, PROBE_CALLBACK(on_secret), &client },
		{ SASL_CB_LOG, PROBE_CALLBACK(on_log), &client },
		{ SASL_CB_LIST_END, NULL, NULL },
	};

	memset(o, 0, sizeof(*o));
	client.secret = copy_password(e->password);
	o->code = open_server(&server, server_side);
	if (o->code == SASL_OK) {
		o->side = LOGIN_CLIENT;
		o->code = sasl_client_new(e->service,
		    e->fqdn != NULL ? e->fqdn : "localhost", NULL, NULL,
		    client_side, 0, &client.conn);
	}
	if (o->code == SASL_OK)
		talk(&client, &server, o);
	conclude(&client, &server, o);
	sasl_dispose(&client.conn);
	sasl_dispose(&server.conn);
	secret_wipe(client.secret->data, e->password.len);
	free(client.secret);
}

char *
login_offer(const struct login *e)
{
	struct party server = { .e = e, .side = LOGIN_SERVER };
	sasl_callback_t callbacks[] = {
		{ SASL_CB_LOG, PROBE_CALLBACK(on_log), &server },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	const char *list = NULL;
	char *offer = NULL;

	if (open_server(&server, callbacks) == SASL_OK &&
	    sasl_listmech(server.conn, NULL, "", " ", "", &list, NULL, NULL) ==
		SASL_OK &&
	    list != NULL && *list != '\0')
		offer = util_copy(list);
	sasl_dispose(&server.conn);
	return offer;
}

const char *
login_code(int code)
{
#define NAMED(code) [-(code)] = #code
	static const char *const names[] = { NAMED(SASL_OK), NAMED(SASL_FAIL),
		NAMED(SASL_NOMEM), NAMED(SASL_BUFOVER), NAMED(SASL_NOMECH),
		NAMED(SASL_BADPROT), NAMED(SASL_NOTDONE), NAMED(SASL_BADPARAM),
		NAMED(SASL_TRYAGAIN), NAMED(SASL_BADMAC), NAMED(SASL_NOTINIT),
		NAMED(SASL_BADAUTH), NAMED(SASL_NOAUTHZ), NAMED(SASL_TOOWEAK),
		NAMED(SASL_ENCRYPT), NAMED(SASL_TRANS), NAMED(SASL_EXPIRED),
		NAMED(SASL_DISABLED), NAMED(SASL_NOUSER), NAMED(SASL_BADVERS),
		NAMED(SASL_UNAVAIL), NAMED(SASL_NOVERIFY),
		NAMED(SASL_CONFIGERR) };
#undef NAMED
	static char number[16];

	if (code <= 0 && -code < (int)(sizeof(names) / sizeof(names[0])) &&
	    names[-code] != NULL)
		return names[-code];
	snprintf(number, sizeof(number), "%d", code);
	return number;
}

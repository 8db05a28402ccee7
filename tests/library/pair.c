/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins through the real libsasl2: see pair.h.
 */
#include "config.h"

#include "library/pair.h"
#include "support/test.h"

#define CALLBACK(f) ((int (*)(void))(void (*)(void))(f))

const char *const pair_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

const struct pair_attempt pair_attempts[PAIR_ATTEMPTS] = {
	{ PAIR_PLAIN, PAIR_PASSWORD, SASL_OK },
	{ PAIR_HASHED, PAIR_PASSWORD, SASL_OK },
	{ PAIR_PLAIN, "looking-glass", SASL_BADAUTH },
	{ PAIR_HASHED, "looking-glass", SASL_BADAUTH },
	{ PAIR_STRANGER, "looking-glass", SASL_BADAUTH },
};

static int
get_name(void *context, int id, const char **result, unsigned *len)
{
	const struct pair *p = context;

	if (id != SASL_CB_AUTHNAME)
		return SASL_FAIL;
	*result = p->user;
	if (len != NULL)
		*len = (unsigned)strlen(p->user);
	return SASL_OK;
}

static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	(void)conn;
	(void)id;
	*secret = ((struct pair *)context)->secret;
	return SASL_OK;
}

int
pair_open(struct pair *p)
{
	size_t len = strlen(p->password);
	int result;

	p->server = p->client = NULL;
	p->secret = malloc(sizeof(*p->secret) + len);
	if (p->secret == NULL)
		return SASL_NOMEM;
	p->secret->len = len;
	memcpy(p->secret->data, p->password, len);
	p->callbacks[0] =
	    (sasl_callback_t) { SASL_CB_AUTHNAME, CALLBACK(get_name), p };
	p->callbacks[1] =
	    (sasl_callback_t) { SASL_CB_PASS, CALLBACK(get_secret), p };
	p->callbacks[2] = (sasl_callback_t) { SASL_CB_LIST_END, NULL, NULL };
	result = sasl_server_new(
	    "smtp", PAIR_HOST, NULL, NULL, "192.0.2.7;25", NULL, 0, &p->server);
	if (result != SASL_OK)
		return result;
	return sasl_client_new(
	    "smtp", PAIR_HOST, NULL, NULL, p->callbacks, 0, &p->client);
}

void
pair_close_client(struct pair *p)
{
	sasl_dispose(&p->client);
	if (p->secret != NULL)
		explicit_bzero(p->secret->data, p->secret->len);
	free(p->secret);
	p->secret = NULL;
}

void
pair_close(struct pair *p)
{
	pair_close_client(p);
	sasl_dispose(&p->server);
}

static bool
gave_up(int code)
{
	return code != SASL_OK && code != SASL_CONTINUE;
}

int
pair_talk(struct pair *p, const char *mechanism)
{
	const char *said = NULL, *answer = NULL, *chosen;
	unsigned said_len = 0, answer_len = 0, n = 1;
	int client, server;

	client = sasl_client_start(
	    p->client, mechanism, NULL, &answer, &answer_len, &chosen);
	if (gave_up(client))
		return client;
	server = sasl_server_start(
	    p->server, mechanism, answer, answer_len, &said, &said_len);
	while (server == SASL_CONTINUE && ++n != p->stop_after + 1) {
		client = sasl_client_step(
		    p->client, said, said_len, NULL, &answer, &answer_len);
		if (gave_up(client))
			return client;
		server = sasl_server_step(
		    p->server, answer, answer_len, &said, &said_len);
	}
	return server;
}

int
pair_login(const char *mechanism, const char *user, const char *password)
{
	struct pair p = { .user = user, .password = password };
	int result;

	result = pair_open(&p);
	if (result == SASL_OK)
		result = pair_talk(&p, mechanism);
	pair_close(&p);
	return result;
}

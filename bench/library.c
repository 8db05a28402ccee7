/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins through libsasl2's public functions, as by an SMTP server or client,
 * with the words as its options; and a store in memory.
 */
#include "config.h"

#include <err.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "login.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

#define MEMORY	       "benchmemory"
#define PROC(function) ((int (*)(void))(void (*)(void))(function))

static const char *stored; /* in memory, for every user */

/* A "*" marks what belongs to the authcid; flags say whose turn it is. */
static bool
is_wanted(const struct propval *p, unsigned flags)
{
	bool of_authcid = *p->name == '*';

	if (of_authcid == ((flags & SASL_AUXPROP_AUTHZID) != 0))
		return false;
	if (p->values != NULL && !(flags & SASL_AUXPROP_OVERRIDE))
		return false;
	return strcasecmp(p->name + of_authcid, SASL_AUX_PASSWORD_PROP) == 0;
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct propval *p;

	if (!user_known(user, len))
		return SASL_NOUSER;
	for (p = prop_get(params->propctx); p->name != NULL; p++) {
		if (!is_wanted(p, flags))
			continue;
		if (p->values != NULL)
			prop_erase(params->propctx, p->name);
		prop_set(params->propctx, p->name, stored, -1);
	}
	return SASL_OK;
}

static int
init_memory(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char memory_name[] = MEMORY;
	static sasl_auxprop_plug_t memory = {
		.auxprop_lookup = look_up,
		.name = memory_name,
	};

	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &memory;
	return SASL_OK;
}

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const char *value = word_value(option);

	if (value == NULL && strcmp(option, "pwcheck_method") == 0)
		value = "auxprop";
	else if (value == NULL && strcmp(option, "auxprop_plugin") == 0)
		value = MEMORY;
	if (value == NULL)
		return SASL_FAIL;
	*result = value;
	if (len != NULL)
		*len = (unsigned)strlen(value);
	return SASL_OK;
}

/* A refusal is logged, and that has its price; only trouble is shown. */
static int
take_log(void *context, int level, const char *text)
{
	if (level == SASL_LOG_ERR)
		fprintf(stderr, "log: %s\n", text);
	return SASL_OK;
}

/* As with PTHREAD_MUTEX_INITIALIZER. */
static void *
mutex_new(void)
{
	return calloc(1, sizeof(pthread_mutex_t));
}

static int
mutex_lock(void *mutex)
{
	return pthread_mutex_lock(mutex) == 0 ? SASL_OK : SASL_FAIL;
}

static int
mutex_unlock(void *mutex)
{
	return pthread_mutex_unlock(mutex) == 0 ? SASL_OK : SASL_FAIL;
}

void
library_start(void)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, PROC(get_option), NULL },
		{ SASL_CB_LOG, PROC(take_log), NULL },
		{ .id = SASL_CB_LIST_END },
	};

	if (word("rate"))
		sasl_set_mutex(mutex_new, mutex_lock, mutex_unlock, free);
	need("sasl_server_init", sasl_server_init(callbacks, "bench"), SASL_OK);
}

static void
load_server(void)
{
	stored = word_value("stored");
	if (stored == NULL)
		stored = LOGIN_PASSWORD;
	library_start();
	library_utils();
	need("sasl_auxprop_add_plugin",
	    sasl_auxprop_add_plugin(MEMORY, init_memory), SASL_OK);
}

/* An unknown user is SASL_NOUSER to the host; it hides that from the client. */
static int
step_server(struct session *s, unsigned n)
{
	const char *text = s->in[n].len > 0 ? s->in[n].text : NULL;
	sasl_conn_t *conn = s->own;
	int result;

	if (n == 0) {
		need("sasl_server_new",
		    sasl_server_new(LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, NULL,
			NULL, 0, &conn),
		    SASL_OK);
		s->own = conn;
		result = sasl_server_start(conn, mech->name, text, s->in[n].len,
		    &s->said, &s->said_len);
	} else {
		result = sasl_server_step(
		    conn, text, s->in[n].len, &s->said, &s->said_len);
	}
	return result == SASL_NOUSER ? SASL_BADAUTH : result;
}

/* The library may have added a realm to the name. */
static void
check_server(struct session *s)
{
	const void *user = NULL;

	sasl_getprop(s->own, SASL_USERNAME, &user);
	if (user == NULL || strncmp(user, s->user, strlen(s->user)) != 0)
		errx(1, "\"%s\" has not logged in", s->user);
}

static void
close_connection(struct session *s)
{
	sasl_conn_t *conn = s->own;

	sasl_dispose(&conn);
}

const struct side library_server = {
	.load = load_server,
	.step = step_server,
	.check = check_server,
	.close = close_connection,
};

static void
load_client(void)
{
	need("sasl_client_init", sasl_client_init(NULL), SASL_OK);
}

static void
prepare_client(struct session *s)
{
	s->callbacks[0] =
	    (sasl_callback_t) { SASL_CB_AUTHNAME, PROC(client_name), s->user };
	s->callbacks[1] =
	    (sasl_callback_t) { SASL_CB_PASS, PROC(client_password), s->user };
	s->callbacks[2] = (sasl_callback_t) { .id = SASL_CB_LIST_END };
}

static int
step_client(struct session *s, unsigned n)
{
	sasl_conn_t *conn = s->own;
	const char *chosen;

	if (n > 0)
		return sasl_client_step(conn, s->in[n].text, s->in[n].len, NULL,
		    &s->said, &s->said_len);
	need("sasl_client_new",
	    sasl_client_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, s->callbacks, 0, &conn),
	    SASL_OK);
	s->own = conn;
	return sasl_client_start(
	    conn, mech->name, NULL, &s->said, &s->said_len, &chosen);
}

const struct side library_client = {
	.load = load_client,
	.prepare = prepare_client,
	.step = step_client,
	.check = session_check_client,
	.close = close_connection,
};

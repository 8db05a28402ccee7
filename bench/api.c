/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The host's part: options, callbacks, starting the library. See api.h.
 */
#include "config.h"

#include "api.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "login.h"
#include "store.h"

/* What smtpd.conf would say. */
static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const struct scenario *s = context;
	const char *value = NULL;

	(void)plugin;
	if (strcmp(option, "pwcheck_method") == 0)
		value = "auxprop";
	else if (strcmp(option, "auxprop_plugin") == 0)
		value = s->sasldb != NULL ? "sasldb" : STORE_MEMORY;
	else if (strcmp(option, "sasldb_path") == 0)
		value = s->sasldb;
	else if (strcmp(option, "classic_secrets") == 0)
		value = s->secrets;
	if (value == NULL)
		return SASL_FAIL;
	*result = value;
	if (len != NULL)
		*len = (unsigned)strlen(value);
	return SASL_OK;
}

static int
print_log(void *context, int level, const char *text)
{
	(void)context;
	if (level <= SASL_LOG_FAIL)
		fprintf(stderr, "log: %s\n", text);
	return SASL_OK;
}

#define CALLBACK(function) ((int (*)(void))(void (*)(void))(function))

static void *
mutex_new(void)
{
	pthread_mutex_t *mutex = malloc(sizeof *mutex);

	if (mutex != NULL)
		pthread_mutex_init(mutex, NULL);
	return mutex;
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

static void
mutex_free(void *mutex)
{
	pthread_mutex_destroy(mutex);
	free(mutex);
}

void
api_start_server(const struct scenario *s)
{
	static sasl_callback_t callbacks[API_CALLBACKS];

	callbacks[0] = (sasl_callback_t) { SASL_CB_GETOPT, CALLBACK(get_option),
		(void *)s };
	callbacks[1] =
	    (sasl_callback_t) { SASL_CB_LOG, CALLBACK(print_log), NULL };
	callbacks[2] = (sasl_callback_t) { .id = SASL_CB_LIST_END };
	if (s->threads > 0)
		sasl_set_mutex(mutex_new, mutex_lock, mutex_unlock, mutex_free);
	fail_unless(
	    "sasl_server_init", sasl_server_init(callbacks, "bench"), SASL_OK);
}

void
api_start_client(void)
{
	fail_unless("sasl_client_init", sasl_client_init(NULL), SASL_OK);
}

void
api_client_callbacks(sasl_callback_t callbacks[API_CALLBACKS], char *user)
{
	callbacks[0] =
	    (sasl_callback_t) { SASL_CB_AUTHNAME, CALLBACK(login_name), user };
	callbacks[1] =
	    (sasl_callback_t) { SASL_CB_PASS, CALLBACK(login_secret), user };
	callbacks[2] = (sasl_callback_t) { .id = SASL_CB_LIST_END };
}

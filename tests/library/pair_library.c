/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The start of the real library, with our plugins alone: see pair.h.
 */
#include "config.h"

#include <unistd.h>

#include "host/plugin_set.h"
#include "library/own_name.h"
#include "library/pair.h"
#include "library/pair_store.h"
#include "support/test.h"

#define CALLBACK(f) ((int (*)(void))(void (*)(void))(f))

static char directory[SET_PATH]; /* with the plugins */
static pid_t owner;

/* Children of this process leave it alone. */
static void
remove_directory(void)
{
	if (getpid() == owner)
		plugin_set_remove(directory);
}

/* It is made at the first call, and gone when this process ends. */
static void
make_directory(void)
{
	if (owner != 0)
		return;
	plugin_set_make(SET_ALL, directory);
	owner = getpid();
	atexit(remove_directory);
}

/* Dear hashes are for others to measure. */
static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	static const char *const options[][2] = {
		{ "pwcheck_method", "auxprop" },
		{ "auxprop_plugin", PAIR_STORE },
		{ "classic_hash_scheme", "ssha256" },
	};
	size_t i;

	(void)context;
	(void)plugin;
	for (i = 0; i < COUNT_OF(options); i++) {
		if (strcmp(option, options[i][0]) != 0)
			continue;
		*result = options[i][1];
		if (len != NULL)
			*len = (unsigned)strlen(*result);
		return SASL_OK;
	}
	return SASL_FAIL;
}

static int
get_path(void *context, const char **path)
{
	(void)context;
	*path = directory;
	return SASL_OK;
}

static int
drop_line(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	(void)text;
	return SASL_OK;
}

void
pair_start(void)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, CALLBACK(get_option), NULL },
		{ SASL_CB_GETPATH, CALLBACK(get_path), NULL },
		{ SASL_CB_LOG, CALLBACK(drop_line), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};

	make_directory();
	own_name(PAIR_HOST);
	assert_int_equal(sasl_server_init(callbacks, "classic"), SASL_OK);
	pair_add_store();
	assert_int_equal(sasl_client_init(callbacks), SASL_OK);
}

void
pair_stop(void)
{
	sasl_server_done();
	sasl_client_done();
}

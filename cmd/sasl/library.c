/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libsasl2, started and watched: see library.h.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"
#include "sasl/library.h"

/* Files in the order in which they were looked for. */
static struct {
	char **files;
	size_t count;
} seen[LIBRARY_PLUGIN + 1];

static const char *config;
static struct library_options options_now;

static void
remember(enum library_kind kind, const char *file)
{
	size_t i;

	/* The client's side looks for the same plugins again. */
	for (i = 0; i < seen[kind].count; i++)
		if (!strcmp(seen[kind].files[i], file))
			return;
	seen[kind].files =
	    tool_grow(seen[kind].files, i + 1, sizeof(seen[kind].files[0]));
	seen[kind].files[i] = tool_copy(file);
	seen[kind].count++;
}

/* libsasl2 asks before it opens a file. What is not there is no failure. */
static int
verify_file(void *context, char *file, sasl_verify_type_t type)
{
	(void)context;
	if (type == SASL_VRFY_PASSWD)
		return SASL_OK;
	remember(
	    type == SASL_VRFY_PLUGIN ? LIBRARY_PLUGIN : LIBRARY_CONFIG, file);
	if (type == SASL_VRFY_CONF && options_now.no_config)
		return SASL_CONTINUE;
	if (access(file, F_OK) < 0)
		return errno == ENOENT ? SASL_CONTINUE : SASL_FAIL;
	if (type == SASL_VRFY_CONF && config == NULL)
		config =
		    seen[LIBRARY_CONFIG].files[seen[LIBRARY_CONFIG].count - 1];
	if (type == SASL_VRFY_PLUGIN && options_now.skip != NULL &&
	    options_now.skip(file, options_now.skip_context))
		return SASL_FAIL;
	return SASL_OK;
}

bool
library_skip_all(const char *file, void *context)
{
	(void)file;
	(void)context;
	return true;
}

int
library_start(const struct library_options *options)
{
	static sasl_callback_t callbacks[] = {
		{ SASL_CB_VERIFYFILE, INSIDE_CALLBACK(verify_file), NULL },
		{ SASL_CB_LOG, INSIDE_CALLBACK(inside_no_log), NULL },
		{ SASL_CB_GETOPT, INSIDE_CALLBACK(inside_getopt), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	int result = SASL_OK;

	options_now = *options;
	callbacks[2].context = (void *)options->settings;
	if (options->plugin_path != NULL)
		result = sasl_set_path(
		    SASL_PATH_TYPE_PLUGIN, (char *)options->plugin_path);
	if (result == SASL_OK && options->config_path != NULL)
		result = sasl_set_path(
		    SASL_PATH_TYPE_CONFIG, (char *)options->config_path);
	if (result == SASL_OK)
		result = sasl_server_init(callbacks, options->app);
	if (result == SASL_OK)
		result = inside_register();
	if (result == SASL_OK)
		result = sasl_client_init(callbacks);
	return result;
}

void
library_stop(void)
{
	enum library_kind kind;
	size_t i;

	sasl_server_done();
	sasl_client_done();
	for (kind = LIBRARY_CONFIG; kind <= LIBRARY_PLUGIN; kind++) {
		for (i = 0; i < seen[kind].count; i++)
			free(seen[kind].files[i]);
		free(seen[kind].files);
		seen[kind].files = NULL;
		seen[kind].count = 0;
	}
	config = NULL;
}

int
library_require(const struct library_options *options)
{
	int result;

	result = library_start(options);
	if (result == SASL_OK)
		return 0;
	if (result == SASL_CONFIGERR)
		tool_complain("%s has a malformed line: `sasl-classic doctor' "
			      "says which",
		    config != NULL ? config : "the configuration");
	else
		tool_complain("libsasl2 does not start: %s",
		    sasl_errstring(result, NULL, NULL));
	return -1;
}

size_t
library_count(enum library_kind kind)
{
	return seen[kind].count;
}

const char *
library_looked_for(enum library_kind kind, size_t which)
{
	return seen[kind].files[which];
}

const char *
library_config(void)
{
	return config;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Plugins that are part of the program, in place of those that plugin_file.c
 * loads.
 */
#include "config.h"

#include "support/plugin_file.h"
#include "support/test.h"

sasl_server_plug_init_t static_plain_server, static_login_server,
    static_crammd5_server;
sasl_client_plug_init_t static_plain_client, static_login_client,
    static_crammd5_client;

static const struct {
	const char *name;
	sasl_server_plug_init_t *server;
	sasl_client_plug_init_t *client;
} plugins[] = {
	{ "plain", static_plain_server, static_plain_client },
	{ "login", static_login_server, static_login_client },
	{ "crammd5", static_crammd5_server, static_crammd5_client },
};

static size_t
find(const char *name)
{
	size_t i;

	for (i = 0; i < COUNT_OF(plugins); i++)
		if (!strcmp(plugins[i].name, name))
			return i;
	fail_msg("no plugin %s in this program", name);
	return 0;
}

sasl_server_plug_init_t *
plugin_server_init(const char *name)
{
	return plugins[find(name)].server;
}

sasl_client_plug_init_t *
plugin_client_init(const char *name)
{
	return plugins[find(name)].client;
}

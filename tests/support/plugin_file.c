/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Loads the plugins; they stay loaded until the test program ends.
 */
#include "config.h"

#include <dlfcn.h>
#include <limits.h>

#include "support/plugin_file.h"
#include "support/test.h"

const char *
plugin_path(const char *name)
{
	static char path[PATH_MAX];
	const char *directory = getenv("OUR_PLUGINDIR");

	if (directory == NULL)
		fail_msg("OUR_PLUGINDIR does not tell where the plugins are");
	snprintf(path, sizeof(path), "%s/lib%s.so", directory, name);
	return path;
}

static void *
find(const char *name, const char *symbol)
{
	void *handle, *address;

	handle = dlopen(plugin_path(name), RTLD_NOW);
	if (handle == NULL)
		fail_msg("%s", dlerror());
	address = dlsym(handle, symbol);
	if (address == NULL)
		fail_msg("%s", dlerror());
	return address;
}

sasl_server_plug_init_t *
plugin_server_init(const char *name)
{
	return (sasl_server_plug_init_t *)find(name, "sasl_server_plug_init");
}

sasl_client_plug_init_t *
plugin_client_init(const char *name)
{
	return (sasl_client_plug_init_t *)find(name, "sasl_client_plug_init");
}

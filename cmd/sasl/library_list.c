/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What libsasl2 has loaded, and from which file: it names the plugin and not
 * the file, but the dynamic linker knows whose the plugin's functions are.
 */
#include "config.h"

#include <dlfcn.h>
#include <strings.h>

#include "sasl/library.h"

/* Who wants to know. */
struct request {
	library_fn *fn;
	void *context;
};

static void
report(const struct request *request, const char *name, const void *address)
{
	struct library_plugin plugin = { .name = name };
	Dl_info object;

	if (!strcasecmp(name, INSIDE_MECHANISM))
		return;
	plugin.file = "(unknown)";
	if (dladdr(address, &object) != 0 && object.dli_fname != NULL) {
		plugin.file = object.dli_fname;
		plugin.ours = mark_read(plugin.file, plugin.version);
	}
	request->fn(&plugin, request->context);
}

static void
on_server(
    server_sasl_mechanism_t *m, sasl_info_callback_stage_t stage, void *request)
{
	if (stage == SASL_INFO_LIST_MECH && m->plug != NULL)
		report(request, m->plug->mech_name,
		    (const void *)m->plug->mech_step);
}

static void
on_client(
    client_sasl_mechanism_t *m, sasl_info_callback_stage_t stage, void *request)
{
	if (stage == SASL_INFO_LIST_MECH && m->plug != NULL)
		report(request, m->plug->mech_name,
		    (const void *)m->plug->mech_step);
}

static void
on_store(
    sasl_auxprop_plug_t *plug, sasl_info_callback_stage_t stage, void *request)
{
	if (stage == SASL_INFO_LIST_MECH)
		report(request, plug->name, (const void *)plug->auxprop_lookup);
}

void
library_list(enum library_side side, library_fn *fn, void *context)
{
	struct request request = { fn, context };

	switch (side) {
	case LIBRARY_SERVER:
		sasl_server_plugin_info(NULL, on_server, &request);
		break;
	case LIBRARY_CLIENT:
		sasl_client_plugin_info(NULL, on_client, &request);
		break;
	case LIBRARY_STORE:
		auxprop_plugin_info(NULL, on_store, &request);
		break;
	}
}

/* The first of a name. */
struct search {
	const char *name;
	struct library_plugin *found;
	bool done;
};

static void
compare(const struct library_plugin *plugin, void *context)
{
	struct search *search = context;

	if (search->done || strcasecmp(plugin->name, search->name) != 0)
		return;
	*search->found = *plugin;
	search->done = true;
}

bool
library_find(
    enum library_side side, const char *name, struct library_plugin *found)
{
	struct search search = { name, found, false };

	library_list(side, compare, &search);
	return search.done;
}

const char *
library_file(void)
{
	Dl_info object;
	void *function = dlsym(RTLD_DEFAULT, "sasl_server_init");

	if (function == NULL || dladdr(function, &object) == 0)
		return "(unknown)";
	return object.dli_fname;
}

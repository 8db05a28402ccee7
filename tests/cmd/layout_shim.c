/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * layout_shim: to be preloaded. Plugins that an application registers by
 * itself are shown a table of functions in the layout that SHIM_LAYOUT names:
 * "2.2", or "none" for one that nobody knows. SHIM_PLUGIN is whose: a name that
 * sasl_server_add_plugin() is called with.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

enum { TAIL_IN_2_1 = 21, TAIL_IN_2_2 = 13, WORDS = 49 };

static sasl_server_plug_init_t *shown;

static int
show_other_layout(const sasl_utils_t *utils, int max_version, int *out_version,
    sasl_server_plug_t **list, int *count)
{
	static void *words[WORDS];
	const char *layout = getenv("SHIM_LAYOUT");

	memcpy(words, utils, sizeof(words));
	if (!strcmp(layout, "2.2"))
		memmove(words + TAIL_IN_2_2, words + TAIL_IN_2_1,
		    (WORDS - TAIL_IN_2_1) * sizeof(words[0]));
	else
		memset(words + TAIL_IN_2_2, 0,
		    (WORDS - TAIL_IN_2_2) * sizeof(words[0]));
	return shown((const sasl_utils_t *)(void *)words, max_version,
	    out_version, list, count);
}

/* 2.2 cannot be started a second time in a process. */
int
sasl_server_init(const sasl_callback_t *callbacks, const char *name)
{
	int (*real)(const sasl_callback_t *, const char *);
	void *function = dlsym(RTLD_NEXT, "sasl_server_init");
	static bool started;

	if (started && !strcmp(getenv("SHIM_LAYOUT"), "2.2"))
		return SASL_FAIL;
	started = true;
	memcpy(&real, &function, sizeof(real));
	return real(callbacks, name);
}

int
sasl_server_add_plugin(const char *name, sasl_server_plug_init_t *init)
{
	int (*real)(const char *, sasl_server_plug_init_t *);
	const char *whose = getenv("SHIM_PLUGIN");
	void *function = dlsym(RTLD_NEXT, "sasl_server_add_plugin");

	memcpy(&real, &function, sizeof(real));
	if (whose == NULL || strcmp(name, whose) != 0)
		return real(name, init);
	shown = init;
	return real(name, show_other_layout);
}

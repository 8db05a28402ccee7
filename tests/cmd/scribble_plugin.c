/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * scribble_plugin: an auxprop plugin that does what a process can do that has
 * been taken over while it read a store: all memory that it shares with others
 * is overwritten, and into each pipe it says that a plugin is being loaded.
 */
#include <sys/mman.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

sasl_auxprop_init_t sasl_auxprop_plug_init;

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long low, high;
	char line[512];
	int fd;

	(void)context;
	(void)params;
	(void)flags;
	(void)user;
	(void)len;
	while (maps != NULL && fgets(line, sizeof(line), maps) != NULL)
		if (sscanf(line, "%lx-%lx rw-s", &low, &high) == 2 &&
		    strstr(line, "rw-s") != NULL)
			memset((void *)low, 0xff, high - low);
	if (maps != NULL)
		fclose(maps);
	signal(SIGPIPE, SIG_IGN);
	for (fd = 3; fd < 256; fd++)
		dprintf(fd, "loading\t/nowhere\n");
	return SASL_NOUSER;
}

static char name[] = "scribble";
static sasl_auxprop_plug_t plug = { .auxprop_lookup = look_up, .name = name };

int
sasl_auxprop_plug_init(const sasl_utils_t *utils, int max_version,
    int *out_version, sasl_auxprop_plug_t **out, const char *plugname)
{
	(void)utils;
	(void)max_version;
	(void)plugname;
	*out_version = SASL_AUXPROP_PLUG_VERSION;
	*out = &plug;
	return SASL_OK;
}

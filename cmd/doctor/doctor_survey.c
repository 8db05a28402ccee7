/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where libsasl2 looks: asked of the library itself, which is started without
 * being let load anything.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/util.h"

/* The one that is there, or else where libsasl2 looks first, or NULL. */
static char *
first_config(void)
{
	size_t i, n = library_count(LIBRARY_CONFIG);

	for (i = 0; i < n; i++)
		if (access(library_looked_for(LIBRARY_CONFIG, i), F_OK) == 0)
			return util_copy(library_looked_for(LIBRARY_CONFIG, i));
	return n > 0 ? util_copy(library_looked_for(LIBRARY_CONFIG, 0)) : NULL;
}

/* Not where the service's file is looked for: it is a program by itself. */
static char *
saslpasswd_config(void)
{
	const struct library_options library = {
		.app = "saslpasswd",
		.no_config = true,
		.skip = library_skip_all,
	};
	char *config;

	(void)library_start(&library);
	config = first_config();
	library_stop();
	return config;
}

static void
take_files(struct doctor *d)
{
	size_t i, n = library_count(LIBRARY_PLUGIN);
	struct doctor_file *f;

	d->files = util_alloc((n + 1) * sizeof(d->files[0]));
	d->file_count = n;
	for (i = 0; i < n; i++) {
		f = &d->files[i];
		f->path = util_copy(library_looked_for(LIBRARY_PLUGIN, i));
		f->ours = library_version(f->path, f->version);
	}
}

static void
take_configs(struct doctor *d)
{
	size_t i, n = library_count(LIBRARY_CONFIG);

	d->configs = util_alloc((n + 1) * sizeof(d->configs[0]));
	d->config_count = n;
	for (i = 0; i < n; i++) {
		d->configs[i] =
		    util_copy(library_looked_for(LIBRARY_CONFIG, i));
		if (d->config == NULL && access(d->configs[i], F_OK) == 0)
			d->config = d->configs[i];
	}
}

/* The path that holds, as far as anybody says so. */
static char *
plugin_path(const struct cmdline *o)
{
	const char *variable =
	    !strcmp(probe_layout(), "2.2") ? "SASL_PLUGINDIR" : "SASL_PATH";
	const char *path = o->plugin_dir;

	if (path == NULL)
		path = getenv(variable);
	return util_copy(path);
}

void
doctor_survey(struct doctor *d)
{
	const struct cmdline *o = d->options;
	struct library_options library = {
		.app = o->service,
		.plugin_path = o->plugin_dir,
		.config_path =
		    o->config_dir != NULL ? o->config_dir : d->here.path,
		.no_config = true,
		.skip = library_skip_all,
	};

	d->saslpasswd = saslpasswd_config(); /* paths once set are kept */
	if (library_start(&library) == SASL_BADVERS)
		DOCTOR_FAULT(d, "unknown-layout",
		    util_format(
			"%s is neither libsasl2 2.1 nor 2.2", library_file()),
		    util_copy("sasl-classic refuses to work with it; a newer "
			      "version may know it"));
	take_configs(d);
	take_files(d);
	d->plugin_path = plugin_path(o);
	library_stop();
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on plugin files: does each load, and if not, why? That is tried in
 * a process of its own, since who knows what a file does.
 */
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "doctor/doctor.h"
#include "sasl/login.h"
#include "lib/file.h"
#include "lib/util.h"

/* One file, and what became of it in the other process. */
struct attempt {
	struct doctor *d;
	struct doctor_file *file;
	char *error;	 /* of the dynamic linker */
	char *answers;	 /* of the entry points that there are */
	bool any, loads; /* there is one; one has succeeded */
	bool wrong_layout;
	bool no_library; /* nothing could be tried */
};

/* Call one entry point as libsasl2 does. */
static void
try_entry(FILE *answer, void *plugin, const char *entry,
    int (*add)(const char *, void *))
{
	void *function = dlsym(plugin, entry);

	if (function != NULL)
		run_as_tell(answer, "entry", entry,
		    login_code(add("doctor", function)), NULL);
}

static int
add_server(const char *name, void *function)
{
	sasl_server_plug_init_t *init;

	memcpy(&init, &function, sizeof(init));
	return sasl_server_add_plugin(name, init);
}

static int
add_client(const char *name, void *function)
{
	sasl_client_plug_init_t *init;

	memcpy(&init, &function, sizeof(init));
	return sasl_client_add_plugin(name, init);
}

static int
add_store(const char *name, void *function)
{
	sasl_auxprop_init_t *init;

	memcpy(&init, &function, sizeof(init));
	return sasl_auxprop_add_plugin(name, init);
}

static int
add_names(const char *name, void *function)
{
	sasl_canonuser_init_t *init;

	memcpy(&init, &function, sizeof(init));
	return sasl_canonuser_add_plugin(name, init);
}

static void
ask(FILE *answer, void *context)
{
	struct attempt *p = context;
	const struct doctor *d = p->d;
	struct library_options library = { .plugin_path = "",
		.skip = library_skip_all };
	void *plugin;

	if (!conf_file_refused(&d->settings)) {
		library.app = d->options->service;
		library.config_path = d->options->config_dir != NULL
					  ? d->options->config_dir
					  : d->here.path;
	}
	if (library_start(&library) != SASL_OK) {
		run_as_tell(answer, "no-library", NULL); /* reported later */
		return;
	}
	plugin = dlopen(p->file->path, RTLD_NOW);
	if (plugin == NULL) {
		run_as_tell(answer, "error", dlerror(), NULL);
		return;
	}
	try_entry(answer, plugin, "sasl_server_plug_init", add_server);
	try_entry(answer, plugin, "sasl_client_plug_init", add_client);
	try_entry(answer, plugin, "sasl_auxprop_plug_init", add_store);
	try_entry(answer, plugin, "sasl_canonuser_init", add_names);
}

static void
take(void *context, char *line)
{
	struct attempt *p = context;
	char *kind = run_as_next(&line), *entry, *code, *more;

	if (!strcmp(kind, "no-library")) {
		p->no_library = true;
		return;
	}
	if (!strcmp(kind, "error")) {
		free(p->error);
		p->error = util_copy(run_as_next(&line));
		return;
	}
	entry = run_as_next(&line);
	code = run_as_next(&line);
	p->any = true;
	p->loads = p->loads || !strcmp(code, "SASL_OK");
	p->wrong_layout = p->wrong_layout || !strcmp(code, "SASL_BADVERS");
	more =
	    util_format("%s%s%s gives %s", p->answers != NULL ? p->answers : "",
		p->answers != NULL ? ", " : "", entry, code);
	free(p->answers);
	p->answers = more;
}

/* Nobody can load it. */
static void
report_error(struct doctor *d, const struct attempt *p)
{
	struct stat st;

	if (stat(p->file->path, &st) < 0)
		DOCTOR_FAULT(d, "plugin-broken",
		    util_format("%s cannot be loaded: %s", p->file->path,
			strerror(errno)),
		    util_copy("it is a link to nothing: install the package "
			      "it came with again, or remove it"));
	else
		DOCTOR_FAULT(d, "plugin-broken",
		    util_format(
			"%s cannot be loaded: %s", p->file->path, p->error),
		    util_copy("install what it misses, or the package it came "
			      "with again, or remove it"));
}

/* What ours says of itself; a foreign one may have its reasons. */
static void
report_ours(struct doctor *d, const struct attempt *p)
{
	if (p->wrong_layout)
		DOCTOR_FAULT(d, "wrong-layout",
		    util_format("%s refuses this libsasl2, which it does not "
				"know: %s",
			p->file->path, p->answers),
		    util_copy("install a sasl-classic that was made for it"));
	else if (!p->loads)
		DOCTOR_FAULT(d, "plugin-refuses",
		    util_format(
			"%s will not work here: %s", p->file->path, p->answers),
		    util_copy("the system's log says why"));
}

static void
report_end(struct doctor *d, struct doctor_file *file, char *end)
{
	file->crashes = true;
	DOCTOR_FAULT(d, "plugin-crashes",
	    util_format("%s: a process that loads it ends %s", file->path, end),
	    util_copy("remove it: no daemon that uses libsasl2 can start with "
		      "it"));
	free(end);
}

static void
check_file(struct doctor *d, struct doctor_file *file)
{
	struct attempt p = { .d = d, .file = file };
	const struct run_as here = { NULL, NULL };
	int end;

	end = run_as(&here, ask, take, &p);
	file->loads = p.loads;
	if (end > 0)
		report_end(d, file, run_as_end(end));
	else if (p.no_library)
		;
	else if (p.error != NULL)
		report_error(d, &p);
	else if (!p.any && end == RUN_AS_DONE)
		DOCTOR_WARN(d, "not-a-plugin",
		    util_format("%s is no plugin of libsasl2", file->path),
		    util_copy("move it out of the directory"));
	else if (file->ours)
		report_ours(d, &p);
	free(p.error);
	free(p.answers);
}

/* Who may write to a plugin is root, as soon as it is loaded. */
static bool
is_trusted(struct doctor *d, struct doctor_file *file)
{
	struct file_breach breach;

	if (file_is_trusted(file->path, &breach))
		return true;
	DOCTOR_FAULT(d, "plugin-writable",
	    util_format("%s, and can have daemons run anything as root by it: "
			"nothing of it was loaded",
		breach.who),
	    breach.advice);
	free(breach.who);
	return false;
}

void
doctor_check_files(struct doctor *d)
{
	struct doctor_file *file;
	size_t i;

	for (i = 0; i < d->file_count; i++) {
		file = &d->files[i];
		file->trusted = is_trusted(d, file);
		if (file->trusted)
			check_file(d, file);
	}
}

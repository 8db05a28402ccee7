/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on plugins: which files libsasl2 looks for, whether others can
 * change them, and which one provides each mechanism.
 */
#include "config.h"

#include <glob.h>
#include <libgen.h>

#include "doctor/doctor.h"
#include "lib/file.h"

static const struct run_as here = { .user = NULL };

/* --- What libsasl2 looks for ---------------------------------------------- */

static bool
note_file(void *context, const char *file, bool is_plugin)
{
	(void)context;
	run_as_tell(is_plugin ? "plugin" : "configuration", file, NULL);
	return false;
}

static void
ask_survey(void *context)
{
	const struct doctor *d = context;
	struct library_options library = service_library(d->options, &d->here);
	int result;

	library.look = note_file;
	result = library_start(&library);
	run_as_tell("library", library_file(), library_version(),
	    probe_layout(), result == SASL_BADVERS ? "unknown" : "", NULL);
}

/* A plugin may come twice: the client's side looks for the same ones again. */
static void
take_survey(void *context, char *record)
{
	struct doctor *d = context;
	const char *what = run_as_next(&record);
	const char *text = util_copy(run_as_next(&record));

	if (!strcmp(what, "library")) {
		d->library = text;
		d->version = util_copy(run_as_next(&record));
		d->layout = util_copy(run_as_next(&record));
		d->unknown_layout = *run_as_next(&record) != '\0';
	} else if (!strcmp(what, "configuration")) {
		d->configs = util_grow(
		    d->configs, d->config_count, sizeof(d->configs[0]));
		d->configs[d->config_count++] = text;
	} else {
		d->files =
		    util_grow(d->files, d->file_count, sizeof(d->files[0]));
		d->files[d->file_count++].path = text;
	}
}

void
check_survey(struct doctor *d)
{
	size_t i;

	(void)run_as(&here, ask_survey, take_survey, d);
	if (d->layout == NULL) {
		FIND(d, LIBRARY_FAILURE, "the process ends");
		d->stopped = true;
	}
	if (d->unknown_layout)
		FIND(d, UNKNOWN_LAYOUT, d->library);
	for (i = d->config_count; i-- > 0;)
		if (access(d->configs[i], F_OK) == 0)
			d->config = d->configs[i];
}

/* libsasl2, but not Debian's, leaves what has a .la beside it alone. */
static void
check_hidden(struct doctor *d, const char *directory)
{
	char version[MAX_PLUGIN_VERSION];
	const char *la, *file;
	glob_t found;
	size_t i, j;

	if (glob(util_format("%s/*.la", directory), 0, NULL, &found) != 0)
		return;
	for (i = 0; i < found.gl_pathc; i++) {
		la = util_copy(found.gl_pathv[i]);
		file = util_format("%.*sso", (int)strlen(la) - 2, la);
		for (j = 0; j < d->file_count; j++)
			if (!strcmp(d->files[j].path, file))
				break;
		if (j == d->file_count && library_plugin_version(file, version))
			FIND(d, PLUGIN_HIDDEN, file, la);
	}
	globfree(&found);
}

/* Whoever may write to a plugin becomes root as soon as root loads it. */
void
check_plugins(struct doctor *d)
{
	struct file_breach breach;
	struct doctor_file *f;
	const char *crash;

	if (d->file_count == 0)
		FIND(d, NO_PLUGINS,
		    d->options->plugin_dir != NULL
			? d->options->plugin_dir
			: "the directory it was built with");
	else
		check_hidden(d, dirname(util_copy(d->files[0].path)));
	for (f = d->files; f < d->files + d->file_count; f++) {
		f->trusted = file_is_trusted(f->path, 0, &breach);
		if (!f->trusted) {
			FIND(d, PLUGIN_WRITABLE, breach.who, breach.advice);
			d->stopped = true;
		} else if ((crash = conf_file_get(&d->crashes, f->path)) !=
			   NULL)
			FIND(d, PLUGIN_CRASH, f->path, crash);
	}
	if (doctor_option(d, "plugin_list") != NULL) {
		FIND(d, PLUGIN_LIST, doctor_config(d, "plugin_list"),
		    doctor_spelt(d, "plugin_list"));
		d->stopped = true;
	}
}

/* --- Mechanisms ----------------------------------------------------------- */

/* Why a mechanism that is there is not offered. */
static void
check_offer(struct doctor *d, const char *name)
{
	const char *list = doctor_option(d, "mech_list");
	const char *advertise = doctor_option(d, "classic_crammd5_advertise");

	if (list != NULL && !conf_has_word(list, name))
		FIND(d, MECHANISM_FILTERED, name, doctor_config(d, "mech_list"),
		    util_format(
			"/^%s:/Is/$/ %s/", doctor_spelt(d, "mech_list"), name));
	else if (strcmp(name, "CRAM-MD5") != 0)
		FIND(d, NOT_OFFERED, name);
	else if (advertise != NULL && !strcasecmp(advertise, "no"))
		FIND(d, CRAMMD5_HIDDEN, "classic_crammd5_advertise is no");
	else if (!doctor_uses(d, "auxprop"))
		FIND(d, CRAMMD5_HIDDEN,
		    "it needs stored secrets, and pwcheck_method does not name "
		    "auxprop");
	else
		FIND(d, CRAMMD5_HIDDEN,
		    "this machine may be in FIPS mode, see sasl-classic(7)");
}

void
check_mechanisms(struct doctor *d)
{
	struct library_plugin first, other;
	const char *const *name;
	size_t n;

	for (name = service_mechanisms; *name != NULL; name++) {
		n = library_find(LIBRARY_SERVER, *name, 0, &first);
		if (n > 0 && !first.ours)
			FIND(d, FOREIGN_PLUGIN, *name, first.file);
		for (; n > 0 && library_find(LIBRARY_SERVER, *name, n, &other);
		     n++)
			FIND(d, DUPLICATE_PLUGIN, *name, first.file, other.file,
			    first.ours ? other.file : first.file);
		if (!doctor_expects(d, *name))
			continue;
		if (n == 0 && FOUND(d, PLUGIN_HIDDEN))
			continue;
		if (n == 0)
			FIND(d, NO_PLUGIN, *name,
			    d->file_count > 0
				? dirname(util_copy(d->files[0].path))
				: PLUGIN_DIRECTORY);
		else if (!conf_has_word(d->offer, *name))
			check_offer(d, *name);
	}
}

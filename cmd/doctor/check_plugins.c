/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on plugins: which files libsasl2 looks for, whether others can
 * change them, and which one provides each mechanism.
 */
#include "config.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/file.h"
#include "lib/util.h"
#include "sasl/library.h"

static const struct run_as here = { .user = NULL };

/* --- What libsasl2 looks for ---------------------------------------------- */

static void
ask_survey(void *context)
{
	struct doctor *d = context;
	struct library_options library = doctor_library(d);
	size_t i;

	library.no_config = true;
	library.skip = library_skip_all;
	d->unknown_layout = library_start(&library) == SASL_BADVERS;
	snprintf(d->library, sizeof(d->library), "%s", library_file());
	snprintf(d->version, sizeof(d->version), "%s", library_version());
	for (i = 0; i < library_count(LIBRARY_CONFIG) && i < MAX_CONFIGS; i++)
		snprintf(d->configs[i], PATH_MAX, "%s",
		    library_looked_for(LIBRARY_CONFIG, i));
	d->config_count = i;
	for (i = 0; i < library_count(LIBRARY_PLUGIN) && i < MAX_FILES; i++)
		snprintf(d->files[i].path, PATH_MAX, "%s",
		    library_looked_for(LIBRARY_PLUGIN, i));
	d->file_count = i;
	snprintf(d->layout, sizeof(d->layout), "%s", probe_layout());
}

void
check_survey(struct doctor *d)
{
	size_t i;

	(void)run_as(&here, ask_survey, NULL, d);
	if (*d->layout == '\0') {
		FIND(d, LIBRARY_FAILURE, "the process ends");
		d->stopped = true;
	}
	if (d->unknown_layout)
		FIND(d, UNKNOWN_LAYOUT, d->library);
	for (i = d->config_count; i-- > 0;)
		if (access(d->configs[i], F_OK) == 0)
			d->config = d->configs[i];
}

/* Whoever may write to a plugin becomes root as soon as root loads it. */
void
check_plugins(struct doctor *d)
{
	struct file_breach breach;
	struct doctor_file *f;

	if (d->file_count == 0)
		FIND(d, NO_PLUGINS,
		    d->options->plugin_dir != NULL
			? d->options->plugin_dir
			: "the directory it was built with");
	for (f = d->files; f < d->files + d->file_count; f++) {
		f->trusted = file_is_trusted(f->path, &breach);
		if (!f->trusted) {
			FIND(d, PLUGIN_WRITABLE, breach.who, breach.advice);
			file_breach_free(&breach);
			d->stopped = true;
		} else if (*f->crash != '\0')
			FIND(d, PLUGIN_CRASH, f->path, f->crash);
	}
	if (doctor_option(d, "plugin_list") != NULL) {
		FIND(d, PLUGIN_LIST, doctor_config(d));
		d->stopped = true;
	}
}

/* --- Mechanisms ----------------------------------------------------------- */

/* All plugins of a name, the first of which is in use. */
struct rivals {
	struct doctor *d;
	const char *name;
	struct library_plugin first;
	size_t count;
};

static void
take_rival(const struct library_plugin *plugin, void *context)
{
	struct rivals *r = context;

	if (strcasecmp(plugin->name, r->name) != 0)
		return;
	if (r->count++ == 0)
		r->first = *plugin;
	else
		FIND(r->d, DUPLICATE_PLUGIN, r->name, r->first.file,
		    plugin->file, r->first.ours ? plugin->file : r->first.file);
}

/* Why a mechanism that is there is not offered. */
static void
check_offer(struct doctor *d, const char *name)
{
	const char *list = doctor_option(d, "mech_list");
	const char *advertise = doctor_option(d, "classic_crammd5_advertise");

	if (list != NULL && !conf_has_word(list, name))
		FIND(d, MECHANISM_FILTERED, name, doctor_config(d),
		    doctor_text("/^mech_list:/Is/$/ %s/", name));
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
	struct rivals r;
	size_t i;

	for (i = 0; doctor_mechanisms[i] != NULL; i++) {
		r = (struct rivals) { .d = d, .name = doctor_mechanisms[i] };
		library_list(LIBRARY_SERVER, take_rival, &r);
		if (r.count > 0 && !r.first.ours)
			FIND(d, FOREIGN_PLUGIN, r.name, r.first.file);
		if (!doctor_expects(d, r.name))
			continue;
		if (r.count == 0)
			FIND(d, NO_PLUGIN, r.name,
			    d->file_count > 0
				? doctor_directory(d->files[0].path)
				: PLUGIN_DIRECTORY);
		else if (!conf_has_word(d->offer, r.name))
			check_offer(d, r.name);
	}
}

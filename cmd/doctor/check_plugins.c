/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on plugins: which files libsasl2 looks for, whether each of them
 * loads, which one provides each mechanism, and files of ours that libsasl2
 * does not see. All that might do harm is done in other processes.
 */
#include "config.h"

#include <sys/stat.h>
#include <dlfcn.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/file.h"
#include "lib/util.h"
#include "sasl/login.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const struct run_as here = { .user = NULL };

/* --- What libsasl2 looks for ---------------------------------------------- */

static void
ask_survey(FILE *answer, void *context)
{
	struct doctor *d = context;
	struct library_options library = doctor_library(d);
	size_t i;

	(void)answer;
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

/* The file that is there, or the place where saslpasswd2 looks first. */
static void
ask_saslpasswd(FILE *answer, void *context)
{
	const struct library_options library = {
		.app = "saslpasswd",
		.no_config = true,
		.skip = library_skip_all,
	};
	struct doctor *d = context;
	const char *path;
	size_t i;

	(void)answer;
	(void)library_start(&library);
	for (i = 0; i < library_count(LIBRARY_CONFIG); i++) {
		path = library_looked_for(LIBRARY_CONFIG, i);
		if (i == 0 || access(path, F_OK) == 0)
			snprintf(d->saslpasswd, PATH_MAX, "%s", path);
		if (access(path, F_OK) == 0)
			break;
	}
}

void
check_survey(struct doctor *d)
{
	const char *path = d->options->plugin_dir;
	size_t i;

	(void)doctor_ask(&here, ask_saslpasswd, d);
	(void)doctor_ask(&here, ask_survey, d);
	if (*d->layout == '\0') {
		FIND(d, LIBRARY_FAILURE, "the process ends");
		d->stopped = true;
		return;
	}
	if (d->unknown_layout)
		FIND(d, UNKNOWN_LAYOUT, d->library);
	for (i = 0; i < d->file_count; i++)
		d->files[i].ours = library_plugin_version(
		    d->files[i].path, d->files[i].version);
	for (i = d->config_count; i-- > 0;)
		if (access(d->configs[i], F_OK) == 0)
			d->config = d->configs[i];
	if (path == NULL)
		path = getenv(
		    !strcmp(d->layout, "2.2") ? "SASL_PLUGINDIR" : "SASL_PATH");
	if (path != NULL && d->options->plugin_dir == NULL)
		FIND(d, PLUGIN_PATH, path);
	d->plugin_path = path;
}

/* --- Does each file load? ------------------------------------------------- */

#define ENTRY(function, type, add) \
	static int function(const char *name, void *entry) \
	{ \
		type *init; \
\
		memcpy(&init, &entry, sizeof(init)); \
		return add(name, init); \
	}

ENTRY(add_server, sasl_server_plug_init_t, sasl_server_add_plugin)
ENTRY(add_client, sasl_client_plug_init_t, sasl_client_add_plugin)
ENTRY(add_store, sasl_auxprop_init_t, sasl_auxprop_add_plugin)
ENTRY(add_names, sasl_canonuser_init_t, sasl_canonuser_add_plugin)

static const struct {
	const char *name;
	int (*add)(const char *name, void *entry);
} entries[] = {
	{ "sasl_server_plug_init", add_server },
	{ "sasl_client_plug_init", add_client },
	{ "sasl_auxprop_plug_init", add_store },
	{ "sasl_canonuser_init", add_names },
};

static void
try_file(struct doctor_file *f)
{
	void *plugin = dlopen(f->path, RTLD_NOW), *entry;
	size_t i, used = 0;
	int code;

	if (plugin == NULL)
		snprintf(f->error, sizeof(f->error), "%s", dlerror());
	for (i = 0; plugin != NULL && i < COUNT_OF(entries); i++) {
		entry = dlsym(plugin, entries[i].name);
		if (entry == NULL)
			continue;
		code = entries[i].add("doctor", entry);
		f->loads |= code == SASL_OK;
		used += (size_t)snprintf(f->answers + used,
		    sizeof(f->answers) - used, "%s%s gives %s",
		    used > 0 ? ", " : "", entries[i].name, login_code(code));
	}
}

static void
ask_files(FILE *answer, void *context)
{
	struct doctor *d = context;
	struct library_options library = doctor_library(d);

	(void)answer;
	library.plugin_path = "";
	library.skip = library_skip_all;
	if (library_start(&library) != SASL_OK)
		return; /* start() says why */
	for (; d->tried < d->file_count; d->tried++)
		if (d->files[d->tried].trusted)
			try_file(&d->files[d->tried]);
}

/* All in one process; if a file ends it, the rest in another one. */
static void
try_files(struct doctor *d)
{
	struct doctor_file *f;
	char *text;
	int end;

	for (; d->tried < d->file_count; d->tried++) {
		end = doctor_ask(&here, ask_files, d);
		if (end <= 0)
			break;
		text = run_as_end(end);
		d->files[d->tried].crashes = true;
		FIND(d, PLUGIN_CRASH, d->files[d->tried].path, text);
		free(text);
	}
	for (f = d->files; f < d->files + d->file_count; f++)
		if (*f->error != '\0')
			FIND(d, PLUGIN_BROKEN, f->path, f->error);
		else if (f->ours && !d->unknown_layout && *f->answers != '\0' &&
			 (!f->loads || strstr(f->answers, "BADVERS") != NULL))
			FIND(d, PLUGIN_REFUSAL, f->path, f->answers);
}

/* Whoever may write to a plugin becomes root as soon as root loads it. */
static void
check_trust(struct doctor *d, struct doctor_file *f)
{
	struct file_breach breach;

	f->trusted = file_is_trusted(f->path, &breach);
	if (f->trusted)
		return;
	FIND(d, PLUGIN_WRITABLE, breach.who, breach.advice);
	file_breach_free(&breach);
	d->stopped = true;
}

/* --- Files that libsasl2 does not see ------------------------------------- */

/* A plugin of ours in some directory: is it one of those that are searched? */
static void
check_seen(struct doctor *d, const char *path)
{
	const char *directory = doctor_directory(path), *each, *right;
	const char *name = path + strlen(directory) + 1, *end;
	size_t i;

	for (i = 0; i < d->file_count; i++)
		if (doctor_same_file(path, d->files[i].path))
			return;
	for (i = 0; i < d->file_count; i++) {
		each = doctor_directory(d->files[i].path);
		if (!doctor_same_file(each, directory))
			continue;
		right = doctor_text(
		    "%s/%.*s.so", directory, (int)strcspn(name, "."), name);
		end = strrchr(name, '.');
		/* Our own advice has put some aside. */
		if (strcmp(end, ".unused") != 0 &&
		    strcmp(end, ".broken") != 0 && access(right, F_OK) < 0)
			FIND(d, WRONG_NAME, path, name, right);
		return;
	}
	FIND(d, WRONG_DIRECTORY, path,
	    d->file_count > 0 ? doctor_directory(d->files[0].path)
			      : PLUGIN_DIRECTORY);
}

/* In the directories that are searched, and where plugins were installed with
 * the wrong prefix. */
static void
check_unseen(struct doctor *d)
{
	static const char *const names[] = { "plain", "login", "crammd5",
		"passwdfile" };
	static const char *const places[] = { "/usr/lib*/sasl2",
		"/usr/lib/*/sasl2", "/usr/local/lib*/sasl2",
		"/usr/local/lib/*/sasl2", "/opt/*/lib*/sasl2" };
	char version[MAX_PLUGIN_VERSION];
	const char *place;
	size_t i, j, k;
	glob_t found;

	for (i = d->plugin_path != NULL ? COUNT_OF(places) : 0;
	     i < COUNT_OF(places) + d->file_count; i++) {
		place =
		    i < COUNT_OF(places)
			? places[i]
			: doctor_directory(d->files[i - COUNT_OF(places)].path);
		if (i > COUNT_OF(places) &&
		    !strncmp(place, d->files[i - COUNT_OF(places) - 1].path,
			strlen(place)))
			continue; /* that directory was the last one, too */
		for (j = 0; j < COUNT_OF(names); j++) {
			if (glob(doctor_text("%s/lib%s.so*", place, names[j]),
				0, NULL, &found) != 0)
				continue;
			for (k = 0; k < found.gl_pathc; k++)
				if (library_plugin_version(
					found.gl_pathv[k], version))
					check_seen(d, found.gl_pathv[k]);
			globfree(&found);
		}
	}
}

void
check_plugins(struct doctor *d)
{
	char *path = util_copy(d->plugin_path), *rest = path, *directory;
	struct stat st;
	size_t i;

	while ((directory = strsep(&rest, ":=")) != NULL)
		if (stat(directory, &st) < 0 || !S_ISDIR(st.st_mode))
			FIND(d, NO_PLUGIN_DIRECTORY, directory);
	free(path);
	check_unseen(d);
	if (d->file_count == 0)
		FIND(d, NO_PLUGINS,
		    d->plugin_path != NULL ? d->plugin_path
					   : "the directory it was built with",
		    PLUGIN_DIRECTORY);
	for (i = 0; i < d->file_count; i++)
		check_trust(d, &d->files[i]);
	if (doctor_option(d, "plugin_list") != NULL) {
		FIND(d, PLUGIN_LIST, doctor_config(d));
		d->stopped = true;
	}
	try_files(d);
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
		/* 2.2 takes a file of 2.1, and then jumps to nowhere. */
		if (r.count > 0 && !r.first.ours && !strcmp(d->layout, "2.2") &&
		    i > 0)
			FIND(d, OLD_PLUGIN, r.first.file, r.name);
		if (!doctor_expects(d, r.name))
			continue;
		if (r.count == 0)
			FIND(d, NO_PLUGIN, r.name, PLUGIN_DIRECTORY);
		else if (!conf_has_word(d->offer, r.name))
			check_offer(d, r.name);
	}
}

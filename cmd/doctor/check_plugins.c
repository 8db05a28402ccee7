/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on plugins: which files libsasl2 looks for, whether each of them
 * loads, who answers to each mechanism, and files of ours where nobody looks.
 * All that might do harm is done in other processes.
 */
#include "config.h"

#include <sys/stat.h>
#include <dirent.h>
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

/* --- What libsasl2 looks for ---------------------------------------------- */

/* Ask a process of its own, by our own eyes. */
static int
ask_elsewhere(
    void (*ask)(FILE *, void *), void (*take)(void *, char *), struct doctor *d)
{
	const struct run_as here = { .user = NULL };

	return run_as(&here, ask, take, d);
}

static void
tell_files(FILE *answer, const char *kind, enum library_kind which)
{
	size_t i;

	for (i = 0; i < library_count(which); i++)
		run_as_tell(answer, kind, library_looked_for(which, i), NULL);
}

static void
ask_survey(FILE *answer, void *context)
{
	struct library_options library = doctor_library(context);
	int result;

	library.no_config = true;
	library.skip = library_skip_all;
	result = library_start(&library);
	run_as_tell(answer, "library", library_file(), library_version(),
	    probe_layout(), result == SASL_BADVERS ? "unknown" : "", NULL);
	tell_files(answer, "config", LIBRARY_CONFIG);
	tell_files(answer, "plugin", LIBRARY_PLUGIN);
}

/* Not where the server's file is looked for: it is a program by itself. */
static void
ask_saslpasswd(FILE *answer, void *context)
{
	const struct library_options library = {
		.app = "saslpasswd",
		.no_config = true,
		.skip = library_skip_all,
	};

	(void)context;
	(void)library_start(&library);
	tell_files(answer, "saslpasswd", LIBRARY_CONFIG);
}

static void
take_plugin(struct doctor *d, const char *path)
{
	struct doctor_file *f;

	d->files = util_grow(d->files, d->file_count + 1, sizeof(d->files[0]));
	f = &d->files[d->file_count++];
	memset(f, 0, sizeof(*f));
	f->path = util_copy(path);
	f->ours = library_plugin_version(f->path, f->version);
}

static void
take_config(struct doctor *d, const char *path)
{
	d->configs =
	    util_grow(d->configs, d->config_count + 1, sizeof(d->configs[0]));
	d->configs[d->config_count++] = util_copy(path);
	if (d->config == NULL && access(path, F_OK) == 0)
		d->config = d->configs[d->config_count - 1];
}

static void
take_survey(void *context, char *line)
{
	struct doctor *d = context;
	const char *kind = run_as_next(&line), *text = run_as_next(&line);

	if (!strcmp(kind, "plugin"))
		take_plugin(d, text);
	else if (!strcmp(kind, "config"))
		take_config(d, text);
	else if (!strcmp(kind, "saslpasswd")) {
		/* The one that is there, or where it looks first. */
		if (d->saslpasswd == NULL || (access(d->saslpasswd, F_OK) < 0 &&
						 access(text, F_OK) == 0)) {
			free(d->saslpasswd);
			d->saslpasswd = util_copy(text);
		}
	} else {
		d->library = util_copy(text);
		d->version = util_copy(run_as_next(&line));
		d->layout = util_copy(run_as_next(&line));
		if (*run_as_next(&line) != '\0')
			FIND(d, FIND_UNKNOWN_LAYOUT, d->library);
	}
}

void
check_survey(struct doctor *d)
{
	const char *path = d->options->plugin_dir;

	(void)ask_elsewhere(ask_saslpasswd, take_survey, d);
	(void)ask_elsewhere(ask_survey, take_survey, d);
	if (d->layout == NULL) {
		FIND(d, FIND_LIBRARY_FAILURE, "it ends the process");
		d->not_tried = true;
		return;
	}
	if (path == NULL)
		path = getenv(
		    !strcmp(d->layout, "2.2") ? "SASL_PLUGINDIR" : "SASL_PATH");
	d->plugin_path = util_copy(path);
	if (path != NULL && d->options->plugin_dir == NULL)
		FIND(d, FIND_PLUGIN_PATH, path);
}

/* --- Does each file load? ------------------------------------------------- */

/* The files, from one on, and what became of them in the other process. */
struct attempt {
	struct doctor *d;
	size_t first, now; /* the one that is tried */
	char *error;	   /* of the dynamic linker */
	char *answers;	   /* of the entry points that there are */
	bool wrong_layout;
	bool no_library; /* nothing could be tried */
};

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
try_file(FILE *answer, const char *path)
{
	void *plugin = dlopen(path, RTLD_NOW), *entry;
	size_t i;

	if (plugin == NULL) {
		run_as_tell(answer, "error", dlerror(), NULL);
		return;
	}
	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		entry = dlsym(plugin, entries[i].name);
		if (entry != NULL)
			run_as_tell(answer, "entry", entries[i].name,
			    login_code(entries[i].add("doctor", entry)), NULL);
	}
}

static void
ask_files(FILE *answer, void *context)
{
	const struct attempt *a = context;
	struct library_options library = doctor_library(a->d);
	size_t i;

	library.plugin_path = "";
	library.skip = library_skip_all;
	if (conf_file_refused(&a->d->settings))
		library.app = NULL;
	if (library_start(&library) != SASL_OK) {
		run_as_tell(answer, "no-library", NULL); /* reported later */
		return;
	}
	for (i = a->first; i < a->d->file_count; i++) {
		run_as_tell(answer, "file", NULL);
		if (a->d->files[i].trusted)
			try_file(answer, a->d->files[i].path);
	}
	run_as_tell(answer, "file", NULL);
}

/* What became of the file that was tried last. */
static void
conclude_file(struct attempt *a)
{
	struct doctor *d = a->d;
	struct doctor_file *file;
	struct stat st;

	if (a->now >= d->file_count)
		return;
	file = &d->files[a->now];
	if (!file->trusted)
		;
	else if (a->error != NULL && stat(file->path, &st) < 0)
		FIND(d, FIND_DANGLING_LINK, file->path);
	else if (a->error != NULL)
		FIND(d, FIND_PLUGIN_BROKEN, file->path, a->error);
	else if (a->answers == NULL)
		FIND(d, FIND_NOT_A_PLUGIN, file->path);
	else if (file->ours && a->wrong_layout)
		FIND(d, FIND_WRONG_LAYOUT, file->path, a->answers);
	else if (file->ours && !file->loads)
		FIND(d, FIND_PLUGIN_REFUSAL, file->path, a->answers);
	free(a->error);
	free(a->answers);
	a->error = a->answers = NULL;
	a->wrong_layout = false;
}

static void
take_file(void *context, char *line)
{
	struct attempt *a = context;
	const char *kind = run_as_next(&line), *entry, *code;
	char *more;

	if (!strcmp(kind, "no-library"))
		a->no_library = true;
	else if (!strcmp(kind, "file")) {
		if (a->now != (size_t)-1)
			conclude_file(a);
		a->now = a->now == (size_t)-1 ? a->first : a->now + 1;
	} else if (!strcmp(kind, "error")) {
		free(a->error);
		a->error = util_copy(run_as_next(&line));
	} else {
		entry = run_as_next(&line);
		code = run_as_next(&line);
		a->d->files[a->now].loads |= !strcmp(code, "SASL_OK");
		a->wrong_layout |= !strcmp(code, "SASL_BADVERS");
		more = util_format("%s%s%s gives %s",
		    a->answers != NULL ? a->answers : "",
		    a->answers != NULL ? ", " : "", entry, code);
		free(a->answers);
		a->answers = more;
	}
}

/* All in one process; if a file ends it, the rest in another one. */
static void
try_files(struct doctor *d)
{
	const struct run_as here = { .user = NULL };
	struct attempt a = { .d = d };
	char *text;
	int end;

	while (a.first < d->file_count && !a.no_library) {
		a.now = (size_t)-1;
		end = run_as(&here, ask_files, take_file, &a);
		if (end <= 0 || a.now >= d->file_count)
			break;
		text = run_as_end(end);
		d->files[a.now].crashes = true;
		FIND(d, FIND_PLUGIN_CRASH, d->files[a.now].path, text);
		free(text);
		free(a.error);
		free(a.answers);
		a.error = a.answers = NULL;
		a.first = a.now + 1;
	}
}

/* Whoever may write to a plugin becomes root as soon as root loads it. */
static bool
trust(struct doctor *d, const char *path)
{
	struct file_breach breach;

	if (file_is_trusted(path, &breach))
		return true;
	FIND(d, FIND_PLUGIN_WRITABLE, breach.who, breach.advice);
	file_breach_free(&breach);
	d->not_tried = true;
	return false;
}

/* --- Directories ---------------------------------------------------------- */

/* Where plugins lie that were installed with the wrong prefix. */
static const char *const patterns[] = {
	"/usr/lib*/sasl2",
	"/usr/lib/*/sasl2",
	"/usr/local/lib*/sasl2",
	"/usr/local/lib/*/sasl2",
	"/opt/*/lib*/sasl2",
};

static char *
directory_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash == NULL ? util_copy(".")
			     : util_format("%.*s", (int)(slash - file), file);
}

/* Is it one of the directories that libsasl2 looks into? */
static bool
is_scanned(const struct doctor *d, const char *directory)
{
	struct stat one, other;
	bool found = false;
	char *each;
	size_t i;

	if (stat(directory, &one) < 0)
		return false;
	for (i = 0; i < d->file_count && !found; i++) {
		each = directory_of(d->files[i].path);
		found = stat(each, &other) == 0 && one.st_dev == other.st_dev &&
			one.st_ino == other.st_ino;
		free(each);
	}
	return found;
}

static void
report_unscanned(struct doctor *d, const char *path)
{
	char *right = d->file_count > 0 ? directory_of(d->files[0].path)
					: util_copy(PLUGIN_DIRECTORY);

	FIND(d, FIND_WRONG_DIRECTORY, path, right);
	free(right);
}

/* A name such as libplain.so.0, which libsasl2 does not load. */
static void
report_name(struct doctor *d, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	char *right = util_format("%.*s%.*s.so", (int)(name - path), path,
	    (int)strcspn(name, "."), name);
	const char *end = strrchr(name, '.');
	struct stat st;

	/* A cure of ours has put these aside. */
	if (strcmp(end, ".so") != 0 && strcmp(end, ".unused") != 0 &&
	    strcmp(end, ".broken") != 0 && stat(right, &st) < 0)
		FIND(d, FIND_WRONG_NAME, path, name, right);
	free(right);
}

/* Each file of ours in the directory. */
static void
visit_ours(struct doctor *d, const char *directory,
    void (*fn)(struct doctor *, const char *))
{
	static const char *const names[] = { "plain", "login", "crammd5",
		"passwdfile" };
	char version[MAX_PLUGIN_VERSION], *pattern;
	size_t i, j;
	glob_t found;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		pattern = util_format("%s/lib%s.so*", directory, names[i]);
		if (glob(pattern, 0, NULL, &found) == 0) {
			for (j = 0; j < found.gl_pathc; j++)
				if (library_plugin_version(
					found.gl_pathv[j], version))
					fn(d, found.gl_pathv[j]);
			globfree(&found);
		}
		free(pattern);
	}
}

static void
check_scanned(struct doctor *d)
{
	char *directory, *last = NULL;
	size_t i;

	for (i = 0; i < d->file_count; i++) {
		directory = directory_of(d->files[i].path);
		if (last == NULL || strcmp(last, directory) != 0)
			visit_ours(d, directory, report_name);
		free(last);
		last = directory;
	}
	free(last);
}

static void
check_unscanned(struct doctor *d)
{
	glob_t found;
	size_t i, j;

	for (i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		if (glob(patterns[i], 0, NULL, &found) != 0)
			continue;
		for (j = 0; j < found.gl_pathc; j++)
			if (!is_scanned(d, found.gl_pathv[j]))
				visit_ours(
				    d, found.gl_pathv[j], report_unscanned);
		globfree(&found);
	}
}

/* The directories of a path that somebody has chosen. */
static void
check_path(struct doctor *d)
{
	char *path = util_copy(d->plugin_path), *rest = path, *directory;
	struct stat st;

	while ((directory = strsep(&rest, ":=")) != NULL)
		if (stat(directory, &st) < 0 || !S_ISDIR(st.st_mode))
			FIND(d, FIND_NO_PLUGIN_DIRECTORY, directory);
	free(path);
}

void
check_plugins(struct doctor *d)
{
	size_t i;

	if (d->plugin_path != NULL)
		check_path(d);
	else
		check_unscanned(d);
	check_scanned(d);
	if (d->file_count == 0)
		FIND(d, FIND_NO_PLUGINS,
		    d->plugin_path != NULL ? d->plugin_path
					   : "the directory it was built with",
		    PLUGIN_DIRECTORY);
	for (i = 0; i < d->file_count; i++)
		d->files[i].trusted = trust(d, d->files[i].path);
	if (doctor_option(d, "plugin_list") != NULL) {
		FIND(d, FIND_PLUGIN_LIST, doctor_config(d));
		d->not_tried = true;
	}
	try_files(d);
}

/* --- Mechanisms ----------------------------------------------------------- */

/* Everybody who answers to a name, the first of them in use. */
struct rivals {
	const char *name;
	struct library_plugin first;
	size_t count;
	char *others; /* files, commas between */
	char *other;  /* the first of these */
};

static void
collect(const struct library_plugin *plugin, void *context)
{
	struct rivals *r = context;
	char *more;

	if (strcasecmp(plugin->name, r->name) != 0)
		return;
	if (r->count++ == 0) {
		r->first = *plugin;
		return;
	}
	if (r->other == NULL)
		r->other = util_copy(plugin->file);
	more = util_format("%s%s%s", r->others != NULL ? r->others : "",
	    r->others != NULL ? ", " : "", plugin->file);
	free(r->others);
	r->others = more;
}

static void
check_rivals(struct doctor *d, const struct rivals *r)
{
	if (r->count > 1)
		FIND(d, FIND_DUPLICATE_PLUGIN, r->name, r->first.file,
		    r->others, r->first.ours ? r->other : r->first.file);
	if (r->count > 0 && !r->first.ours)
		FIND(d, FIND_FOREIGN_PLUGIN, r->name, r->first.file);
	/* 2.2 takes a file of 2.1, and then jumps to nowhere. */
	if (r->count > 0 && !r->first.ours && !strcmp(d->layout, "2.2") &&
	    strcasecmp(r->name, "PLAIN") != 0)
		FIND(d, FIND_OLD_PLUGIN, r->first.file, r->name);
}

/* Why a mechanism that is there is not offered. */
static void
check_offer(struct doctor *d, const char *name)
{
	const char *list = doctor_option(d, "mech_list");
	const char *advertise = doctor_option(d, "classic_crammd5_advertise");
	char *command;

	if (list != NULL && !conf_has_word(list, name)) {
		command = util_format("/^mech_list:/Is/$/ %s/", name);
		FIND(d, FIND_MECHANISM_FILTERED, name, doctor_config(d),
		    command);
		free(command);
	} else if (strcmp(name, "CRAM-MD5") != 0)
		FIND(d, FIND_NOT_OFFERED, name);
	else if (advertise != NULL && !strcasecmp(advertise, "no"))
		FIND(d, FIND_CRAMMD5_HIDDEN);
	else if (!doctor_uses(d, "auxprop"))
		FIND(d, FIND_CRAMMD5_NO_AUXPROP);
	else
		FIND(d, FIND_CRAMMD5_FIPS);
}

void
check_mechanisms(struct doctor *d)
{
	struct rivals r;
	size_t i;

	for (i = 0; doctor_mechanisms[i] != NULL; i++) {
		memset(&r, 0, sizeof(r));
		r.name = doctor_mechanisms[i];
		library_list(LIBRARY_SERVER, collect, &r);
		check_rivals(d, &r);
		if (r.count == 0 && doctor_expects(d, r.name))
			FIND(d, FIND_NO_PLUGIN, r.name, PLUGIN_DIRECTORY);
		else if (r.count > 0 && doctor_expects(d, r.name) &&
			 !conf_has_word(d->offer, r.name))
			check_offer(d, r.name);
		free(r.others);
		free(r.other);
	}
}

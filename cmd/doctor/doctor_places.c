/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on directories: plugins of ours where libsasl2 does not look for
 * plugins, under names that it does not take, or nowhere at all.
 */
#include "config.h"

#include <dirent.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "doctor/doctor.h"
#include "lib/util.h"

/* Where plugins lie that were installed with the wrong prefix. */
static const char *const patterns[] = {
	"/usr/lib*/sasl2",
	"/usr/lib/*/sasl2",
	"/usr/local/lib*/sasl2",
	"/usr/local/lib/*/sasl2",
	"/opt/*/lib*/sasl2",
};

static bool
same_directory(const char *a, const char *b)
{
	struct stat one, other;

	return stat(a, &one) == 0 && stat(b, &other) == 0 &&
	       one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

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
	bool found = false;
	char *each;
	size_t i;

	for (i = 0; i < d->file_count && !found; i++) {
		each = directory_of(d->files[i].path);
		found = same_directory(each, directory);
		free(each);
	}
	return found;
}

/* "libplain.so" and the like, whatever follows. */
static bool
is_our_name(const char *name)
{
	static const char *const names[] = { "libplain.so", "liblogin.so",
		"libcrammd5.so" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strncmp(name, names[i], strlen(names[i])))
			return true;
	return false;
}

static bool
ends_as_plugin(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && !strcmp(name + len - 3, ".so");
}

typedef void visit_fn(struct doctor *d, const char *directory, const char *file,
    const char *name);

/* Each file in it that is ours. */
static void
visit_ours(struct doctor *d, const char *directory, visit_fn *fn)
{
	DIR *entries = opendir(directory);
	char version[MAX_PLUGIN_VERSION];
	struct dirent *entry;
	char *path;

	while (entries != NULL && (entry = readdir(entries)) != NULL) {
		if (!is_our_name(entry->d_name))
			continue;
		path = util_format("%s/%s", directory, entry->d_name);
		if (library_version(path, version))
			fn(d, directory, path, entry->d_name);
		free(path);
	}
	if (entries != NULL)
		closedir(entries);
}

static void
report_unscanned(
    struct doctor *d, const char *directory, const char *file, const char *name)
{
	char *right = d->file_count > 0 ? directory_of(d->files[0].path) : NULL;

	(void)directory;
	(void)name;
	DOCTOR_FAULT(d, "wrong-directory",
	    util_format("%s is where libsasl2 does not look for plugins", file),
	    util_format("it looks in %s: move it there",
		right != NULL ? right : PLUGIN_DIRECTORY));
	free(right);
}

static void
report_name(
    struct doctor *d, const char *directory, const char *file, const char *name)
{
	char *right = util_format("%.*s.so", (int)strcspn(name, "."), name);
	char *path = util_format("%s/%s", directory, right);
	struct stat st;

	if (!ends_as_plugin(name) && stat(path, &st) < 0)
		DOCTOR_FAULT(d, "wrong-name",
		    util_format("%s is ours, but libsasl2 only loads what ends "
				"in .so",
			file),
		    util_format("ln -s %s %s", name, path));
	free(path);
	free(right);
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

/* The directories of the path that somebody has chosen. */
static void
check_path(struct doctor *d)
{
	char *path = util_copy(d->plugin_path), *rest = path, *directory;
	struct stat st;

	while ((directory = strsep(&rest, ":=")) != NULL)
		if (stat(directory, &st) < 0 || !S_ISDIR(st.st_mode))
			DOCTOR_FAULT(d, "no-plugin-directory",
			    util_format("there is no directory %s to look for "
					"plugins in",
				directory),
			    util_copy("make it, or correct the path"));
	free(path);
}

static void
check_unscanned(struct doctor *d)
{
	size_t i, j;
	glob_t found;

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

void
doctor_check_places(struct doctor *d)
{
	if (d->plugin_path != NULL)
		check_path(d);
	else
		check_unscanned(d);
	check_scanned(d);
	if (d->file_count == 0)
		DOCTOR_FAULT(d, "no-plugins",
		    util_format("libsasl2 finds no plugin at all%s%s",
			d->plugin_path != NULL ? " in " : "",
			d->plugin_path != NULL ? d->plugin_path : ""),
		    util_format(
			"install sasl-classic into %s", PLUGIN_DIRECTORY));
	if (d->plugin_path != NULL && d->options->plugin_dir == NULL)
		DOCTOR_NOTE(d, "plugin-path-from-environment",
		    util_format("plugins are looked for in %s because the "
				"environment says so",
			d->plugin_path),
		    util_copy("a daemon has an environment of its own: "
			      "Postfix drops it unless import_environment "
			      "names it"));
}

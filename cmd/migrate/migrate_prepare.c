/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Before anything is migrated: which file, by which plugins, and is it ours
 * alone?
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/progress.h"
#include "lib/util.h"
#include "migrate/migrate.h"
#include "sasl/library.h"

#define SASLDB "/etc/sasldb2"

/* Only ours can use what will be stored: all that are there must be ours. */
static int
choose_plugins(struct migrate *m)
{
	static const char *const mechanisms[] = { "PLAIN", "LOGIN",
		"CRAM-MD5" };
	struct library_plugin plugin;
	size_t i;

	for (i = 0; i < sizeof(mechanisms) / sizeof(mechanisms[0]); i++) {
		if (!library_find(LIBRARY_SERVER, mechanisms[i], &plugin))
			continue;
		if (!plugin.ours) {
			tool_complain("%s is answered by %s, which is not of "
				      "sasl-classic: nobody could log in by it",
			    mechanisms[i], plugin.file);
			return -1;
		}
		if (m->mechanism == NULL)
			m->mechanism = mechanisms[i];
		if (strcmp(mechanisms[i], "CRAM-MD5") != 0)
			m->wants_hash = true;
		else
			m->wants_state = true;
	}
	if (m->mechanism == NULL)
		tool_complain("no plugin of sasl-classic is loaded");
	else if (!library_find(LIBRARY_STORE, "sasldb", &plugin))
		tool_complain("libsasl2 has no plugin for a sasldb (on Debian "
			      "libsasl2-modules-db)");
	else
		return 0;
	return -1;
}

/* A second name would go on naming the old file. */
static int
check_file(const struct migrate *m)
{
	struct stat st;

	if (stat(m->file, &st) < 0) {
		tool_complain("%s: %s", m->file, strerror(errno));
		return -1;
	}
	if (S_ISREG(st.st_mode) && st.st_nlink == 1)
		return 0;
	tool_complain("%s is no regular file, or has other names (hard "
		      "links), which would be left behind",
	    m->file);
	return -1;
}

static int
name_files(struct migrate *m, const char *file)
{
	const struct options *o = m->options;

	m->file = realpath(file, NULL);
	if (m->file == NULL) {
		tool_complain("%s: %s", file, strerror(errno));
		return -1;
	}
	m->berkeley = sasldb_is_berkeley(m->file);
	m->work = tool_format("%s.migrate-new", m->file);
	m->fresh = tool_format("%s.migrate-fresh", m->file);
	m->lock = tool_format("%s.migrate-lock", m->file);
	m->old = tool_format("%s.migrate-old", m->file);
	m->backup = o->backup != NULL
			? tool_copy(o->backup)
			: tool_format("%s.before-migrate", m->file);
	m->new_backup = tool_format("%s.new", m->backup);
	return 0;
}

static void
get_path(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	const char *path = host_option(h, "sasldb_path");

	(void)params;
	(void)identity;
	*(char **)context = tool_copy(path != NULL ? path : SASLDB);
}

int
migrate_prepare(struct migrate *m)
{
	const struct inside where = { .service = "migrate" };
	char *path = NULL;
	int result = -1;

	if (m->options->database != NULL)
		path = tool_copy(m->options->database);
	else
		(void)inside_run(&where, get_path, &path);
	if (path == NULL)
		tool_complain("libsasl2 lets nobody in");
	else if (choose_plugins(m) == 0 && name_files(m, path) == 0)
		result = m->options->dry_run ? 0 : migrate_lock(m);
	if (result == 0 && !m->options->dry_run)
		result = check_file(m);
	free(path);
	return result;
}

/*
 * libsasl2 takes the first '@' for the end of the user. So of a name with two
 * of them, for which it finds nothing, a record may be there all the same.
 */
static bool
is_beyond_reach(const char *name, enum entry_state state)
{
	return state == ENTRY_NOTHING &&
	       strchr(name, '@') != strrchr(name, '@');
}

bool
migrate_survey(struct migrate *m, const char *what)
{
	struct migrate_user *user;
	struct entry e;
	size_t i;

	for (i = 0; i < m->names.count && !migrate_is_stopped(); i++) {
		progress_show(what, i, m->names.count);
		user = &m->users[i];
		user->name = m->names.names[i];
		entry_read(m->file, user->name, &e);
		user->state = is_beyond_reach(user->name, e.state)
				  ? ENTRY_UNREADABLE
				  : e.state;
		memcpy(user->form, e.form, sizeof(user->form));
		entry_free(&e);
	}
	progress_end();
	return i == m->names.count;
}

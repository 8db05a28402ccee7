/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The backup: a copy that is only called so when it was read again, user by
 * user, by the plugin that would have to read it one day.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "lib/progress.h"
#include "lib/util.h"
#include "migrate/migrate.h"

/*
 * Does the backup have what the sasldb has? Of everybody, or of those alone who
 * are to be migrated.
 */
static bool
is_good(const struct migrate *m, const char *backup, bool everybody)
{
	struct entry original, copy;
	bool same = true;
	size_t i;

	for (i = 0; i < m->names.count && same; i++) {
		progress_show("checking the backup", i, m->names.count);
		if (!everybody && m->users[i].state != ENTRY_PLAINTEXT)
			continue;
		entry_read(m->file, m->names.names[i], &original);
		entry_read(backup, m->names.names[i], &copy);
		same = original.state == copy.state;
		if (everybody || original.state != ENTRY_PLAINTEXT)
			same = same && entry_same(&original, &copy);
		else
			same = same &&
			       bytes_equal(original.password, copy.password);
		entry_free(&original);
		entry_free(&copy);
	}
	progress_end();
	return same;
}

/* The whole file, and not only what libsasl2 shows of it. */
static bool
is_whole(const struct migrate *m)
{
	const struct sasldb_users nobody = { NULL, 0 };

	return !m->berkeley || sasldb_same_but(m->file, m->new_backup, &nobody);
}

/* Under another name until it was read. */
static int
make(struct migrate *m)
{
	int result = 0;

	if (copy_file(m->file, m->new_backup) < 0)
		result = migrate_give_up(
		    m, tool_format("no backup %s can be made: %s", m->backup,
			   strerror(errno)));
	else if (!is_whole(m) || !is_good(m, m->new_backup, true))
		result = migrate_give_up(
		    m, tool_format("the backup %s does not read like %s; does "
				   "somebody write to that?",
			   m->backup, m->file));
	else if (copy_rename(m->new_backup, m->backup) < 0)
		result = migrate_give_up(
		    m, tool_format("%s: %s", m->backup, strerror(errno)));
	if (result < 0)
		unlink(m->new_backup);
	return result;
}

int
migrate_back_up(struct migrate *m)
{
	if (access(m->backup, F_OK) < 0)
		return make(m);
	if (is_good(m, m->backup, false))
		return 0;
	return migrate_give_up(m,
	    tool_format("%s exists, and is no backup of the passwords that are "
			"to be migrated: move it away, or name another one "
			"with --backup",
		m->backup));
}

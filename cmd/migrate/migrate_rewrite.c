/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Berkeley DB does not overwrite what it deletes: a copy in which passwords
 * were deleted still has them in the free space of its pages. So not the copy
 * becomes the sasldb, but a new file with the same records.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib/util.h"
#include "migrate/migrate.h"

/* Does libsasl2 understand the new file? A user whom it could look up tells. */
static bool
reads_alike(const struct migrate *m)
{
	struct entry one, other;
	bool same;
	size_t i = 0;

	while (i < m->names.count && m->users[i].state == ENTRY_UNREADABLE)
		i++;
	if (i == m->names.count)
		return true;
	entry_read(m->work, m->names.names[i], &one);
	entry_read(m->fresh, m->names.names[i], &other);
	same = one.state == other.state && entry_same(&one, &other);
	entry_free(&one);
	entry_free(&other);
	return same;
}

int
migrate_rewrite(struct migrate *m)
{
	const struct sasldb_users nobody = { NULL, 0 };
	const char *why = NULL;

	if (!m->berkeley)
		return 0;
	if (copy_empty(m->work, m->fresh) < 0)
		why = strerror(errno);
	else
		why = sasldb_rewrite(m->work, m->fresh);
	if (why == NULL &&
	    (!sasldb_same_but(m->work, m->fresh, &nobody) || !reads_alike(m)))
		why = "it came out damaged and is thrown away";
	if (why == NULL && rename(m->fresh, m->work) < 0)
		why = strerror(errno);
	if (why == NULL)
		return 0;
	return migrate_give_up(
	    m, tool_format("%s cannot be written anew: %s", m->file, why));
}

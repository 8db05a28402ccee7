/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Migrating in batches. Berkeley DB has no transactions here, and a process
 * that is killed while it writes leaves half a file: so nothing is written to
 * the sasldb itself. A copy is, and when all that was done in it has been seen
 * to be right, it takes the place of the sasldb by one rename(2).
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/progress.h"
#include "lib/replace.h"
#include "lib/util.h"
#include "migrate/migrate.h"

enum {
	BATCH_USERS = 500,
	BATCH_SECONDS = 2,
	TRIES = 5, /* if somebody else writes meanwhile */
};

/* Users [first, end) in the copy. */
struct batch {
	struct migrate *m;
	size_t first, end;
	struct copy_mark mark; /* of the sasldb, when it was copied */
};

static time_t
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* What an earlier run, or an earlier try, has left. */
static void
remove_rests(const struct migrate *m)
{
	unlink(m->work);
	unlink(m->fresh);
}

static bool
is_complete(const struct migrate *m, const struct entry *e)
{
	return e->state == ENTRY_ONE_WAY &&
	       (e->values[ENTRY_HASH].data != NULL) == m->wants_hash &&
	       (e->values[ENTRY_STATE].data != NULL) == m->wants_state &&
	       e->values[ENTRY_LEGACY].data == NULL;
}

/* One user in the copy: all of it, or nothing, or the copy is worth nothing. */
static int
migrate_one(struct migrate *m, struct migrate_user *user)
{
	struct entry before, after;
	const char *failure;
	int result = 0;

	entry_read(m->work, user->name, &before);
	if (before.state == ENTRY_PLAINTEXT) {
		failure =
		    entry_migrate(m->work, user->name, &before, m->mechanism);
		entry_read(m->work, user->name, &after);
		free(user->failure);
		user->failure = tool_copy(failure);
		user->migrated = failure == NULL;
		if (failure == NULL ? !is_complete(m, &after)
				    : !entry_same(&before, &after))
			result = migrate_give_up(m,
			    tool_format("the entry of %s came out damaged, in "
					"a copy that is thrown away",
				user->name));
		entry_free(&after);
	}
	entry_free(&before);
	return result;
}

/* As many as fit, and as no signal stops. */
static int
fill(struct batch *b)
{
	struct migrate *m = b->m;
	time_t begin = seconds();
	size_t done = 0;

	for (b->end = b->first; b->end < m->names.count; b->end++) {
		if (done >= BATCH_USERS || seconds() - begin >= BATCH_SECONDS ||
		    migrate_is_stopped())
			break;
		progress_show("migrating", b->end, m->names.count);
		if (m->users[b->end].state != ENTRY_PLAINTEXT)
			continue;
		if (migrate_one(m, &m->users[b->end]) < 0)
			return -1;
		done++;
	}
	return 0;
}

/* Nobody but the users of the batch is touched. */
static bool
is_sound(const struct batch *b)
{
	const struct sasldb_users ours = { b->m->names.names + b->first,
		b->end - b->first };

	return !b->m->berkeley ||
	       sasldb_same_but(b->m->file, b->m->work, &ours);
}

/*
 * The copy becomes the sasldb. Somebody may have written to that since, by
 * saslpasswd2 for instance, and is not to lose it: 1 means that this happened,
 * and that the sasldb is as they left it.
 */
static int
put_in_place(struct batch *b)
{
	struct migrate *m = b->m;
	enum replace_result result;

	if (copy_sync(m->work) < 0 || migrate_keep_marks(m, &b->mark) < 0)
		return migrate_give_up(
		    m, tool_format("%s: %s", m->work, strerror(errno)));
	result = replace_file(m->work, m->file, m->old, &b->mark);
	if (result == REPLACE_WRITTEN)
		return 1;
	if (result == REPLACE_FAILED || copy_sync(m->file) < 0)
		return migrate_give_up(
		    m, tool_format("%s cannot be replaced: %s", m->file,
			   strerror(errno)));
	m->rewritten = m->berkeley;
	return 0;
}

/* A copy in which the users of the batch are migrated. */
static int
make_copy(struct batch *b)
{
	struct migrate *m = b->m;
	int result;

	remove_rests(m);
	if (copy_mark(m->file, &b->mark) < 0 || copy_file(m->file, m->work) < 0)
		return migrate_give_up(
		    m, tool_format("%s cannot be copied to %s: %s", m->file,
			   m->work, strerror(errno)));
	sasldb_wait_for_disk(false);
	result = fill(b);
	if (result == 0)
		result = migrate_rewrite(m);
	sasldb_wait_for_disk(true);
	return result;
}

static int
try_batch(struct batch *b)
{
	struct migrate *m = b->m;
	int result;

	if (make_copy(b) < 0)
		return -1;
	if (is_sound(b))
		result = put_in_place(b);
	else if (copy_is_unchanged(m->file, &b->mark))
		result = migrate_give_up(
		    m, tool_copy("a copy came out damaged and is thrown away"));
	else
		result = 1;
	if (result != 0)
		for (size_t i = b->first; i < b->end; i++)
			m->users[i].migrated = false;
	return result;
}

void
migrate_all(struct migrate *m)
{
	struct batch b = { .m = m };
	int result, tries = 0;

	do {
		result = try_batch(&b);
		if (result == 0) {
			b.first = b.end;
			tries = 0;
		} else if (result == 1 && ++tries == TRIES)
			result = migrate_give_up(
			    m, tool_format("somebody else writes to %s all the "
					   "time",
				   m->file));
	} while (!migrate_is_stopped() &&
		 (result == 1 || (result == 0 && b.first < m->names.count)));
	remove_rests(m);
	progress_end();
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The lines of a user, in a file that may be replaced or edited at any moment.
 *
 * Nothing of the file is kept in memory but an index (index.h); what is handed
 * out was read by pread(2) just now, so that a file which becomes shorter is an
 * answer and no SIGBUS. Each answer is of one state of the file, and that of
 * the moment.
 */
#ifndef CLASSIC_PASSWDFILE_FIND_USER_H
#define CLASSIC_PASSWDFILE_FIND_USER_H

#include "base/host.h"
#include "passwdfile/index.h"
#include "passwdfile/open.h"

/* A file, for all connections of a process; it has a lock of its own. */
struct passwdfile;

/*
 * Make one, and open the file, if it can be opened: a process may chroot(2) or
 * give up its rights before it asks. No trouble is told before it matters.
 * NULL without memory.
 */
struct passwdfile *passwdfile_new(
    const struct host *h, const char *path, enum passwdfile_format format);
void passwdfile_free(const struct host *h, struct passwdfile *file);

/* What it was made with. */
bool passwdfile_is(const struct passwdfile *file, const char *path,
    enum passwdfile_format format);
const char *passwdfile_path(const struct passwdfile *file);
enum passwdfile_format passwdfile_format(const struct passwdfile *file);

enum { FOUND_INLINE = 1024, FOUND_LINES = 2 * INDEX_LINES };

/* What passwdfile_find() has found, which begins it; see found_free(). */
struct found_lines {
	size_t count;
	/*
	 * Without their LF. After the user's own come lines of others, to do
	 * the same work on: `total` is the most that any name has.
	 */
	struct bytes lines[FOUND_LINES];
	size_t total;
	/* Of the index: what refusals are made alike of. */
	struct index_kind kinds[INDEX_KINDS];
	size_t kind_count;
	unsigned texts;
	struct bytes limits, nets; /* in this: */
	char limits_room[INDEX_LIMITS];

	char *data; /* where the lines are: room, or of the heap */
	size_t used, size;
	char room[FOUND_INLINE];
};

/*
 * All lines of any of the `count` names, which are two at most. SASL_OK, also
 * for none; SASL_NOUSER if there is no such file, of which nothing is logged;
 * SASL_UNAVAIL, SASL_NOMEM, and the log says why. End with found_free(),
 * whatever the result was.
 */
int passwdfile_find(struct passwdfile *file, const struct host *h,
    const struct bytes *names, size_t count, struct found_lines *found);

/* Wipe it, as far as it was used. */
void found_free(const struct host *h, struct found_lines *found);

#endif

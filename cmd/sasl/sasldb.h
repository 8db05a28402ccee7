/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who stands in a sasldb. libsasl2 answers questions about a user, but cannot
 * say which users there are; Berkeley DB can, if the file is one of its own.
 */
#ifndef CLASSIC_SASLDB_H
#define CLASSIC_SASLDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Names, "user@realm", sorted and each of them once. */
struct sasldb_users {
	char **names;
	size_t count;
};

/*
 * Those of a file: 0, or -1 after a complaint. A key that no login can reach,
 * because its user has a '@', comes out as a name that nothing is stored for.
 */
int sasldb_list(const char *file, struct sasldb_users *users);

/* Those of lines as sasldblistusers2(8) prints them, or of bare names. */
int sasldb_read(FILE *in, struct sasldb_users *users);

void sasldb_free(struct sasldb_users *users);

/*
 * Whether Berkeley DB waits for the disk whenever a file is closed, as it does
 * at first: three times for each user, for a copy that nobody uses yet.
 */
void sasldb_wait_for_disk(bool wait);

/*
 * For who makes such a list: one name more, which is from tool_format() and now
 * belongs to it; and in the end, the order. The order, for bsearch(3).
 */
void sasldb_add(struct sasldb_users *users, char *name);
void sasldb_sort(struct sasldb_users *users);
int sasldb_compare(const void *a, const void *b);

/*
 * Can Berkeley DB read the file? If not, it is of another kind, or there is no
 * Berkeley DB here, and the two functions below can do nothing with it.
 */
bool sasldb_is_berkeley(const char *file);

/*
 * Do both files hold the same, but for `except`, and has neither a user whom
 * the other has not?
 */
bool sasldb_same_but(
    const char *one, const char *other, const struct sasldb_users *except);

/*
 * Write the records of `from` to `to`, an empty file, which becomes a database
 * of the same kind. Nothing else is in it: `from` may still have what was
 * deleted there, since Berkeley DB leaves that in the free space of its pages.
 * NULL, or why not, for people; what is in `to` is then of no use.
 */
const char *sasldb_rewrite(const char *from, const char *to);

#endif

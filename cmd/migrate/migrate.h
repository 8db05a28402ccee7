/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What `sasl-classic migrate' is at, for its parts.
 */
#ifndef CLASSIC_MIGRATE_H
#define CLASSIC_MIGRATE_H

#include "lib/cmdline.h"
#include "lib/copy.h"
#include "lib/entry.h"
#include "sasl/sasldb.h"

/* What became of a user, besides what is stored. */
struct migrate_user {
	const char *name;
	enum entry_state state;
	char form[FORM_LABEL];
	bool migrated; /* by this run */
	char *failure; /* why it could not be, or NULL */
};

struct migrate {
	const struct options *options;
	char *file;	       /* the sasldb, with no link in its name */
	bool berkeley;	       /* it is of Berkeley DB, and so is this build */
	char *work, *fresh;    /* beside it, while a batch is made */
	char *old;	       /* beside it, while it is replaced */
	char *lock;	       /* beside it, while we are at work */
	int lock_fd;	       /* or -1 */
	char *backup;	       /* its name; made if there is need */
	char *new_backup;      /* until it was read again */
	const char *mechanism; /* ours, to set passwords by */
	bool wants_hash, wants_state;

	struct sasldb_users names;
	struct migrate_user *users; /* by names */
	bool rewritten;		    /* no deleted octet is in the file */
	bool stopped;		    /* by a signal */
	char *trouble;		    /* why it could not go on, or NULL */
};

/* True once a signal has asked to stop; progress is saved first. */
bool migrate_is_stopped(void);

/* -1, with m->trouble, which is from tool_format(). */
int migrate_give_up(struct migrate *m, char *why);

/*
 * See to it that nobody else migrates the sasldb, and that nothing is left of
 * an earlier run that was killed. 0, or -1 after a complaint.
 */
int migrate_lock(struct migrate *m);

/*
 * Keep in mind, also if we are killed, what the sasldb was when `mark` was made
 * and what m->work is, which takes its place next. 0, or -1 with errno.
 */
int migrate_keep_marks(const struct migrate *m, const struct copy_mark *mark);

/* All is done. m->lock_fd may be -1. */
void migrate_unlock(const struct migrate *m);

/* Find the sasldb and the plugins, and lock. 0, or -1 after a complaint. */
int migrate_prepare(struct migrate *m);

/* Look at every user, and draw a bar. False if a signal came. */
bool migrate_survey(struct migrate *m, const char *what);

/*
 * A backup that was read back and compared, or one of an earlier run that still
 * has all that would be changed. 0, or -1 with m->trouble.
 */
int migrate_back_up(struct migrate *m);

/*
 * Migrate whom the survey found to have plaintext, some at a time: in a copy,
 * which is written anew and then takes the place of the sasldb at once. With
 * nobody to migrate it is written anew all the same. m->trouble is set if that
 * had to end early.
 */
void migrate_all(struct migrate *m);

/*
 * Write m->work anew, so that nothing is in it but its records, if Berkeley DB
 * can. 0, or -1 with m->trouble.
 */
int migrate_rewrite(struct migrate *m);

/* The summary; `before` is what the survey had found. */
struct migrate_counts {
	size_t states[ENTRY_STATES];
	size_t failed, migrated;
};

void migrate_count(const struct migrate *m, struct migrate_counts *counts);
void migrate_print(
    const struct migrate *m, const struct migrate_counts *before);

#endif

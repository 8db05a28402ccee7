/*
 * What `sasl-classic migrate' is at, for its parts.
 */
#ifndef CLASSIC_MIGRATE_H
#define CLASSIC_MIGRATE_H

#include "copy.h"
#include "entry.h"
#include "options.h"
#include "sasldb.h"

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
	char *work, *old;      /* beside it, while a batch is made */
	char *backup;	       /* its name; made if there is need */
	const char *mechanism; /* ours, to set passwords by */
	bool wants_hash, wants_state;

	struct sasldb_users names;
	struct migrate_user *users; /* by names */
	bool stopped;		    /* by a signal */
	char *trouble;		    /* why it could not go on, or NULL */
};

/* True once a signal has asked to stop; progress is saved first. */
bool migrate_is_stopped(void);

/*
 * Find the sasldb and the plugins, and see to it that nobody else migrates it.
 * 0, or -1 after a complaint.
 */
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
 * which then takes the place of the sasldb at once. m->trouble is set if that
 * had to end early.
 */
void migrate_all(struct migrate *m);

/* The summary; `before` is what the survey had found. */
struct migrate_counts {
	size_t states[ENTRY_STATES];
	size_t failed, migrated;
};

void migrate_count(const struct migrate *m, struct migrate_counts *counts);
void migrate_print(
    const struct migrate *m, const struct migrate_counts *before);

#endif

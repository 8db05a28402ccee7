/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a migration has come to.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lib/colour.h"
#include "lib/json.h"
#include "lib/util.h"
#include "migrate/migrate.h"

static const struct {
	const char *title; /* for people */
	const char *key;   /* for scripts */
} states[ENTRY_STATES] = {
	[ENTRY_PLAINTEXT] = { "plaintext", "plaintext" },
	[ENTRY_ONE_WAY] = { "one-way secrets", "one_way" },
	[ENTRY_HASHED] = { "userPassword is a hash", "hashed" },
	[ENTRY_CONFLICT] = { "plaintext and other one-way secrets",
	    "conflict" },
	[ENTRY_EMPTY] = { "userPassword is empty", "empty" },
	[ENTRY_NULL] = { "userPassword is the text NULL", "text_null" },
	[ENTRY_MISPLACED] = { "userPasswordHash is plaintext", "misplaced" },
	[ENTRY_NOTHING] = { "no secret of ours", "nothing" },
	[ENTRY_UNREADABLE] = { "cannot be looked up", "unreadable" },
};

void
migrate_count(const struct migrate *m, struct migrate_counts *counts)
{
	size_t i;

	memset(counts, 0, sizeof(*counts));
	for (i = 0; i < m->names.count; i++) {
		counts->states[m->users[i].state]++;
		counts->failed += m->users[i].failure != NULL;
		counts->migrated += m->users[i].migrated;
	}
}

/* Whom somebody has to see to, and why. */
static const char *
reason(const struct migrate *m, const struct migrate_user *user)
{
	if (user->failure != NULL)
		return user->failure;
	switch (user->state) {
	case ENTRY_CONFLICT:
		return "has plaintext, and one-way secrets of another "
		       "password: `saslpasswd2 -n' sets one; migrate again "
		       "then";
	case ENTRY_EMPTY:
		return "has an empty password: nobody can log in with it";
	case ENTRY_NULL:
		return "has the text NULL as userPassword, which counts as no "
		       "password: if it is one, `saslpasswd2 -n' sets it anew";
	case ENTRY_MISPLACED:
		return "has plaintext as userPasswordHash, by which nobody can "
		       "log in: `saslpasswd2 -n' sets a password";
	case ENTRY_UNREADABLE:
		return "cannot be looked up under this name, neither by a "
		       "login: what is stored for it stays";
	case ENTRY_PLAINTEXT:
		return m->options->dry_run || m->trouble != NULL || m->stopped
			   ? NULL
			   : "still has plaintext";
	default:
		return NULL;
	}
}

static void
print_users(const struct migrate *m)
{
	const char *why;
	size_t i;

	for (i = 0; i < m->names.count; i++) {
		why = reason(m, &m->users[i]);
		if (why != NULL)
			printf("  %s%s%s %s\n", paint(PAINT_BAD),
			    m->users[i].name, paint(PAINT_PLAIN), why);
	}
}

/* Kinds of hashes in userPassword, each with how many there are. */
static void
print_hashes(const struct migrate *m)
{
	size_t i, j, count;

	for (i = 0; i < m->names.count; i++) {
		if (m->users[i].state != ENTRY_HASHED)
			continue;
		for (j = 0, count = 0; j < m->names.count; j++) {
			if (m->users[j].state != ENTRY_HASHED ||
			    strcmp(m->users[j].form, m->users[i].form) != 0)
				continue;
			if (j < i)
				break; /* has been said */
			count++;
		}
		if (j == m->names.count)
			printf("    %-36s %7zu\n", m->users[i].form, count);
	}
}

static void
print_states(const struct migrate *m, const struct migrate_counts *before,
    const struct migrate_counts *now)
{
	size_t i;

	printf("  %-38s %7s %7s\n", "", m->options->dry_run ? "" : "before",
	    "now");
	for (i = 0; i < ENTRY_STATES; i++) {
		if (before->states[i] == 0 && now->states[i] == 0)
			continue;
		if (m->options->dry_run)
			printf("  %-38s %7s %7zu\n", states[i].title, "",
			    now->states[i]);
		else
			printf("  %-38s %7zu %7zu\n", states[i].title,
			    before->states[i], now->states[i]);
		if (i == ENTRY_HASHED)
			print_hashes(m);
	}
}

/* What is true of the file, and of others that have the same passwords. */
static void
print_rests(const struct migrate *m, const struct migrate_counts *now)
{
	if (m->options->dry_run && m->berkeley)
		puts("The file would be written anew, without what was "
		     "deleted in it.");
	if (m->rewritten)
		puts("The file was written anew: what was deleted in it is "
		     "not there any more.\nOther copies of it, and free "
		     "blocks of the disk, may have it: see "
		     "sasl-classic(8).");
	if (now->migrated > 0)
		printf("The old passwords are in %s:\n"
		       "destroy it when all can log in.\n",
		    m->backup);
}

static void
print_text(const struct migrate *m, const struct migrate_counts *before,
    const struct migrate_counts *now)
{
	printf("%s%s%s, %zu users\n", paint(PAINT_BOLD), m->file,
	    paint(PAINT_PLAIN), m->names.count);
	print_states(m, before, now);
	print_users(m);
	if (m->options->dry_run && now->states[ENTRY_PLAINTEXT] > 0)
		printf(
		    "%zu would be migrated.\n", now->states[ENTRY_PLAINTEXT]);
	if (now->migrated > 0)
		printf("%s%zu migrated.%s\n", paint(PAINT_GOOD), now->migrated,
		    paint(PAINT_PLAIN));
	print_rests(m, now);
	if (m->stopped)
		puts("Stopped by a signal; what is done is done. Run it "
		     "again for the rest.");
}

static void
print_counts(const char *key, const struct migrate_counts *counts)
{
	size_t i;

	json_open(key, '{');
	for (i = 0; i < ENTRY_STATES; i++)
		json_number(states[i].key, (long)counts->states[i]);
	json_close();
}

static void
print_json(const struct migrate *m, const struct migrate_counts *before,
    const struct migrate_counts *now)
{
	const char *why;
	size_t i;

	json_open(NULL, '{');
	json_text("file", m->file);
	json_text("backup", now->migrated > 0 ? m->backup : NULL);
	json_bool("dry_run", m->options->dry_run);
	json_bool("written_anew", m->rewritten);
	json_bool("stopped", m->stopped);
	json_text("trouble", m->trouble);
	json_number("users", (long)m->names.count);
	json_number("migrated", (long)now->migrated);
	print_counts("before", before);
	print_counts("now", now);
	json_open("to_be_seen_to", '[');
	for (i = 0; i < m->names.count; i++) {
		why = reason(m, &m->users[i]);
		if (why == NULL)
			continue;
		json_open(NULL, '{');
		json_text("user", m->users[i].name);
		json_text("why", why);
		json_close();
	}
	json_close();
	json_close();
}

void
migrate_print(const struct migrate *m, const struct migrate_counts *before)
{
	struct migrate_counts now;

	migrate_count(m, &now);
	if (m->options->json)
		print_json(m, before, &now);
	else
		print_text(m, before, &now);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic migrate: turns the plaintext of a sasldb into one-way secrets.
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>

#include "lib/util.h"
#include "migrate/migrate.h"
#include "sasl/daemon.h"
#include "sasl/library.h"

static const char help[] =
    "usage: sasl-classic migrate [OPTION...]\n"
    "\n"
    "Gives everybody in a sasldb whose password is stored as it is one-way\n"
    "secrets of the same password, and removes the plaintext. The plugins of\n"
    "sasl-classic can use them, and nothing else can: no DIGEST-MD5, no "
    "SCRAM,\nno host that has libsasl2 check passwords, as Cyrus IMAP's LOGIN "
    "does.\n"
    "The file is written anew, also if nobody has plaintext, since passwords\n"
    "that were deleted in it before are still there.\n"
    "A backup is made and read again first: it has the passwords, so destroy\n"
    "it when all can log in. It may be stopped or killed at\n"
    "any moment, and run again: a user is migrated, or is not, and nothing\n"
    "between. Meanwhile nobody else should write to the sasldb.\n"
    "\n"
    "  -n, --dry-run          look, and change nothing\n"
    "  -b, --backup FILE      default: the sasldb's name and .before-migrate\n"
    "  -f, --file FILE        the sasldb; default: the one that SERVICE.conf "
    "says\n"
    "  -s, --service SERVICE  whose plugins and classic_hash_scheme count;\n"
    "                         default smtpd\n"
    "      --users-from-input names on standard input, as sasldblistusers2\n"
    "                         prints them: for a sasldb of another kind\n"
    "      --plugin-dir DIR   plugins are here, not where libsasl2 looks\n"
    "      --config-dir DIR   SERVICE.conf is here, not where the service "
    "looks\n"
    "      --postfix DIR      Postfix's main.cf is here\n"
    "      --json             for scripts\n"
    "  -h, --help             this text\n"
    "\n"
    "Exit status: 0 no plaintext is left (with -n: looked); 1 some users are "
    "to\nbe seen to, it was stopped, or the file cannot be written anew;\n"
    "2 wrong usage; 3 it could not be done.\n";

static volatile sig_atomic_t stop;

static void
on_signal(int sig)
{
	stop = sig;
}

bool
migrate_is_stopped(void)
{
	return stop != 0;
}

static void
catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action = { .sa_handler = on_signal };
	size_t i;

	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
}

int
migrate_give_up(struct migrate *m, char *why)
{
	free(m->trouble);
	m->trouble = why;
	return -1;
}

/* Of what cannot be written anew nobody knows what is in it. */
static void
change(struct migrate *m, const struct migrate_counts *before)
{
	bool plaintext = before->states[ENTRY_PLAINTEXT] > 0;

	if (!plaintext && !m->berkeley)
		return;
	if (plaintext && migrate_back_up(m) < 0)
		return;
	migrate_all(m);
	m->stopped = migrate_is_stopped();
	stop = 0;
	(void)migrate_survey(m, "reading again");
}

static int
judge(const struct migrate *m)
{
	struct migrate_counts now;

	if (m->trouble != NULL) {
		tool_complain("%s", m->trouble);
		return TOOL_TROUBLE;
	}
	if (!m->berkeley)
		tool_complain("%s is no file that Berkeley DB could write "
			      "anew here. PASSWORDS THAT WERE DELETED IN IT, "
			      "NOW OR BEFORE, MAY STILL BE IN IT: dump it, and "
			      "load it into a new file, with the tools of its "
			      "database",
		    m->file);
	if (m->options->dry_run)
		return TOOL_WELL;
	migrate_count(m, &now);
	return m->rewritten && !m->stopped &&
		       now.states[ENTRY_PLAINTEXT] == 0 &&
		       now.states[ENTRY_CONFLICT] == 0 &&
		       now.states[ENTRY_NULL] == 0 &&
		       now.states[ENTRY_MISPLACED] == 0 &&
		       now.states[ENTRY_UNREADABLE] == 0
		   ? TOOL_WELL
		   : TOOL_FAULT;
}

/* From the list of users to the summary. */
static int
work(struct migrate *m)
{
	struct migrate_counts before;

	m->users = tool_alloc((m->names.count + 1) * sizeof(m->users[0]));
	if (!migrate_survey(m, "reading"))
		return TOOL_FAULT;
	migrate_count(m, &before);
	if (!m->options->dry_run)
		change(m, &before);
	migrate_print(m, &before);
	return judge(m);
}

static int
list_users(struct migrate *m)
{
	if (m->options->users_from_input)
		return sasldb_read(stdin, &m->names);
	return sasldb_list(m->file, &m->names);
}

static void
release(struct migrate *m)
{
	size_t i;

	migrate_unlock(m);
	for (i = 0; m->users != NULL && i < m->names.count; i++)
		free(m->users[i].failure);
	free(m->users);
	sasldb_free(&m->names);
	free(m->file);
	free(m->work);
	free(m->fresh);
	free(m->old);
	free(m->lock);
	free(m->backup);
	free(m->new_backup);
	free(m->trouble);
}

static int
run(const struct options *o)
{
	struct migrate m = { .options = o, .lock_fd = -1 };
	int status = TOOL_TROUBLE;

	if (migrate_prepare(&m) == 0 && list_users(&m) == 0)
		status = work(&m);
	release(&m);
	return tool_finish(status);
}

int
migrate_main(int argc, char **argv)
{
	struct library_options library = { NULL };
	int status = TOOL_TROUBLE;
	struct daemon_here here;
	struct options o;

	if (options_parse(argc, argv, OPTIONS_MIGRATE, &o) < 0)
		return tool_usage(NULL);
	if (o.help)
		return tool_help(help);
	daemon_find(&here, o.service, o.postfix_dir);
	library.app = o.service;
	library.plugin_path = o.plugin_dir;
	library.config_path = o.config_dir != NULL ? o.config_dir : here.path;
	catch_signals();
	if (library_require(&library) == 0)
		status = run(&o);
	library_stop();
	daemon_free(&here);
	return status;
}

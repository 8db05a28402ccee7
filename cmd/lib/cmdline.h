/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The command line of every subcommand: one table, so that an option is called
 * and means the same wherever it is taken, and its help stands beside it.
 */
#ifndef CLASSIC_CMDLINE_H
#define CLASSIC_CMDLINE_H

#include <stdbool.h>

/* Who takes an option. */
enum {
	CMDLINE_DOCTOR = 1,
	CMDLINE_TRY = 2,
	CMDLINE_HASH = 4,
	CMDLINE_USER = 8,
	CMDLINE_IMPORT = 16,
};

struct cmdline {
	const char *user, *service, *realm, *host;
	const char *plugin_dir, *config_dir, *postfix_dir;
	const char *run_as, *chroot_dir, *expect;
	const char *scheme;
	const char *file, *label, *expires, *nets; /* of a passwdfile */
	const char *to, *format;		   /* of import */
	bool generate, crammd5, no_crammd5, dry_run, keep_plaintext;
	bool show_secrets, brief, json, bare, decoy, list;
	bool help;
	char **rest; /* what is no option; ends with NULL */
};

/* A subcommand. It returns an exit status. */
struct command {
	const char *name;
	unsigned bit;	      /* one of CMDLINE_* */
	const char *summary;  /* one line for the list of all */
	const char *synopsis; /* what follows its name in the first line */
	const char *about;    /* what it does, ended by a newline */
	bool takes_words;     /* other than options */
	int (*run)(const struct cmdline *o);
};

extern const struct command doctor_command, try_command, user_command,
    import_command, hash_command;

/*
 * Read the command line, of which argv[0] is the name, and run it, or print its
 * help: the exit status. All members of `struct cmdline` that are not given are
 * NULL or false.
 */
int cmdline_run(const struct command *command, int argc, char **argv);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The command line of every subcommand: one table, so that an option is called
 * and means the same wherever it is taken.
 */
#ifndef CLASSIC_CMDLINE_H
#define CLASSIC_CMDLINE_H

#include <stdbool.h>

/* Who takes an option. */
enum {
	OPTIONS_DOCTOR = 1,
	OPTIONS_TRY = 2,
	OPTIONS_HASH = 4,
};

struct options {
	const char *user, *service, *realm, *host;
	const char *plugin_dir, *config_dir, *postfix_dir;
	const char *run_as, *chroot_dir, *expect;
	const char *scheme;
	bool show_secrets, brief, json, bare, list;
	bool help;
	char **rest; /* what is no option; ends with NULL */
};

/*
 * 0, or -1 after a complaint of getopt_long(3) or of ours. The service has its
 * default, smtpd; all else is NULL or false unless it is given.
 */
int options_parse(int argc, char **argv, unsigned command, struct options *o);

#endif

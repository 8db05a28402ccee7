/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic: the administrator's command. This file picks the subcommand.
 */
#include "config.h"

#include <sys/resource.h>

#include "lib/cmdline.h"
#include "lib/util.h"

static const struct command *const commands[] = {
	&doctor_command,
	&try_command,
	&user_command,
	&import_command,
	&hash_command,
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int
print_help(void)
{
	size_t i;

	puts("usage: sasl-classic SUBCOMMAND [OPTION...]\n\n"
	     "For administrators of servers that use the plugins of "
	     "sasl-classic.\n");
	for (i = 0; i < COMMANDS; i++)
		printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
	puts("\n`sasl-classic SUBCOMMAND --help' says more, sasl-classic(8) "
	     "says all.");
	return util_finish(EXIT_WELL);
}

int
main(int argc, char **argv)
{
	static const struct rlimit no_core = { 0, 0 };
	size_t i;

	/* There is a time in which passwords are in memory. */
	setrlimit(RLIMIT_CORE, &no_core);
	if (argc < 2)
		return util_usage("which subcommand?");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return print_help();
	if (!strcmp(argv[1], "--version")) {
		puts("sasl-classic " PACKAGE_VERSION);
		return util_finish(EXIT_WELL);
	}
	for (i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return cmdline_run(commands[i], argc - 1, argv + 1);
	if (!strcmp(argv[1], "migrate"))
		return util_usage("`import' took the place of `migrate': it "
				  "makes a new store, and leaves the old one "
				  "as it is");
	return util_usage("there is no subcommand %s", argv[1]);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic: the administrator's command. This file picks the subcommand.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lib/util.h"

static const char help[] =
    "usage: sasl-classic SUBCOMMAND [OPTION...]\n"
    "\n"
    "For who runs a mail server, or another, with the plugins of "
    "sasl-classic.\n"
    "\n"
    "  doctor   what is installed, what is used, and what is wrong with it\n"
    "  try      logs a user in by each mechanism and shows the conversation\n"
    "  hash     prints a password as a store may hold it\n"
    "\n"
    "`sasl-classic SUBCOMMAND --help' says more, sasl-classic(8) says all.\n"
    "\n"
    "Exit status: 0 all well; 1 something is wrong or did not succeed;\n"
    "2 wrong usage; 3 the question could not be answered.\n";

/* Its name is in scripts and in old documents. */
static int
migrate_main(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return tool_usage("there is no `migrate' any more: `sasl-classic "
			  "import' takes its place, makes a new file for the "
			  "store passwdfile, and leaves the old one alone");
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} subcommands[] = {
	{ "doctor", doctor_main },
	{ "try", try_main },
	{ "hash", hash_main },
	{ "migrate", migrate_main },
};

int
main(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return tool_usage("which subcommand?");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return tool_help(help);
	if (!strcmp(argv[1], "--version"))
		return tool_help("sasl-classic " PACKAGE_VERSION "\n");
	for (i = 0; i < sizeof(subcommands) / sizeof(subcommands[0]); i++)
		if (!strcmp(argv[1], subcommands[i].name)) {
			tool_set_name(argv[1]);
			return subcommands[i].run(argc - 1, argv + 1);
		}
	return tool_usage("there is no subcommand %s", argv[1]);
}

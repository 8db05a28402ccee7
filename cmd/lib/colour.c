/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Colours: see colour.h.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/colour.h"

static const char *const escapes[] = {
	[COLOUR_PLAIN] = "\033[0m",
	[COLOUR_BOLD] = "\033[1m",
	[COLOUR_DIM] = "\033[2m",
	[COLOUR_GOOD] = "\033[32m",
	[COLOUR_BAD] = "\033[31m",
	[COLOUR_SERVER] = "\033[32m",
	[COLOUR_CLIENT] = "\033[36m",
};

const char *
colour(enum colour which)
{
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (off != NULL && *off != '\0') ||
	    term == NULL || !strcmp(term, "dumb"))
		return "";
	return escapes[which];
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Colours: see paint.h.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/colour.h"

static const char *const escapes[] = {
	[PAINT_PLAIN] = "\033[0m",
	[PAINT_BOLD] = "\033[1m",
	[PAINT_DIM] = "\033[2m",
	[PAINT_GOOD] = "\033[32m",
	[PAINT_BAD] = "\033[31m",
	[PAINT_SERVER] = "\033[32m",
	[PAINT_CLIENT] = "\033[36m",
};

const char *
paint(enum paint which)
{
	const char *off = getenv("NO_COLOR"), *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO) || (off != NULL && *off != '\0') ||
	    term == NULL || !strcmp(term, "dumb"))
		return "";
	return escapes[which];
}

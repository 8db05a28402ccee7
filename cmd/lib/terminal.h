/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The terminal: colours, a bar, and a password that is asked for.
 */
#ifndef CLASSIC_TERMINAL_H
#define CLASSIC_TERMINAL_H

#include <stdbool.h>

#include "base/name.h"

enum colour {
	COLOUR_PLAIN,
	COLOUR_BOLD,
	COLOUR_DIM,
	COLOUR_GOOD,
	COLOUR_BAD,
	COLOUR_SERVER, /* what either side says */
	COLOUR_CLIENT,
};

/*
 * What to print on standard output to go on in it; COLOUR_PLAIN ends it. "" if
 * that is no terminal, or NO_COLOR is set.
 */
const char *colour(enum colour which);

/*
 * A bar on standard error, if that is a terminal: `done` of `all`, drawn a few
 * times a second at most. Nothing is left of it at the end.
 */
void progress_show(const char *what, size_t done, size_t all);
void progress_end(void);

struct ask_password {
	size_t len;		     /* 1 to MAX_PASSWORD */
	char data[MAX_PASSWORD + 1]; /* with a NUL after it */
};

/*
 * If standard input is a terminal, ask there for the password of `whom`,
 * without an echo; `twice` to exclude a slip. Otherwise it is all that standard
 * input has, without one end of a line after it. 0, or -1 after a complaint.
 * The caller wipes it with secret_wipe() either way.
 */
int ask_password(const char *whom, bool twice, struct ask_password *password);

#endif

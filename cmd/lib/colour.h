/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Colours, on a terminal only, and not if NO_COLOR is set.
 */
#ifndef CLASSIC_COLOUR_H
#define CLASSIC_COLOUR_H

enum colour {
	COLOUR_PLAIN,
	COLOUR_BOLD,
	COLOUR_DIM,
	COLOUR_GOOD,
	COLOUR_BAD,
	COLOUR_SERVER, /* what either side says */
	COLOUR_CLIENT,
};

/* What to print on standard output to go on in it; COLOUR_PLAIN ends it. */
const char *colour(enum colour which);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Colours, on a terminal only, and not if NO_COLOR is set.
 */
#ifndef CLASSIC_COLOUR_H
#define CLASSIC_COLOUR_H

enum paint {
	PAINT_PLAIN,
	PAINT_BOLD,
	PAINT_DIM,
	PAINT_GOOD,
	PAINT_BAD,
	PAINT_SERVER, /* what either side says */
	PAINT_CLIENT,
};

/* What to print on standard output to go on in it; PAINT_PLAIN ends it. */
const char *paint(enum paint which);

#endif

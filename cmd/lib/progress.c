/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A bar: see progress.h.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/progress.h"

enum { WIDTH = 30, PER_SECOND = 8, NANOSECONDS = 1000000000 };

static const char *current; /* what the bar on the screen is about */
static double drawn;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / NANOSECONDS;
}

void
progress_show(const char *what, size_t done, size_t all)
{
	static const char full[WIDTH + 1] = "##############################";
	double t = now();
	size_t filled;

	if (!isatty(STDERR_FILENO) || all == 0)
		return;
	if (current != what) {
		progress_end();
		current = what;
	} else if (t - drawn < 1.0 / PER_SECOND && done < all)
		return;
	drawn = t;
	filled = done * WIDTH / all;
	fprintf(stderr, "\r%s [%-*.*s] %zu of %zu\033[K", what, WIDTH,
	    (int)filled, full, done, all);
	fflush(stderr);
}

void
progress_end(void)
{
	if (current != NULL)
		fputs("\r\033[K", stderr);
	current = NULL;
}

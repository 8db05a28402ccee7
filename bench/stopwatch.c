/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The clock, see stopwatch.h.
 */
#include "config.h"

#include "stopwatch.h"

enum { OVERHEAD_TRIES = 200 };

static double
read_clock(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

double
stopwatch_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

__attribute__((noinline)) void
stopwatch_run(struct stopwatch *watch, stopwatch_work *work, void *arg)
{
	double wall = read_clock(CLOCK_MONOTONIC);
	double cpu = read_clock(STOPWATCH_CLOCK);

	work(arg);
	watch->cpu += read_clock(STOPWATCH_CLOCK) - cpu;
	watch->wall += read_clock(CLOCK_MONOTONIC) - wall;
}

static void
no_work(void *arg)
{
	(void)arg;
}

struct stopwatch
stopwatch_overhead(void)
{
	struct stopwatch least = { 1e9, 1e9 };

	for (int i = 0; i < OVERHEAD_TRIES; i++) {
		struct stopwatch w = { 0, 0 };

		stopwatch_run(&w, no_work, 0);
		if (w.cpu < least.cpu)
			least.cpu = w.cpu;
		if (w.wall < least.wall)
			least.wall = w.wall;
	}
	return least;
}

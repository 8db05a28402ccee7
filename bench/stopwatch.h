/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The clock of the benchmark. All work that counts runs inside
 * stopwatch_run, so that its two clock readings bracket the system calls and
 * its name brackets the instructions that count: the tracer of trace.c looks
 * for the readings, callgrind.sh for the name.
 */
#ifndef BENCH_STOPWATCH_H
#define BENCH_STOPWATCH_H

#include <time.h>

/* The one clock read only by stopwatch_run: the CPU time of the thread. */
#define STOPWATCH_CLOCK CLOCK_THREAD_CPUTIME_ID

/* Nanoseconds so far: of this thread's CPU time, and by the clock. */
struct stopwatch {
	double cpu;
	double wall;
};

typedef void stopwatch_work(void *arg);

/* Does the work once and adds what it took to *watch. */
void stopwatch_run(struct stopwatch *watch, stopwatch_work *work, void *arg);

/* What a stopwatch_run without work adds, at the least: to be taken off. */
struct stopwatch stopwatch_overhead(void);

/* The time of day, so to speak: nanoseconds since some moment. */
double stopwatch_now(void);

#endif

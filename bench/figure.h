/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The figures of the benchmark, in the order of the report: what each is
 * called, how it is measured, and how good it has to be.
 */
#ifndef BENCH_FIGURE_H
#define BENCH_FIGURE_H

#include <stdbool.h>

/* Who finds the number. */
enum tool {
	TOOL_MEASURE, /* measure prints it */
	TOOL_TRACE,   /* the tracer counts system calls of its loop */
	TOOL_OWN,     /* callgrind counts the plugin's instructions */
	TOOL_HASHING, /* and those of the libraries that have the MD5 */
	TOOL_ALL,     /* and libc's */
};

enum target {
	TARGET_NONE,
	TARGET_RATIO,	/* ours/stock at most */
	TARGET_SPEEDUP, /* ours/stock at least */
	TARGET_VALUE,	/* ours at most, whatever stock does */
};

struct figure {
	const char *title;
	const char *words; /* for measure, see scenario.h */
	const char *unit;
	double scale; /* one unit, in what measure prints */
	enum target target;
	double limit;
	unsigned long users; /* of a sasldb, or 0 */
	enum tool tool;
	bool alone; /* the stock plugins cannot do it */
	bool exact; /* the same each time: once is enough */
};

struct section {
	const char *title;
	const struct figure *figures; /* the last has no title */
};

extern const struct section sections[]; /* the last has no title */

#endif

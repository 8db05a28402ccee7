/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Runs a measuring program with the plugins of one directory and takes the
 * number that it prints.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <stdbool.h>
#include <sys/types.h>

#include "figure.h"

/* One of those who are compared. */
struct runner {
	const char *program;   /* measure, or one that speaks like it */
	const char *plugins;   /* the directory, or NULL */
	const char *callgrind; /* the script, or NULL: no such figures */
	const char *users_dir; /* where the sasldb files are */
};

/*
 * The figure by this runner, in the figure's unit. False if it is not for
 * this runner to tell (exit status 3). Any other trouble ends the process,
 * but for a figure of ours alone: a build may lack a scheme.
 */
bool run_figure(const struct runner *, const struct figure *, double *value);

/*
 * The number that the program prints when it is given these words, or that
 * the tool finds when it watches. Returns a wait status, which is not 0 if
 * there was no number.
 */
int run_words(
    const struct runner *, const char *words, enum tool, double *value);

#endif

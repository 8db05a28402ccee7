/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The figures of a noisy machine: medians of ratios that were taken in
 * turn, and how far the middle half of them spreads.
 */
#ifndef BENCH_STATS_H
#define BENCH_STATS_H

#include <stdbool.h>

enum { STATS_ROUNDS_MAX = 200 };

/* Numbers, one a round. */
struct series {
	unsigned n;
	double value[STATS_ROUNDS_MAX];
};

struct spread {
	double low; /* a quarter of the values is less */
	double median;
	double high; /* a quarter of the values is more */
};

void series_add(struct series *, double value);

/* Of one number at least. */
struct spread series_spread(const struct series *);

/*
 * The ratios round by round; false where there are none. Nothing over
 * nothing is 1, something over nothing is infinite.
 */
bool series_ratio(const struct series *over, const struct series *under,
    struct series *ratio);

#endif

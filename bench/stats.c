/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Medians and quartiles, see stats.h.
 */
#include "config.h"

#include "stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
series_add(struct series *s, double value)
{
	if (s->n < STATS_ROUNDS_MAX)
		s->value[s->n++] = value;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Between two values if the part falls there. */
static double
quantile(const struct series *sorted, double part)
{
	double place = part * (sorted->n - 1);
	unsigned below = (unsigned)place;
	double rest = place - below;

	if (below + 1 >= sorted->n || rest == 0)
		return sorted->value[below];
	return sorted->value[below] * (1 - rest) +
	       sorted->value[below + 1] * rest;
}

struct spread
series_spread(const struct series *s)
{
	struct series sorted = *s;

	qsort(sorted.value, sorted.n, sizeof sorted.value[0], compare);
	return (struct spread) { quantile(&sorted, 0.25),
		quantile(&sorted, 0.5), quantile(&sorted, 0.75) };
}

bool
series_ratio(
    const struct series *over, const struct series *under, struct series *ratio)
{
	unsigned n = over->n < under->n ? over->n : under->n;

	ratio->n = 0;
	for (unsigned i = 0; i < n; i++) {
		if (under->value[i] != 0)
			series_add(ratio, over->value[i] / under->value[i]);
		else
			series_add(ratio, over->value[i] == 0 ? 1 : INFINITY);
	}
	return n > 0;
}

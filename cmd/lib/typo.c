/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Slips of the pen: see typo.h.
 */
#include "config.h"

#include <string.h>

#include "lib/typo.h"

enum { LONGEST = 64, NEAR = 3 }; /* characters; of longer words the head */

static size_t
least(size_t a, size_t b, size_t c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

size_t
typo_distance(const char *a, const char *b)
{
	size_t rows[LONGEST + 1][LONGEST + 1];
	size_t m = strnlen(a, LONGEST), n = strnlen(b, LONGEST), i, j;

	for (i = 0; i <= m; i++)
		rows[i][0] = i;
	for (j = 0; j <= n; j++)
		rows[0][j] = j;
	for (i = 1; i <= m; i++)
		for (j = 1; j <= n; j++) {
			rows[i][j] =
			    least(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
				rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				rows[i][j] = least(rows[i][j],
				    rows[i - 2][j - 2] + 1, rows[i][j]);
		}
	return rows[m][n];
}

const char *
typo_nearest(const char *word, const char *const *words, size_t count)
{
	const char *nearest = NULL;
	size_t best = NEAR + 1, distance, i;

	/* In a short word a few slips leave nothing of it. */
	if (strlen(word) < 3 * NEAR)
		best = strlen(word) / 3 + 1;
	for (i = 0; i < count; i++) {
		distance = typo_distance(word, words[i]);
		if (distance == 0)
			return NULL;
		if (distance < best) {
			best = distance;
			nearest = words[i];
		}
	}
	return nearest;
}

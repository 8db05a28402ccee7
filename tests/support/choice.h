/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A choice of scheme_make() by its word.
 */
#ifndef CLASSIC_CHOICE_H
#define CLASSIC_CHOICE_H

#include "secrets/scheme.h"
#include "support/test.h"

static inline int
choice_of(const char *word)
{
	int i = 0;

	while (strcmp(scheme_choices[i], word) != 0) {
		i++;
		assert_non_null(scheme_choices[i]);
	}
	return i;
}

#endif

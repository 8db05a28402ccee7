/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A stored value, classified and checked in one go; and a choice of a new one.
 */
#ifndef CLASSIC_TESTS_STORED_H
#define CLASSIC_TESTS_STORED_H

#include "secrets/scheme.h"
#include "support/test.h"

static inline struct stored
stored_of(struct bytes octets)
{
	struct stored s;

	scheme_classify(octets, &s);
	return s;
}

/* As scheme_check(); what cannot be used has to have a reason. */
static inline enum verdict
stored_check(const struct host *h, struct bytes octets, struct bytes password)
{
	struct stored s = stored_of(octets);
	const char *reason;

	return scheme_check(h, &s, password, &reason);
}

static inline bool
stored_is_plaintext(struct bytes octets)
{
	struct stored s = stored_of(octets);

	return s.kind == STORED_PLAINTEXT || s.kind == STORED_NOTHING;
}

/* A choice of scheme_make() by its word. */
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

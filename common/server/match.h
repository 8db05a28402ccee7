/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored for a user. How a mechanism
 * compares one value is its own affair; that all of them are compared, that a
 * hash is no password, and what the log is told, is the same for all.
 */
#ifndef CLASSIC_MATCH_H
#define CLASSIC_MATCH_H

#include "backend/lookup.h"
#include "secrets/verdict.h"

/* What a run over the values has shown. */
struct match_findings {
	int matched;	/* 1 if one of them did */
	size_t values;	/* that are stored */
	size_t usable;	/* of them */
	bool no_memory; /* for one of them, at least */
};

/* Compare the mechanism's `claim` with one value. */
typedef enum verdict match_fn(void *claim, const struct lookup_value *stored);

/* Compare with all values, whatever the ones before have shown. */
void match_all(const struct lookup *found, match_fn *compare, void *claim,
    struct match_findings *findings);

/* Did a user whom the store knows prove it? */
bool match_accepts(
    const struct lookup *found, const struct match_findings *findings);

/* Why not, as a reason word for server_fail(). */
const char *match_refusal(
    const struct lookup *found, const struct match_findings *findings);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored for a user. A mechanism compares
 * one value; what follows from all of them is the same for each mechanism.
 */
#ifndef CLASSIC_MATCH_H
#define CLASSIC_MATCH_H

#include "backend/lookup.h"
#include "server/decoy.h"
#include "server/report.h"

enum { MATCH_VALUES = 256 }; /* of a user that are looked at, at most */

/* What a run over the values has shown. */
struct match_findings {
	int matched;		   /* 1 if one of them did */
	size_t values;		   /* that are stored */
	size_t hashes;		   /* of them, by their look; locks, too */
	bool lookalike;		   /* a plaintext begins like a hash */
	bool by_rules;		   /* one is a hash by the general rules */
	size_t usable;		   /* of them */
	bool no_memory;		   /* for one of them, at least */
	struct report_fault fault; /* the first that is not usable */
	struct decoys decoys;	   /* what to check if the login is refused */
};

/*
 * Compare the mechanism's `claim` with one value of `property`. As
 * scheme_check(): *why, which is NULL before, may say why it is unusable.
 */
typedef enum verdict match_fn(void *claim, const char *property,
    const struct stored *value, const char **why);

/* Nothing yet. */
static inline void
match_start(struct match_findings *findings)
{
	memset(findings, 0, offsetof(struct match_findings, decoys));
	decoy_start(&findings->decoys);
}

/* Compare with all values, whatever those before have shown. */
void match_all(const struct lookup *found, match_fn *compare, void *claim,
    struct match_findings *findings);

/*
 * To tell what looks like a hash is work, too. So each refusal has looked once
 * by the general rules, and has taken one such value apart and compared it more
 * than it has checked. What of that `is_missing` is done with a value of no
 * known name; a plaintext that begins like a hash was taken apart already.
 */
void match_unusable(const struct match_findings *findings, bool is_missing,
    match_fn *compare, void *claim);

/* Did a user whom the store knows prove it? */
bool match_accepts(
    const struct lookup *found, const struct match_findings *findings);

/* Why not, as a reason word (report.h). */
const char *match_refusal(
    const struct lookup *found, const struct match_findings *findings);

#endif

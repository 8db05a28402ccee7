/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored for a user. A mechanism compares
 * one value; what follows from all of them is the same for each mechanism.
 */
#ifndef CLASSIC_MATCH_H
#define CLASSIC_MATCH_H

#include "backend/lookup.h"
#include "secrets/scheme.h"
#include "server/report.h"

enum {
	MATCH_VALUES = 256, /* of a user that are looked at, at most */
	MATCH_DECOYS = 8,   /* different ones */
};

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

	/*
	 * What a store wants to be checked if the login is refused, copied, and
	 * how often each; and a reason for the refusal, or NULL. `is_told`
	 * without any: nothing.
	 */
	bool is_told;
	const char *reason;
	size_t decoys;
	unsigned times[MATCH_DECOYS];
	size_t len[MATCH_DECOYS];
	char decoy[MATCH_DECOYS][SCHEME_DECOY];
};

static inline struct bytes
match_decoy(const struct match_findings *findings, size_t which)
{
	return bytes_of(findings->decoy[which], findings->len[which]);
}

/* Is that decoy for a password? Such a one has one octet. */
static inline bool
match_is_password(const struct match_findings *findings, size_t which)
{
	return findings->len[which] == 1;
}

/*
 * Compare the mechanism's `claim` with one value of `property`. As
 * scheme_check(): *why, which is NULL before, may say why it is unusable.
 */
typedef enum verdict match_fn(void *claim, const char *property,
    const struct stored *value, const char **why);

/* Nothing yet. What is for the copies is large, and stays as it is. */
static inline void
match_start(struct match_findings *findings)
{
	memset(findings, 0, offsetof(struct match_findings, decoy));
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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored: see judge.h.
 */
#include "config.h"

#include "server/match.h"

void
match_all(const struct lookup *found, match_fn *compare, void *claim,
    struct match_findings *findings)
{
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value stored;
	enum verdict verdict;

	memset(findings, 0, sizeof(*findings));
	while (lookup_next(found, &at, &stored)) {
		verdict = compare(claim, &stored);
		findings->matched |= verdict == VERDICT_MATCHES;
		findings->values++;
		findings->usable += verdict != VERDICT_UNUSABLE;
		findings->no_memory |= verdict == VERDICT_NO_MEMORY;
	}
}

bool
match_accepts(const struct lookup *found, const struct match_findings *findings)
{
	return findings->matched & (found->state == LOOKUP_KNOWN);
}

const char *
match_refusal(const struct lookup *found, const struct match_findings *findings)
{
	if (found->state == LOOKUP_KNOWN && findings->usable > 0)
		return "wrong-password";
	if (found->state == LOOKUP_KNOWN)
		return findings->values == 0 ? "no-secret" : "unusable-secret";
	return found->state == LOOKUP_BARRED ? "barred-user" : "unknown-user";
}

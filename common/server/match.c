/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored: see match.h.
 */
#include "config.h"

#include "server/match.h"

void
match_all(const struct lookup *found, match_fn *compare, void *claim,
    struct match_findings *findings)
{
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value next;
	struct stored value;
	enum verdict verdict;
	const char *why;

	memset(findings, 0, sizeof(*findings));
	while (lookup_next(found, &at, &next)) {
		scheme_classify(next.value, &value);
		why = NULL;
		verdict = compare(claim, next.property, &value, &why);
		findings->matched |= verdict == VERDICT_MATCHES;
		findings->values++;
		findings->usable += verdict != VERDICT_UNUSABLE;
		findings->no_memory |= verdict == VERDICT_NO_MEMORY;
		if (why != NULL && findings->why == NULL) {
			findings->why = why;
			findings->label = scheme_label(&value);
		}
	}
}

void
match_complain(const struct host *h, const struct match_findings *findings)
{
	if (findings->why != NULL)
		host_log(h, SASL_LOG_ERR,
		    "a stored secret with %s cannot be used: %s",
		    findings->label, findings->why);
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

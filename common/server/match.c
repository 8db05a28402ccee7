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

	match_start(findings);
	while (
	    findings->values < MATCH_VALUES && lookup_next(found, &at, &next)) {
		scheme_classify(next.value, &value);
		if (value.kind == STORED_DECOY) {
			decoy_note(&findings->decoys, &value);
			continue;
		}
		findings->hashes +=
		    value.may_be_hash && value.kind != STORED_PLAINTEXT;
		findings->lookalike |=
		    value.may_be_hash && value.kind == STORED_PLAINTEXT;
		findings->by_rules |= value.by_rules;
		why = NULL;
		verdict = compare(claim, next.property, &value, &why);
		findings->values++;
		findings->matched |= verdict == VERDICT_MATCHES;
		findings->usable += verdict != VERDICT_UNUSABLE;
		findings->no_memory |= verdict == VERDICT_NO_MEMORY;
		if (why != NULL && findings->fault.why == NULL)
			findings->fault =
			    (struct report_fault) { scheme_label(&value), why };
	}
}

void
match_unusable(const struct match_findings *findings, bool is_missing,
    match_fn *compare, void *claim)
{
	struct stored value;
	const char *why;

	if (findings->by_rules && !is_missing)
		return;
	scheme_nameless(!is_missing	      ? SCHEME_NAME
			: findings->lookalike ? SCHEME_RULES
					      : SCHEME_ALL,
	    &value);
	if (is_missing)
		compare(claim, PROPERTY_PASSWORD, &value, &why);
}

bool
match_accepts(const struct lookup *found, const struct match_findings *findings)
{
	return findings->matched & (found->state == LOOKUP_KNOWN);
}

const char *
match_refusal(const struct lookup *found, const struct match_findings *findings)
{
	if (found->state == LOOKUP_NO_STORE)
		return "no-store";
	if (found->state == LOOKUP_BARRED)
		return "barred-user";
	if (findings->usable > 0 && found->state == LOOKUP_KNOWN)
		return "wrong-password";
	if (findings->decoys.reason != NULL)
		return findings->decoys.reason;
	return found->state == LOOKUP_KNOWN && findings->values > 0
		   ? "unusable-secret"
		   : "no-usable-secret";
}

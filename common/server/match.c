/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored: see match.h.
 */
#include "config.h"

#include "server/match.h"

/*
 * The copy outlives what the store gave; what is too long is no hash. Equal
 * ones come one after the other.
 */
static void
note_decoy(struct match_findings *findings, const struct stored *value)
{
	size_t last = findings->decoys - 1;
	char *copy;

	findings->is_told = true;
	if (findings->reason == NULL)
		findings->reason = value->reason;
	if (value->value.len == 0 || value->value.len >= SCHEME_DECOY)
		return;
	if (findings->decoys > 0 &&
	    bytes_equal(bytes_str(findings->decoy[last]), value->value)) {
		findings->times[last]++;
		return;
	}
	if (findings->decoys == MATCH_DECOYS)
		return;
	findings->times[findings->decoys] = 1;
	copy = findings->decoy[findings->decoys++];
	memcpy(copy, value->value.data, value->value.len);
	copy[value->value.len] = '\0';
}

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
			note_decoy(findings, &value);
			continue;
		}
		findings->hashes +=
		    value.may_be_hash && value.kind != STORED_PLAINTEXT;
		findings->lookalike |=
		    value.may_be_hash && value.kind == STORED_PLAINTEXT;
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
match_unusable(
    const struct match_findings *findings, match_fn *compare, void *claim)
{
	struct stored value;
	const char *why;

	if (findings->lookalike) {
		scheme_classify(bytes_str("$guess"), &value);
		return;
	}
	scheme_classify(
	    bytes_str("{CROSSED-OUT}tiY7sUhYKUwI5L3866kDY+ENcrQ="), &value);
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
	if (findings->reason != NULL)
		return findings->reason;
	return found->state == LOOKUP_KNOWN && findings->values > 0
		   ? "unusable-secret"
		   : "no-usable-secret";
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A claim against everything that is stored: all values are compared, whatever
 * the others have shown, and only a user whom the store knows is accepted.
 */
#include "config.h"

#include "server/match.h"
#include "support/test.h"

/* Each value says by its first letter what comes of it. */
static char compared[16];

static enum verdict
compare(void *claim, const char *property, const struct stored *value,
    const char **why)
{
	assert_string_equal(claim, "the claim");
	assert_string_equal(property, PROPERTY_PASSWORD);
	assert_int_equal(value->kind, STORED_PLAINTEXT);
	strncat(compared, value->octets.data, 1);
	switch (value->octets.data[0]) {
	case 'm':
		return VERDICT_MATCHES;
	case 'u':
		*why = "because";
		return VERDICT_UNUSABLE;
	case 'n':
		return VERDICT_NO_MEMORY;
	default:
		return VERDICT_DIFFERS;
	}
}

/*
 * As the store gave them: up to three values of one letter; but D is a decoy,
 * which is not compared.
 */
static struct match_findings
judge(const char *letters, enum lookup_state state, struct lookup *found)
{
	static char claim[] = "the claim";
	static const char *values[4];
	static char texts[4][16];
	struct match_findings findings;
	size_t i, octets = 0;

	assert_in_range(strlen(letters), 0, 3);
	memset(found, 0, sizeof(*found));
	memset(values, 0, sizeof(values));
	memset(&findings, 0xa5, sizeof(findings));
	for (i = 0; letters[i] != '\0'; i++) {
		snprintf(texts[i], sizeof(texts[i]), "%s%c",
		    letters[i] == 'D' ? "{DECOY}:" : "", letters[i]);
		values[i] = texts[i];
		octets += strlen(texts[i]);
	}
	found->state = state;
	found->values[0].name = PROPERTY_PASSWORD;
	found->values[0].values = values;
	found->values[0].nvalues = (unsigned)i;
	found->values[0].valsize = (unsigned)octets;
	compared[0] = '\0';
	match_all(found, compare, claim, &findings);
	return findings;
}

static const struct {
	const char *letters;
	bool accepted;
	const char *refusal; /* of a user whom the store knows */
} cases[] = {
	{ "", false, "no-usable-secret" },
	{ "m", true, NULL },
	{ "d", false, "wrong-password" },
	{ "u", false, "unusable-secret" },
	{ "uuu", false, "unusable-secret" },
	{ "udu", false, "wrong-password" },
	{ "mdu", true, NULL },
	{ "dmu", true, NULL },
	{ "dum", true, NULL },
	{ "mmm", true, NULL },
	{ "nm", true, NULL },
	{ "D", false, "no-usable-secret" },
	{ "Du", false, "unusable-secret" },
	{ "dD", false, "wrong-password" },
	{ "Dm", true, NULL },
};

static void
without_decoys(const char *letters, char *out)
{
	for (; *letters != '\0'; letters++)
		if (*letters != 'D')
			*out++ = *letters;
	*out = '\0';
}

TEST(match_all__any_values__are_all_compared_in_their_order)
{
	struct match_findings findings;
	struct lookup found;
	char letters[4];
	size_t i, n;

	for (i = 0; i < COUNT_OF(cases); i++) {
		findings = judge(cases[i].letters, LOOKUP_KNOWN, &found);
		without_decoys(cases[i].letters, letters);
		assert_string_equal(compared, letters);
		assert_int_equal(findings.values, strlen(letters));
		assert_int_equal(
		    findings.decoys, strchr(cases[i].letters, 'D') != NULL);
		assert_int_equal(
		    findings.matched, strchr(cases[i].letters, 'm') != NULL);
		assert_int_equal(
		    findings.no_memory, strchr(cases[i].letters, 'n') != NULL);
		for (n = 0; findings.usable + n < findings.values; n++)
			assert_non_null(strchr(cases[i].letters, 'u'));
		assert_int_equal(findings.fault.why != NULL,
		    strchr(cases[i].letters, 'u') != NULL);
		assert_int_equal(findings.usable > 0,
		    strspn(letters, "u") < strlen(letters));
	}
}

TEST(match_accepts__a_match__must_be_of_a_known_user)
{
	struct match_findings findings;
	struct lookup found;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		findings = judge(cases[i].letters, LOOKUP_KNOWN, &found);
		assert_int_equal(
		    match_accepts(&found, &findings), cases[i].accepted);
		findings = judge(cases[i].letters, LOOKUP_UNKNOWN, &found);
		assert_false(match_accepts(&found, &findings));
		findings = judge(cases[i].letters, LOOKUP_BARRED, &found);
		assert_false(match_accepts(&found, &findings));
	}
}

TEST(match_refusal__whatever_was_found__is_its_reason_word)
{
	struct match_findings findings;
	struct lookup found;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		findings = judge(cases[i].letters, LOOKUP_BARRED, &found);
		assert_string_equal(
		    match_refusal(&found, &findings), "barred-user");
		findings = judge(cases[i].letters, LOOKUP_UNKNOWN, &found);
		assert_string_equal(
		    match_refusal(&found, &findings), "no-usable-secret");
		if (cases[i].refusal == NULL)
			continue;
		findings = judge(cases[i].letters, LOOKUP_KNOWN, &found);
		assert_string_equal(
		    match_refusal(&found, &findings), cases[i].refusal);
	}
}

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
	const char *refusal; /* of a user whom the store knows; NULL: none */
} cases[] = {
	{ "", "no-usable-secret" },
	{ "m", NULL },
	{ "d", "wrong-password" },
	{ "u", "unusable-secret" },
	{ "uuu", "unusable-secret" },
	{ "udu", "wrong-password" },
	{ "mdu", NULL },
	{ "dmu", NULL },
	{ "dum", NULL },
	{ "mmm", NULL },
	{ "nm", NULL },
	{ "D", "no-usable-secret" },
	{ "Du", "unusable-secret" },
	{ "dD", "wrong-password" },
	{ "Dm", NULL },
};

/* `letters` without those of decoys: what is compared. */
static void
check_findings(const char *letters, const struct match_findings *findings)
{
	char values[4];
	size_t i, len = 0;

	for (i = 0; letters[i] != '\0'; i++)
		if (letters[i] != 'D')
			values[len++] = letters[i];
	values[len] = '\0';
	assert_string_equal(compared, values);
	assert_int_equal(findings->values, len);
	assert_int_equal(findings->usable > 0, strspn(values, "u") < len);
	assert_int_equal(findings->decoys.count, strchr(letters, 'D') != NULL);
	assert_int_equal(findings->matched, strchr(letters, 'm') != NULL);
	assert_int_equal(findings->no_memory, strchr(letters, 'n') != NULL);
	assert_int_equal(
	    findings->fault.why != NULL, strchr(letters, 'u') != NULL);
}

/* All values are compared in their order, and only a known user is accepted. */
TEST(match_all__any_values_of_any_user__are_found_and_judged)
{
	static const struct {
		enum lookup_state state;
		const char *refusal;
	} users[] = { { LOOKUP_KNOWN, NULL }, { LOOKUP_BARRED, "barred-user" },
		{ LOOKUP_UNKNOWN, "no-usable-secret" } };
	struct match_findings findings;
	struct lookup found;
	const char *refusal;
	size_t i, n;

	for (i = 0; i < COUNT_OF(cases); i++)
		for (n = 0; n < COUNT_OF(users); n++) {
			findings =
			    judge(cases[i].letters, users[n].state, &found);
			check_findings(cases[i].letters, &findings);
			assert_int_equal(match_accepts(&found, &findings),
			    cases[i].refusal == NULL &&
				users[n].state == LOOKUP_KNOWN);
			refusal = users[n].state == LOOKUP_KNOWN
				      ? cases[i].refusal
				      : users[n].refusal;
			if (refusal != NULL)
				assert_string_equal(
				    match_refusal(&found, &findings), refusal);
		}
}

TEST(match_all__more_decoys_than_have_room__are_left_out)
{
	static char texts[DECOYS + 1][16];
	static const char *values[DECOYS + 2];
	struct match_findings findings;
	struct lookup found = { .state = LOOKUP_KNOWN };
	size_t i;

	for (i = 0; i <= DECOYS; i++) {
		snprintf(texts[i], sizeof(texts[i]), "{DECOY}:%c",
		    (char)('a' + (int)i));
		values[i] = texts[i];
	}
	found.values[0].name = PROPERTY_PASSWORD;
	found.values[0].values = values;
	found.values[0].nvalues = DECOYS + 1;
	match_all(&found, compare, NULL, &findings);
	assert_int_equal(findings.decoys.count, DECOYS);
	for (i = 0; i < DECOYS; i++)
		assert_int_equal(findings.decoys.times[i], 1);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN and LOGIN: which of the stored values are compared, and what a login
 * costs. The hashes are counted.
 */
#include "config.h"

#include "host/verify_run.h"
#include "secrets/scheme.h"

/* A row says what differs. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

OPTIONS(auxprop, { "pwcheck_method", "auxprop" });
OPTIONS(others, { "pwcheck_method", "saslauthd" });
OPTIONS(both, { "pwcheck_method", "auxprop saslauthd" });
OPTIONS(plaintext, { "classic_secrets", "plaintext" });
OPTIONS(hashed, { "classic_secrets", "hashed" });
OPTIONS(hashed_and_others, { "classic_secrets", "hashed" },
    { "pwcheck_method", "auxprop saslauthd" });

#define DIGEST "0123456789abcdefghijklmnopqrstuvwxyz01234567"
static const struct fake_option both_set[] = { { "classic_secrets", "both" },
	{ NULL, NULL } };
static const struct fake_option own_decoy[] = {
	{ "classic_decoy", OTHER DIGEST },
	{ NULL, NULL },
};

#define SLOW "$6$rounds=1000000$saltsalt$" /* more than half a second */

enum { VALUES = 5, LOGINS = 6 };

static const struct {
	const char *name;
	const struct fake_option *options; /* NULL: none is set */
	struct {
		const char *property, *value;
		const char *of; /* it is the setting of a hash of that */
	} stored[VALUES];
	struct {
		const char *password;
		int code;
		const char *cost;
	} logins[LOGINS];
	struct fake_setup setup; /* but rows and options */
} accounts[] = {
#define REFUSED(cost) \
	{ \
		"looking-glass", SASL_BADAUTH, cost \
	}
#define ACCEPTED(password, cost) \
	{ \
		password, SASL_OK, cost \
	}
#define BAD(password, cost) \
	{ \
		password, SASL_BADAUTH, cost \
	}

	/* No value is passed over when one of them has matched. */
	{ "several hashes", auxprop,
	    { { PASSWORD, CHOICE, "white-rabbit" },
		{ PASSWORD, CHOICE, "caterpillar" },
		{ PASSWORD, CHOICE, "march-hare" } },
	    { ACCEPTED("white-rabbit", "$6$$6$$6$"),
		ACCEPTED("caterpillar", "$6$$6$$6$"),
		ACCEPTED("march-hare", "$6$$6$$6$"), REFUSED("$6$$6$$6$") } },
	{ "several forms", auxprop,
	    { { PASSWORD, "white-rabbit" }, { PASSWORD, OTHER, "caterpillar" },
		{ HASH, CHOICE, "march-hare" }, { PASSWORD, "wonderland" } },
	    { ACCEPTED("white-rabbit", "$5$$6$"),
		ACCEPTED("caterpillar", "$5$$6$"),
		ACCEPTED("march-hare", "$5$$6$"),
		ACCEPTED("wonderland", "$5$$6$"), REFUSED("$5$$6$") } },
	/* One value that nobody can use does not spoil the others. */
	{ "unusable values around a good one", auxprop,
	    { { PASSWORD, "{ROT13}jbaqreynaqjbaqreynaq" },
		{ PASSWORD, CHOICE, "wonderland" }, { HASH, "mock-turtle" },
		{ PASSWORD, "" } },
	    { ACCEPTED("wonderland", "$6$"), BAD("mock-turtle", "$6$"),
		BAD("jbaqreynaq", "$6$") } },
	/* Looked at since its text may have been sent; it does not count. */
	{ "userPassword where only hashes count", hashed_and_others,
	    { { PASSWORD, OTHER, "{LOOKS}0123456789abcdef" } },
	    { BAD("{LOOKS}0123456789abcdef", "$6$") },
	    { .checkpass_code = SASL_BADAUTH } },

	/* What setpass would have written is one hash; so is any failure. */
	{ "unknown", auxprop, { { NULL } }, { REFUSED("$6$") } },
	{ "no secret", auxprop, { { "quota", "9" } }, { REFUSED("$6$") } },
	{ "plaintext", auxprop, { { PASSWORD, "wonderland" } },
	    { REFUSED("$6$"), ACCEPTED("wonderland", "") } },
	{ "a hash", auxprop, { { HASH, CHOICE, "wonderland" } },
	    { REFUSED("$6$") } },
	{ "another hash", auxprop, { { PASSWORD, OTHER, "wonderland" } },
	    { REFUSED("$5$") } },
	{ "malformed", auxprop, { { PASSWORD, "{SSHA}?xyzzy" } },
	    { REFUSED("$6$") } },
	{ "plaintext where a hash belongs", auxprop,
	    { { HASH, "mock-turtle" } },
	    { REFUSED("$6$"), BAD("mock-turtle", "$6$") } },
	{ "barred", auxprop, { { HASH, "mock-turtle" } }, { REFUSED("$6$") },
	    { .lookup_code = SASL_DISABLED } },
	{ "hashed alone", hashed, { { NULL } }, { REFUSED("$6$") } },
	{ "hashed alone, plaintext", hashed, { { PASSWORD, "wonderland" } },
	    { BAD("wonderland", "$6$") } },
	{ "hashed alone, both", hashed,
	    { { PASSWORD, "wonderland" }, { HASH, CHOICE, "caterpillar" } },
	    { BAD("wonderland", "$6$"), ACCEPTED("caterpillar", "$6$") } },
	/* Where there are no hashes there is nothing to hide. */
	{ "plaintext alone", plaintext, { { NULL } }, { REFUSED("") } },
	{ "plaintext alone, both", plaintext,
	    { { PASSWORD, "wonderland" }, { HASH, CHOICE, "caterpillar" } },
	    { REFUSED(""), BAD("caterpillar", ""),
		ACCEPTED("wonderland", "") } },
	/* Where only others check, no decoy is needed. */
	{ "others alone", others, { { HASH, CHOICE, "wonderland" } },
	    { BAD("wonderland", ""), ACCEPTED("caterpillar", ""),
		BAD("{SSHA}not-stored", "$6$") },
	    { .checkpass_password = "caterpillar" } },
	{ "others after us", both, { { PASSWORD, "wonderland" } },
	    { REFUSED("$6$"), ACCEPTED("caterpillar", "") },
	    { .checkpass_password = "caterpillar" } },
	/* What is not decided costs none. */
	{ "trouble", auxprop, { { PASSWORD, "wonderland" } },
	    { { "wonderland", SASL_UNAVAIL, "" } },
	    { .lookup_code = SASL_UNAVAIL } },
	{ "trouble of others", others, { { NULL } },
	    { { "wonderland", SASL_UNAVAIL, "" } },
	    { .checkpass_code = SASL_UNAVAIL } },

	/* A plaintext store must not become slow by default. */
	{ "nothing set, unknown", NULL, { { NULL } }, { REFUSED("") } },
	{ "nothing set", NULL, { { PASSWORD, "wonderland" } },
	    { REFUSED("") } },
	{ "nothing set, a hash", NULL,
	    { { PASSWORD, "wonderland" }, { HASH, CHOICE, "caterpillar" } },
	    { REFUSED("$6$") } },
	{ "classic_secrets set", both_set, { { NULL } }, { REFUSED("$y$") } },
	{ "classic_decoy set, unknown", own_decoy, { { NULL } },
	    { REFUSED("$5$") } },
	{ "classic_decoy set", own_decoy, { { PASSWORD, "wonderland" } },
	    { REFUSED("$5$"), ACCEPTED("wonderland", "") } },
	{ "classic_decoy set, a hash", own_decoy,
	    { { PASSWORD, "wonderland" }, { HASH, OTHER, "caterpillar" } },
	    { REFUSED("$5$") } },
	{ "classic_decoy set, a hash that takes much less", own_decoy,
	    { { HASH, "{CRYPT}$1$saltsalt$x" } }, { REFUSED("$1$$5$") } },
	/* What a store says holds, and it can match nothing. */
	{ "decoy of the store, unknown", auxprop,
	    { { HASH, "{DECOY}:" OTHER DIGEST } }, { REFUSED("$5$") } },
	{ "decoy of the store", auxprop,
	    { { HASH, "{DECOY}:" OTHER DIGEST }, { PASSWORD, "wonderland" } },
	    { REFUSED("$5$"), ACCEPTED("wonderland", "") } },
	{ "the store has no hashes", auxprop, { { HASH, "{DECOY}:" } },
	    { REFUSED("") } },
	{ "decoy that is no hash", auxprop, { { HASH, "{DECOY}:caterpillar" } },
	    { BAD("caterpillar", ""), BAD("{DECOY}:caterpillar", "") } },
	/* Whoever asks for an unknown user must not keep the server busy. */
	{ "decoys of more than two seconds", auxprop,
	    { { HASH, "{DECOY}:" SLOW DIGEST },
		{ HASH, "{DECOY}:" SLOW DIGEST },
		{ HASH, "{DECOY}:" SLOW DIGEST } },
	    { REFUSED("$6$$6$") } },
	{ "such decoys beside a hash", auxprop,
	    { { HASH, "{DECOY}:" SLOW DIGEST },
		{ HASH, "{DECOY}:" SLOW DIGEST },
		{ HASH, "{DECOY}:" SLOW DIGEST },
		{ HASH, SLOW, "wonderland" } },
	    { REFUSED("$6$$6$"), ACCEPTED("wonderland", "$6$") } },
	/* Nor what somebody has stored; the cheap one is still compared. */
	{ "hashes of more than two seconds", auxprop,
	    { { PASSWORD, SLOW, "white-rabbit" },
		{ PASSWORD, SLOW, "march-hare" },
		{ PASSWORD, SLOW, "wonderland" },
		{ PASSWORD, SLOW, "wonderland" },
		{ PASSWORD, "{SHA}RkUiR0XodstM86uv8lJoli2R86s=" } },
	    { ACCEPTED("white-rabbit", "$6$$6$"),
		ACCEPTED("march-hare", "$6$$6$"),
		ACCEPTED("caterpillar", "$6$$6$"),
		BAD("wonderland", "$6$$6$") } },
};

MODULE_TEST(verify__each_account__costs_what_it_must)
{
	size_t i, n;

	for (i = 0; i < COUNT_OF(accounts); i++) {
		verify_begin(state, accounts[i].options, &accounts[i].setup);
		for (n = 0; n < VALUES && accounts[i].stored[n].property; n++)
			verify_add(accounts[i].stored[n].property,
			    accounts[i].stored[n].value,
			    accounts[i].stored[n].of);
		for (n = 0; n < LOGINS && accounts[i].logins[n].password; n++) {
			verify_expect(accounts[i].name,
			    accounts[i].logins[n].password,
			    accounts[i].logins[n].code,
			    accounts[i].logins[n].cost);
			/* One line of a refusal, however much is of no use. */
			assert_int_equal(verify_lines,
			    accounts[i].logins[n].code != SASL_OK);
		}
	}
}

/* As many as the user with the most has; each of them, of up to eight forms. */
MODULE_TEST(verify__store_hands_many_decoys__costs_all_of_them)
{
	static char forms[16][sizeof("{DECOY}:$5$rounds=1000$" DIGEST)];
	size_t i;

	verify_begin(state, auxprop, NULL);
	for (i = 0; i < 6; i++)
		verify_add(HASH, "{DECOY}:" OTHER DIGEST, NULL);
	verify_expect(
	    "alike", "looking-glass", SASL_BADAUTH, "$5$$5$$5$$5$$5$$5$");
	verify_begin(state, auxprop, NULL);
	for (i = 0; i < COUNT_OF(forms); i++) {
		snprintf(forms[i], sizeof(forms[i]),
		    "{DECOY}:$5$rounds=%zu$" DIGEST, 1001 + i);
		verify_add(HASH, forms[i], NULL);
	}
	verify_expect("of all forms", "looking-glass", SASL_BADAUTH,
	    "$5$$5$$5$$5$$5$$5$$5$$5$");
}

/* As that of a value with a long salt in a passwdfile may be. */
MODULE_TEST(verify__decoy_of_many_octets__is_no_hash_from_the_limit_on)
{
	static char decoy[512];
	int more;

	for (more = -1; more <= 0; more++) {
		snprintf(decoy, sizeof(decoy), "{DECOY}:" OTHER "%0*d",
		    SCHEME_DECOY - (int)strlen(OTHER) + more, 0);
		verify_begin(state, auxprop, NULL);
		verify_add(HASH, decoy, NULL);
		verify_expect("long", "looking-glass", SASL_BADAUTH,
		    more < 0 ? "$5$" : "");
	}
}

/* All that cannot be used costs the same, and one line. */
MODULE_TEST(verify__secrets_that_cannot_be_used__cost_one_hash_and_one_line)
{
	static const char *const values[] = { "{SSHA}?", "!{SSHA}x",
		"{SASL}alice", "{NT}0123456789abcdef0123456789abcdef", "*",
		"$2b$99$0123456789abcdefghijklmnopqrstuvwxyz", "" };
	size_t i, k;

	for (i = 0; i < COUNT_OF(values); i++) {
		verify_begin(state, auxprop, NULL);
		for (k = 0; k < VERIFY_MOST - 1; k++)
			verify_add(PASSWORD, values[i], NULL);
		verify_expect(values[i], "looking-glass", SASL_BADAUTH, "$6$");
		assert_int_equal(verify_lines, 1);
	}
}

MODULE_TEST(verify__password_that_is_too_long_for_crypt__costs_the_same)
{
	char password[601];

	memset(password, 'x', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	verify_begin(state, auxprop, NULL);
	verify_expect("unknown", password, SASL_BADAUTH, "$6$");
	verify_add(HASH, CHOICE, "wonderland");
	verify_expect("a hash", password, SASL_BADAUTH, "$6$");
}

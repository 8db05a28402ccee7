/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN and LOGIN: what a login costs. The hashes are counted.
 */
#include "config.h"

#include "host/verify_run.h"

OPTIONS(auxprop, { "pwcheck_method", "auxprop" });
OPTIONS(others, { "pwcheck_method", "saslauthd" });
OPTIONS(both, { "pwcheck_method", "auxprop saslauthd" });
OPTIONS(plaintext, { "classic_secrets", "plaintext" });
OPTIONS(hashed, { "classic_secrets", "hashed" });

/* What setpass would have written is one hash; so is any other failure. */
MODULE_TEST(verify__nobody_is_let_in__costs_one_hash_of_the_scheme)
{
	verify_begin(state, auxprop);
	verify_expect("looking-glass", SASL_BADAUTH, "$6$"); /* no such user */
	verify_add(NULL, NULL);
	verify_expect("looking-glass", SASL_BADAUTH, "$6$"); /* no secret */
	verify_begin(state, auxprop);
	verify_add(PASSWORD, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_begin(state, auxprop);
	verify_add_hash(HASH, CHOICE, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_begin(state, auxprop);
	verify_add_hash(PASSWORD, OTHER, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_begin(state, auxprop);
	verify_add(PASSWORD, "{SSHA}?xyzzy");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_begin(state, auxprop);
	verify_add(HASH, "mock-turtle");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_expect("mock-turtle", SASL_BADAUTH, "$6$");
	verify_setup.lookup_code = SASL_DISABLED;
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
}

MODULE_TEST(verify__hashed_secrets_alone__cost_the_same)
{
	verify_begin(state, hashed);
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_add(PASSWORD, "wonderland");
	verify_expect("wonderland", SASL_BADAUTH, "$6$");
	verify_add_hash(HASH, CHOICE, "caterpillar");
	verify_expect("wonderland", SASL_BADAUTH, "$6$");
	verify_expect("caterpillar", SASL_OK, "$6$");
}

/* Where there are no hashes there is nothing to hide. */
MODULE_TEST(verify__plaintext_secrets_alone__cost_no_hash)
{
	verify_begin(state, plaintext);
	verify_expect("looking-glass", SASL_BADAUTH, "");
	verify_add(PASSWORD, "wonderland");
	verify_add_hash(HASH, CHOICE, "caterpillar");
	verify_expect("looking-glass", SASL_BADAUTH, "");
	verify_expect("caterpillar", SASL_BADAUTH, "");
	verify_expect("wonderland", SASL_OK, "");
}

/* Where only others check, no decoy is needed. */
MODULE_TEST(verify__refused_by_others_alone__costs_no_hash)
{
	verify_begin(state, others);
	verify_add_hash(HASH, CHOICE, "wonderland");
	verify_setup.checkpass_password = "caterpillar";
	verify_expect("wonderland", SASL_BADAUTH, "");
	verify_expect("caterpillar", SASL_OK, "");
	verify_expect("{SSHA}not-stored", SASL_BADAUTH, "$6$");
}

/* A login that succeeds by plaintext, or is not decided, costs none. */
MODULE_TEST(verify__success_or_trouble__costs_no_hash_beside)
{
	verify_begin(state, auxprop);
	verify_add(PASSWORD, "wonderland");
	verify_expect("wonderland", SASL_OK, "");
	verify_setup.lookup_code = SASL_UNAVAIL;
	verify_expect("wonderland", SASL_UNAVAIL, "");
	verify_begin(state, others);
	verify_setup.checkpass_code = SASL_UNAVAIL;
	verify_expect("wonderland", SASL_UNAVAIL, "");
}

MODULE_TEST(verify__others_refuse_after_us__costs_one_hash_as_well)
{
	verify_begin(state, both);
	verify_add(PASSWORD, "wonderland");
	verify_setup.checkpass_password = "caterpillar";
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
	verify_expect("caterpillar", SASL_OK, "");
}

/* A plaintext store must not become slow by default. */
MODULE_TEST(verify__nobody_said_that_there_are_hashes__costs_none)
{
	verify_begin(state, NULL);
	verify_expect("looking-glass", SASL_BADAUTH, "");
	verify_add(PASSWORD, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "");
	verify_add_hash(HASH, CHOICE, "caterpillar");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$");
}

static const struct fake_option both_set[] = { { "classic_secrets", "both" },
	{ NULL, NULL } };

MODULE_TEST(verify__classic_secrets_set__costs_the_default_scheme)
{
	verify_begin(state, both_set);
	verify_expect("looking-glass", SASL_BADAUTH, "$y$");
}

#define DIGEST "0123456789abcdefghijklmnopqrstuvwxyz01234567"
static const struct fake_option own_decoy[] = {
	{ "classic_decoy", OTHER DIGEST },
	{ NULL, NULL },
};

MODULE_TEST(verify__classic_decoy_set__costs_what_it_does)
{
	verify_begin(state, own_decoy);
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_add(PASSWORD, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_expect("wonderland", SASL_OK, "");
	verify_add_hash(HASH, OTHER, "caterpillar");
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_begin(state, own_decoy);
	verify_add(HASH, "{CRYPT}$1$saltsalt$x"); /* takes much less */
	verify_expect("looking-glass", SASL_BADAUTH, "$1$$5$");
}

/* What a store says holds, and it can match nothing. */
MODULE_TEST(verify__store_hands_a_decoy__costs_what_it_does)
{
	verify_begin(state, auxprop);
	verify_add(HASH, "{DECOY}:" OTHER DIGEST);
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_add(PASSWORD, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
	verify_expect("wonderland", SASL_OK, "");
	verify_begin(state, auxprop);
	verify_add(HASH, "{DECOY}:");
	verify_expect("looking-glass", SASL_BADAUTH, "");
	verify_begin(state, auxprop);
	verify_add(HASH, "{DECOY}:caterpillar");
	verify_expect("caterpillar", SASL_BADAUTH, "");
	verify_expect("{DECOY}:caterpillar", SASL_BADAUTH, "");
}

/* As that of a value with a long salt in a passwdfile may be. */
MODULE_TEST(verify__store_hands_a_long_decoy__costs_what_it_does)
{
	verify_begin(state, auxprop);
	verify_add(
	    HASH, "{DECOY}:" OTHER DIGEST DIGEST DIGEST DIGEST DIGEST DIGEST);
	verify_expect("looking-glass", SASL_BADAUTH, "$5$");
}

/* As many as the user with the most has; each of them, of up to eight forms. */
MODULE_TEST(verify__store_hands_many_decoys__costs_all_of_them)
{
	static char forms[9][sizeof("{DECOY}:$5$rounds=1000$" DIGEST)];
	size_t i;

	verify_begin(state, auxprop);
	for (i = 0; i < 6; i++)
		verify_add(HASH, "{DECOY}:" OTHER DIGEST);
	verify_expect("looking-glass", SASL_BADAUTH, "$5$$5$$5$$5$$5$$5$");
	verify_begin(state, auxprop);
	for (i = 0; i < COUNT_OF(forms); i++) {
		snprintf(forms[i], sizeof(forms[i]),
		    "{DECOY}:$5$rounds=100%zu$" DIGEST, i);
		verify_add(HASH, forms[i]);
	}
	verify_expect(
	    "looking-glass", SASL_BADAUTH, "$5$$5$$5$$5$$5$$5$$5$$5$");
}

#define SLOW "$6$rounds=1000000$saltsalt$" /* more than half a second */

/* Whoever asks for an unknown user must not keep the server busy, either. */
MODULE_TEST(verify__decoys_of_more_than_two_seconds__are_not_all_checked)
{
	size_t i;

	verify_begin(state, auxprop);
	for (i = 0; i < 4; i++)
		verify_add(HASH, "{DECOY}:" SLOW DIGEST);
	verify_expect("looking-glass", SASL_BADAUTH, "$6$$6$");
	verify_add_hash(HASH, SLOW, "wonderland");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$$6$");
	verify_expect("wonderland", SASL_OK, "$6$");
}

/* All that cannot be used costs the same, and one line. */
MODULE_TEST(verify__secrets_that_cannot_be_used__cost_one_hash_and_one_line)
{
	static const char *const values[] = { "{SSHA}?", "!{SSHA}x",
		"{SASL}alice", "{NT}0123456789abcdef0123456789abcdef", "*",
		"$2b$99$0123456789abcdefghijklmnopqrstuvwxyz", "" };
	size_t i, k;

	for (i = 0; i < COUNT_OF(values); i++) {
		verify_begin(state, auxprop);
		for (k = 0; k < VERIFY_MOST - 1; k++)
			verify_add(PASSWORD, values[i]);
		verify_expect("looking-glass", SASL_BADAUTH, "$6$");
		assert_int_equal(verify_lines, 1);
	}
}

MODULE_TEST(verify__password_that_is_too_long_for_crypt__costs_the_same)
{
	char password[601];

	memset(password, 'x', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	verify_begin(state, auxprop);
	verify_expect(password, SASL_BADAUTH, "$6$");
	verify_add_hash(HASH, CHOICE, "wonderland");
	verify_expect(password, SASL_BADAUTH, "$6$");
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN and LOGIN: which of the stored values are compared.
 */
#include "config.h"

#include "host/verify_run.h"

enum {
	VALUES = 4,
};

OPTIONS(auxprop, { "pwcheck_method", "auxprop" });
OPTIONS(hashed_and_others, { "classic_secrets", "hashed" },
    { "pwcheck_method", "auxprop saslauthd" });

static const char *const passwords[VALUES] = { "white-rabbit", "caterpillar",
	"march-hare", "wonderland" };

/* No value is passed over when one of them has matched. */
MODULE_TEST(verify__several_hashes__all_are_checked_wherever_it_matches)
{
	size_t i;

	verify_begin(state, auxprop);
	for (i = 0; i < VALUES; i++)
		verify_add_hash(PASSWORD, CHOICE, passwords[i]);
	for (i = 0; i < VALUES; i++)
		verify_expect(passwords[i], SASL_OK, "$6$$6$$6$$6$");
	verify_expect("looking-glass", SASL_BADAUTH, "$6$$6$$6$$6$");
}

MODULE_TEST(verify__several_forms__all_are_checked_wherever_it_matches)
{
	size_t i;

	verify_begin(state, auxprop);
	verify_add(PASSWORD, passwords[0]);
	verify_add_hash(PASSWORD, OTHER, passwords[1]);
	verify_add_hash(HASH, CHOICE, passwords[2]);
	verify_add(PASSWORD, passwords[3]);
	for (i = 0; i < VALUES; i++)
		verify_expect(passwords[i], SASL_OK, "$5$$6$");
	verify_expect("looking-glass", SASL_BADAUTH, "$5$$6$");
}

#define SLOW "$6$rounds=1000000$saltsalt$" /* more than half a second */

/* As many as somebody has stored would keep the server busy. */
MODULE_TEST(verify__more_hashes_than_two_seconds__are_not_compared)
{
	size_t i;

	verify_begin(state, auxprop);
	verify_add_hash(PASSWORD, SLOW, "white-rabbit");
	verify_add_hash(PASSWORD, SLOW, "march-hare");
	for (i = 2; i < 8; i++)
		verify_add_hash(PASSWORD, SLOW, "wonderland");
	verify_add(PASSWORD, "{SHA}RkUiR0XodstM86uv8lJoli2R86s=");
	verify_expect("white-rabbit", SASL_OK, "$6$$6$");
	verify_expect("march-hare", SASL_OK, "$6$$6$");
	verify_expect("caterpillar", SASL_OK, "$6$$6$");
	assert_int_equal(verify_lines, 0);
	verify_expect("wonderland", SASL_BADAUTH, "$6$$6$");
	assert_int_equal(verify_lines, 1);
}

/* One value that nobody can use does not spoil the others. */
MODULE_TEST(verify__unusable_values_around__the_good_one_is_found)
{
	verify_begin(state, auxprop);
	verify_add(PASSWORD, "{ROT13}jbaqreynaqjbaqreynaq");
	verify_add_hash(PASSWORD, CHOICE, "wonderland");
	verify_add(HASH, "mock-turtle");
	verify_add(PASSWORD, "");
	verify_expect("wonderland", SASL_OK, "$6$");
	verify_expect("mock-turtle", SASL_BADAUTH, "$6$");
	verify_expect("jbaqreynaq", SASL_BADAUTH, "$6$");
}

/* It was looked at since its text may have been sent; it does not count. */
MODULE_TEST(verify__userPassword_where_only_hashes_count__is_not_compared)
{
	verify_begin(state, hashed_and_others);
	verify_add_hash(PASSWORD, OTHER, "{looks}stored");
	verify_setup.checkpass_code = SASL_BADAUTH;
	verify_expect("{looks}stored", SASL_BADAUTH, "$6$");
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password where the stock SCRAM plugins have left a secret of their own:
 * it does not outlive the password that it is of.
 */
#include "config.h"

#include "host/fake_utils.h"
#include "host/setpass_run.h"

/* As the stock plugin writes it, of wonderland and of caterpillar. */
#define OF_WONDERLAND \
	"SCRAM-SHA-1$4096:c2FsdHNhbHRzYWx0c2FsdA==$" \
	"3CUc2yWuG8XwiR4CN4GVYbrCqbo=:YzytvUGokyrUI5740Nq/XV7wCEo="
#define OF_CATERPILLAR \
	"SCRAM-SHA-1$4096:c2FsdHNhbHRzYWx0c2FsdA==$" \
	"BSB+LD3VPUetGmBGun2oDhW0kgY=:te1lLLOu/0nkSPmtOUKzQmMDGms="

static const struct fake_row old_rows[] = {
	{ "alice", SCRAM, OF_WONDERLAND, 0 },
	{ "alice", PASSWORD, "wonderland", 0 },
	{ "alice", "quota", "hundred", 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_row new_rows[] = {
	{ "alice", SCRAM, OF_CATERPILLAR, 0 },
	{ "alice", PASSWORD, "wonderland", 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_row both_rows[] = {
	{ "alice", SCRAM, OF_CATERPILLAR, 0 },
	{ "alice", SCRAM, OF_WONDERLAND, 0 },
	{ NULL, NULL, NULL, 0 },
};

static const struct fake_option wants_renewal[] = {
	{ "classic_hash_scheme", "ssha" },
	{ "scram_secret_generate", "yes" },
	{ NULL, NULL },
};

static const struct fake_setup had_old = { .rows = old_rows,
	.options = setpass_options },
			       had_new = { .rows = new_rows,
				       .options = setpass_options },
			       had_both = { .rows = both_rows,
				       .options = setpass_options },
			       had_old_and_option = { .rows = old_rows,
				       .options = wants_renewal };

static const unsigned all_flags[] = { FLAGS_ONE_WAY, FLAGS_PLAINTEXT,
	FLAGS_DELETE };

static struct setpass p;

static int
set(unsigned flags)
{
	bool deletes = flags & SASL_SET_DISABLE;

	return setpass_call(&p, deletes ? NULL : "caterpillar", flags);
}

static void
expect_deleted(const struct fake_layout *layout, const struct fake_setup *setup)
{
	size_t i;

	for (i = 0; i < COUNT_OF(all_flags); i++) {
		setpass_open(&p, layout, setup, SET_ALL);
		assert_int_equal(set(all_flags[i]), SASL_OK);
		expect_stored(&p, SCRAM, NULL);
		expect_invalid(&p, "wonderland");
		assert_int_equal(set(all_flags[i]), SASL_NOCHANGE);
		setpass_close(&p);
	}
}

LAYOUT_TEST(setpass_scram__of_the_old_password__is_deleted)
{
	expect_deleted(*state, &had_old);
	expect_deleted(*state, &had_both);
}

/* There is nobody who would make a new one. */
LAYOUT_TEST(setpass_scram__generate_without_the_plugin__is_deleted)
{
	expect_deleted(*state, &had_old_and_option);
}

/* The stock plugin's hook has been there before ours. */
LAYOUT_TEST(setpass_scram__of_the_new_password__is_kept)
{
	size_t i;

	for (i = 0; i < COUNT_OF(all_flags); i++) {
		setpass_open(&p, *state, &had_new, SET_ALL);
		set(all_flags[i]);
		expect_stored(&p, SCRAM,
		    all_flags[i] == FLAGS_DELETE ? NULL : OF_CATERPILLAR);
		setpass_close(&p);
	}
}

/* It goes last, and comes back if that fails. */
LAYOUT_TEST(setpass_scram__store_fails__is_put_back)
{
	unsigned after;

	for (after = 0; after <= 3; after++) {
		setpass_open(&p, *state, &had_old, SET_ALL);
		p.store.fail_from = p.store.fail_to = 1;
		p.store.fail_after = after;
		assert_int_equal(set(FLAGS_ONE_WAY), SASL_FAIL);
		expect_stored(&p, SCRAM, OF_WONDERLAND);
		expect_valid(&p, "wonderland");
		setpass_close(&p);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A plaintext that the library has stored, or could not store, before it calls
 * the hook; or that the store has made something else of.
 */
#include "config.h"

#include "host/fake_utils.h"
#include "host/setpass_run.h"

static struct setpass p;

static const struct {
	const struct fake_setup *setup;
	int code;
} had[] = {
	{ &setpass_had_nothing, SASL_NOCHANGE },
	{ &setpass_had_plaintext, SASL_NOCHANGE },
	{ &setpass_had_one_way, SASL_FAIL },
	{ &setpass_had_everything, SASL_OK },
};

/* What is in userPassword is "wonderland", and not what was to be set. */
LAYOUT_TEST(setpass_plaintext__another_is_there_or_none__takes_no_last_secret)
{
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++) {
		setpass_open(&p, *state, had[i].setup, SET_ALL);
		assert_int_equal(setpass_hook_of(&p, 0, "alice", "caterpillar",
				     11, FLAGS_PLAINTEXT),
		    had[i].code);
		assert_int_equal(
		    p.store.operations, had[i].code == SASL_OK ? 1 : 0);
		assert_int_equal(
		    p.run.host.log_count, had[i].code == SASL_FAIL);
		if (had[i].code != SASL_FAIL) {
			expect_stored(&p, HASH, NULL);
			expect_stored(&p, STATE, NULL);
		}
		if (had[i].setup != &setpass_had_nothing)
			expect_valid(&p, "wonderland");
		setpass_close(&p);
	}
}

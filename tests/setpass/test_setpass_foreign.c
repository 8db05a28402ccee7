/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password where others have left a secret: old versions of Cyrus SASL
 * one for CRAM-MD5, which classic_legacy_secrets accepts, and the stock SCRAM
 * plugins one of their own. It goes with the rest, and does not outlive the
 * password that it is of.
 */
#include "config.h"

#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/cram_answer.h"
#include "support/vectors.h"

enum { CRAMMD5 = 2 };

/* As the stock plugin writes it, of wonderland and of caterpillar. */
#define SCRAM_OF_WONDERLAND \
	"SCRAM-SHA-1$4096:c2FsdHNhbHRzYWx0c2FsdA==$" \
	"3CUc2yWuG8XwiR4CN4GVYbrCqbo=:YzytvUGokyrUI5740Nq/XV7wCEo="
#define SCRAM_OF_CATERPILLAR \
	"SCRAM-SHA-1$4096:c2FsdHNhbHRzYWx0c2FsdA==$" \
	"BSB+LD3VPUetGmBGun2oDhW0kgY=:te1lLLOu/0nkSPmtOUKzQmMDGms="

static const struct fake_option wants_renewal[] = {
	{ "classic_hash_scheme", "ssha" },
	{ "scram_secret_generate", "yes" },
	{ NULL, NULL },
};

#define ALICE(property, value) \
	{ \
		"alice", property, value, 0 \
	}

/* Whatever the service reads, and though nobody would make a new one. */
static const struct {
	struct fake_setup setup;
	const char *property;
} leftovers[] = {
	{ { .rows = FAKE_ROWS(ALICE(LEGACY, OLD_LEGACY)),
	      .options = setpass_legacy_options },
	    LEGACY },
	{ { .rows = FAKE_ROWS(ALICE(LEGACY, OLD_LEGACY)),
	      .options = setpass_options },
	    LEGACY },
	{ { .rows = FAKE_ROWS(ALICE(SCRAM, SCRAM_OF_WONDERLAND),
		ALICE(PASSWORD, "wonderland")),
	      .options = setpass_options },
	    SCRAM },
	{ { .rows = FAKE_ROWS(ALICE(SCRAM, SCRAM_OF_CATERPILLAR),
		ALICE(SCRAM, SCRAM_OF_WONDERLAND),
		ALICE(SCRAM, SCRAM_OF_CATERPILLAR)),
	      .options = setpass_options },
	    SCRAM },
	{ { .rows = FAKE_ROWS(ALICE(SCRAM, SCRAM_OF_WONDERLAND),
		ALICE(PASSWORD, "wonderland")),
	      .options = wants_renewal },
	    SCRAM },
};

static const struct fake_setup had_raw = {
	.rows = FAKE_ROWS({ "alice", LEGACY, NUL_RAW, sizeof(NUL_RAW) - 1 }),
	.options = setpass_legacy_options,
};
/* OLD_LEGACY, without a NUL. */
#define OLD_RAW \
	"\x12\xd5\x9a\x97\x4e\xc6\x13\x28\x8a\x1b\xf9\x75\x8a\xb8\x09\x6a" \
	"\xf7\x2d\x1a\x72\x7c\xbf\xd8\x9b\x91\xc4\x39\xff\xb8\x49\x8c\x4f"
static const struct fake_setup had_octets = {
	.rows = FAKE_ROWS(ALICE(LEGACY, OLD_RAW)),
	.options = setpass_legacy_options,
};
static const struct fake_setup had_new = {
	.rows = FAKE_ROWS(
	    ALICE(SCRAM, SCRAM_OF_CATERPILLAR), ALICE(PASSWORD, "wonderland")),
	.options = setpass_options,
};
static struct setpass p;

static void
expect_new(unsigned flags)
{
	expect_invalid(&p, "wonderland");
	if (flags != FLAGS_DELETE)
		expect_valid(&p, "caterpillar");
}

static void
leave_nothing(const struct fake_layout *layout, size_t which, unsigned plugins,
    unsigned flags)
{
	setpass_open(&p, layout, &leftovers[which].setup, plugins);
	assert_int_equal(setpass_set(&p, flags), SASL_OK);
	assert_int_equal(p.run.host.log_count, 0);
	expect_stored(&p, leftovers[which].property, NULL);
	expect_new(flags);
	assert_int_equal(setpass_set(&p, flags), SASL_NOCHANGE);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_foreign__each_way_and_subset__old_password_is_invalid)
{
	unsigned plugins;
	size_t i, k;

	for (i = 0; i < COUNT_OF(leftovers); i++)
		for (k = 0; k < SETPASS_WAYS; k++)
			for (plugins = 1; plugins <= SET_ALL; plugins++)
				leave_nothing(
				    *state, i, plugins, setpass_ways[k]);
}

/* It goes last, and together with the rest. */
LAYOUT_TEST(setpass_legacy__among_everything__goes_in_the_same_operation)
{
	static const char *const seen[] = {
		"+" HASH " +" STATE " -" PASSWORD " -" LEGACY,
		"-" HASH " -" STATE " -" LEGACY,
		("-" LEGACY), /* the library has deleted what it knows */
	};
	size_t i;

	for (i = 0; i < SETPASS_WAYS; i++) {
		setpass_open(&p, *state, &setpass_had_legacy, SET_ALL);
		assert_int_equal(setpass_set(&p, setpass_ways[i]), SASL_OK);
		assert_string_equal(p.store.seen, seen[i]);
		assert_int_equal(p.store.operations, 1);
		expect_new(setpass_ways[i]);
		expect_stored(&p, "quota", "hundred");
		assert_string_equal(
		    fake_store_value(&p.run.host, "bob", LEGACY), OLD_LEGACY);
		setpass_close(&p);
	}
}

/* A sasldb takes what is put back for text, up to a NUL. */
LAYOUT_TEST(setpass_legacy__octets_put_back__are_still_valid)
{
	unsigned after;

	for (after = 0; after <= 2; after++) {
		setpass_open(&p, *state, &had_raw, SET_CRAMMD5);
		cram_secret_state(NUL_PASSWORD);
		assert_int_equal(
		    setpass_login(&p, CRAMMD5, NUL_PASSWORD), SASL_OK);
		p.store.fail_from = p.store.fail_to = 1;
		p.store.fail_after = after;
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_FAIL);
		assert_int_equal(p.store.operations, 2);
		assert_int_equal(
		    setpass_login(&p, CRAMMD5, NUL_PASSWORD), SASL_OK);
		assert_int_equal(
		    setpass_login(&p, CRAMMD5, "caterpillar"), SASL_BADAUTH);
		setpass_close(&p);
	}
	/* The stock plugin reads no hex: what need not change does not. */
	setpass_open(&p, *state, &had_octets, SET_CRAMMD5);
	p.store.fail_from = p.store.fail_to = 1;
	p.store.fail_after = 2;
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_FAIL);
	expect_stored(&p, LEGACY, OLD_RAW);
	setpass_close(&p);
}

/* The stock plugin's hook has been there before ours. */
LAYOUT_TEST(setpass_scram__of_the_new_password__is_kept)
{
	size_t i;

	for (i = 0; i < SETPASS_WAYS; i++) {
		setpass_open(&p, *state, &had_new, SET_ALL);
		setpass_set(&p, setpass_ways[i]);
		expect_stored(&p, SCRAM,
		    setpass_ways[i] == FLAGS_DELETE ? NULL
						    : SCRAM_OF_CATERPILLAR);
		assert_int_equal(
		    setpass_set(&p, setpass_ways[i]), SASL_NOCHANGE);
		setpass_close(&p);
	}
}

/* It goes last, and comes back if that fails. */
LAYOUT_TEST(setpass_scram__store_fails__is_put_back)
{
	unsigned after;

	for (after = 0; after <= 3; after++) {
		setpass_open(&p, *state, &leftovers[2].setup, SET_ALL);
		p.store.fail_from = p.store.fail_to = 1;
		p.store.fail_after = after;
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_FAIL);
		expect_stored(&p, SCRAM, SCRAM_OF_WONDERLAND);
		expect_valid(&p, "wonderland");
		setpass_close(&p);
	}
}

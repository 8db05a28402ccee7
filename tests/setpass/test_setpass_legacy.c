/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password where old versions of Cyrus SASL have left a secret for
 * CRAM-MD5, which classic_legacy_secrets accepts: it goes with the rest.
 */
#include "config.h"

#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/cram_answer.h"
#include "support/vectors.h"

enum { CRAMMD5 = 2 };

static const struct fake_row legacy_alone[] = {
	{ "alice", LEGACY, OLD_LEGACY, 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_row raw_alone[] = {
	{ "alice", LEGACY, NUL_RAW, sizeof(NUL_RAW) - 1 },
	{ NULL, NULL, NULL, 0 },
};

static const struct fake_setup had_alone = { .rows = legacy_alone,
	.options = setpass_legacy_options },
			       had_raw = { .rows = raw_alone,
				       .options = setpass_legacy_options },
			       had_unread = { .rows = legacy_alone,
				       .options = setpass_options };

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
expect_new(unsigned flags)
{
	expect_invalid(&p, "wonderland");
	if (!(flags & SASL_SET_DISABLE))
		expect_valid(&p, "caterpillar");
}

LAYOUT_TEST(setpass_legacy__each_way_and_subset__old_password_is_invalid)
{
	unsigned plugins;
	size_t i;

	for (i = 0; i < COUNT_OF(all_flags); i++)
		for (plugins = 1; plugins <= SET_ALL; plugins++) {
			setpass_open(&p, *state, &had_alone, plugins);
			assert_int_equal(set(all_flags[i]), SASL_OK);
			assert_int_equal(p.run.host.log_count, 0);
			expect_stored(&p, LEGACY, NULL);
			expect_new(all_flags[i]);
			assert_int_equal(set(all_flags[i]), SASL_NOCHANGE);
			setpass_close(&p);
		}
}

/* It goes last, and together with the rest. */
LAYOUT_TEST(setpass_legacy__among_everything__goes_in_the_same_operation)
{
	static const char *const seen[] = {
		"+" HASH " +" STATE " -" PASSWORD " -" LEGACY,
		"-" HASH " -" STATE " -" LEGACY,
		"-" LEGACY, /* the library has deleted what it knows */
	};
	size_t i;

	for (i = 0; i < COUNT_OF(all_flags); i++) {
		setpass_open(&p, *state, &setpass_had_legacy, SET_ALL);
		assert_int_equal(set(all_flags[i]), SASL_OK);
		assert_string_equal(p.store.seen, seen[i]);
		assert_int_equal(p.store.operations, 1);
		expect_new(all_flags[i]);
		expect_stored(&p, "quota", "hundred");
		assert_string_equal(
		    fake_store_value(&p.run.host, "bob", LEGACY), OLD_LEGACY);
		setpass_close(&p);
	}
}

/* Whatever the service reads: on libsasl2 2.2 nobody else deletes it. */
LAYOUT_TEST(setpass_legacy__not_read__is_deleted_all_the_same)
{
	size_t i;

	for (i = 0; i < COUNT_OF(all_flags); i++) {
		setpass_open(&p, *state, &had_unread, SET_ALL);
		assert_int_equal(set(all_flags[i]), SASL_OK);
		expect_stored(&p, LEGACY, NULL);
		expect_new(all_flags[i]);
		assert_int_equal(set(all_flags[i]), SASL_NOCHANGE);
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
		assert_int_equal(set(FLAGS_ONE_WAY), SASL_FAIL);
		assert_int_equal(p.store.operations, 2);
		assert_int_equal(
		    setpass_login(&p, CRAMMD5, NUL_PASSWORD), SASL_OK);
		assert_int_equal(
		    setpass_login(&p, CRAMMD5, "caterpillar"), SASL_BADAUTH);
		setpass_close(&p);
	}
}

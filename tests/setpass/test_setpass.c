/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password, through the setpass hooks of the built plugins: what is
 * written for each of the three ways of saslpasswd2, and that it works.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"

static struct setpass p; /* too large for a stack */

static unsigned
rows_of(const char *user)
{
	const struct fake_host *h = &p.run.host;
	unsigned i, count = 0;

	for (i = 0; i < h->row_count; i++)
		count += !strcmp(h->rows[i].user, user);
	return count;
}

/* One does it all, whoever is asked first; the others leave it to that one. */
static void
expect_one_did_it(unsigned which, int code)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++)
		assert_int_equal(
		    p.result[i], i == which ? code : SASL_NOCHANGE);
}

static void
expect_new_one_way(const char *seen)
{
	assert_string_equal(p.store.seen, seen);
	assert_int_equal(p.store.operations, 1);
	expect_stored(&p, PASSWORD, NULL);
	expect_hash(&p, "{SSHA}");
	expect_state(&p, "caterpillar");
	expect_changed(&p);
	expect_invalid(&p, "Caterpillar");
	expect_invalid(&p, fake_store_value(&p.run.host, "alice", HASH));
	expect_invalid(&p, fake_store_value(&p.run.host, "alice", STATE));
}

/* The plaintext goes last: until then it is what lets the user in. */
LAYOUT_TEST(setpass_one_way__whatever_was_before__is_replaced_in_one_operation)
{
	static const struct {
		const struct fake_setup *setup;
		const char *seen;
	} before[] = {
		{ &setpass_had_plaintext, "+" HASH " +" STATE " -" PASSWORD },
		{ &setpass_had_everything, "+" HASH " +" STATE " -" PASSWORD },
		{ &setpass_had_one_way, "+" HASH " +" STATE },
		{ &setpass_had_nothing, "+" HASH " +" STATE },
	};
	unsigned first;
	size_t i;

	for (i = 0; i < COUNT_OF(before); i++)
		for (first = 0; first < SET_COUNT; first++) {
			setpass_open(&p, *state, before[i].setup, SET_ALL);
			p.first = first;
			assert_int_equal(
			    setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
			expect_one_did_it(0, SASL_OK);
			assert_int_equal(p.run.host.log_count, 0);
			expect_new_one_way(before[i].seen);
			setpass_close(&p);
		}
}

LAYOUT_TEST(setpass_one_way__others__are_left_alone)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	expect_stored(&p, "quota", "hundred");
	assert_int_equal(rows_of("alice"), 3);
	assert_int_equal(rows_of("bob"), 3);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__same_password_again__changes_nothing)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_NOCHANGE);
	assert_int_equal(p.store.operations, 1);
	assert_int_equal(
	    setpass_call(&p, "white-rabbit", FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(p.store.operations, 2);
	expect_valid(&p, "white-rabbit");
	expect_invalid(&p, "caterpillar");
	setpass_close(&p);
}

/* One right value among others is not enough: the others are still accepted. */
LAYOUT_TEST(setpass_one_way__a_second_hash__is_removed)
{
	setpass_open(&p, *state, &setpass_had_one_way, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	p.run.host.rows[p.run.host.row_count++] =
	    (struct fake_row) { strdup("alice"), strdup(HASH), strdup(OLD_HASH),
		    38 };
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(p.store.operations, 2);
	assert_int_equal(rows_of("alice"), 3);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_plaintext__secrets_before__are_deleted_and_nothing_else)
{
	setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_PLAINTEXT), SASL_OK);
	expect_one_did_it(0, SASL_OK);
	assert_string_equal(p.store.seen, "-" HASH " -" STATE);
	expect_stored(&p, PASSWORD, "caterpillar");
	expect_stored(&p, "quota", "hundred");
	assert_int_equal(rows_of("alice"), 2);
	assert_int_equal(rows_of("bob"), 3);
	expect_changed(&p);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_not_one_way__no_secrets_before__stores_nothing)
{
	static const unsigned ways[] = { FLAGS_PLAINTEXT, FLAGS_DELETE };
	size_t i;

	for (i = 0; i < COUNT_OF(ways); i++) {
		setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
		assert_int_equal(setpass_set(&p, ways[i]), SASL_NOCHANGE);
		assert_int_equal(p.store.operations, 0);
		assert_int_equal(p.run.host.log_count, 0);
		expect_invalid(&p, "wonderland");
		setpass_close(&p);
	}
}

/* The library's own "*" is none to some stores, and an error to others. */
LAYOUT_TEST(setpass_delete__secrets_before__are_deleted)
{
	setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
	assert_int_equal(setpass_hook(&p, FLAGS_DELETE), SASL_OK);
	assert_string_equal(p.store.seen, "-" HASH " -" STATE " -" PASSWORD);
	assert_int_equal(setpass_set(&p, FLAGS_DELETE), SASL_NOCHANGE);
	assert_int_equal(p.store.operations, 1);
	expect_stored(&p, "quota", "hundred");
	expect_invalid(&p, "wonderland");
	setpass_close(&p);
}

/* `saslpasswd2 -d -n`: there is no password to be stored one-way. */
LAYOUT_TEST(setpass_delete__one_way__deletes)
{
	unsigned flags = FLAGS_DELETE | SASL_SET_NOPLAIN;

	setpass_open(&p, *state, &setpass_had_one_way, SET_ALL);
	assert_int_equal(setpass_hook(&p, flags), SASL_OK);
	assert_string_equal(p.store.seen, "-" HASH " -" STATE);
	setpass_close(&p);
}

/* libsasl2 calls no hook of a mechanism that is not in mech_list. */
LAYOUT_TEST(setpass_one_way__mech_list__a_listed_one_does_it)
{
	static const struct {
		const char *list;
		unsigned which;
	} lists[] = {
		{ "PLAIN LOGIN CRAM-MD5", 0 },
		{ "CRAM-MD5 PLAIN", 0 },
		{ "login cram-md5", 1 },
		{ " \tSCRAM-SHA-1  Cram-MD5 ", 2 },
		{ "PLAINTEXT CRAM-MD5", 2 },
	};
	static struct fake_option options[] = {
		{ "classic_hash_scheme", "ssha" },
		{ "mech_list", NULL },
		{ NULL, NULL },
	};
	struct fake_setup setup = setpass_had_plaintext;
	size_t i;

	setup.options = options;
	for (i = 0; i < COUNT_OF(lists); i++) {
		options[1].value = lists[i].list;
		setpass_open(&p, *state, &setup, SET_ALL);
		p.first = lists[i].which;
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
		expect_one_did_it(lists[i].which, SASL_OK);
		expect_valid(&p, "caterpillar");
		setpass_close(&p);
	}
}

/* sasl_setpass() for the mechanism of the connection calls no other hook. */
LAYOUT_TEST(setpass_one_way__current_mechanism_only__does_it)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++) {
		setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
		assert_int_equal(setpass_hook_of(&p, i, "alice", "caterpillar",
				     11, FLAGS_ONE_WAY | SASL_SET_CURMECH_ONLY),
		    SASL_OK);
		expect_changed(&p);
		setpass_close(&p);
	}
}

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
		assert_int_equal(
		    setpass_hook(&p, FLAGS_PLAINTEXT), had[i].code);
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

/* What is there is the user's only secret, of whatever kind. */
LAYOUT_TEST(setpass_plaintext__one_secret_is_there__is_not_taken)
{
	static const struct fake_row rows[][2] = {
		{ { "alice", HASH, OLD_HASH, 0 } },
		{ { "alice", STATE, OLD_STATE, 0 } },
		{ { "alice", LEGACY, OLD_LEGACY, 0 } },
	};
	struct fake_setup setup = setpass_had_nothing;
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++) {
		setup.rows = rows[i];
		setpass_open(&p, *state, &setup, SET_ALL);
		assert_int_equal(setpass_hook(&p, FLAGS_PLAINTEXT), SASL_FAIL);
		assert_int_equal(p.store.operations, 0);
		setpass_close(&p);
	}
}

/* What the application has asked for is not ours to drop. */
LAYOUT_TEST(setpass_one_way__properties_of_the_connection__are_left_alone)
{
	static const char *const names[] = { "quota", NULL };
	struct propctx *ctx;

	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	ctx = p.run.host.server.propctx;
	assert_int_equal(fake_prop_request(ctx, (const char **)names), SASL_OK);
	fake_prop_set(ctx, "quota", "of the application", 0);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_ptr_equal(p.run.host.server.propctx, ctx);
	assert_int_equal(fake_prop_get(ctx)[0].nvalues, 1);
	assert_null(fake_prop_get(ctx)[1].name);
	setpass_close(&p);
}

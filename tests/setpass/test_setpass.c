/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password, through the setpass hooks of the built plugins: what is
 * written for each of the three ways of saslpasswd2, and that it works.
 */
#include "config.h"

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
	expect_valid(&p, "caterpillar");
	expect_invalid(&p, "wonderland");
	expect_invalid(&p, "Caterpillar");
	expect_invalid(&p, fake_store_value(&p.run.host, "alice", HASH));
	expect_invalid(&p, fake_store_value(&p.run.host, "alice", STATE));
}

static void
set_one_way(void **state, const struct fake_setup *setup, const char *seen)
{
	unsigned first;

	for (first = 0; first < SET_COUNT; first++) {
		setpass_open(&p, *state, setup, SET_ALL);
		p.first = first;
		assert_int_equal(
		    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
		expect_one_did_it(0, SASL_OK);
		assert_int_equal(p.run.host.log_count, 0);
		expect_new_one_way(seen);
		setpass_close(&p);
	}
}

/* The plaintext goes last: until then it is what lets the user in. */
LAYOUT_TEST(setpass_one_way__plaintext_before__is_replaced_in_one_operation)
{
	set_one_way(
	    state, &setpass_had_plaintext, "+" HASH " +" STATE " -" PASSWORD);
}

LAYOUT_TEST(setpass_one_way__everything_before__is_replaced)
{
	set_one_way(
	    state, &setpass_had_everything, "+" HASH " +" STATE " -" PASSWORD);
}

LAYOUT_TEST(setpass_one_way__other_secrets_before__are_replaced)
{
	set_one_way(state, &setpass_had_one_way, "+" HASH " +" STATE);
}

LAYOUT_TEST(setpass_one_way__new_user__is_made)
{
	set_one_way(state, &setpass_had_nothing, "+" HASH " +" STATE);
}

LAYOUT_TEST(setpass_one_way__others__are_left_alone)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
	expect_stored(&p, "quota", "hundred");
	assert_int_equal(rows_of("alice"), 3);
	assert_int_equal(rows_of("bob"), 3);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__same_password_again__changes_nothing)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_NOCHANGE);
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
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
	p.run.host.rows[p.run.host.row_count++] =
	    (struct fake_row) { strdup("alice"), strdup(HASH), strdup(OLD_HASH),
		    38 };
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(p.store.operations, 2);
	assert_int_equal(rows_of("alice"), 3);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_plaintext__secrets_before__are_deleted_and_nothing_else)
{
	setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_PLAINTEXT), SASL_OK);
	expect_one_did_it(0, SASL_OK);
	assert_string_equal(p.store.seen, "-" HASH " -" STATE);
	expect_stored(&p, PASSWORD, "caterpillar");
	expect_stored(&p, "quota", "hundred");
	assert_int_equal(rows_of("alice"), 2);
	assert_int_equal(rows_of("bob"), 3);
	expect_valid(&p, "caterpillar");
	expect_invalid(&p, "wonderland");
	setpass_close(&p);
}

LAYOUT_TEST(setpass_plaintext__nothing_before__stores_nothing)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_PLAINTEXT), SASL_NOCHANGE);
	assert_int_equal(p.store.operations, 0);
	assert_int_equal(p.run.host.log_count, 0);
	expect_valid(&p, "caterpillar");
	setpass_close(&p);
}

/* The library's own "*" is none to some stores, and an error to others. */
LAYOUT_TEST(setpass_delete__secrets_before__are_deleted)
{
	setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
	assert_int_equal(
	    setpass_hook_of(&p, 0, "alice", NULL, 0, FLAGS_DELETE), SASL_OK);
	assert_string_equal(p.store.seen, "-" HASH " -" STATE " -" PASSWORD);
	assert_int_equal(setpass_call(&p, NULL, FLAGS_DELETE), SASL_NOCHANGE);
	assert_int_equal(p.store.operations, 1);
	expect_stored(&p, "quota", "hundred");
	expect_invalid(&p, "wonderland");
	setpass_close(&p);
}

LAYOUT_TEST(setpass_delete__nothing_before__stores_nothing)
{
	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	assert_int_equal(setpass_call(&p, NULL, FLAGS_DELETE), SASL_NOCHANGE);
	assert_int_equal(p.store.operations, 0);
	assert_int_equal(p.run.host.log_count, 0);
	setpass_close(&p);
}

/* `saslpasswd2 -d -n`: there is no password to be stored one-way. */
LAYOUT_TEST(setpass_delete__one_way__deletes)
{
	unsigned flags = FLAGS_DELETE | SASL_SET_NOPLAIN;

	setpass_open(&p, *state, &setpass_had_one_way, SET_ALL);
	assert_int_equal(
	    setpass_hook_of(&p, 0, "alice", NULL, 0, flags), SASL_OK);
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
		assert_int_equal(
		    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
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
		expect_valid(&p, "caterpillar");
		expect_invalid(&p, "wonderland");
		setpass_close(&p);
	}
}

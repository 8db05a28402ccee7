/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl_setpass() of the real libsasl2, as saslpasswd2 calls it, and logins by
 * all mechanisms afterwards.
 */
#include "config.h"

#include "library/library_had.h"
#include "library/library_store.h"
#include "support/test.h"

static const char *
stored(const char *property)
{
	return library_store_value("alice", property);
}

TEST(setpass_one_way__anything_before__no_plaintext_and_all_log_in)
{
	size_t i;

	for (i = 0; i < LIBRARY_HAD; i++) {
		library_begin(SET_ALL, library_had[i]);
		assert_int_equal(
		    library_setpass("alice", "caterpillar", ONE_WAY), SASL_OK);
		assert_int_equal(library_store.operations, 1);
		assert_null(stored(PASSWORD));
		library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
		library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
		library_expect(SET_ALL, "alice", stored(HASH), SASL_BADAUTH);
		library_expect(SET_ALL, "alice", stored(STATE), SASL_BADAUTH);
		library_expect(SET_ALL, "bob", "builder-of-it", SASL_OK);
		library_close();
	}
}

TEST(setpass_plaintext__one_way_before__is_deleted)
{
	library_begin(SET_ALL, library_had_one_way);
	assert_int_equal(
	    library_setpass("alice", "caterpillar", PLAINTEXT), SASL_OK);
	assert_string_equal(stored(PASSWORD), "caterpillar");
	assert_null(stored(HASH));
	assert_null(stored(STATE));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_close();
}

TEST(setpass_plaintext__then_one_way_and_back__has_one_truth)
{
	library_begin(SET_ALL, library_had_plaintext);
	assert_int_equal(library_setpass("alice", "first", ONE_WAY), SASL_OK);
	assert_int_equal(
	    library_setpass("alice", "second", PLAINTEXT), SASL_OK);
	library_expect(SET_ALL, "alice", "second", SASL_OK);
	library_expect(SET_ALL, "alice", "first", SASL_BADAUTH);
	assert_int_equal(library_setpass("alice", "third", ONE_WAY), SASL_OK);
	library_expect(SET_ALL, "alice", "third", SASL_OK);
	library_expect(SET_ALL, "alice", "second", SASL_BADAUTH);
	library_close();
}

TEST(setpass_delete__anything_before__is_gone)
{
	size_t i;

	for (i = 0; i < LIBRARY_HAD; i++) {
		library_begin(SET_ALL, library_had[i]);
		assert_int_equal(
		    library_setpass("alice", NULL, DELETE), SASL_OK);
		assert_null(stored("*"));
		library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
		library_expect(SET_ALL, "bob", "builder-of-it", SASL_OK);
		library_close();
	}
}

TEST(setpass_one_way__each_subset__all_that_are_there_log_in)
{
	unsigned set;

	for (set = 1; set <= SET_ALL; set++) {
		library_begin(set, library_had_plaintext);
		assert_int_equal(
		    library_setpass("alice", "caterpillar", ONE_WAY), SASL_OK);
		assert_null(stored(PASSWORD));
		assert_int_equal(
		    stored(HASH) != NULL, (set & (SET_PLAIN | SET_LOGIN)) != 0);
		assert_int_equal(
		    stored(STATE) != NULL, (set & SET_CRAMMD5) != 0);
		library_expect(set, "alice", "caterpillar", SASL_OK);
		library_expect(set, "alice", "wonderland", SASL_BADAUTH);
		library_close();
	}
}

/* As libsasl2 canonicalises it: without the blank. */
TEST(setpass_one_way__other_spelling__is_of_the_same_user)
{
	library_begin(SET_ALL, library_had_one_way);
	assert_int_equal(
	    library_setpass(" alice", "caterpillar", ONE_WAY), SASL_OK);
	assert_null(library_store_value(" alice", HASH));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_close();
}

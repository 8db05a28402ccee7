/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl_setpass() of the real libsasl2 with a store that fails: at each of its
 * operations, before and after each property.
 */
#include "config.h"

#include "library/library_had.h"
#include "library/library_store.h"
#include "support/test.h"

/* One of the two for all mechanisms, whichever operation fails, and where. */
static bool
fails_at(const struct library_row *rows, unsigned operation, unsigned after)
{
	bool is_new;
	int result;

	library_store_fill(rows);
	library_store.fail_at = operation;
	library_store.fail_after = after;
	result = library_setpass("alice", "caterpillar", ONE_WAY);
	if (!library_store.failed)
		return false;
	assert_int_not_equal(result, SASL_OK);
	is_new = library_login("PLAIN", "alice", "caterpillar") == SASL_OK;
	library_expect(
	    SET_ALL, "alice", is_new ? "caterpillar" : "wonderland", SASL_OK);
	library_expect(SET_ALL, "alice", is_new ? "wonderland" : "caterpillar",
	    SASL_BADAUTH);
	return true;
}

TEST(setpass_one_way__each_operation_fails__one_password_is_valid)
{
	unsigned operation, after;
	size_t i;

	library_begin(SET_ALL, library_had_one_way);
	for (i = 0; i < LIBRARY_HAD; i++)
		for (after = 0; after <= 3; after++) {
			operation = 1;
			while (fails_at(library_had[i], operation, after))
				operation++;
			assert_true(operation > 1);
		}
	library_close();
}

TEST(setpass_one_way__nothing_is_stored__fails)
{
	library_begin(SET_ALL, library_had_plaintext);
	library_store.silent = true;
	assert_int_equal(
	    library_setpass("alice", "caterpillar", ONE_WAY), SASL_FAIL);
	library_expect(SET_ALL, "alice", "wonderland", SASL_OK);
	library_close();
}

TEST(setpass_one_way__store_cannot_be_read__stores_nothing)
{
	library_begin(SET_ALL, library_had_plaintext);
	library_store.unavailable = true;
	assert_int_equal(
	    library_setpass("alice", "caterpillar", ONE_WAY), SASL_UNAVAIL);
	assert_int_equal(library_store.operations, 0);
	library_expect(SET_ALL, "alice", "wonderland", SASL_UNAVAIL);
	library_store.unavailable = false;
	library_expect(SET_ALL, "alice", "wonderland", SASL_OK);
	library_close();
}

/*
 * The library writes the plaintext first, and asks us also if it could not.
 * Until the old secrets are gone they may count beside it, but they do not go
 * before it is there.
 */
static bool
plaintext_fails_at(unsigned operation, unsigned after)
{
	bool is_new;

	library_store_fill(library_had_one_way);
	library_store.fail_at = operation;
	library_store.fail_after = after;
	if (library_setpass("alice", "caterpillar", PLAINTEXT) == SASL_OK)
		return false;
	assert_true(library_store.failed);
	is_new = library_login("PLAIN", "alice", "caterpillar") == SASL_OK;
	library_expect(
	    SET_ALL, "alice", is_new ? "caterpillar" : "wonderland", SASL_OK);
	if (!is_new)
		library_expect(SET_ALL, "alice", "caterpillar", SASL_BADAUTH);
	assert_int_equal(
	    library_setpass("alice", "caterpillar", PLAINTEXT), SASL_OK);
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	return true;
}

TEST(setpass_plaintext__each_operation_fails__no_user_is_without_any)
{
	unsigned operation, after;

	library_begin(SET_ALL, library_had_one_way);
	for (after = 0; after <= 3; after++) {
		operation = 1;
		while (plaintext_fails_at(operation, after))
			operation++;
		assert_in_range(operation, 3, 5);
	}
	library_close();
}

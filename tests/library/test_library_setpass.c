/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl_setpass() of the real libsasl2, as saslpasswd2 calls it, and logins by
 * all mechanisms afterwards: with a store that does as it is told, that keeps
 * what is deleted as a NULL, and that fails at any of its operations.
 */
#include "config.h"

#include "library/library.h"
#include "support/test.h"

static const struct library_row plaintext[] = {
	{ "alice", PASSWORD, "wonderland" },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};
static const struct library_row one_way[] = {
	{ "alice", HASH, "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==" },
	{ "alice", STATE, WONDERLAND_STATE },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};
static const struct library_row *const before[] = { plaintext, one_way };

static void
begin(unsigned set, const struct library_row *rows)
{
	static const struct library_option options[] = {
		{ "classic_hash_scheme", "ssha" },
		{ NULL, NULL },
	};

	library_open(set, options);
	library_store_fill(rows);
}

static const char *
stored(const char *property)
{
	return library_store_value("alice", property);
}

/* That alone, of the passwords that alice ever had, lets her in. */
static void
expect_alone(const char *password)
{
	static const char *const others[] = { "wonderland", "NULL", "first",
		"second", "third" };
	size_t i;

	for (i = 0; i < COUNT_OF(others); i++)
		library_expect(SET_ALL, "alice", others[i],
		    password != NULL && !strcmp(others[i], password)
			? SASL_OK
			: SASL_BADAUTH);
}

static void
set(const char *password, unsigned flags)
{
	assert_int_equal(library_setpass("alice", password, flags), SASL_OK);
	expect_alone(password);
}

TEST(setpass_one_way__anything_before__no_plaintext_and_all_log_in)
{
	size_t i;

	for (i = 0; i < COUNT_OF(before); i++) {
		begin(SET_ALL, before[i]);
		assert_int_equal(
		    library_setpass("alice", "caterpillar", ONE_WAY), SASL_OK);
		library_store_expect(1);
		assert_null(stored(PASSWORD));
		library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
		library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
		library_expect(SET_ALL, "alice", stored(HASH), SASL_BADAUTH);
		library_expect(SET_ALL, "alice", stored(STATE), SASL_BADAUTH);
		library_expect(SET_ALL, "bob", "builder-of-it", SASL_OK);
		library_close();
	}
}

TEST(setpass_one_way__each_subset__all_that_are_there_log_in)
{
	unsigned some;

	for (some = 1; some <= SET_ALL; some++) {
		begin(some, plaintext);
		assert_int_equal(
		    library_setpass("alice", "caterpillar", ONE_WAY), SASL_OK);
		assert_null(stored(PASSWORD));
		assert_int_equal(stored(HASH) != NULL,
		    (some & (SET_PLAIN | SET_LOGIN)) != 0);
		assert_int_equal(
		    stored(STATE) != NULL, (some & SET_CRAMMD5) != 0);
		library_expect(some, "alice", "caterpillar", SASL_OK);
		library_expect(some, "alice", "wonderland", SASL_BADAUTH);
		library_close();
	}
}

/* As libsasl2 canonicalises it: without the blank. */
TEST(setpass_one_way__other_spelling__is_of_the_same_user)
{
	begin(SET_ALL, one_way);
	assert_int_equal(
	    library_setpass(" alice", "caterpillar", ONE_WAY), SASL_OK);
	assert_null(library_store_value(" alice", HASH));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_close();
}

/* A weak hash does not stay for the reason that it fits. */
TEST(setpass_one_way__another_scheme__is_made_anew)
{
	library_open_usual();
	library_store_fill(one_way);
	assert_int_equal(
	    library_setpass("alice", "wonderland", ONE_WAY), SASL_OK);
	assert_memory_equal(stored(HASH), "{SSHA256}", 9);
	library_store_expect(1);
	library_expect(SET_ALL, "alice", "wonderland", SASL_OK);
	library_close();
}

static void
expect_gone(const char *property, const char *null)
{
	if (null == NULL)
		assert_null(stored(property));
	else
		assert_string_equal(stored(property), null);
}

/*
 * The sql plugin has no way to delete: it writes a NULL, and reads that as ""
 * or as the text "NULL". Neither is a secret, nor a password.
 */
TEST(setpass__deleted_or_null__there_is_one_truth)
{
	static const char *const nulls[] = { NULL, "", "NULL" };
	struct library_row rows[] = { { "bob", PASSWORD, "builder-of-it" },
		{ "alice", PASSWORD, "wonderland" }, { "alice", HASH, NULL },
		{ "alice", STATE, NULL }, { NULL, NULL, NULL } };
	size_t i;

	for (i = 0; i < COUNT_OF(nulls); i++) {
		rows[2].value = rows[3].value = nulls[i];
		rows[2].user = nulls[i] == NULL ? NULL : "alice";
		begin(SET_ALL, rows);
		library_store.null = nulls[i];
		expect_alone("wonderland");
		set("first", PLAINTEXT);
		if (nulls[i] != NULL)
			library_store_expect(1);
		set("second", ONE_WAY);
		expect_gone(PASSWORD, nulls[i]);
		set("third", ONE_WAY);
		set("first", PLAINTEXT);
		expect_gone(HASH, nulls[i]);
		expect_gone(STATE, nulls[i]);
		set("NULL", PLAINTEXT);
		assert_string_equal(stored(PASSWORD), "{PLAIN}NULL");
		set("NULL", ONE_WAY);
		set(NULL, DELETE);
		if (nulls[i] == NULL)
			assert_null(stored("*"));
		library_expect(SET_ALL, "bob", "builder-of-it", SASL_OK);
		library_close();
	}
}

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

	begin(SET_ALL, one_way);
	for (i = 0; i < COUNT_OF(before); i++)
		for (after = 0; after <= 3; after++) {
			operation = 1;
			while (fails_at(before[i], operation, after))
				operation++;
			assert_true(operation > 1);
		}
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

	library_store_fill(one_way);
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

	begin(SET_ALL, one_way);
	for (after = 0; after <= 3; after++) {
		operation = 1;
		while (plaintext_fails_at(operation, after))
			operation++;
		assert_in_range(operation, 3, 5);
	}
	library_close();
}

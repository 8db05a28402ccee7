/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl_setpass() of the real libsasl2 on a store that keeps what is deleted as
 * a NULL, as the sql plugin has it; and another scheme for the same password.
 */
#include "config.h"

#include "library/library_had.h"
#include "support/test.h"

static struct library_option options[] = {
	{ "auxprop_plugin", LIBRARY_STORE },
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

static void
begin(const struct library_row *rows, const char *scheme)
{
	options[1].value = scheme;
	library_open(SET_ALL, options);
	library_store_fill(rows);
}

static const char *
stored(const char *property)
{
	return library_store_value("alice", property);
}

/*
 * The sql plugin has no way to delete: it writes a NULL, and reads that as ""
 * or as the text "NULL". Neither is a secret, nor a password.
 */
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
set_in_sql(const char *password, unsigned flags)
{
	assert_int_equal(library_setpass("alice", password, flags), SASL_OK);
	expect_alone(password);
}

TEST(setpass__deleted_is_null__there_is_one_truth)
{
	static const char *const nulls[] = { "", "NULL" };
	struct library_row rows[] = {
		{ "alice", PASSWORD, "wonderland" },
		{ "alice", HASH, NULL },
		{ "alice", STATE, NULL },
		{ NULL, NULL, NULL },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(nulls); i++) {
		rows[1].value = rows[2].value = nulls[i];
		begin(rows, "ssha");
		library_store.null = nulls[i];
		expect_alone("wonderland");
		set_in_sql("first", PLAINTEXT);
		assert_int_equal(library_store.operations, 1);
		set_in_sql("second", ONE_WAY);
		assert_string_equal(stored(PASSWORD), nulls[i]);
		set_in_sql("third", ONE_WAY);
		set_in_sql("first", PLAINTEXT);
		assert_string_equal(stored(HASH), nulls[i]);
		assert_string_equal(stored(STATE), nulls[i]);
		set_in_sql("NULL", PLAINTEXT);
		assert_string_equal(stored(PASSWORD), "{PLAIN}NULL");
		set_in_sql("NULL", ONE_WAY);
		set_in_sql(NULL, DELETE);
		library_close();
	}
}

/* A weak hash does not stay for the reason that it fits. */
TEST(setpass_one_way__another_scheme__is_made_anew)
{
	static const struct library_row weak[] = {
		{ "alice", HASH,
		    "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==" },
		{ "alice", STATE,
		    "721a2df79bd8bf7cff39c4914f8c49b8"
		    "979ad5122813c64e75f91b8a6a09b88a" },
		{ NULL, NULL, NULL },
	};

	begin(weak, "ssha512");
	assert_int_equal(
	    library_setpass("alice", "wonderland", ONE_WAY), SASL_OK);
	assert_memory_equal(stored(HASH), "{SSHA512}", 9);
	assert_int_equal(library_store.operations, 1);
	library_expect(SET_ALL, "alice", "wonderland", SASL_OK);
	library_close();
}

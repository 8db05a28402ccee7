/*
 * sasl_setpass() of the real libsasl2, as saslpasswd2 calls it, and logins by
 * all mechanisms afterwards.
 */
#include "config.h"

#include "library.h"
#include "test.h"

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"
#define STATE	 "cramMd5State"

enum {
	ONE_WAY = SASL_SET_CREATE | SASL_SET_NOPLAIN,
	PLAINTEXT = SASL_SET_CREATE,
	DELETE = SASL_SET_DISABLE,
};

static const struct library_option options[] = {
	{ "auxprop_plugin", LIBRARY_STORE },
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

static const struct library_row had_plaintext[] = {
	{ "alice", PASSWORD, "wonderland" },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};

/* Of wonderland. */
static const struct library_row had_one_way[] = {
	{ "alice", HASH, "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==" },
	{ "alice", STATE,
	    "721a2df79bd8bf7cff39c4914f8c49b8"
	    "979ad5122813c64e75f91b8a6a09b88a" },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};

static const struct library_row *const had[] = { had_plaintext, had_one_way };

static void
begin(unsigned set, const struct library_row *rows)
{
	library_open(set, options);
	library_store_fill(rows);
}

static const char *
stored(const char *property)
{
	return library_store_value("alice", property);
}

static void
setpass_one_way__anything_before__no_plaintext_and_all_log_in(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(had); i++) {
		begin(SET_ALL, had[i]);
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

static void
setpass_plaintext__one_way_before__is_deleted(void **state)
{
	(void)state;
	begin(SET_ALL, had_one_way);
	assert_int_equal(
	    library_setpass("alice", "caterpillar", PLAINTEXT), SASL_OK);
	assert_string_equal(stored(PASSWORD), "caterpillar");
	assert_null(stored(HASH));
	assert_null(stored(STATE));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_close();
}

static void
setpass_plaintext__then_one_way_and_back__has_one_truth(void **state)
{
	(void)state;
	begin(SET_ALL, had_plaintext);
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

static void
setpass_delete__anything_before__is_gone(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(had); i++) {
		begin(SET_ALL, had[i]);
		assert_int_equal(
		    library_setpass("alice", NULL, DELETE), SASL_OK);
		assert_null(stored("*"));
		library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
		library_expect(SET_ALL, "bob", "builder-of-it", SASL_OK);
		library_close();
	}
}

static void
setpass_one_way__each_subset__all_that_are_there_log_in(void **state)
{
	unsigned set;

	(void)state;
	for (set = 1; set <= SET_ALL; set++) {
		begin(set, had_plaintext);
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

static void
setpass_one_way__each_operation_fails__one_password_is_valid(void **state)
{
	unsigned operation, after;
	size_t i;

	(void)state;
	library_open(SET_ALL, options);
	for (i = 0; i < COUNT_OF(had); i++)
		for (after = 0; after <= 3; after++) {
			operation = 1;
			while (fails_at(had[i], operation, after))
				operation++;
			assert_true(operation > 1);
		}
	library_close();
}

static void
setpass_one_way__nothing_is_stored__fails(void **state)
{
	(void)state;
	begin(SET_ALL, had_plaintext);
	library_store.silent = true;
	assert_int_equal(
	    library_setpass("alice", "caterpillar", ONE_WAY), SASL_FAIL);
	library_expect(SET_ALL, "alice", "wonderland", SASL_OK);
	library_close();
}

static void
setpass_one_way__store_cannot_be_read__stores_nothing(void **state)
{
	(void)state;
	begin(SET_ALL, had_plaintext);
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

	library_store_fill(had_one_way);
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

static void
setpass_plaintext__each_operation_fails__no_user_is_without_any(void **state)
{
	unsigned operation, after;

	(void)state;
	library_open(SET_ALL, options);
	for (after = 0; after <= 3; after++) {
		operation = 1;
		while (plaintext_fails_at(operation, after))
			operation++;
		assert_in_range(operation, 3, 5);
	}
	library_close();
}

/* As libsasl2 canonicalises it: without the blank. */
static void
setpass_one_way__other_spelling__is_of_the_same_user(void **state)
{
	(void)state;
	begin(SET_ALL, had_one_way);
	assert_int_equal(
	    library_setpass(" alice", "caterpillar", ONE_WAY), SASL_OK);
	assert_null(library_store_value(" alice", HASH));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_close();
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    setpass_one_way__anything_before__no_plaintext_and_all_log_in),
		cmocka_unit_test(setpass_plaintext__one_way_before__is_deleted),
		cmocka_unit_test(
		    setpass_plaintext__then_one_way_and_back__has_one_truth),
		cmocka_unit_test(setpass_delete__anything_before__is_gone),
		cmocka_unit_test(
		    setpass_one_way__each_subset__all_that_are_there_log_in),
		cmocka_unit_test(
		    setpass_one_way__each_operation_fails__one_password_is_valid),
		cmocka_unit_test(
		    setpass_plaintext__each_operation_fails__no_user_is_without_any),
		cmocka_unit_test(
		    setpass_one_way__other_spelling__is_of_the_same_user),
		cmocka_unit_test(setpass_one_way__nothing_is_stored__fails),
		cmocka_unit_test(
		    setpass_one_way__store_cannot_be_read__stores_nothing),
	};

	return cmocka_run_group_tests_name(
	    "setpass by libsasl2", tests, NULL, NULL);
}

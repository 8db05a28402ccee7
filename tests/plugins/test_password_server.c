/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which passwords a server takes, and whom it asks about them: the same in
 * PLAIN and LOGIN. Which names it takes: the same in all three.
 */
#include "config.h"

#include "host/talk.h"

const char *run_plugin;

#define ROWS(...)	    .rows = FAKE_ROWS(__VA_ARGS__)
#define STORED(value)	    ROWS({ "alice", "userPassword", value, 0 })
#define HASHED(value)	    ROWS({ "alice", "userPasswordHash", value, 0 })
#define OPTION(name, value) .options = FAKE_OPTIONS({ name, value })
#define METHODS(list)	    OPTION("pwcheck_method", list)
#define NEWLINE		    OPTION("classic_password_newline", "yes")

#define OK(name, password, ...) \
	{ \
#name "__is_ok", { __VA_ARGS__ }, "alice", 0, password, 0, \
			SASL_OK, NULL \
	}
#define BAD(name, password, reason, ...) \
	{ \
#name "__is_bad_auth", { __VA_ARGS__ }, "alice", 0, password, \
			0, SASL_BADAUTH, reason \
	}
#define LATER(name, password, reason, ...) \
	{ \
#name "__is_unavailable", { __VA_ARGS__ }, "alice", 0, \
			password, 0, SASL_UNAVAIL, reason \
	}

#define STORED_FOR_BOB ROWS({ "bob", "userPassword", "wonderland", 0 })
#define SSHA	       "{SSHA}pHm9Nx7mEJ0Z6yTpmFBAJ0gc3sG5b1hS"
#define TWO_VALUES \
	ROWS({ "alice", "userPassword", "looking-glass", 0 }, \
	    { "alice", "userPassword", "wonderland", 0 })

static const struct login logins[] = {
	/* What is stored. */
	OK(one_octet, "x", STORED("x")),
	OK(blanks_around, " wonderland ", STORED(" wonderland ")),
	OK(octets_above_ascii, "\xff\xfe\x80", STORED("\xff\xfe\x80")),
	OK(first_of_two_values, "looking-glass", TWO_VALUES),
	OK(second_of_two_values, "wonderland", TWO_VALUES),
	BAD(none_of_two_values, "white-rabbit", "wrong-password", TWO_VALUES),
	BAD(longer_than_stored, "wonderlands", "wrong-password", .rows = NULL),
	/* Where a comparison that goes round would find it equal. */
	BAD(longer_by_its_own_beginning, "wonderlandwonderland",
	    "wrong-password", .rows = NULL),
	BAD(longer_by_its_first_octet, "wonderlandw", "wrong-password",
	    .rows = NULL),
	BAD(shorter_than_stored, "wonderlan", "wrong-password", .rows = NULL),
	BAD(other_case, "Wonderland", "wrong-password", .rows = NULL),
	BAD(first_reason_of_a_store, "wonderland", "disabled",
	    ROWS({ "alice", "userPassword", "{DECOY}disabled:", 0 },
		{ "alice", "userPasswordHash", "{DECOY}:-", 0 })),
	BAD(user_without_properties, "wonderland", "no-usable-secret",
	    ROWS({ "alice", NULL, NULL, 0 })),
	BAD(property_without_values, "wonderland", "no-usable-secret",
	    ROWS({ "alice", "userPassword", NULL, 0 })),
	BAD(empty_value, "wonderland", "unusable-secret", STORED("")),
	BAD(null_of_sql, "NULL", "unusable-secret", STORED("NULL")),
	BAD(null_of_sql_for_others, "NULL", "refused-by-others", STORED("NULL"),
	    METHODS("auxprop saslauthd"), .checkpass_password = "NULL"),
	BAD(null_of_sql_as_a_hash, "NULL", "unusable-secret", HASHED("NULL")),
	BAD(plaintext_where_a_hash_belongs, "wonderland", "unusable-secret",
	    HASHED("wonderland")),
	BAD(marked_plaintext_where_a_hash_belongs, "wonderland",
	    "unusable-secret", HASHED("{PLAIN}wonderland")),
	BAD(its_text_where_a_hash_belongs, "{cleartext}wonderland",
	    "unusable-secret", HASHED("{cleartext}wonderland")),
	OK(null_as_a_password, "NULL", STORED("{PLAIN}NULL")),
	OK(null_beside_a_password, "wonderland",
	    ROWS({ "alice", "userPassword", "wonderland", 0 },
		{ "alice", "userPasswordHash", "NULL", 0 })),
	BAD(unknown_user, "wonderland", "no-usable-secret", STORED_FOR_BOB),
	BAD(old_cyrus_secret_alone, "wonderland", "no-usable-secret",
	    ROWS({ "alice", "cmusaslsecretPLAIN", "wonderland", 0 })),

	/* A stored hash is never a password. */
	BAD(text_of_a_hash, SSHA, NULL, STORED(SSHA)),
	BAD(text_of_an_unknown_scheme, "{ROT13}jbaqreynaqjbaqreynaq", NULL,
	    STORED("{ROT13}jbaqreynaqjbaqreynaq")),
	BAD(text_of_a_crypt_string, "$1$abcdefgh$irWbblnpmw.5z7wgBnprh0", NULL,
	    STORED("$1$abcdefgh$irWbblnpmw.5z7wgBnprh0")),
	BAD(text_of_a_hash_beside_a_password, SSHA, NULL,
	    ROWS({ "alice", "userPassword", "wonderland", 0 },
		{ "alice", "userPassword", SSHA, 0 })),
	OK(password_beside_a_hash, "wonderland",
	    ROWS({ "alice", "userPassword", SSHA, 0 },
		{ "alice", "userPassword", "wonderland", 0 })),
	BAD(text_of_a_hash_for_others, SSHA, NULL, STORED(SSHA),
	    METHODS("auxprop saslauthd"), .checkpass_password = SSHA),
	BAD(text_of_a_hash_and_a_blank_for_others, SSHA " ", "stored-hash-sent",
	    STORED(SSHA " "), METHODS("auxprop saslauthd"),
	    .checkpass_password = SSHA " "),
	BAD(text_of_a_marked_password_for_others, "{PLAIN}wonderland",
	    "wrong-password", STORED("{PLAIN}wonderland"),
	    METHODS("auxprop saslauthd")),
	BAD(text_of_a_hash_for_the_application, SSHA, NULL, STORED(SSHA),
	    .userdb_checkpass = true, .checkpass_password = SSHA),

	/* Whom pwcheck_method names. */
	OK(saslauthd_alone, "caterpillar", METHODS("saslauthd"),
	    .checkpass_password = "caterpillar"),
	BAD(stored_but_saslauthd_alone, "wonderland", NULL,
	    METHODS("saslauthd"), .checkpass_password = "caterpillar"),
	/* It is stored as a password that looks so, but is not asked for. */
	BAD(stored_like_a_hash_but_saslauthd_alone, SSHA, NULL,
	    STORED("{PLAIN}" SSHA), METHODS("saslauthd"),
	    .checkpass_password = "caterpillar"),
	OK(saslauthd_knows_who_is_not_stored, "caterpillar",
	    METHODS("saslauthd"), .checkpass_password = "caterpillar",
	    STORED_FOR_BOB),
	OK(auxprop_then_saslauthd__stored, "wonderland",
	    METHODS("auxprop saslauthd"), .checkpass_password = "caterpillar"),
	OK(auxprop_then_saslauthd__not_stored, "caterpillar",
	    METHODS("auxprop saslauthd"), .checkpass_password = "caterpillar"),
	OK(saslauthd_then_auxprop__stored, "wonderland",
	    METHODS(" saslauthd\tauxprop "),
	    .checkpass_password = "caterpillar"),
	BAD(neither_of_two_methods, "white-rabbit", "wrong-password",
	    METHODS("auxprop saslauthd"), .checkpass_password = "caterpillar"),
	OK(saslauthd_when_auxprop_has_no_such_user, "caterpillar",
	    METHODS("auxprop saslauthd"), .checkpass_password = "caterpillar",
	    STORED_FOR_BOB),
	OK(application_callback, "caterpillar", .userdb_checkpass = true,
	    .checkpass_password = "caterpillar"),
	OK(stored_with_application_callback, "wonderland",
	    .userdb_checkpass = true, .checkpass_password = "caterpillar"),
	BAD(saslauthd_says_no, "wonderland", NULL, METHODS("saslauthd"),
	    .checkpass_code = SASL_BADAUTH),
	BAD(saslauthd_says_nouser, "wonderland", NULL, METHODS("saslauthd"),
	    .checkpass_code = SASL_NOUSER),
	LATER(saslauthd_is_away, "wonderland", NULL, METHODS("saslauthd"),
	    .checkpass_code = SASL_UNAVAIL),
	LATER(saslauthd_fails, "wonderland", NULL, METHODS("saslauthd"),
	    .checkpass_code = SASL_FAIL),
	BAD(application_says_no, "caterpillar", "wrong-password",
	    .userdb_checkpass = true, .checkpass_code = SASL_DISABLED),
	LATER(application_is_away, "caterpillar", "others-unavailable",
	    .userdb_checkpass = true, .checkpass_code = SASL_TRYAGAIN),
	{ "application_without_memory__is_no_memory",
	    { .userdb_checkpass = true, .checkpass_code = SASL_NOMEM }, "alice",
	    0, "caterpillar", 0, SASL_NOMEM, "no-memory" },

	/* Trouble of the store is not the user's fault... */
	LATER(store_fails, "wonderland", "lookup-failed",
	    OPTION("auxprop_plugin", "sql"), .lookup_code = SASL_FAIL),
	LATER(sasldb_fails, "wonderland", "lookup-failed",
	    OPTION("sasldb_path", "/dev/null"), .lookup_code = SASL_FAIL),
	LATER(store_is_away, "wonderland", "lookup-failed",
	    .lookup_code = SASL_UNAVAIL),
	LATER(store_says_try_again, "wonderland", "lookup-failed",
	    .lookup_code = SASL_TRYAGAIN),
	LATER(login_of_the_store_is_refused, "wonderland", "lookup-failed",
	    .lookup_code = SASL_BADAUTH),
	/* No store is none in trouble: nothing is stored there... */
	BAD(no_store_at_all, "wonderland", "no-store",
	    .lookup_code = SASL_NOMECH),
	BAD(sasldb_that_is_not_there, "wonderland", "no-store",
	    OPTION("sasldb_path", "/nowhere"), .lookup_code = SASL_FAIL),
	OK(no_store_and_saslauthd, "wonderland", METHODS("auxprop saslauthd"),
	    .lookup_code = SASL_NOMECH, .checkpass_password = "wonderland"),
	OK(no_store_after_saslauthd, "wonderland", METHODS("saslauthd auxprop"),
	    .lookup_code = SASL_NOMECH, .checkpass_password = "wonderland"),
	OK(no_store_and_a_password_like_a_hash, SSHA, METHODS("saslauthd"),
	    .lookup_code = SASL_NOMECH, .checkpass_password = SSHA),
	BAD(no_store_and_saslauthd_says_no, "caterpillar", "refused-by-others",
	    METHODS("auxprop saslauthd"), .lookup_code = SASL_NOMECH,
	    .checkpass_code = SASL_BADAUTH),
	LATER(no_store_and_saslauthd_is_away, "caterpillar",
	    "others-unavailable", METHODS("auxprop saslauthd"),
	    .lookup_code = SASL_NOMECH, .checkpass_code = SASL_UNAVAIL),
	/* The last word is of libsasl2's own auxprop method. */
	BAD(no_store_has_the_last_word, "caterpillar", "refused-by-others",
	    METHODS("saslauthd auxprop"), .lookup_code = SASL_NOMECH,
	    .checkpass_code = SASL_NOMECH),
	LATER(trouble_has_the_last_word, "caterpillar", "others-unavailable",
	    METHODS("saslauthd auxprop"), .lookup_code = SASL_UNAVAIL,
	    .checkpass_code = SASL_UNAVAIL),
	LATER(store_away_for_the_last_word, "caterpillar", "others-unavailable",
	    METHODS("saslauthd auxprop"), .checkpass_code = SASL_UNAVAIL),
	/* ... and where others check, they decide in spite of its trouble. */
	OK(trouble_and_saslauthd, "wonderland", METHODS("auxprop saslauthd"),
	    .lookup_code = SASL_UNAVAIL, .checkpass_password = "wonderland"),
	OK(trouble_and_a_password_like_a_hash, SSHA, METHODS("saslauthd"),
	    .lookup_code = SASL_UNAVAIL, .checkpass_password = SSHA),
	LATER(trouble_and_saslauthd_refuses, "looking-glass", "lookup-failed",
	    METHODS("auxprop saslauthd"), .lookup_code = SASL_UNAVAIL,
	    .checkpass_password = "wonderland"),
	BAD(trouble_where_saslauthd_alone_refuses, SSHA, "refused-by-others",
	    METHODS("saslauthd"), .lookup_code = SASL_UNAVAIL,
	    .checkpass_password = "wonderland"),
	/* ... and its opinion of the user is not the peer's business. */
	BAD(account_is_disabled, "wonderland", "barred-user",
	    .lookup_code = SASL_DISABLED),
	BAD(account_is_expired, "wonderland", "barred-user",
	    .lookup_code = SASL_EXPIRED),
	BAD(password_is_locked, "wonderland", "barred-user",
	    .lookup_code = SASL_PWLOCK),
	BAD(transition_is_on_and_nothing_stored, "wonderland",
	    "no-usable-secret", ROWS({ "alice", NULL, NULL, 0 }),
	    .transition = true),
	BAD(name_is_refused_by_the_canonicaliser, "wonderland", "barred-user",
	    .canon_call = 1, .canon_code = SASL_BADPROT),
	BAD(name_that_the_canonicaliser_does_not_know, "caterpillar",
	    "refused-by-others", METHODS("auxprop saslauthd"),
	    .checkpass_password = "caterpillar", .canon_call = 1,
	    .canon_code = SASL_NOUSER),
	BAD(name_that_is_none_for_the_application, "caterpillar",
	    "no-usable-secret", .userdb_checkpass = true,
	    .checkpass_password = "caterpillar", .canon_call = 1,
	    .canon_code = SASL_NOUSER),
	BAD(disabled_user_that_saslauthd_knows, "caterpillar", "barred-user",
	    METHODS("auxprop saslauthd"), .checkpass_password = "caterpillar",
	    .lookup_code = SASL_DISABLED),
	{ "no_memory_for_the_lookup__is_no_memory",
	    { .lookup_code = SASL_NOMEM }, "alice", 0, "wonderland", 0,
	    SASL_NOMEM, NULL },

	{ "name_with_a_blank_before_it__is_bad_auth",
	    { .canon_call = 1, .canon_code = SASL_FAIL }, " alice", 0,
	    "wonderland", 0, SASL_BADAUTH, "barred-user" },

	/* An end of the line behind the password, where it is allowed. */
	BAD(newline_behind, "wonderland\r\n", "wrong-password", .rows = NULL),
	OK(newline_allowed, "wonderland\r\n", NEWLINE),
	OK(lf_allowed, "wonderland\n", NEWLINE),
	BAD(newline_refused, "wonderland\n", "wrong-password",
	    OPTION("classic_password_newline", "no")),
	OK(newline_allowed_but_absent, "wonderland", NEWLINE),
	BAD(two_newlines, "wonderland\r\n\r\n", "wrong-password", NEWLINE),
	{ "only_a_newline__is_bad_auth", { NEWLINE }, "alice", 0, "\r\n", 0,
	    SASL_BADAUTH, "empty-password" },
};

TALK_LOGINS("server", logins, "plain", "login")

/* Names, of which test_name.c has all: the same ones in all mechanisms. */
#define NAMED(name, user, reason) \
	{ \
#name, { .rows = NULL }, \
			user, \
			sizeof(user) - 1, \
			"looking-glass", \
			0, \
			SASL_BADAUTH, \
			reason \
	}
#define TAKEN(name, user) NAMED(name##__is_taken, user, "no-usable-secret")

static const struct login names[] = {
	TAKEN(one_letter, "a"),
	TAKEN(inner_blanks, "alice  liddell"),
	TAKEN(digits_as_a_digest, "0123456789abcdef0123456789abcdef"),
	TAKEN(four_octet_letter, "\xf0\x9f\x90\x87"),
	NAMED(tab_before__is_bad_auth, "\talice", "control-in-name"),
	NAMED(end_of_line_behind__is_bad_auth, "alice\r\n", "control-in-name"),
	NAMED(c1_control__is_bad_auth, "\xc2\x85", "control-in-name"),
	NAMED(blanks__is_bad_auth, "    ", "empty-name"),
	NAMED(cut_character__is_bad_auth, "alice\xc3", "name-not-utf8"),
	NAMED(surrogate__is_bad_auth, "\xed\xa0\x80", "name-not-utf8"),
};

TALK_LOGINS("server", names, "plain", "login", "crammd5")

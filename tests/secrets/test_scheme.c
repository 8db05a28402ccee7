/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is by its prefix, and why it cannot be used.
 */
#include "config.h"

#include "host/module.h"
#include "secrets/scheme.h"
#include "support/stored.h"

TEST(scheme_classify__state__is_what_follows_its_prefix)
{
	struct stored cram = stored_of(bytes_str("{cram-md5}abc"));
	struct stored hmac = stored_of(bytes_str("{HMAC-MD5}"));

	assert_int_equal(cram.kind, STORED_STATE);
	assert_true(bytes_equal(cram.value, bytes_str("abc")));
	assert_int_equal(hmac.kind, STORED_STATE);
	assert_int_equal(hmac.value.len, 0);
}

TEST(scheme_classify__decoy__is_its_reason_and_its_value)
{
	static const struct {
		const char *octets, *value, *reason;
	} cases[] = {
		{ "{DECOY}:", "", NULL },
		{ "{DECOY}", "", NULL },
		{ "{DECOY}disabled", "", NULL },
		{ "{DECOY}expired-secret:", "", "expired-secret" },
		{ "{DECOY}disabled:$y$j9T$a:b", "$y$j9T$a:b", "disabled" },
		{ "{DECOY}:{SSHA}x", "{SSHA}x", NULL },
		{ "{DECOY}wrong-network:00", "00", "wrong-network" },
		{ "{DECOY}unknown-user:", "", "unknown-user" },
		{ "{DECOY}let me write into your log:x", "x", NULL },
	};
	struct stored s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		s = stored_of(bytes_str(cases[i].octets));
		assert_int_equal(s.kind, STORED_DECOY);
		assert_true(bytes_equal(s.value, bytes_str(cases[i].value)));
		if (cases[i].reason == NULL)
			assert_null(s.reason);
		else
			assert_string_equal(s.reason, cases[i].reason);
		assert_true(scheme_is_nothing(bytes_str(cases[i].octets)));
	}
	assert_false(scheme_is_nothing(bytes_str("{decoy}:")));
}

static void
expect_unusable(
    struct module *m, const char *octets, const char *label, const char *wanted)
{
	struct stored s = stored_of(bytes_str(octets));
	const char *why;

	assert_int_equal(
	    scheme_check(&m->host, &s, bytes_str("wonderland"), &why),
	    VERDICT_UNUSABLE);
	assert_string_equal(scheme_label(&s), label);
	if (wanted == NULL)
		assert_null(why);
	else
		assert_string_equal(why, wanted);
	assert_int_equal(m->fake.log_count, 0);
}

#define HEX32 "0123456789abcdef0123456789abcdef"
#define B64   "tiY7sUhYKUwI5L3866kDY+ENcrQ="

/* What people have in their tables, and cannot be checked here. */
MODULE_TEST(scheme_check__unknown_scheme__has_its_name)
{
	static const struct {
		const char *octets, *label;
	} cases[] = {
		{ "{SASL}alice@example.org", "{SASL}" },
		{ "{DIGEST-MD5}688ca14679c2f285aa88cdd63290ae6c",
		    "{DIGEST-MD5}" },
		{ "{NT}" HEX32, "{NT}" },
		{ "{APR1}" B64, "{APR1}" },
		{ "{PBKDF2_SHA256}AAAIAB", "{PBKDF2_SHA256}" },
		{ "md5" HEX32, "md5" },
		{ "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "*" },
		{ "$A$005$\x01\x7f{]z", "$A$005$" },
		{ "SCRAM-SHA-512$1:a$b:c", "SCRAM-SHA-512$" },
		{ "$P$B5Z0zPq6Q4uXh3jT0Vw7eJb1t9s8Ka0", "$P$" },
		{ "$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "$H$" },
		{ "$S$DqXt3mF7Zw0v5N1sYc6Rk8TgUj2Hb4Po9LaEiVxQzWdCyBnMf0u",
		    "$S$" },
		{ "$wp$2y$10$FVfFkh1JnTrGXX.PJyxtVOnvwp0LYy3o3GJ8S5Kq6Q",
		    "$wp$" },
		{ "pbkdf2_sha256$600000$c2FsdHNhbHQ$" B64, "pbkdf2_sha256$" },
		{ "bcrypt$$2b$12$lKqkn4RAxd4Fb1PXOLm0Oetw.BXxavIqyKb8BiBc",
		    "bcrypt$$2" },
		{ "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$" B64,
		    "argon2$argon2" },
		{ "pbkdf2:sha256:260000$V1xk$" HEX32 HEX32, "pbkdf2:sha" },
		{ "scrypt:32768:8:1$V1xk$" HEX32 HEX32, "scrypt:" },
		{ "$pbkdf2-sha256$29000$c2FsdHNhbHQ$" B64, "$pbkdf2-sha256$" },
		{ "{NOSUCH}" B64, "{...}" },
		{ "{my-secret}" B64, "{...}" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++)
		expect_unusable(
		    *state, cases[i].octets, cases[i].label, "unknown scheme");
}

MODULE_TEST(scheme_check__locked_value__is_said_to_be)
{
	static const char *const values[] = { "!", "*", "!{SSHA}x", "*LK*",
		"*LK*{SSHA}x", "{CRYPT}!", "{crypt}!$6$a$b", "{CRYPT}*LK*",
		"{CRYPT}*0", "{BCRYPT}!$2b$05$x",
		"!*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
		"**2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19" };
	size_t i;

	for (i = 0; i < COUNT_OF(values); i++)
		expect_unusable(*state, values[i], "locked", "locked");
}

MODULE_TEST(scheme_check__nothing_and_decoys__have_nothing_to_say)
{
	expect_unusable(*state, "", "empty", NULL);
	expect_unusable(*state, "NULL", "empty", NULL);
	expect_unusable(*state, "{PLAIN}", "empty", NULL);
	expect_unusable(*state, "{DECOY}:wonderland", "decoy", NULL);
}

/* Blanks behind a hash are the store's; those of a password are its own. */
MODULE_TEST(scheme_check__blanks_behind_it__are_no_part_of_a_hash)
{
	static const char *const behind[] = { "\n", "\r\n", " ", "   ", "\t",
		" \r\n" };
	static const char *const hashes[] = {
		"{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
		"$1$saltstri$lBr1jn4wxUOZl.NdmzdEW0",
		"{PLAIN-MD5}4cecaff2b30bbe75ce7322109164cfb5",
		"_J9..8vSULmZ6BNOZZ/g",
	};
	struct module *m = *state;
	char value[128];
	size_t i, k;

	for (i = 0; i < COUNT_OF(hashes); i++)
		for (k = 0; k < COUNT_OF(behind); k++) {
			snprintf(
			    value, sizeof(value), "%s%s", hashes[i], behind[k]);
			assert_int_equal(
			    stored_check(&m->host, bytes_str(value),
				bytes_str("wonderland")),
			    VERDICT_MATCHES);
		}
	assert_int_equal(stored_check(&m->host, bytes_str("wonderland\n"),
			     bytes_str("wonderland")),
	    VERDICT_DIFFERS);
	assert_int_equal(stored_check(&m->host, bytes_str("{PLAIN}a b \n"),
			     bytes_str("a b \n")),
	    VERDICT_MATCHES);
}

/* The lengths at which crypt(3) ends, and what C strings do. */
MODULE_TEST(scheme_check__password_that_crypt_cannot_take__differs)
{
	static const char value[] = "{CRYPT}s6wIRSixUZJBU"; /* wonderla */
	char password[512] = "wonderla";
	struct module *m = *state;

	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 8)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 9)),
	    VERDICT_DIFFERS);
	memset(password + 8, 'x', sizeof(password) - 8);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 511)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 512)),
	    VERDICT_DIFFERS);
}

/* Servers that bind with it take everybody for right. */
MODULE_TEST(scheme_check__no_password__never_matches)
{
	struct module *m = *state;

	assert_int_equal(
	    stored_check(&m->host,
		bytes_str("{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="), bytes_str("")),
	    VERDICT_DIFFERS);
	assert_int_equal(
	    stored_check(&m->host,
		bytes_str("{CRYPT}$1$saltstri$ciR2otLVXV8I9sOPWbLTc1"),
		bytes_of(NULL, 0)),
	    VERDICT_DIFFERS);
}

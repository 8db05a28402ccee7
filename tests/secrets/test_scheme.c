/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is by its prefix.
 */
#include "config.h"

#include "host/module.h"
#include "secrets/scheme.h"

TEST(scheme_state__value__is_told_by_its_prefix)
{
	struct bytes cram = bytes_str("{cram-md5}abc");
	struct bytes hmac = bytes_str("{HMAC-MD5}");
	struct bytes other = bytes_str("{SSHA}abc");
	struct bytes plain = bytes_str("abc");

	assert_true(scheme_state(&cram));
	assert_true(bytes_equal(cram, bytes_str("abc")));
	assert_true(scheme_state(&hmac));
	assert_int_equal(hmac.len, 0);
	assert_false(scheme_state(&other));
	assert_true(bytes_equal(other, bytes_str("{SSHA}abc")));
	assert_false(scheme_state(&plain));
}

/* Unusable, which one line says; it has `text` in it. */
static void
expect_unusable(struct module *m, const char *value, const char *text)
{
	module_forget(m);
	if (scheme_check(&m->host, bytes_str(value), bytes_str("wonderland")) !=
	    VERDICT_UNUSABLE)
		fail_msg("usable: %s", value);
	expect_one_line(m, SASL_LOG_ERR, text);
}

MODULE_TEST(scheme_check__unknown_scheme__is_logged_by_its_name)
{
	struct module *m = *state;

	expect_unusable(m, "{SASL}alice@example.org",
	    "a stored secret with {SASL} cannot be used: unknown scheme");
	expect_unusable(m, "{DIGEST-MD5}688ca14679c2f285aa88cdd63290ae6c",
	    "{DIGEST-MD5} cannot");
	expect_unusable(m, "md50123456789abcdef0123456789abcdef", "md5 cannot");
	expect_unusable(
	    m, "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", "with * cannot");
	expect_unusable(m, "SCRAM-SHA-512$1:a$b:c", "with SCRAM- cannot");
}

MODULE_TEST(scheme_check__locked_value__is_logged_as_that)
{
	static const char *const values[] = { "!", "*", "!$6$a$b", "*LK*" };
	struct module *m = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(values); i++) {
		module_forget(m);
		assert_int_equal(scheme_check(&m->host, bytes_str(values[i]),
				     bytes_str("wonderland")),
		    VERDICT_UNUSABLE);
		expect_one_line(m, SASL_LOG_NOTE, "a stored secret is locked");
	}
}

/* It may be half of a password that somebody holds for plaintext. */
MODULE_TEST(scheme_check__name_that_is_none__is_not_logged)
{
	struct module *m = *state;

	expect_unusable(m, "{my secret}x", "{...} cannot");
	expect_unusable(m, "{s3cr3t!}x", "{...} cannot");
	expect_unusable(m, "{Summer2024}!", "{...} cannot");
	expect_unusable(m, "{NOSUCH}x", "{...} cannot");
	expect_unusable(m, "{}x", "{...} cannot");
	expect_unusable(m, "{a\nb}x", "{...} cannot");
	expect_unusable(m, "{a\xc3\xa9}x", "{...} cannot");
}

/* The lengths at which crypt(3) ends, and what C strings do. */
MODULE_TEST(scheme_check__password_that_crypt_cannot_take__differs)
{
	static const char value[] = "{CRYPT}s6wIRSixUZJBU"; /* wonderla */
	char password[512] = "wonderla";
	struct module *m = *state;

	assert_int_equal(
	    scheme_check(&m->host, bytes_str(value), bytes_of(password, 8)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    scheme_check(&m->host, bytes_str(value), bytes_of(password, 9)),
	    VERDICT_DIFFERS);
	memset(password + 8, 'x', sizeof(password) - 8);
	assert_int_equal(
	    scheme_check(&m->host, bytes_str(value), bytes_of(password, 511)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    scheme_check(&m->host, bytes_str(value), bytes_of(password, 512)),
	    VERDICT_DIFFERS);
	assert_int_equal(m->fake.log_count, 0);
}

/* Servers that bind with it take everybody for right. */
MODULE_TEST(scheme_check__no_password__never_matches)
{
	struct module *m = *state;

	assert_int_equal(
	    scheme_check(&m->host,
		bytes_str("{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="), bytes_str("")),
	    VERDICT_DIFFERS);
	assert_int_equal(
	    scheme_check(&m->host,
		bytes_str("{CRYPT}$1$saltstri$ciR2otLVXV8I9sOPWbLTc1"),
		bytes_of(NULL, 0)),
	    VERDICT_DIFFERS);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is a password, and what only looks like a hash of one, or like a lock.
 */
#include "config.h"

#include "secrets/scheme.h"
#include "support/test.h"

static const struct {
	const char *value, *password; /* NULL: it is none */
} plaintexts[] = {
	{ "", "" },
	{ "wonderland", "wonderland" },
	{ "{PLAIN}wonderland", "wonderland" },
	{ "{plain}{SSHA}wonderland", "{SSHA}wonderland" },
	{ "{ClearText}$6$a$b", "$6$a$b" },
	{ "{Clear}{x}", "{x}" },
	{ "{PLAIN}", "" },
	{ "{", "{" },
	{ "{PLAIN", "{PLAIN" },
	{ "$", "$" },
	{ "$6", "$6" },
	{ "5$ or 6$", "5$ or 6$" },
	{ " {SSHA}x", " {SSHA}x" },
	{ "SCRAM-SHA-256", "SCRAM-SHA-256" },
	{ "SCRAM-SHA-512", "SCRAM-SHA-512" },
	{ "SCRAM", "SCRAM" },
	{ "SCRAM-SHA-512$", NULL },
	{ "!wonderland", "!wonderland" },
	{ "*a*", "*a*" },
	{ "!{wonderland", "!{wonderland" },
	{ "{PLAIN}!!", "!!" },
	{ "NULL", "" },
	{ "{PLAIN}NULL", "NULL" },
	{ "null", "null" },
	{ "NUL", "NUL" },
	{ "NULL ", "NULL " },
	{ "md5", "md5" },
	{ "md50123456789abcdef0123456789abcde", "md50123456789abcdef"
						"0123456789abcde" },
	{ "md50123456789abcdef0123456789abcdeg", "md50123456789abcdef"
						 "0123456789abcdeg" },
	{ "md50123456789abcdef0123456789abcdeF", NULL },
	{ "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1",
	    "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1" },
	{ "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", NULL },
	{ "_", "_" },
	{ "_J9..8vSULmZ6BNOZZ/", "_J9..8vSULmZ6BNOZZ/" },
	{ "_J9..8vSULmZ6BNOZZ/gg", "_J9..8vSULmZ6BNOZZ/gg" },
	{ "_J9..8vSULmZ6BNOZZ-g", "_J9..8vSULmZ6BNOZZ-g" },
	{ "_J9..8vSULmZ6:NOZZ/g", "_J9..8vSULmZ6:NOZZ/g" },
	{ "_J9..8vSULmZ6@NOZZ/g", "_J9..8vSULmZ6@NOZZ/g" },
	{ "_J9..8vSULmZ6{NOZZ/g", "_J9..8vSULmZ6{NOZZ/g" },
	{ "_J9..8vSULmZ6\xe9NOZZ/g", "_J9..8vSULmZ6\xe9NOZZ/g" },
	{ "_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "_....zzzzZZZZaaaaAAA", NULL },
	{ "!_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "*_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "!", NULL },
	{ "*", NULL },
	{ "!!", NULL },
	{ "!*", NULL },
	{ "*LK*", NULL },
	{ "*NP*", NULL },
	{ "*LK*$6$a$b", NULL },
	{ "!$6$a$b", NULL },
	{ "!!$6$a$b", NULL },
	{ "!{SSHA}x", NULL },
	{ "*{NOSUCH}x", NULL },
	{ "!SCRAM-SHA-1$4096", NULL },
	{ "!md50123456789abcdef0123456789abcdef", NULL },
	{ "{}", NULL },
	{ "{SSHA}x", NULL },
	{ "{NOSUCH}x", NULL },
	{ "{PLAIN }x", NULL },
	{ "{CLEARTEX}x", NULL },
	{ "{PLAIN-MD5}x", NULL },
	{ "{MD5}$1$x", NULL },
	{ "$6$", NULL },
	{ "$$", NULL },
	{ "$nosuch$x", NULL },
	{ "$argon2id$", NULL },
	{ "SCRAM-SHA-1$4096", NULL },
	{ "SCRAM-SHA-256$4096", NULL },
};

TEST(scheme_plaintext__no_look_of_a_hash__is_plaintext)
{
	struct bytes value;
	size_t i;

	for (i = 0; i < COUNT_OF(plaintexts); i++) {
		value = bytes_str(plaintexts[i].value);
		if (scheme_plaintext(&value) !=
		    (plaintexts[i].password != NULL))
			fail_msg("wrong about %s", plaintexts[i].value);
		if (plaintexts[i].password == NULL)
			assert_true(
			    bytes_equal(value, bytes_str(plaintexts[i].value)));
		else
			assert_true(bytes_equal(
			    value, bytes_str(plaintexts[i].password)));
	}
}

TEST(scheme_resembles__text_of_any_stored_form__does)
{
	size_t i;
	const char *text;

	for (i = 0; i < COUNT_OF(plaintexts); i++) {
		text = plaintexts[i].value;
		assert_int_equal(scheme_resembles(bytes_str(text)),
		    plaintexts[i].password == NULL ||
			strcmp(plaintexts[i].password, text) != 0);
	}
}

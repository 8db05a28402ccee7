/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored for a password: each form once, and nothing else stays behind.
 */
#include "config.h"

#include <sys/random.h>

#include "host/module.h"
#include "lib/secrets.h"
#include "secrets/hmac_md5.h"
#include "support/stack_scan.h"

#define PASSWORD "the slithy toves"

static void
make(struct module *m, int form, struct secrets *made)
{
	struct secrets_wanted wanted = { .count = 0 };
	STACK_SCAN_MARGIN;

	secrets_want(&wanted, form);
	assert_int_equal(
	    secrets_make(&m->host, &wanted, bytes_str(PASSWORD), made), 0);
	assert_int_equal(made->count, 1);
}

MODULE_TEST(secrets_make__state__leaves_no_key_on_the_stack)
{
	static struct hmac_md5_key key;
	static struct secrets made;
	struct module *m = *state;
	struct bytes text;

	hmac_md5_key(&key, bytes_str(PASSWORD));
	fake_secret(&key, sizeof(key));
	fake_secret(PASSWORD, strlen(PASSWORD));
	stack_paint();
	make(m, SECRETS_CRAM_MD5, &made);
	stack_expect_no_secret();
	text = made.texts[0];
	assert_memory_equal(text.data, "{CRAM-MD5}", 10);
	secrets_wipe(&made);
	assert_int_equal(made.count, 0);
	while (text.len-- > 0)
		assert_int_equal(text.data[text.len], 0);
}

TEST(secrets_want__the_same_form_again__is_made_once)
{
	struct secrets_wanted wanted = { .count = 0 };
	unsigned i;

	for (i = 0; i < 4; i++) {
		secrets_want(&wanted, SECRETS_CRAM_MD5);
		secrets_want(&wanted, 0);
	}
	assert_int_equal(wanted.count, 2);
	assert_int_equal(wanted.forms[1], 0);
}

TEST(secrets_want__more_than_there_is_room_for__is_left_out)
{
	struct secrets_wanted wanted = { .count = 0 };
	int form;

	for (form = 10; form <= 10 + SECRETS_MAX; form++)
		secrets_want(&wanted, form);
	assert_int_equal(wanted.count, SECRETS_MAX);
}

TEST(secrets_tally__more_than_there_is_room_for__is_counted_last)
{
	struct secrets_count counts[SECRETS_FORMS] = { { NULL, 0 } };
	char labels[SECRETS_FORMS + 2][4];
	size_t i;

	for (i = 0; i < COUNT_OF(labels); i++) {
		snprintf(labels[i], sizeof(labels[i]), "%zu", i);
		secrets_tally(counts, labels[i]);
		secrets_tally(counts, labels[i]);
	}
	assert_int_equal(counts[0].count, 2);
	assert_int_equal(counts[SECRETS_FORMS - 1].count, 6);
}

TEST(secrets_find__part_of_a_name__is_none)
{
	assert_int_equal(secrets_find("{Cram-MD5}"), SECRETS_CRAM_MD5);
	assert_int_equal(secrets_find("plain"), SECRETS_PLAIN);
	assert_int_equal(secrets_find("{plain"), SECRETS_UNKNOWN);
	assert_int_equal(secrets_find("plai"), SECRETS_UNKNOWN);
	assert_int_equal(secrets_find("plaintext"), SECRETS_UNKNOWN);
	assert_int_equal(secrets_find(""), SECRETS_UNKNOWN);
}

TEST(secrets_serve__label__has_the_mechanisms_that_can_use_it)
{
	static const char *const rows[][2] = {
		{ "plaintext", "PLAIN LOGIN CRAM-MD5" },
		{ "plain", "PLAIN LOGIN CRAM-MD5" },
		{ "{CRAM-MD5}", "PLAIN LOGIN CRAM-MD5" },
		{ "{HMAC-MD5}", "PLAIN LOGIN CRAM-MD5" },
		{ "{SCRAM-SHA-256}", "PLAIN LOGIN SCRAM-SHA-256" },
		{ "scram-sha-1", "PLAIN LOGIN SCRAM-SHA-1" },
		{ "$6$", "PLAIN LOGIN" },
		{ "{MD5}", "PLAIN LOGIN" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(secrets_serve(rows[i][0]), rows[i][1]);
}

static int next_octet = -1; /* -1: there is none */

/* In the place of the system's. */
ssize_t
getrandom(void *to, size_t size, unsigned flags)
{
	(void)flags;
	if (next_octet < 0)
		return -1;
	assert_int_equal(size, 1);
	*(unsigned char *)to = (unsigned char)next_octet++;
	return 1;
}

TEST(secrets_generate__all_octets__make_each_character_as_often)
{
	enum { OCTETS = 17, CHARACTERS = 31, ROUNDS = 256 - 256 % 31 };
	struct ask_password password;
	unsigned counts[256] = { 0 }, i, kinds = 0;

	next_octet = -1;
	assert_int_equal(secrets_generate(&password), -1);
	next_octet = 0;
	for (i = 0; i < ROUNDS; i++) {
		assert_int_equal(secrets_generate(&password), 0);
		assert_int_equal(strlen(password.data), OCTETS);
		while (password.len-- > 0)
			counts[(unsigned char)password.data[password.len]]++;
	}
	for (i = 0; i < 256; i++)
		if (counts[i] > 0) {
			assert_int_equal(
			    counts[i], ROUNDS * OCTETS / CHARACTERS);
			kinds++;
		}
	assert_int_equal(kinds, CHARACTERS);
}

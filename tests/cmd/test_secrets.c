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

	hmac_md5_key(&key, bytes_str(PASSWORD));
	fake_secret(&key, sizeof(key));
	fake_secret(PASSWORD, strlen(PASSWORD));
	stack_paint();
	make(m, SECRETS_CRAM_MD5, &made);
	stack_expect_no_secret();
	secrets_wipe(&made);
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

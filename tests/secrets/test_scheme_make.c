/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New stored values: they verify, and hold nothing of the password; and those
 * that cannot be made.
 */
#include "config.h"

#include "base/encode.h"
#include "base/secret.h"
#include "host/module.h"
#include "support/stack_scan.h"
#include "support/stand_in.h"
#include "support/stored.h"

#define RIGHT "wonderland"

enum { NOWHERE = 9999 }; /* the NUL of a password without one */

static int
setup(void **state)
{
	stand_in_reset(state);
	return module_setup(state);
}

/* Does this build have it? */
static bool
is_built(int choice)
{
#ifdef HAVE_LIBARGON2
	(void)choice;
	return true;
#else
	return strcmp(scheme_name(choice), "argon2") != 0;
#endif
}

static __attribute__((noinline)) int
make(struct module *m, int choice, struct secret *stored)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	return scheme_make(&m->host, choice, bytes_str(RIGHT), stored);
}

static enum verdict
check(struct module *m, const struct secret *stored, const char *password)
{
	return stored_check(
	    &m->host, secret_bytes(stored), bytes_str(password));
}

/* Of this choice and of no other; of none, if no option names it. */
static void
expect_choice(struct bytes octets, int choice)
{
	struct stored value = stored_of(octets);
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++)
		if (scheme_is_choice(&value, i) != (i == choice))
			fail_msg("%.*s is%s taken for %s", (int)octets.len,
			    octets.data, i == choice ? " not" : "",
			    scheme_choices[i]);
}

/* What a made value costs to guess, and its length with 16 octets of salt. */
static const struct {
	const char *begins;
	size_t least; /* octets */
} strength[] = {
	{ "{CRYPT}$y$j9T$", 7 + 73 },
	{ "{CRYPT}$2b$10$", 7 + 60 },
	{ "{CRYPT}$6$rounds=100000$", 24 + 16 + 1 + 86 },
	{ "{CRYPT}$5$rounds=100000$", 24 + 16 + 1 + 43 },
	{ "{ARGON2}$argon2id$v=19$m=19456,t=2,p=1$", 39 + 22 + 1 + 43 },
	{ "{PBKDF2-SHA512}210000$", 22 + 22 + 1 + 86 },
	{ "{PBKDF2-SHA256}600000$", 22 + 22 + 1 + 43 },
	{ "{SCRAM-SHA-256}15000,", 21 + 24 + 1 + 44 + 1 + 44 },
	{ "{SCRAM-SHA-1}15000,", 19 + 24 + 1 + 28 + 1 + 28 },
	{ "{SSHA512}", 9 + 108 },
	{ "{SSHA256}", 9 + 64 },
	{ "{SSHA}", 6 + 48 },
};

static void
expect_strong(const struct secret *stored, int choice)
{
	if (strncmp(stored->data, strength[choice].begins,
		strlen(strength[choice].begins)) != 0 ||
	    stored->len < strength[choice].least)
		fail_msg("%s is weak: %s", scheme_name(choice), stored->data);
}

LAYOUT_TEST_ONCE(
    NULL, scheme_make__every_choice__verifies, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	int i;

	assert_string_equal(scheme_choices[0], "yescrypt");
	for (i = 0; scheme_name(i) != NULL; i++) {
		if (!is_built(i))
			continue;
		assert_int_equal(make(m, i, &stored), SASL_OK);
		assert_int_equal(strlen(stored.data), stored.len);
		assert_false(stored_is_plaintext(secret_bytes(&stored)));
		assert_false(fake_holds_secret(stored.data, stored.len));
		expect_choice(secret_bytes(&stored), i);
		/* Without its prefix it may be Dovecot's or a system's. */
		if (stored.data[strlen("{CRYPT}")] == '$')
			expect_choice(bytes_after(secret_bytes(&stored),
					  strlen("{CRYPT}")),
			    i);
		if (i < (int)COUNT_OF(strength))
			expect_strong(&stored, i);
		assert_int_equal(check(m, &stored, RIGHT), VERDICT_MATCHES);
		assert_int_equal(
		    check(m, &stored, "wonderlanD"), VERDICT_DIFFERS);
	}
	expect_choice(bytes_str("$y$j9T$short"), -1); /* it is plaintext */
	assert_int_equal(m->fake.log_count, 0);
	secret_free(&m->host, &stored);
}

/*
 * An unknown user costs what a user of the configured scheme costs: the check
 * is against what has the form, the costs and the length of a made value, and
 * nothing comes of it. (That a made value begins as the decoy does, costs
 * included, is what scheme_is_choice() says of it in the test above;
 * tools/equal-work counts the instructions.)
 */
LAYOUT_TEST_ONCE(NULL, scheme_decoy__every_choice__costs_what_is_made, setup,
    module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	char text[SCHEME_DECOY];
	struct bytes decoy;
	int i;

	for (i = 0; scheme_name(i) != NULL; i++) {
		if (!is_built(i))
			continue;
		assert_int_equal(make(m, i, &stored), SASL_OK);
		decoy = scheme_decoy(i, text);
		/* Of crypt(3)'s it is what crypt(3) is called with. */
		if (strncmp(stored.data, "{CRYPT}", 7) != 0)
			assert_int_equal(decoy.len, stored.len);
		expect_choice(secret_bytes(&stored), i);
		assert_int_equal(
		    stored_check(&m->host, decoy, bytes_str("looking-glass")),
		    VERDICT_DIFFERS);
		fake_alloc_fail_at(fake_alloc_count() + 1);
		assert_int_equal(
		    stored_check(&m->host, decoy, bytes_str("looking-glass")),
		    VERDICT_NO_MEMORY);
		fake_alloc_fail_at(0);
	}
	assert_int_equal(m->fake.log_count, 0);
	secret_free(&m->host, &stored);
}

#ifndef HAVE_LIBARGON2
LAYOUT_TEST_ONCE(NULL, scheme_make__argon2_without_its_library__is_unavailable,
    setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	struct stored s;
	const char *why;
	int i = 0;

	while (is_built(i))
		i++;
	assert_int_equal(make(m, i, &stored), SASL_UNAVAIL);
	assert_null(stored.data);
	expect_one_line(m, SASL_LOG_ERR, "argon2 was not made: this build");
	module_forget(m);
	s = stored_of(bytes_str("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0$"
				"WtRvT0D3W/AYOp4S14a0gXa7I5xY6FbT"));
	assert_int_equal(scheme_check(&m->host, &s, bytes_str(RIGHT), &why),
	    VERDICT_UNUSABLE);
	assert_memory_equal(why, "this build", strlen("this build"));
}
#endif

LAYOUT_TEST_ONCE(
    NULL, scheme_make__salt__is_fresh_randomness, setup, module_teardown)
{
	struct secret first = { NULL, 0 }, second = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(make(m, choice_of("ssha"), &first), SASL_OK);
	assert_int_equal(make(m, choice_of("ssha"), &second), SASL_OK);
	assert_string_not_equal(first.data, second.data);
	assert_int_equal(stand_in.calls, 2);
	assert_int_equal(stand_in.asked, 16);
	stand_in.random_fixed = true;
	assert_int_equal(make(m, choice_of("ssha"), &first), SASL_OK);
	assert_int_equal(make(m, choice_of("ssha"), &second), SASL_OK);
	assert_string_equal(first.data, second.data);
	secret_free(&m->host, &first);
	secret_free(&m->host, &second);
}

/* The last part of a value, as octets. */
static size_t
last_part(const struct secret *stored, unsigned char *out, size_t room)
{
	const char *at = stored->data + strlen(stored->data);
	enum base64 kind = BASE64_PADDED;
	size_t len = 0;

	while (strchr("$,}", at[-1]) == NULL)
		at--;
	if (at[-1] == '$')
		kind = strstr(stored->data, "ARGON2") != NULL ? BASE64_BARE
							      : BASE64_DOTTED;
	assert_int_equal(
	    base64_decode(kind, bytes_str(at), out, room, &len), 0);
	return len;
}

LAYOUT_TEST_ONCE(
    NULL, scheme_make__digest__is_not_left_on_the_stack, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	unsigned char digest[128];
	size_t len;
	int i;

	stand_in.random_fixed = true;
	for (i = 0; scheme_choices[i] != NULL; i++) {
		if (!is_built(i) || make(m, i, &stored) != SASL_OK ||
		    !strncmp(stored.data, "{CRYPT}", 7))
			continue;
		len = last_part(&stored, digest, sizeof(digest));
		fake_secret(digest, len - (len % 32 == 0 ? 0 : 16));
		stack_paint();
		assert_int_equal(make(m, i, &stored), SASL_OK);
		stack_expect_no_secret();
	}
	secret_free(&m->host, &stored);
}

LAYOUT_TEST_ONCE(
    NULL, scheme_make__no_randomness__is_unavailable, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(make(m, choice_of("ssha"), &stored), SASL_OK);
	stand_in.random_fails = true;
	assert_int_equal(make(m, choice_of("ssha"), &stored), SASL_UNAVAIL);
	assert_null(stored.data);
	expect_one_line(m, SASL_LOG_ERR, "ssha was not made: no randomness");
	stand_in.random_fails = false;
	stand_in.random_short = true;
	assert_int_equal(make(m, 0, &stored), SASL_UNAVAIL);
	assert_null(stored.data);
}

/* A password of `len` octets, of which `nul` is a NUL if it is one of them. */
static int
make_long(struct module *m, const char *choice, size_t len, size_t nul)
{
	struct secret stored = { NULL, 0 };
	char password[1024];
	int result;

	memset(password, 'x', sizeof(password));
	if (nul < len)
		password[nul] = '\0';
	module_forget(m);
	result = scheme_make(
	    &m->host, choice_of(choice), bytes_of(password, len), &stored);
	assert_int_equal(m->fake.log_count, result != SASL_OK);
	assert_int_equal(stored.data == NULL, result != SASL_OK);
	secret_free(&m->host, &stored);
	return result;
}

LAYOUT_TEST_ONCE(NULL,
    scheme_make__password_that_does_not_fit__is_a_bad_parameter, setup,
    module_teardown)
{
	struct module *m = *state;

	assert_int_equal(make_long(m, "ssha", 1024, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "ssha", 0, NOWHERE), SASL_BADPARAM);
	assert_int_equal(make_long(m, "ssha", 10, 9), SASL_BADPARAM);
	assert_int_equal(make_long(m, "ssha", 10, 0), SASL_BADPARAM);
	assert_int_equal(make_long(m, "yescrypt", 511, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "yescrypt", 512, NOWHERE), SASL_BADPARAM);
	assert_int_equal(make_long(m, "bcrypt", 72, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "bcrypt", 73, NOWHERE), SASL_BADPARAM);
	expect_one_line(
	    m, SASL_LOG_ERR, "bcrypt was not made: the password is too long");
}

LAYOUT_TEST_ONCE(NULL, scheme_make__no_memory__is_said, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	unsigned before, needed, n;
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++) {
		before = fake_alloc_count();
		if (make(m, i, &stored) != SASL_OK)
			continue; /* this build has no libargon2 */
		needed = fake_alloc_count() - before;
		assert_in_range(needed, 1, 2);
		for (n = 1; n <= needed; n++) {
			fake_alloc_fail_at(fake_alloc_count() + n);
			assert_int_equal(make(m, i, &stored), SASL_NOMEM);
			assert_null(stored.data);
		}
		fake_alloc_fail_at(0);
	}
	assert_true(m->fake.log_count <= 1);
}

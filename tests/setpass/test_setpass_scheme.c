/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password: which hash is written, and what if it cannot be made. This
 * program stands in for the random source and for a part of libcrypt.
 */
#include "config.h"

#include <crypt.h>
#include <errno.h>

#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/stand_in.h"

static struct setpass p;
static int no_salt;	    /* what errno says; 0: there is one */
static const char *lacking; /* the kind that there is none for */

/* What a libcrypt does that was built without the wanted kind of hash. */
EXPORTED char *
crypt_gensalt_rn(const char *prefix, unsigned long count, const char *random,
    int random_len, char *output, int size)
{
	char *made = NULL;

	if (no_salt == 0 && (lacking == NULL || strcmp(prefix, lacking) != 0))
		made = crypt_gensalt_ra(prefix, count, random, random_len);
	if (made != NULL) {
		snprintf(output, (size_t)size, "%s", made);
		free(made);
		return output;
	}
	errno = no_salt != 0 ? no_salt : EINVAL;
	return NULL;
}

static int
reset(void **state)
{
	no_salt = 0;
	lacking = NULL;
	return stand_in_reset(state);
}

static void
open_with(const struct fake_layout *layout, const char *scheme)
{
	static struct fake_option options[2];
	static struct fake_setup setup;

	options[0].name = scheme == NULL ? NULL : "classic_hash_scheme";
	options[0].value = scheme;
	setup = setpass_had_plaintext;
	setup.options = options;
	setpass_open(&p, layout, &setup, SET_ALL);
	p.run.host.log_count = 0;
}

static void
expect_refused(int code, const char *password)
{
	assert_int_equal(setpass_hook_of(&p, 0, "alice", password,
			     (unsigned)strlen(password), FLAGS_ONE_WAY),
	    code);
	reset(NULL);
	assert_non_null(
	    fake_log_find(&p.run.host, "the password cannot be hashed"));
	assert_int_equal(p.store.operations, 0);
	expect_stored(&p, HASH, NULL);
	expect_stored(&p, STATE, NULL);
	expect_valid(&p, "wonderland");
	expect_invalid(&p, password);
	setpass_close(&p);
}

/*
 * A string of crypt(3) is for libcrypt to check: the plugin would leave its
 * first octets on the stack, which are those of the decoy as well.
 */
static void
expect_right_hash(void)
{
	static struct crypt_data data;
	const char *hash = fake_store_value(&p.run.host, "alice", HASH);
	size_t prefix = strlen("{CRYPT}");

	if (strncmp(hash, "{CRYPT}", prefix) != 0)
		assert_int_equal(setpass_login(&p, 1, "caterpillar"), SASL_OK);
	else
		assert_string_equal(
		    crypt_rn("caterpillar", hash + prefix, &data, sizeof(data)),
		    hash + prefix);
}

/*
 * yescrypt, unless it is said otherwise, or said wrongly. What libcrypt lacks
 * was told when the plugin was loaded: test_option_here.c.
 */
LAYOUT_TEST_WITH(setpass_one_way__each_choice__is_what_is_written, reset, NULL)
{
	static const struct {
		const char *choice, *begins, *lacking;
	} choices[] = {
		{ NULL, "{CRYPT}$y$", NULL },
		{ "yescrypt", "{CRYPT}$y$", NULL },
		{ "bcrypt", "{CRYPT}$2b$", NULL },
		{ "SHA256-crypt", "{CRYPT}$5$", NULL },
		{ "ssha512", "{SSHA512}", NULL },
		{ "ssha", "{SSHA}", NULL },
		{ "scram-sha-1", "{SCRAM-SHA-1}", NULL },
		{ "rot13", "{CRYPT}$y$", NULL },
		{ "bcrypt", "{CRYPT}$y$", "$2b$" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(choices); i++) {
		lacking = choices[i].lacking;
		open_with(*state, choices[i].choice);
		assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_OK);
		expect_hash(&p, choices[i].begins);
		expect_right_hash();
		setpass_close(&p);
	}
}

/* Two users with the same password have not the same hash. */
LAYOUT_TEST_WITH(setpass_one_way__same_password__has_another_salt, reset, NULL)
{
	char first[256];
	int turn;

	for (turn = 0; turn < 2; turn++) {
		open_with(*state, "ssha");
		assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_OK);
		if (turn == 0)
			snprintf(first, sizeof(first), "%s",
			    fake_store_value(&p.run.host, "alice", HASH));
		else
			assert_string_not_equal(first,
			    fake_store_value(&p.run.host, "alice", HASH));
		setpass_close(&p);
	}
}

LAYOUT_TEST_WITH(setpass_one_way__no_randomness__stores_nothing, reset, NULL)
{
	open_with(*state, "ssha");
	stand_in.random_fails = true;
	expect_refused(SASL_UNAVAIL, "caterpillar");
	open_with(*state, NULL);
	stand_in.random_short = true;
	expect_refused(SASL_UNAVAIL, "caterpillar");
}

LAYOUT_TEST_WITH(
    setpass_one_way__scheme_not_built_in__stores_nothing, reset, NULL)
{
	open_with(*state, NULL);
	no_salt = EINVAL;
	expect_refused(SASL_UNAVAIL, "caterpillar");
	open_with(*state, "bcrypt");
	no_salt = ENOMEM;
	expect_refused(SASL_NOMEM, "caterpillar");
}

/* bcrypt would look at 72 octets, and accept whoever knows those. */
LAYOUT_TEST_WITH(
    setpass_one_way__scheme_would_cut_it__stores_nothing, reset, NULL)
{
	char password[73 + 1];

	memset(password, 'x', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	open_with(*state, "bcrypt");
	expect_refused(SASL_BADPARAM, password);
}

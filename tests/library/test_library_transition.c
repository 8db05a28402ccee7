/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * auto_transition of the real libsasl2: a saslauthd knows the password, and the
 * first login by PLAIN or LOGIN makes the secrets for all mechanisms.
 */
#include "config.h"

#include "library/library.h"
#include "library/little_saslauthd.h"
#include "support/test.h"

#define TRANSITION_TEST(f) TEST_WITH(f, begin, end)
#define FILE_TEST(f)	   TEST_IF(library_store_is_file, f, begin, end)

static struct little_saslauthd daemon_of_alice;

enum { METHOD, TRANSITION, SOCKET, LEGACY_SECRETS };

static struct library_option options[] = {
	[METHOD] = { "pwcheck_method", "auxprop saslauthd" },
	[TRANSITION] = { "auto_transition", "noplain" },
	[SOCKET] = { "saslauthd_path", NULL },
	[LEGACY_SECRETS] = { "classic_legacy_secrets", "no" },
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

static const struct library_row nobody[] = { { NULL, NULL, NULL } };
static const struct library_row old[] = {
	{ "alice", PASSWORD, "wonderland" },
	{ NULL, NULL, NULL },
};
static const struct library_row older[] = {
	/* of the same password */
	{ "alice", LEGACY,
	    "12d59a974ec613288a1bf9758ab8096a"
	    "f72d1a727cbfd89b91c439ffb8498c4f" },
	{ NULL, NULL, NULL },
};

static int
begin(void **state)
{
	(void)state;
	daemon_of_alice = (struct little_saslauthd) {
		.user = "alice",
		.password = "caterpillar",
	};
	options[METHOD].value = "auxprop saslauthd";
	options[TRANSITION].value = "noplain";
	options[LEGACY_SECRETS].value = "no";
	options[SOCKET].value = little_saslauthd_start(&daemon_of_alice);
	library_open(SET_ALL, options);
	library_store_fill(nobody);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	library_close();
	little_saslauthd_stop();
	return 0;
}

static const char *
stored(const char *property)
{
	return library_store_value("alice", property);
}

/* saslauthd has changed its mind, and nobody asks it any more. */
static void
expect_all_by_store(void)
{
	unsigned asked = daemon_of_alice.asked;

	assert_null(stored(PASSWORD));
	assert_non_null(stored(HASH));
	assert_non_null(stored(STATE));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
	assert_int_equal(daemon_of_alice.asked, asked);
	library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	library_expect(SET_ALL, "alice", stored(HASH), SASL_BADAUTH);
	library_expect(SET_ALL, "alice", stored(STATE), SASL_BADAUTH);
}

TRANSITION_TEST(transition_noplain__first_login__makes_secrets_for_all)
{
	unsigned which;

	for (which = 0; which < 2; which++) {
		library_store_fill(which == 0 ? nobody : old);
		library_expect(
		    SET_CRAMMD5, "alice", "caterpillar", SASL_BADAUTH);
		library_expect(1U << which, "alice", "caterpillar", SASL_OK);
		library_store_expect(1);
		expect_all_by_store();
	}
}

TRANSITION_TEST(transition_noplain__saslauthd_alone__makes_secrets_for_crammd5)
{
	options[METHOD].value = "saslauthd";
	library_expect(SET_PLAIN, "alice", "caterpillar", SASL_OK);
	assert_null(stored(PASSWORD));
	library_expect(SET_CRAMMD5, "alice", "caterpillar", SASL_OK);
	library_expect(SET_PLAIN, "alice", stored(HASH), SASL_BADAUTH);
	library_expect(SET_CRAMMD5, "alice", stored(STATE), SASL_BADAUTH);
}

TRANSITION_TEST(transition_plaintext__first_login__stores_plaintext_alone)
{
	options[TRANSITION].value = "yes";
	library_expect(SET_LOGIN, "alice", "caterpillar", SASL_OK);
	assert_string_equal(stored(PASSWORD), "caterpillar");
	assert_null(stored(HASH));
	assert_null(stored(STATE));
	library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
}

TRANSITION_TEST(transition_noplain__wrong_password__makes_nothing)
{
	library_store_fill(old);
	library_expect(
	    SET_PLAIN | SET_LOGIN, "alice", "looking-glass", SASL_BADAUTH);
	library_expect(SET_ALL, "mallory", "caterpillar", SASL_BADAUTH);
	library_store_expect(0);
	assert_true(daemon_of_alice.asked > 0);
}

/* The login is good; what cannot be stored is stored by the next one. */
TRANSITION_TEST(transition_noplain__store_fails__lets_in_all_the_same)
{
	library_store.silent = true;
	library_expect(SET_PLAIN, "alice", "caterpillar", SASL_OK);
	assert_null(stored("*"));
	library_store.silent = false;
	library_expect(SET_LOGIN, "alice", "caterpillar", SASL_OK);
	expect_all_by_store();
}

/*
 * saslauthd is asked, and accepts; no line of the store does. What is malformed
 * may have been meant to be a lock.
 */
FILE_TEST(transition_file__disabled_or_malformed__stays_so)
{
	static const char *const disabled[] = {
		"!{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0",
		"{CRYPT}!$1$QFeeUnCP$fEhZSvMqJ9SYW4SC9WVCO.",
		"!{PLAIN}caterpillar::::::expires=tomorrow",
		"{PLAIN.b64}!",
	};
	unsigned i;

	for (i = 0; i < 2 * COUNT_OF(disabled); i++) {
		struct library_row rows[] = {
			{ "alice", HASH, disabled[i / 2] },
			{ NULL, NULL, NULL },
		};
		options[TRANSITION].value = i % 2 == 0 ? "noplain" : "yes";
		library_store_fill(rows);
		library_expect(SET_PLAIN, "alice", "caterpillar", SASL_OK);
		library_store_expect(0);
		library_expect(
		    SET_CRAMMD5, "alice", "caterpillar", SASL_BADAUTH);
	}
}

/* What CRAM-MD5 alone accepts must not be an old password. */
TRANSITION_TEST(transition__legacy_secret_before__goes_with_the_rest)
{
	static const char *const ways[] = { "noplain", "yes" };
	size_t i;

	options[LEGACY_SECRETS].value = "yes";
	for (i = 0; i < COUNT_OF(ways); i++) {
		library_store_fill(older);
		options[TRANSITION].value = ways[i];
		library_expect(SET_CRAMMD5, "alice", "wonderland", SASL_OK);
		library_expect(SET_LOGIN, "alice", "caterpillar", SASL_OK);
		assert_null(stored(LEGACY));
		library_expect(SET_ALL, "alice", "caterpillar", SASL_OK);
		library_expect(SET_ALL, "alice", "wonderland", SASL_BADAUTH);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password: how many hashes it costs, whether there is a state for
 * CRAM-MD5, and what the administrator is told. This program counts the calls
 * of libcrypt's crypt_rn().
 */
#include "config.h"

#include <crypt.h>
#include <errno.h>

#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/stand_in.h"

static struct setpass p;
static unsigned hashes;
static int crypt_error; /* why there are none, or 0 */

/* What libcrypt may leave of a password on the stack. */
static __attribute__((noinline)) void
leave(const char *phrase)
{
	volatile char left[4096];
	size_t i;

	for (i = 0; i < sizeof(left); i++)
		left[i] = phrase[i % (strlen(phrase) + 1)];
}

EXPORTED char *
crypt_rn(const char *phrase, const char *setting, void *data, int size)
{
	char *made;

	/* A crypt_r() of its own has the address sanitizer, and no libcrypt. */
	assert_true(size >= (int)sizeof(struct crypt_data));
	hashes++;
	made = crypt_ra(phrase, setting, &data, &size);
	leave(phrase);
	errno = crypt_error;
	return crypt_error == 0 ? made : NULL;
}

static struct fake_option options[4];

/* With these, each a name and a value; NULL ends them. */
static void
open_with(const struct fake_layout *layout, const struct fake_setup *had,
    const struct fake_option *with, unsigned set)
{
	static struct fake_setup setup;
	size_t n = 0;

	for (; with != NULL && with->name != NULL; with++)
		options[n++] = *with;
	options[n].name = NULL;
	setup = *had;
	setup.options = options;
	setpass_open(&p, layout, &setup, set);
	hashes = 0;
}

static const struct fake_option cheap[] = {
	{ "classic_hash_scheme", "sha256-crypt" },
	{ NULL, NULL },
};

/* Three hooks, of which one hashes; what was written is not hashed again. */
LAYOUT_TEST(setpass_one_way__another_password__costs_one_hash)
{
	static const struct fake_setup *const had[] = { &setpass_had_nothing,
		&setpass_had_plaintext, &setpass_had_one_way,
		&setpass_had_everything };
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++) {
		open_with(*state, had[i], cheap, SET_ALL);
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
		assert_int_equal(hashes, 1);
		hashes = 0;
		assert_int_equal(
		    setpass_call(&p, "white-rabbit", FLAGS_ONE_WAY), SASL_OK);
		assert_int_equal(hashes, 1);
		setpass_close(&p);
	}
}

/* As each login that another method accepts sets it with auto_transition. */
LAYOUT_TEST(setpass_one_way__same_password__costs_one_hash)
{
	open_with(*state, &setpass_had_nothing, cheap, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	hashes = 0;
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_NOCHANGE);
	assert_int_equal(hashes, 1);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__libcrypt_fails__is_as_it_was)
{
	static const struct {
		int error, result;
	} cases[] = { { ENOMEM, SASL_NOMEM }, { EINVAL, SASL_UNAVAIL } };
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		open_with(*state, &setpass_had_plaintext, cheap, SET_ALL);
		crypt_error = cases[i].error;
		assert_int_equal(
		    setpass_hook(&p, FLAGS_ONE_WAY), cases[i].result);
		crypt_error = 0;
		expect_unchanged(&p);
		setpass_close(&p);
	}
}

LAYOUT_TEST(setpass_plaintext__costs_no_hash)
{
	open_with(*state, &setpass_had_everything, cheap, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_PLAINTEXT), SASL_OK);
	assert_int_equal(hashes, 0);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__crammd5_state_no__stores_a_hash_alone)
{
	static const struct fake_option with[] = {
		{ "classic_hash_scheme", "ssha" },
		{ "classic_crammd5_state", "no" },
		{ NULL, NULL },
	};
	unsigned set;

	for (set = 1; set <= SET_ALL; set++) {
		open_with(*state, &setpass_had_everything, with, set);
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_NOCHANGE);
		expect_stored(&p, PASSWORD, NULL);
		if (set == SET_CRAMMD5) { /* never nothing at all */
			expect_state(&p, "caterpillar");
		} else {
			expect_hash(&p, "{SSHA}");
			expect_stored(&p, STATE, NULL);
			assert_int_equal(setpass_login(&p, setpass_speaker(&p),
					     "caterpillar"),
			    SASL_OK);
		}
		expect_invalid(&p, "wonderland");
		setpass_close(&p);
	}
}

static unsigned
told(void)
{
	const struct fake_log *line =
	    fake_log_find(&p.run.host, "\"classic_hash_scheme: yescrypt\"");

	if (line == NULL)
		return 0;
	assert_int_equal(line->level, SASL_LOG_ERR);
	assert_non_null(strstr(line->text, "classic_decoy"));
	assert_non_null(strstr(line->text, "shows who exists"));
	return p.run.host.log_count;
}

/* Each user's first hash, until the configuration has the line. */
LAYOUT_TEST(setpass_one_way__first_hash__tells_the_line_for_refusals)
{
	open_with(*state, &setpass_had_plaintext, NULL, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(told(), 1);
	assert_int_equal(
	    setpass_call(&p, "white-rabbit", FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(p.run.host.log_count, 0);
	setpass_close(&p);
	/* A state for CRAM-MD5 is no hash. */
	open_with(*state, &setpass_had_plaintext, NULL, SET_CRAMMD5);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(told(), 0);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__line_is_there__tells_nothing)
{
	static const struct fake_option with[][2] = {
		{ { "classic_decoy", "$6$salt$" }, { NULL, NULL } },
		{ { "classic_secrets", "both" }, { NULL, NULL } },
		{ { "classic_hash_scheme", "yescrypt" }, { NULL, NULL } },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(with); i++) {
		open_with(*state, &setpass_had_plaintext, with[i], SET_ALL);
		assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
		assert_int_equal(told(), 0);
		setpass_close(&p);
	}
}

/* A store that gives decoys by itself; they count as nothing stored. */
LAYOUT_TEST(setpass_one_way__store_gives_decoys__tells_nothing)
{
	static const struct fake_row rows[] = {
		{ "alice", PASSWORD, "wonderland", 0 },
		{ "alice", HASH, "{DECOY}:", 0 },
		{ "alice", STATE, OLD_STATE, 0 },
		{ NULL, NULL, NULL, 0 },
	};
	static const struct fake_setup had = { .rows = rows };

	open_with(*state, &had, NULL, SET_ALL);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	assert_int_equal(told(), 0);
	expect_hash(&p, "{CRYPT}$y$");
	setpass_close(&p);
}

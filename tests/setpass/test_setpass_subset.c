/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password where some of the plugins are installed: those that are there
 * get what they can check, and of the others nothing is left.
 */
#include "config.h"

#include <dlfcn.h>

#include "host/fake_utils.h"
#include "host/setpass_run.h"

static struct setpass p;

static bool
wants_hash(unsigned set)
{
	return set & (SET_PLAIN | SET_LOGIN);
}

static bool
wants_state(unsigned set)
{
	return set & SET_CRAMMD5;
}

/* What is written comes before what is deleted, and the plaintext last. */
static void
expect_order(bool hash, bool state)
{
	const char *seen = "+" HASH " +" STATE " -" PASSWORD;

	if (!hash)
		seen = "+" STATE " -" HASH " -" PASSWORD;
	if (!state)
		seen = "+" HASH " -" STATE " -" PASSWORD;
	assert_string_equal(p.store.seen, seen);
}

static void
expect_secrets_of(unsigned set)
{
	expect_order(wants_hash(set), wants_state(set));
	expect_stored(&p, PASSWORD, NULL);
	if (wants_hash(set))
		expect_hash(&p, "{SSHA}");
	else
		expect_stored(&p, HASH, NULL);
	if (wants_state(set))
		expect_state(&p, "caterpillar");
	else
		expect_stored(&p, STATE, NULL);
	expect_changed(&p);
}

LAYOUT_TEST(setpass_one_way__each_subset__gets_what_it_can_check)
{
	unsigned set, first;

	for (set = 1; set <= SET_ALL; set++) {
		for (first = 0; first < SET_COUNT; first++) {
			setpass_open(&p, *state, &setpass_had_everything, set);
			p.first = first;
			assert_int_equal(
			    setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
			assert_int_equal(p.store.operations, 1);
			expect_secrets_of(set);
			setpass_close(&p);
		}
	}
}

/* What one that is not there any more could check is deleted all the same. */
LAYOUT_TEST(setpass_not_one_way__each_subset__deletes_both)
{
	unsigned set;

	for (set = 1; set <= SET_ALL; set++) {
		setpass_open(&p, *state, &setpass_had_everything, set);
		assert_int_equal(setpass_set(&p, FLAGS_PLAINTEXT), SASL_OK);
		assert_string_equal(p.store.seen, "-" HASH " -" STATE);
		expect_changed(&p);
		setpass_close(&p);
		setpass_open(&p, *state, &setpass_had_one_way, set);
		assert_int_equal(setpass_hook(&p, FLAGS_DELETE), SASL_OK);
		assert_string_equal(p.store.seen, "-" HASH " -" STATE);
		expect_invalid(&p, "wonderland");
		setpass_close(&p);
	}
}

/* What could be the text of a hash is no password as it stands. */
LAYOUT_TEST(setpass_plaintext__looks_like_a_hash__is_stored_as_plaintext)
{
	static const char *const passwords[][2] = {
		{ "{sha}rabbit-hole", "{PLAIN}{sha}rabbit-hole" },
		{ "{PLAIN}rabbit", "{PLAIN}{PLAIN}rabbit" },
		{ "!!", "{PLAIN}!!" },
		{ "NULL", "{PLAIN}NULL" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(passwords); i++) {
		setpass_open(&p, *state, &setpass_had_one_way, SET_ALL);
		assert_int_equal(
		    setpass_call(&p, passwords[i][0], FLAGS_PLAINTEXT),
		    SASL_OK);
		assert_string_equal(
		    p.store.seen, "+" PASSWORD " -" HASH " -" STATE);
		expect_stored(&p, PASSWORD, passwords[i][1]);
		expect_stored(&p, HASH, NULL);
		expect_stored(&p, STATE, NULL);
		expect_valid(&p, passwords[i][0]);
		expect_invalid(&p, passwords[i][1]);
		expect_invalid(&p, "wonderland");
		setpass_close(&p);
	}
}

/* Secrets of a smaller set are completed when a plugin has come. */
LAYOUT_TEST(setpass_one_way__a_plugin_has_come__is_no_unchanged_password)
{
	static struct fake_row rows[] = {
		{ "alice", HASH, OLD_HASH, 0 },
		{ NULL, NULL, NULL, 0 },
	};
	static const struct fake_setup setup = { .rows = rows,
		.options = setpass_options };

	setpass_open(&p, *state, &setup, SET_PLAIN);
	assert_int_equal(
	    setpass_call(&p, "wonderland", FLAGS_ONE_WAY), SASL_NOCHANGE);
	setpass_close(&p);
	setpass_open(&p, *state, &setup, SET_PLAIN | SET_CRAMMD5);
	assert_int_equal(
	    setpass_call(&p, "wonderland", FLAGS_ONE_WAY), SASL_OK);
	expect_state(&p, "wonderland");
	expect_valid(&p, "wonderland");
	setpass_close(&p);
}

static const char *
path_of_stock(void)
{
	static char path[1024];
	const char *directory = getenv("STOCK_PLUGINDIR");

	if (directory == NULL)
		fail_msg("STOCK_PLUGINDIR does not tell where they are");
	snprintf(path, sizeof(path), "%s/libplain.so", directory);
	return path;
}

/* A stock plugin of the name cannot check what ours would have stored. */
LAYOUT_TEST(setpass_one_way__plugin_of_others_beside__counts_for_nothing)
{
	char directory[SET_PATH], path[SET_PATH + 32];
	void *stock;

	plugin_set_make(SET_CRAMMD5, directory);
	snprintf(path, sizeof(path), "%s/libplain.so", directory);
	plugin_copy_file(path_of_stock(), path);
	setenv("OUR_PLUGINDIR", directory, 1);
	stock = dlopen(path, RTLD_NOW);
	assert_non_null(stock);
	setpass_open_here(&p, *state, &setpass_had_everything, SET_CRAMMD5);
	assert_int_equal(setpass_set(&p, FLAGS_ONE_WAY), SASL_OK);
	expect_secrets_of(SET_CRAMMD5);
	setpass_close(&p);
	dlclose(stock);
	plugin_set_remove(directory);
}

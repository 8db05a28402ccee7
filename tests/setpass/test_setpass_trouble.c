/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password, and a store that fails while it is written: before or after
 * each of the properties, once or for good, openly or without a word.
 */
#include "config.h"

#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"

/* And how many properties a one-way operation has then. */
static const struct {
	const struct fake_setup *setup;
	unsigned properties;
} had[] = {
	{ &setpass_had_plaintext, 3 },
	{ &setpass_had_one_way, 2 },
	{ &setpass_had_everything, 3 },
	{ &setpass_had_legacy, 4 },
};

static struct setpass p;

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What is stored for alice; in which order is the store's own affair. */
static void
remember(char text[STORE_TEXT])
{
	const struct fake_host *h = &p.run.host;
	char lines[FAKE_MAX_ROWS][STORE_TEXT / 4];
	size_t count = 0, len = 0, n;
	unsigned i;

	for (i = 0; i < h->row_count; i++)
		if (!strcmp(h->rows[i].user, "alice"))
			snprintf(lines[count++], sizeof(lines[0]), "%s=%s\n",
			    h->rows[i].property, h->rows[i].value);
	qsort(lines, count, sizeof(lines[0]), by_text);
	text[0] = '\0';
	for (n = 0; n < count; n++)
		len += (size_t)snprintf(
		    text + len, STORE_TEXT - len, "%s", lines[n]);
	assert_in_range(len, 0, STORE_TEXT - 1);
}

static int
hook(unsigned flags)
{
	bool deletes = flags & SASL_SET_DISABLE;

	p.run.host.log_count = 0;
	return setpass_hook_of(&p, 0, "alice", deletes ? NULL : "caterpillar",
	    deletes ? 0 : 11, flags);
}

/* One failure of the operation, `after` that many properties. */
static void
fail_once(const struct fake_layout *layout, const struct fake_setup *setup,
    unsigned flags, unsigned after)
{
	static const int codes[] = { SASL_FAIL, SASL_UNAVAIL, SASL_NOMEM,
		SASL_CONSTRAINT_VIOLAT, SASL_FAIL };
	char before[STORE_TEXT], now[STORE_TEXT];

	setpass_open(&p, layout, setup, SET_ALL);
	remember(before);
	p.store.fail_from = p.store.fail_to = 1;
	p.store.fail_after = after;
	p.store.code = codes[after];
	assert_int_equal(hook(flags), codes[after]);
	assert_int_equal(p.store.operations, 2);
	assert_non_null(
	    fake_log_find(&p.run.host, "the store cannot be written"));
	assert_int_equal(p.run.host.log_count, 1);
	remember(now);
	assert_string_equal(now, before);
	expect_valid(&p, "wonderland");
	expect_invalid(&p, "caterpillar");
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__store_fails_once__holds_what_it_held)
{
	unsigned after;
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++)
		for (after = 0; after <= had[i].properties; after++)
			fail_once(*state, had[i].setup, FLAGS_ONE_WAY, after);
}

LAYOUT_TEST(setpass_delete__store_fails_once__holds_what_it_held)
{
	unsigned after, i;

	for (i = 2; i < COUNT_OF(had); i++)
		for (after = 0; after < had[i].properties; after++)
			fail_once(*state, had[i].setup, FLAGS_DELETE, after);
}

/* However broken it is: each mechanism has one of the two passwords. */
static void
fail_twice(const struct fake_layout *layout, const struct fake_setup *setup,
    unsigned after, unsigned after_last)
{
	unsigned i;

	setpass_open(&p, layout, setup, SET_ALL);
	p.store.fail_from = 1;
	p.store.fail_to = 2;
	p.store.fail_after = after;
	p.store.fail_after_last = after_last;
	assert_int_equal(hook(FLAGS_ONE_WAY), SASL_FAIL);
	assert_int_equal(p.store.operations, 2);
	assert_non_null(
	    fake_log_find(&p.run.host, "what it held cannot be put back"));
	for (i = 0; i < SET_COUNT; i++)
		if (setpass_login(&p, i, "wonderland") != SASL_OK &&
		    setpass_login(&p, i, "caterpillar") != SASL_OK)
			fail_msg("%s: after %u and %u properties there is no "
				 "password",
			    plugin_set_names[i], after, after_last);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_one_way__putting_back_fails__leaves_nobody_without)
{
	unsigned after, last;
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++)
		for (after = 0; after <= had[i].properties; after++)
			for (last = 0; last <= had[i].properties; last++)
				fail_twice(*state, had[i].setup, after, last);
}

/* libsasl2 goes on with the others, which leave it at that. */
LAYOUT_TEST(setpass_one_way__store_fails_once__is_not_tried_by_another_plugin)
{
	unsigned after;

	for (after = 0; after <= had[0].properties; after++) {
		setpass_open(&p, *state, had[0].setup, SET_ALL);
		p.store.fail_from = p.store.fail_to = 1;
		p.store.fail_after = after;
		assert_int_equal(
		    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_FAIL);
		assert_int_equal(p.result[0], SASL_FAIL);
		assert_int_equal(p.result[1], SASL_NOCHANGE);
		assert_int_equal(p.result[2], SASL_NOCHANGE);
		expect_valid(&p, "wonderland");
		expect_invalid(&p, "caterpillar");
		setpass_close(&p);
	}
}

/* A plugin that cannot write says SASL_OK, and so does the library. */
LAYOUT_TEST(setpass_one_way__nothing_is_stored__fails)
{
	char before[STORE_TEXT], now[STORE_TEXT];
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++) {
		setpass_open(&p, *state, had[i].setup, SET_ALL);
		remember(before);
		p.store.silent = true;
		assert_int_equal(
		    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_FAIL);
		assert_int_equal(p.result[0], SASL_FAIL);
		assert_int_equal(p.result[1], SASL_NOCHANGE);
		assert_int_equal(p.result[2], SASL_NOCHANGE);
		assert_non_null(fake_log_find(
		    &p.run.host, "no auxprop plugin has stored it"));
		remember(now);
		assert_string_equal(now, before);
		expect_valid(&p, "wonderland");
		expect_invalid(&p, "caterpillar");
		setpass_close(&p);
	}
}

/* One that knows some properties only, as a directory without our schema. */
LAYOUT_TEST(setpass_one_way__a_property_is_dropped__holds_what_it_held)
{
	static const char *const dropped[] = { HASH, STATE, PASSWORD, LEGACY };
	char before[STORE_TEXT], now[STORE_TEXT];
	size_t i;

	for (i = 0; i < COUNT_OF(dropped); i++) {
		setpass_open(&p, *state, &setpass_had_legacy, SET_ALL);
		remember(before);
		p.store.ignored = dropped[i];
		assert_int_equal(
		    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_FAIL);
		remember(now);
		assert_string_equal(now, before);
		expect_valid(&p, "wonderland");
		expect_invalid(&p, "caterpillar");
		setpass_close(&p);
	}
}

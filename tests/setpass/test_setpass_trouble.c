/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A new password, and a store that fails while it is written: before or after
 * each of the properties, once or for good, openly or without a word.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"
#include "support/vectors.h"

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

/*
 * A change that fails as planned leaves all as it was, and a line; libsasl2
 * goes on with the other plugins, which leave it at that.
 */
static void
stay(const struct fake_layout *layout, const struct fake_setup *setup,
    unsigned flags, const struct store_watch *plan, const char *line)
{
	char before[STORE_TEXT], now[STORE_TEXT];
	unsigned i;

	setpass_open(&p, layout, setup, SET_ALL);
	remember(before);
	p.store.fail_from = p.store.fail_to = plan->fail_from;
	p.store.fail_after = plan->fail_after;
	p.store.code = plan->code;
	p.store.silent = plan->silent;
	p.store.ignored = plan->ignored;
	if (flags == FLAGS_DELETE) /* the library would delete by itself */
		p.result[0] = setpass_hook(&p, flags);
	else
		assert_int_equal(setpass_set(&p, flags), plan->code);
	assert_int_equal(p.result[0], plan->code);
	for (i = 1; i < SET_COUNT && flags != FLAGS_DELETE; i++)
		assert_int_equal(p.result[i], SASL_NOCHANGE);
	if (plan->fail_from > 0)
		assert_int_equal(p.store.operations, 2);
	assert_non_null(fake_log_find(&p.run.host, line));
	assert_int_equal(p.run.host.log_count, 1);
	remember(now);
	assert_string_equal(now, before);
	expect_unchanged(&p);
	setpass_close(&p);
}

/* Before and after each of the properties of the operation. */
static void
fail_once(const struct fake_layout *layout, size_t which, unsigned flags,
    unsigned most)
{
	static const int codes[] = { SASL_FAIL, SASL_UNAVAIL, SASL_NOMEM,
		SASL_CONSTRAINT_VIOLAT, SASL_FAIL };
	struct store_watch plan = { .fail_from = 1 };

	for (; plan.fail_after <= most; plan.fail_after++) {
		plan.code = codes[plan.fail_after];
		stay(layout, had[which].setup, flags, &plan,
		    "the store cannot be written");
	}
}

LAYOUT_TEST(setpass_one_way__store_fails_once__holds_what_it_held)
{
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++)
		fail_once(*state, i, FLAGS_ONE_WAY, had[i].properties);
}

/* The store knows the user by the canonical name alone. */
LAYOUT_TEST(setpass_one_way__other_spelling_and_store_fails__is_put_back)
{
	setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
	p.store.fail_from = p.store.fail_to = 1;
	p.store.fail_after = 3;
	assert_int_equal(setpass_hook_of(&p, setpass_speaker(&p), " alice ",
			     "caterpillar", 11, FLAGS_ONE_WAY),
	    SASL_FAIL);
	expect_unchanged(&p);
	setpass_close(&p);
}

LAYOUT_TEST(setpass_delete__store_fails_once__holds_what_it_held)
{
	size_t i;

	for (i = 2; i < COUNT_OF(had); i++)
		fail_once(*state, i, FLAGS_DELETE, had[i].properties - 1);
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
	assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_FAIL);
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

static const struct fake_setup had_nul = {
	.rows = FAKE_ROWS({ "alice", PASSWORD, "wonder\0land", 11 }),
	.options = setpass_options,
};

/* The store would cut it at its NUL, and what is left could be sent. */
LAYOUT_TEST(setpass_one_way__store_fails__puts_no_part_of_a_password_back)
{
	setpass_open(&p, *state, &had_nul, SET_ALL);
	p.store.fail_from = p.store.fail_to = 1;
	p.store.fail_after = 3;
	assert_int_equal(setpass_hook(&p, FLAGS_ONE_WAY), SASL_FAIL);
	assert_int_equal(p.store.operations, 2);
	assert_null(fake_store_value(&p.run.host, "alice", PASSWORD));
	setpass_close(&p);
}

/* The library has stored the new password: the old one must not come back. */
LAYOUT_TEST(setpass_plaintext__store_fails_once__puts_nothing_back)
{
	unsigned after;

	for (after = 0; after <= 2; after++) {
		setpass_open(&p, *state, &setpass_had_everything, SET_ALL);
		p.store.fail_from = p.store.fail_to = 1;
		p.store.fail_after = after;
		assert_int_equal(setpass_set(&p, FLAGS_PLAINTEXT), SASL_FAIL);
		assert_int_equal(p.store.operations, 1);
		setpass_close(&p);
	}
}

static unsigned sets_left;

static int
set_few(struct propctx *ctx, const char *name, const char *value, int len)
{
	return sets_left-- == 0 ? SASL_NOMEM
				: fake_prop_set(ctx, name, value, len);
}

/* With a NUL in it, so that it is put back in hex. */
static const struct fake_setup had_raw = {
	.rows = FAKE_ROWS({ "alice", LEGACY, NUL_RAW, sizeof(NUL_RAW) - 1 },
	    { "alice", PASSWORD, "wonderland", 0 }),
	.options = setpass_legacy_options,
};

static void
fail_to_set(const struct fake_layout *layout, const struct fake_setup *setup)
{
	unsigned n = 0;
	bool has_failed;
	int result;

	do {
		setpass_open(&p, layout, setup, SET_ALL);
		*fake_member(&p.run.host.conn, layout, MEMBER_PROP_SET) =
		    (uintptr_t)set_few;
		sets_left = n++;
		result = setpass_hook(&p, FLAGS_ONE_WAY);
		has_failed = sets_left >= n;
		assert_int_equal(result, has_failed ? SASL_NOMEM : SASL_OK);
		if (has_failed) {
			assert_int_equal(p.store.operations, 0);
			expect_unchanged(&p);
		}
		setpass_close(&p);
	} while (has_failed);
	assert_in_range(n, 5, 20);
}

LAYOUT_TEST(setpass_one_way__no_memory_for_a_value__stores_nothing)
{
	fail_to_set(*state, &setpass_had_everything);
	fail_to_set(*state, &had_raw);
}

/*
 * A plugin that cannot write says SASL_OK, and so does the library. Or it knows
 * some properties only, as a directory without our schema.
 */
LAYOUT_TEST(setpass_one_way__not_all_is_stored__holds_what_it_held)
{
	static const char *const dropped[] = { HASH, STATE, PASSWORD, LEGACY };
	struct store_watch plan = { .silent = true, .code = SASL_FAIL };
	size_t i;

	for (i = 0; i < COUNT_OF(had); i++)
		stay(*state, had[i].setup, FLAGS_ONE_WAY, &plan,
		    "no auxprop plugin has stored it");
	plan.silent = false;
	for (i = 0; i < COUNT_OF(dropped); i++) {
		plan.ignored = dropped[i];
		stay(
		    *state, &setpass_had_legacy, FLAGS_ONE_WAY, &plan, "store");
	}
}

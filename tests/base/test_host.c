/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The wall to libsasl2: which of the two layouts of sasl_utils_t stands before
 * us is told by its landmarks, and by nothing else. That each function reaches
 * its member in both layouts, and no other, with what belongs to it, every
 * conversation shows: the fake host fails the test of whoever calls another.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/module.h"

enum { TAIL_2_1 = 21, TAIL_2_2 = 13 }; /* words before `mkchal` */
enum { LOW = 26, HIGH = 34, SHORT = 41, LONG = 49 };

/* Open an image; where it succeeds, the tail must stand at that word. */
static int
open_image(const uintptr_t *words, unsigned tail)
{
	struct host h = { NULL, NULL };
	int result = host_open(&h, (const struct sasl_utils *)words);

	if (result == SASL_OK) {
		assert_ptr_equal(h.utils, words);
		assert_ptr_equal(h.tail, words + tail);
		assert_string_equal(
		    host_layout(&h), tail == TAIL_2_1 ? "2.1" : "2.2");
	}
	return result;
}

/* One plugin file may serve two libraries in one process, by turns. */
TEST(host_open__libraries_by_turns__are_told_apart_each_time)
{
	struct fake_utils old, new;
	int turn;

	fake_utils_build(&old, &fake_layout_2_1, NULL, NULL);
	fake_utils_build(&new, &fake_layout_2_2, NULL, NULL);
	for (turn = 0; turn < 3; turn++) {
		assert_int_equal(open_image(old.words, TAIL_2_1), SASL_OK);
		assert_int_equal(open_image(new.words, TAIL_2_2), SASL_OK);
	}
	fake_utils_free(&old);
	fake_utils_free(&new);
	assert_int_equal(open_image(NULL, 0), SASL_BADPARAM);
}

/* What stands in all other words, from nothing to what nobody would write. */
static const uintptr_t backgrounds[] = { 0, 1, UINTPTR_MAX, 0x55555555,
	(uintptr_t)&backgrounds };

static void
check_pattern(size_t count, uintptr_t background, uintptr_t low, uintptr_t high)
{
	int want = (low != 0) == (high != 0) ? SASL_BADVERS : SASL_OK;
	uintptr_t words[LONG], *exact;
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		words[i] = background;
	words[LOW] = low;
	words[HIGH] = high;
	exact = guarded_copy(words, count * sizeof(*words));
	if (open_image(exact, low != 0 ? TAIL_2_1 : TAIL_2_2) != want)
		fail_msg("landmarks %#jx and %#jx among %#jx", (uintmax_t)low,
		    (uintmax_t)high, (uintmax_t)background);
	guarded_free(exact, count * sizeof(*words));
}

/* In the shortest image that has both landmarks, too: no more is read. */
TEST(host_open__each_pattern_of_the_landmarks__decides_alone)
{
	static const size_t counts[] = { HIGH + 1, SHORT, LONG };
	static const uintptr_t values[] = { 0, 1, UINTPTR_MAX };
	size_t c, b, low, high;

	for (c = 0; c < COUNT_OF(counts); c++)
		for (b = 0; b < COUNT_OF(backgrounds); b++)
			for (low = 0; low < COUNT_OF(values); low++)
				for (high = 0; high < COUNT_OF(values); high++)
					check_pattern(counts[c], backgrounds[b],
					    values[low], values[high]);
}

/* A pointer is set by any of its bits: not by its low half, say. */
TEST(host_open__any_single_bit__sets_a_landmark)
{
	unsigned bit;

	for (bit = 0; bit < sizeof(uintptr_t) * 8; bit++) {
		check_pattern(SHORT, 0, (uintptr_t)1 << bit, 0);
		check_pattern(SHORT, 0, 0, (uintptr_t)1 << bit);
	}
}

static void
expect_layout(const struct fake_layout *layout, int want)
{
	struct fake_utils utils;
	struct host h;

	fake_utils_build(&utils, layout, NULL, NULL);
	if (host_open(&h, fake_utils_of(&utils)) != want)
		fail_msg("wrong about %s", layout->name);
	fake_utils_free(&utils);
}

/* Among them the snapshots of master between 2.1 and 2.2. */
TEST(host_open__unknown_layouts__are_refused)
{
	struct fake_layout layout = { "a snapshot", 0, 0, 0, 0 };
	const struct fake_layout *l;
	unsigned n;

	for (l = fake_unknown_layouts; l->name != NULL; l++)
		expect_layout(l, SASL_BADVERS);
	/* Every place of the MD5 members' end that one could have had. */
	for (n = 0; n <= TAIL_2_1 - TAIL_2_2; n++) {
		layout.tail = TAIL_2_2 + n;
		layout.words = SHORT + n;
		expect_layout(
		    &layout, n == 0 || n == 8 ? SASL_OK : SASL_BADVERS);
	}
}

/* That the fake host has its functions at the right words. */
#define IS_AT(member, name) \
	assert_ptr_equal(fake_member(&utils, layout, member), \
	    utils.words + offsetof(sasl_utils_t, name) / sizeof(void *))

TEST(fake_utils__installed_header__has_the_same_places)
{
	const struct fake_layout *layout = &fake_layout_2_2;
	struct fake_utils utils;

	if (offsetof(sasl_utils_t, mkchal) == TAIL_2_1 * sizeof(void *))
		layout = &fake_layout_2_1;
	fake_utils_build(&utils, layout, NULL, NULL);
	IS_AT(MEMBER_GETOPT, getopt);
	IS_AT(MEMBER_MALLOC, malloc);
	IS_AT(MEMBER_FREE, free);
	IS_AT(MEMBER_CHECKPASS, checkpass);
	IS_AT(MEMBER_GETCALLBACK, getcallback);
	IS_AT(MEMBER_LOG, log);
	IS_AT(MEMBER_SETERROR, seterror);
	IS_AT(MEMBER_PROP_REQUEST, prop_request);
	IS_AT(MEMBER_PROP_GET, prop_get);
	IS_AT(MEMBER_PROP_GETNAMES, prop_getnames);
	IS_AT(MEMBER_PROP_ERASE, prop_erase);
	IS_AT(MEMBER_PROP_NEW, prop_new);
	IS_AT(MEMBER_PROP_SET, prop_set);
	IS_AT(MEMBER_PROP_DISPOSE, prop_dispose);
	IS_AT(MEMBER_AUXPROP_STORE, auxprop_store);
	assert_int_equal(*fake_member(&utils, layout, MEMBER_PROP_SET),
	    (uintptr_t)fake_prop_set);
	fake_utils_free(&utils);
}

MODULE_TEST(host_log__any_line__is_cut_and_formatted_once)
{
	char longest[1500];
	struct module *m = *state;

	host_log(&m->host, SASL_LOG_FAIL, "%s and %d", "%n%s", 7);
	assert_string_equal(m->fake.log[0].text, "%n%s and 7");
	assert_int_equal(m->fake.log[0].level, SASL_LOG_FAIL);
	memset(longest, 'x', sizeof(longest));
	host_log(&m->host, SASL_LOG_ERR, "%.*s", (int)sizeof(longest), longest);
	assert_in_range(strlen(m->fake.log[1].text), 590, 600);
	host_error(&m->host, "%n%s");
	assert_string_equal(m->fake.error, "%n%s");
}

static bool has_canon_user; /* for all connections */
static unsigned asked;

static int
canon_user(void)
{
	return SASL_OK;
}

static int
get_callback(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	(void)conn;
	assert_int_equal(id, SASL_CB_CANON_USER);
	asked++;
	*function = has_canon_user ? canon_user : NULL;
	*context = NULL;
	return has_canon_user ? SASL_OK : SASL_FAIL;
}

/* Ask, for a connection with callbacks of its own, and how often we are. */
static void
expect_canon_user(const struct host *h, struct host_memory *memory,
    const sasl_callback_t *own, bool has, unsigned asks)
{
	asked = 0;
	assert_int_equal(host_has_canon_user(h, memory, own), has);
	assert_int_equal(asked, asks);
}

MODULE_TEST(host_has_canon_user__of_all_connections__is_asked_once)
{
	static const sasl_callback_t others[] = { { .id = SASL_CB_LOG },
		{ .id = SASL_CB_LIST_END } };
	static const sasl_callback_t own[] = { { .id = SASL_CB_LOG },
		{ .id = SASL_CB_CANON_USER }, { .id = SASL_CB_LIST_END } };
	struct module *m = *state;
	struct host_memory memory = { 0 };
	int turn;

	module_replace(m, MEMBER_GETCALLBACK, (void (*)(void))get_callback);
	for (turn = 0; turn < 2; turn++) {
		has_canon_user = turn;
		memory.canon_user = 0;
		expect_canon_user(&m->host, &memory, others, turn, 1);
		expect_canon_user(&m->host, &memory, NULL, turn, 0);
		expect_canon_user(&m->host, &memory, others, turn, 0);
	}
	/* What a connection has of its own is not remembered for others. */
	memory.canon_user = 0;
	expect_canon_user(&m->host, &memory, own, true, 1);
	has_canon_user = false;
	expect_canon_user(&m->host, &memory, NULL, false, 1);
	has_canon_user = true;
	expect_canon_user(&m->host, &memory, own, true, 1);
	expect_canon_user(&m->host, &memory, NULL, false, 0);
}

static int
get_nothing(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	(void)conn;
	(void)id;
	(void)function;
	(void)context;
	return SASL_OK;
}

MODULE_TEST(host_callback__without_a_function__is_none)
{
	struct module *m = *state;
	int (*function)(void) = canon_user;
	void *context;

	module_replace(m, MEMBER_GETCALLBACK, (void (*)(void))get_nothing);
	assert_int_equal(
	    host_callback(&m->host, SASL_CB_PASS, &function, &context),
	    SASL_FAIL);
	assert_null(function);
}

TEST(host_finish_exchange__any_result__keeps_the_identities_alone)
{
	sasl_out_params_t out, want;

	memset(&out, 0x5a, sizeof(out));
	memcpy(&want, &out, sizeof(out));
	want.doneflag = 1;
	want.maxoutbuf = want.mech_ssf = 0;
	want.encode_context = want.decode_context = NULL;
	want.encode = NULL;
	want.decode = NULL;
	want.param_version = 0;
	host_finish_exchange(&out);
	assert_memory_equal(&out, &want, sizeof(out));
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The wall to libsasl2: which of the two layouts of sasl_utils_t stands before
 * us is told by its landmarks, and by nothing else.
 */
#include "config.h"

#include "host/host_image.h"

enum { TAIL_2_1 = 21, TAIL_2_2 = 13 }; /* words before `mkchal` */

/* Open an image; where it succeeds, the tail must stand at that word. */
static int
open_image(const struct image *i, unsigned tail)
{
	struct host h = { NULL, NULL };
	int result;

	result = host_open(&h, image_utils(i));
	if (result == SASL_OK) {
		assert_ptr_equal(h.utils, i->words);
		assert_ptr_equal(h.tail, i->words + tail);
		assert_string_equal(
		    host_layout(&h), tail == TAIL_2_1 ? "2.1" : "2.2");
	}
	return result;
}

TEST(host_open__no_utils__is_bad_parameter)
{
	struct host h;

	assert_int_equal(host_open(&h, NULL), SASL_BADPARAM);
}

LAYOUT_TEST(host_open__both_libraries__are_told_apart)
{
	bool old = *state == &fake_layout_2_1;
	struct image i;

	image_build(&i, *state);
	assert_int_equal(open_image(&i, old ? TAIL_2_1 : TAIL_2_2), SASL_OK);
	image_free(&i);
}

/* One plugin file may serve two libraries in one process, by turns. */
TEST(host_open__libraries_by_turns__are_told_apart_each_time)
{
	struct image old, new;
	int turn;

	image_build(&old, &fake_layout_2_1);
	image_build(&new, &fake_layout_2_2);
	for (turn = 0; turn < 3; turn++) {
		assert_int_equal(open_image(&old, TAIL_2_1), SASL_OK);
		assert_int_equal(open_image(&new, TAIL_2_2), SASL_OK);
	}
	image_free(&old);
	image_free(&new);
}

/* What stands in all other words, from nothing to what nobody would write. */
static const uintptr_t backgrounds[] = { 0, 1, UINTPTR_MAX, 0x55555555,
	(uintptr_t)&backgrounds };

static void
check_pattern(size_t count, uintptr_t background, uintptr_t low, uintptr_t high)
{
	int want = (low != 0) == (high != 0) ? SASL_BADVERS : SASL_OK;
	struct image i;

	image_fill(&i, count, background);
	i.words[IMAGE_LOW] = low;
	i.words[IMAGE_HIGH] = high;
	if (open_image(&i, low != 0 ? TAIL_2_1 : TAIL_2_2) != want)
		fail_msg("landmarks %#jx and %#jx among %#jx", (uintmax_t)low,
		    (uintmax_t)high, (uintmax_t)background);
	image_free(&i);
}

/* In the shortest image that has both landmarks, too: no more is read. */
TEST(host_open__each_pattern_of_the_landmarks__decides_alone)
{
	static const size_t counts[] = { IMAGE_HIGH + 1, IMAGE_SHORT,
		IMAGE_LONG };
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
		check_pattern(IMAGE_SHORT, 0, (uintptr_t)1 << bit, 0);
		check_pattern(IMAGE_SHORT, 0, 0, (uintptr_t)1 << bit);
	}
}

/* Among them the snapshots of master between 2.1 and 2.2. */
TEST(host_open__unknown_layouts__are_refused)
{
	const struct fake_layout *layout;
	struct fake_utils utils;
	struct host h;

	for (layout = fake_unknown_layouts; layout->name != NULL; layout++) {
		fake_utils_build(&utils, layout, NULL, NULL);
		if (host_open(&h, fake_utils_of(&utils)) != SASL_BADVERS)
			fail_msg("%s was not refused", layout->name);
		fake_utils_free(&utils);
	}
}

/* Every place of the MD5 members' end that a snapshot could have had. */
TEST(host_open__any_number_of_md5_members__is_known_or_refused)
{
	struct fake_layout layout = { "a snapshot", 0, 0, 0, 0 };
	struct fake_utils utils;
	struct host h;
	unsigned n;
	int want;

	for (n = 0; n <= TAIL_2_1 - TAIL_2_2; n++) {
		layout.tail = TAIL_2_2 + n;
		layout.words = IMAGE_SHORT + n;
		fake_utils_build(&utils, &layout, NULL, NULL);
		want = n == 0 || n == 8 ? SASL_OK : SASL_BADVERS;
		assert_int_equal(host_open(&h, fake_utils_of(&utils)), want);
		fake_utils_free(&utils);
	}
}

/* That the tests of host.c stand on the right words. */
#define IS_AT(member, name) \
	assert_int_equal(image_place(member, layout) * sizeof(void *), \
	    offsetof(sasl_utils_t, name))

TEST(host_image__installed_header__has_the_same_places)
{
	const struct fake_layout *layout = &fake_layout_2_2;

	if (offsetof(sasl_utils_t, mkchal) == TAIL_2_1 * sizeof(void *))
		layout = &fake_layout_2_1;
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
	assert_int_equal(MEMBER_COUNT, 15);
}

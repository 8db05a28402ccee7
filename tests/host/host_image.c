/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Images of sasl_utils_t: see host_image.h.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/host_image.h"

/* Words from the beginning, in 2.1 and in 2.2. */
static const unsigned places[][2] = {
	[MEMBER_GETOPT] = { 4, 4 },
	[MEMBER_MALLOC] = { 5, 5 },
	[MEMBER_FREE] = { 8, 8 },
	[MEMBER_CHECKPASS] = { 25, 17 },
	[MEMBER_GETCALLBACK] = { 31, 23 },
	[MEMBER_LOG] = { 32, 24 },
	[MEMBER_SETERROR] = { 33, 25 },
	[MEMBER_PROP_REQUEST] = { 37, 29 },
	[MEMBER_PROP_GET] = { 38, 30 },
	[MEMBER_PROP_GETNAMES] = { 39, 31 },
	[MEMBER_PROP_ERASE] = { 45, 37 },
	[MEMBER_PROP_NEW] = { 35, 27 },
	[MEMBER_PROP_SET] = { 43, 35 },
	[MEMBER_PROP_DISPOSE] = { 41, 33 },
	[MEMBER_AUXPROP_STORE] = { 46, 38 },
};

static void
poison(void)
{
	fail_msg("another member was called than the one that is meant");
}

void
image_fill(struct image *i, size_t count, uintptr_t value)
{
	uintptr_t words[IMAGE_LONG];
	size_t n;

	assert_in_range(count, 1, IMAGE_LONG);
	for (n = 0; n < count; n++)
		words[n] = value;
	i->layout = NULL;
	i->count = count;
	i->words = guarded_copy(words, count * sizeof(*words));
}

void
image_build(struct image *i, const struct fake_layout *layout)
{
	enum { CONN = 1, RPOOL, GETOPT_CONTEXT };
	bool old = layout == &fake_layout_2_1;

	image_fill(i, old ? IMAGE_LONG : IMAGE_SHORT, (uintptr_t)poison);
	i->layout = layout;
	i->words[old ? IMAGE_HIGH : IMAGE_LOW] = 0; /* spare_fptr */
	i->words[CONN] = (uintptr_t)IMAGE_CONNECTION;
	i->words[RPOOL] = 0;
	i->words[GETOPT_CONTEXT] = (uintptr_t)IMAGE_OPTIONS;
}

void
image_free(struct image *i)
{
	guarded_free(i->words, i->count * sizeof(*i->words));
	i->words = NULL;
}

unsigned
image_place(enum image_member member, const struct fake_layout *layout)
{
	return places[member][layout != &fake_layout_2_1];
}

void
image_set(struct image *i, enum image_member member, void (*function)(void))
{
	i->words[image_place(member, i->layout)] = (uintptr_t)function;
}

const struct sasl_utils *
image_utils(const struct image *i)
{
	return (const struct sasl_utils *)(const void *)i->words;
}

struct host
image_host(struct image *i, void **state, enum image_member member,
    void (*function)(void))
{
	struct host h;

	image_build(i, *state);
	image_set(i, member, function);
	assert_int_equal(host_open(&h, image_utils(i)), SASL_OK);
	return h;
}

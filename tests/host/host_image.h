/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Images of sasl_utils_t for the tests of host.c alone: every word is poison,
 * save the landmarks and what a test sets. Which member is which word is
 * written down once more here, from the headers of both libraries, so that
 * neither host.c nor the fake host is asked.
 */
#ifndef CLASSIC_HOST_IMAGE_H
#define CLASSIC_HOST_IMAGE_H

#include "base/host.h"
#include "host/fake_utils.h"

enum image_member {
	MEMBER_GETOPT,
	MEMBER_MALLOC,
	MEMBER_FREE,
	MEMBER_CHECKPASS,
	MEMBER_GETCALLBACK,
	MEMBER_LOG,
	MEMBER_SETERROR,
	MEMBER_PROP_REQUEST,
	MEMBER_PROP_GET,
	MEMBER_PROP_GETNAMES,
	MEMBER_PROP_ERASE,
	MEMBER_PROP_NEW,
	MEMBER_PROP_SET,
	MEMBER_PROP_DISPOSE,
	MEMBER_AUXPROP_STORE,
	MEMBER_COUNT
};

enum { IMAGE_LOW = 26, IMAGE_HIGH = 34, IMAGE_SHORT = 41, IMAGE_LONG = 49 };

/* What `conn` and `getopt_context` hold. */
#define IMAGE_CONNECTION ((void *)(uintptr_t)0x1111)
#define IMAGE_OPTIONS	 ((void *)(uintptr_t)0x2222)

/* A function by its address alone. */
#define AS(function) ((void (*)(void))(function))

struct image {
	const struct fake_layout *layout;
	uintptr_t *words; /* readable memory ends behind them */
	size_t count;
};

/* As the library of `layout` has it. Free it by image_free(). */
void image_build(struct image *i, const struct fake_layout *layout);

/* `count` words that are all `value`. */
void image_fill(struct image *i, size_t count, uintptr_t value);
void image_free(struct image *i);

void image_set(
    struct image *i, enum image_member member, void (*function)(void));

/* Words before a member. */
unsigned image_place(
    enum image_member member, const struct fake_layout *layout);

const struct sasl_utils *image_utils(const struct image *i);

/*
 * A host on an image in the layout that a LAYOUT_TEST() is run for, with that
 * member; everything else is poison.
 */
struct host image_host(struct image *i, void **state, enum image_member member,
    void (*function)(void));

#endif

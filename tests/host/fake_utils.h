/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Images of sasl_utils_t, built word by word in the layout of either libsasl2,
 * or of none, so that they do not depend on the headers that are installed.
 * An image ends where readable memory ends: a plugin that takes the short one
 * for the long one is caught when it reads past it. And tests that are run for
 * both layouts.
 */
#ifndef CLASSIC_FAKE_UTILS_H
#define CLASSIC_FAKE_UTILS_H

#include <stddef.h>
#include <stdint.h>

#include "host/fake_utils.h"
#include "support/test.h"

struct sasl_utils;
struct fake_host;

struct fake_layout {
	const char *name;
	unsigned tail;	/* words before `mkchal` */
	unsigned words; /* in all */
	/* Words to be set or cleared against the rule; 0 for none. */
	unsigned set, clear;
};

/* The layouts that must be served. */
extern const struct fake_layout fake_layout_2_1, fake_layout_2_2;
extern const struct fake_layout *const fake_layouts[2];

/* Layouts that must be refused; ends with a NULL name. */
extern const struct fake_layout fake_unknown_layouts[];

struct fake_utils {
	uintptr_t *words;
	size_t size; /* octets */
};

/*
 * Build one. `conn` and `getopt_context` are what the two members hold. Free
 * it by fake_utils_free().
 */
void fake_utils_build(struct fake_utils *u, const struct fake_layout *layout,
    void *conn, void *getopt_context);
void fake_utils_free(struct fake_utils *u);

const struct sasl_utils *fake_utils_of(const struct fake_utils *u);

/* A member of one, by its word; from `mkchal` on, by the words after that. */
enum fake_tail { MEMBER_MKCHAL = 100 };
enum fake_member {
	MEMBER_GETOPT = 4,
	MEMBER_MALLOC = 5,
	MEMBER_FREE = 8,
	MEMBER_CHECKPASS = MEMBER_MKCHAL + 4,
	MEMBER_GETCALLBACK = MEMBER_MKCHAL + 10,
	MEMBER_LOG,
	MEMBER_SETERROR,
	MEMBER_PROP_NEW = MEMBER_MKCHAL + 14,
	MEMBER_PROP_REQUEST = MEMBER_MKCHAL + 16,
	MEMBER_PROP_GET,
	MEMBER_PROP_GETNAMES,
	MEMBER_PROP_DISPOSE = MEMBER_MKCHAL + 20,
	MEMBER_PROP_SET = MEMBER_MKCHAL + 22,
	MEMBER_PROP_ERASE = MEMBER_MKCHAL + 24,
	MEMBER_AUXPROP_STORE,
};

uintptr_t *fake_member(const struct fake_utils *u,
    const struct fake_layout *layout, enum fake_member member);

/* A function by its address alone. */
#define AS(function) ((void (*)(void))(function))

/* Two tests of one body; their state is a fake_layout. */
#define LAYOUT_TEST(f) LAYOUT_TEST_WITH(f, NULL, NULL)
#define LAYOUT_TEST_WITH(f, setup, teardown) \
	TEST_BODY(f, ADD_ON_2_1(NULL, f, setup, teardown); \
		  ADD_ON_2_2(NULL, f, setup, teardown))

/* One test, where a second run would show nothing more. */
#define LAYOUT_TEST_ONCE(possible, f, setup, teardown) \
	TEST_BODY(f, ADD_ON_2_1(possible, f, setup, teardown))

#define ADD_ON_2_1(possible, f, setup, teardown) \
	test_add(possible, #f "[2.1]", f, setup, teardown, &fake_layout_2_1)
#define ADD_ON_2_2(possible, f, setup, teardown) \
	test_add(possible, #f "[2.2]", f, setup, teardown, &fake_layout_2_2)

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A test that is run for both layouts of sasl_utils_t.
 */
#ifndef CLASSIC_LAYOUTS_H
#define CLASSIC_LAYOUTS_H

#include "host/fake_utils.h"
#include "support/test.h"

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

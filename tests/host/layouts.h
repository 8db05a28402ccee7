/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A test that is run for both layouts of sasl_utils_t.
 */
#ifndef CLASSIC_LAYOUTS_H
#define CLASSIC_LAYOUTS_H

#include "host/fake_utils.h"
#include "support/test.h"

/* Two entries of a program's list of tests; the state is a fake_layout. */
#define ON_EACH_LAYOUT(f, setup, teardown) \
	ON_LAYOUT(f, setup, teardown, fake_layout_2_1, "2.1"), \
	    ON_LAYOUT(f, setup, teardown, fake_layout_2_2, "2.2")
#define ON_LAYOUT(f, setup, teardown, layout, version) \
	{ \
#f "[" version "]", f, setup, teardown, \
		    (void *)(uintptr_t)&layout \
	}

#endif

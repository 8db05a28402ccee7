/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a function leaves on the stack, and that it can be overwritten.
 */
#include "config.h"

#include "base/secret.h"
#include "host/module.h"
#include "support/stack_scan.h"

/* As a library that does not clean up. */
static __attribute__((noinline)) void
leave_on_stack(const char *text)
{
	volatile char room[4096];
	size_t i;

	STACK_SCAN_MARGIN;
	for (i = 0; i < 64; i++)
		room[i] = text[i % strlen(text)];
	assert_int_equal(room[0], text[0]);
	(void)margin;
}

MODULE_TEST(secret_wipe_stack__after_a_call__nothing_of_it_is_left)
{
	fake_secret("looking-glass", 13);
	stack_paint();
	leave_on_stack("looking-glass");
	secret_wipe_stack();
	stack_expect_no_secret();
}

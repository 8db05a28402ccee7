/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The stack below the caller, painted before a call and read after it.
 */
#include "config.h"

#include "base/secret.h"
#include "host/fake_alloc.h"
#include "support/stack_scan.h"
#include "support/test.h"

enum {
	DEPTH = 48 * 1024,
	OWN_FRAME = 256, /* octets that these functions may need themselves */
};

/* A sanitizer lays out frames as it likes, and valgrind owns the stack. */
#if defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__)

static unsigned char seen[DEPTH - OWN_FRAME];

static bool
is_possible(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload == NULL || strstr(preload, "vgpreload") == NULL;
}

static __attribute__((noinline)) void
touch(bool paint)
{
	volatile unsigned char *stack = __builtin_frame_address(0);
	size_t i;

	stack -= DEPTH;
	for (i = 0; i < sizeof(seen); i++)
		if (paint)
			stack[i] = 0;
		else
			seen[i] = stack[i];
}

__attribute__((noinline)) void
stack_paint(void)
{
	if (!is_possible())
		return;
	touch(true);
	/* And registers: what the test has there is no fault of the call. */
	secret_wipe_stack();
}

__attribute__((noinline)) void
stack_expect_no_secret(void)
{
	if (!is_possible())
		return;
	touch(false);
	if (fake_holds_secret(seen, sizeof(seen)))
		fail_msg("a secret stays on the stack");
}

#else

void
stack_paint(void)
{
}

void
stack_expect_no_secret(void)
{
}

#endif

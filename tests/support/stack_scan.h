/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Looks for secrets on the part of the stack that a call has just left. Does
 * nothing under AddressSanitizer and valgrind, which own that memory.
 */
#ifndef CLASSIC_STACK_SCAN_H
#define CLASSIC_STACK_SCAN_H

/* Clear what lies below the caller, and registers. */
void stack_paint(void);

/*
 * Fails the test if a secret (fake_alloc.h) stands there now. To be called by
 * the same function as stack_paint(), after a call of another that has
 * STACK_SCAN_MARGIN among its locals.
 */
void stack_expect_no_secret(void);

/*
 * Keeps what is called below out of these functions' own frames. That it is
 * cleaned up afterwards keeps the compiler from leaving before the call.
 */
enum { STACK_SCAN_ROOM = 512 };

static inline void
stack_scan_leave(volatile char (*margin)[STACK_SCAN_ROOM])
{
	(*margin)[0] = 1;
}

#define STACK_SCAN_MARGIN \
	__attribute__((cleanup( \
	    stack_scan_leave))) volatile char margin[STACK_SCAN_ROOM] = { 0 }

#endif

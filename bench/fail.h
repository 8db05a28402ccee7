/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The benchmark's one way to give up: a measurement whose work did not
 * succeed is worth nothing, so every unexpected result ends the process.
 */
#ifndef BENCH_FAIL_H
#define BENCH_FAIL_H

/* Prints "PROGRAM: text" to standard error and exits with status 1. */
_Noreturn void fail(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Ends the process when a SASL call did not return what the login needs. */
static inline void
fail_unless(const char *call, int result, int wanted)
{
	if (result != wanted)
		fail("%s: result %d, wanted %d", call, result, wanted);
}

#endif

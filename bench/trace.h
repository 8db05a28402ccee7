/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Counts the system calls that another process makes between the two clock
 * readings of stopwatch_run.
 */
#ifndef BENCH_TRACE_H
#define BENCH_TRACE_H

#include <sys/types.h>

/* In the child, right before its exec. */
void trace_me(void);

/*
 * In the parent: lets the child run to its end and counts. Returns the
 * child's wait status.
 */
int trace_calls(pid_t, unsigned long *calls);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a process does once: the start of the library, and the first login,
 * which pays for everything that was put off until then.
 */
#ifndef BENCH_ONCE_H
#define BENCH_ONCE_H

#include "batch.h"

/* Nanoseconds of CPU time for init, listmech and done. */
double once_start(const struct scenario *);

/* KiB of private memory more than before, after init and listmech. */
double once_memory(const struct scenario *);

/* Nanoseconds of CPU time for the first login through the exchange. */
double once_first(const struct scenario *, const struct exchange *);

#endif

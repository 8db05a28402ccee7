/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins a second when several threads, or several processes of a prefork
 * server, work at the same time.
 */
#ifndef BENCH_RATE_H
#define BENCH_RATE_H

#include "batch.h"

/*
 * Logins a second of all workers together, by the clock on the wall and
 * without the time of the clients. The exchange is loaded before.
 */
double rate_run(const struct scenario *, const struct exchange *);

#endif

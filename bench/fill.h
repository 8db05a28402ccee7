/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The sasldb files that figures need. They are made once and kept.
 */
#ifndef BENCH_FILL_H
#define BENCH_FILL_H

#include "run.h"

/* Fills the sasldb of the figure, if it needs one, unless it is there. */
void fill_users(const struct runner *, const struct figure *);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The functions that the small host of abi.h puts in the place of
 * libsasl2's, among them an allocator that counts.
 */
#ifndef BENCH_ABI_UTILS_H
#define BENCH_ABI_UTILS_H

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "scenario.h"

/*
 * Replaces them. The counting allocator comes only with a scenario that
 * wants its numbers, so that it costs the others no time.
 */
void abi_utils_replace(sasl_utils_t *, const struct scenario *);

/* What plugins have asked of the counting allocator so far. */
struct abi_memory {
	unsigned long allocations;
	unsigned long held; /* bytes */
};

struct abi_memory abi_utils_memory(void);

#endif

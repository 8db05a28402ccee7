/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The memory of the fake host. There is one of it in a process, as there is one
 * sasl_set_alloc() in libsasl2. Plugins get their memory here, and here it is
 * seen whether they lose any of it, free what is not theirs, or let go of a
 * secret without wiping it: each of these fails the running test.
 */
#ifndef CLASSIC_FAKE_ALLOC_H
#define CLASSIC_FAKE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* Forget all blocks, counts, secrets and the planned failure. */
void fake_alloc_reset(void);

/* The n-th allocation from the last reset on fails; 0 for none. */
void fake_alloc_fail_at(unsigned n);

/* True once that allocation was asked for, and so failed. */
bool fake_alloc_failed(void);

/* Allocations asked for since the reset, and blocks that are still there. */
unsigned fake_alloc_count(void);
unsigned fake_alloc_live(void);

/* The four that stand in sasl_utils_t. */
void *fake_malloc(size_t size);
void *fake_calloc(size_t count, size_t size);
void *fake_realloc(void *memory, size_t size);
void fake_free(void *memory);

/* The octets that were asked for. */
size_t fake_size(void *memory);

/*
 * From now on no block may be freed while it holds `len` octets at `secret`, or
 * any eight of them in a row. What is shorter than six octets is too common to
 * be looked for, and is passed over.
 */
void fake_secret(const void *secret, size_t len);

/* Does such a secret stand anywhere in `memory`? */
bool fake_holds_secret(const void *memory, size_t len);

/* Fails the test if a live block holds a secret, but for the one at `kept`. */
void fake_alloc_expect_no_secret(const void *kept);

/*
 * A copy of `len` octets that ends where readable memory ends: one octet more
 * read is a SIGSEGV, in every build. One before it is a blank, which means much
 * to most readers. guarded_free() unmaps it, so that what is kept by pointer is
 * found too. NULL gives NULL.
 */
void *guarded_copy(const void *from, size_t len);
void guarded_free(void *copy, size_t len);

#endif

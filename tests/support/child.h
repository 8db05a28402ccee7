/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a child of this process does, for tests of what fork(2) leaves alike.
 */
#ifndef CLASSIC_CHILD_H
#define CLASSIC_CHILD_H

#include <stddef.h>

/*
 * Run `fill` in a child, and copy the `len` octets that it leaves at `data`
 * here. Fails the test if the child does not end as it should; a failed
 * assertion ends it.
 */
void child_fill(void (*fill)(void *data), void *data, size_t len);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which changes of a stored value are to be refused, and are cheap enough to
 * be tried.
 */
#ifndef CLASSIC_SWEEP_H
#define CLASSIC_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

struct scheme_vector;

/* What follows the name in braces, or all. */
const char *sweep_id(const struct scheme_vector *v);

/*
 * Is that vector tried with `octet` in the place of the one at `at`? Not if it
 * means the same, or costs seconds; and of the salt and the digest of a dear
 * one only one bit is changed.
 */
bool sweep_has(const struct scheme_vector *v, size_t at, char octet);

#endif

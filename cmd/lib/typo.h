/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What somebody may have meant.
 */
#ifndef CLASSIC_TYPO_H
#define CLASSIC_TYPO_H

#include <stddef.h>

/*
 * Characters to put in, take out, change, or swap with the next one, until one
 * word is the other.
 */
size_t typo_distance(const char *a, const char *b);

/*
 * The nearest of `count` words, if it is so near that a slip explains it, and
 * not the word itself; else NULL.
 */
const char *typo_nearest(
    const char *word, const char *const *words, size_t count);

#endif

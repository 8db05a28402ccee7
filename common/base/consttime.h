/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is done to the octets of secrets: choices without a branch, and wiping.
 */
#ifndef CLASSIC_CONSTTIME_H
#define CLASSIC_CONSTTIME_H

#include <stdint.h>
#include <string.h>

/* All ones if first <= c <= last, else zero; each is from 0 to 255. */
static inline int
consttime_between(int c, int first, int last)
{
	return ((first - 1 - c) & (c - last - 1)) >> 16;
}

/* The same octet eight times, in one word. */
#define CONSTTIME_OCTETS(octet) (UINT64_C(0x0101010101010101) * (octet))

/*
 * Of eight octets in a word, the top bit of each that is from `first` to
 * `last`. Neither these nor the octets of the word may be 0x80 or more.
 */
static inline uint64_t
consttime_within(uint64_t word, unsigned first, unsigned last)
{
	uint64_t at_least = word + CONSTTIME_OCTETS(0x80 - first);
	uint64_t more = word + CONSTTIME_OCTETS(0x7f - last);

	return (at_least ^ more) & CONSTTIME_OCTETS(0x80);
}

/* Overwrite `len` octets in a way that no compiler removes. */
static inline void
secret_wipe(void *memory, size_t len)
{
	if (len > 0)
		memset(memory, 0, len);
	/* For all that the compiler knows, somebody reads it here. */
	__asm__ volatile("" : : "r"(memory) : "memory");
}

#endif

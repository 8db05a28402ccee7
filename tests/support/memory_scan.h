/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Looks for octets in all the memory of this process that can be written: heap,
 * stack, data of all libraries. What only can be read, such as a literal in
 * the program, is passed over.
 */
#ifndef CLASSIC_MEMORY_SCAN_H
#define CLASSIC_MEMORY_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The place where `len` octets of `needle`, or eight of them in a row, stand,
 * in words that a static buffer holds; NULL if nowhere. The needle itself must
 * be in memory that cannot be written.
 */
const char *memory_scan(const void *needle, size_t len);

/* False where somebody else owns memory: AddressSanitizer and the like. */
bool memory_scan_works(void);

/* A page for a needle, which memory_scan_seal() makes read-only. */
void *memory_scan_page(void);
void memory_scan_seal(void *page);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Taking a line of text apart from its left end. What is after the part that
 * was taken is not looked at: it may be secret.
 */
#ifndef CLASSIC_SCAN_H
#define CLASSIC_SCAN_H

#include "base/bytes.h"

/* The first three are 0, or -1 if it is not there. */

/* Take exactly `text` off, or else leave `rest` alone. */
int scan_text(struct bytes *rest, const char *text);

/*
 * Take a decimal number off, without leading zeros, from 1 to `most`.
 * The caller checks what follows.
 */
int scan_number(struct bytes *rest, unsigned long most, unsigned *number);

/* Take `field` off, which is not empty, and the `end` after it. */
int scan_until(struct bytes *rest, char end, struct bytes *field);

enum { SCAN_START = 32, SCAN_BLANKS = 8 }; /* octets */

/*
 * The next two may see secrets, and take the same time for each text.
 *
 * Is each of the first SCAN_START octets in one of the ranges, such as "09az"
 * for 0-9 and a-z?
 */
bool scan_made_of(struct bytes text, const char *ranges);

/* How many of the last SCAN_BLANKS octets, from the end on, are blank? */
size_t scan_blanks(struct bytes text);

/*
 * `text` without the blanks, tabs, CR and LF at its end. The time depends on
 * how many they are.
 */
static inline struct bytes
scan_trim(struct bytes text)
{
	size_t blanks;

	do {
		blanks = scan_blanks(text);
		text.len -= blanks;
	} while (blanks == SCAN_BLANKS);
	return text;
}

#endif

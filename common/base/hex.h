/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hex digits in constant time: stored states are secrets.
 */
#ifndef CLASSIC_HEX_H
#define CLASSIC_HEX_H

#include "base/bytes.h"

enum {
	HEX_DIGITS = 8, /* are read or written at a time */
	HEX_OCTETS = 4, /* the same, decoded */
};

/*
 * Write hex.len / 2 octets to `out`, from digits of either case. 0, or -1 if
 * the length is no multiple of HEX_DIGITS or something is no digit.
 */
int hex_decode(struct bytes hex, unsigned char *out);

/* Write 2 * raw.len digits, no NUL; raw.len is a multiple of HEX_OCTETS. */
void hex_encode(struct bytes raw, char *out);

#endif

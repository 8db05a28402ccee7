/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hex digits: see hex.h. Eight of them stand in a word, one in each octet.
 */
#include "config.h"

#include <endian.h>

#include "base/consttime.h"
#include "base/hex.h"

/* The values of eight digits; anything else sets `bad`. */
static uint64_t
values_of(uint64_t digits, uint64_t *bad)
{
	uint64_t ascii = digits & CONSTTIME_OCTETS(0x7f);
	uint64_t number = consttime_within(ascii, '0', '9');
	uint64_t letter =
	    consttime_within(ascii | CONSTTIME_OCTETS(0x20), 'a', 'f');

	*bad |= (digits | ~(number | letter)) & CONSTTIME_OCTETS(0x80);
	return (digits & CONSTTIME_OCTETS(0x0f)) + 9 * (letter >> 7);
}

/* The mirror of values_of(). */
static uint64_t
digits_of(uint64_t values)
{
	uint64_t letter = consttime_within(values, 10, 15);

	return values + CONSTTIME_OCTETS('0') +
	       ('a' - '0' - 10) * (letter >> 7);
}

int
hex_decode(struct bytes hex, unsigned char *out)
{
	uint64_t word, bad = 0;
	uint32_t four;

	if (hex.len % HEX_DIGITS != 0)
		return -1;
	for (; hex.len > 0; hex = bytes_after(hex, HEX_DIGITS)) {
		memcpy(&word, hex.data, HEX_DIGITS);
		word = values_of(be64toh(word), &bad);
		word = (word | word >> 4) & UINT64_C(0x00ff00ff00ff00ff);
		word = (word | word >> 8) & UINT64_C(0x0000ffff0000ffff);
		four = htobe32((uint32_t)(word | word >> 16));
		memcpy(out, &four, HEX_OCTETS);
		out += HEX_OCTETS;
	}
	return bad == 0 ? 0 : -1;
}

void
hex_encode(struct bytes raw, char *out)
{
	uint64_t word;
	uint32_t four;

	for (; raw.len >= HEX_OCTETS; raw = bytes_after(raw, HEX_OCTETS)) {
		memcpy(&four, raw.data, HEX_OCTETS);
		word = be32toh(four);
		word = (word | word << 16) & UINT64_C(0x0000ffff0000ffff);
		word = (word | word << 8) & UINT64_C(0x00ff00ff00ff00ff);
		word = (word | word << 4) & CONSTTIME_OCTETS(0x0f);
		word = htobe64(digits_of(word));
		memcpy(out, &word, HEX_DIGITS);
		out += HEX_DIGITS;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hex digits, of which eight stand in a word, one in each octet; and base64.
 */
#include "config.h"

#include <endian.h>

#include "base/consttime.h"
#include "base/encode.h"

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

/* The digit for 62. */
static int
digit_62(enum base64 kind)
{
	return kind == BASE64_DOTTED ? '.' : '+';
}

/* The value of a digit; anything else sets `bad`. */
static unsigned
value(enum base64 kind, char digit, int *bad)
{
	int c = (unsigned char)digit;
	int upper = consttime_between(c, 'A', 'Z');
	int lower = consttime_between(c, 'a', 'z');
	int decimal = consttime_between(c, '0', '9');
	int plus = consttime_between(c, digit_62(kind), digit_62(kind));
	int slash = consttime_between(c, '/', '/');

	*bad |= ~(upper | lower | decimal | plus | slash);
	return (unsigned)((upper & (c - 'A')) | (lower & (c - 'a' + 26)) |
			  (decimal & (c - '0' + 52)) | (plus & 62) |
			  (slash & 63));
}

static char
digit(enum base64 kind, unsigned bits)
{
	int v = (int)(bits & 63);

	return (char)((consttime_between(v, 0, 25) & (v + 'A')) |
		      (consttime_between(v, 26, 51) & (v - 26 + 'a')) |
		      (consttime_between(v, 52, 61) & (v - 52 + '0')) |
		      (consttime_between(v, 62, 62) & digit_62(kind)) |
		      (consttime_between(v, 63, 63) & '/'));
}

size_t
base64_encoded(enum base64 kind, size_t len)
{
	if (kind == BASE64_PADDED)
		return (len + 2) / 3 * 4;
	return len / 3 * 4 + (len % 3 == 0 ? 0 : len % 3 + 1);
}

/* Take off what fills up. How much there is tells no more than the length. */
static int
strip(struct bytes *text)
{
	size_t fill = 0;

	if (text->len % 4 != 0)
		return -1;
	while (fill < 2 && fill < text->len &&
	       text->data[text->len - 1 - fill] == '=')
		fill++;
	text->len -= fill;
	return 0;
}

int
base64_decode(enum base64 kind, struct bytes text, unsigned char *out,
    size_t room, size_t *len)
{
	unsigned bits = 0, held = 0;
	int bad = 0;
	size_t i;

	if (kind == BASE64_PADDED && strip(&text) < 0)
		return -1;
	*len = text.len / 4 * 3 + text.len % 4 * 6 / 8;
	if (text.len % 4 == 1 || *len > room)
		return -1;
	for (i = 0; i < text.len; i++) {
		bits = bits << 6 | value(kind, text.data[i], &bad);
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		*out++ = (unsigned char)(bits >> held);
		bits &= (1U << held) - 1;
	}
	bad |= (int)bits;
	return bad == 0 ? 0 : -1;
}

void
base64_encode(enum base64 kind, struct bytes raw, char *out)
{
	unsigned bits = 0, held = 0;
	size_t i;

	for (i = 0; i < raw.len; i++) {
		bits = (bits << 8 | (unsigned char)raw.data[i]) & 0xffff;
		for (held += 8; held >= 6; held -= 6)
			*out++ = digit(kind, bits >> (held - 6));
	}
	if (held > 0)
		*out++ = digit(kind, bits << (6 - held));
	if (kind == BASE64_PADDED)
		for (i = raw.len; i % 3 != 0; i++)
			*out++ = '=';
}

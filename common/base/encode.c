/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Hex digits, of which eight stand in a word, one in each octet; and base64.
 */
#include "config.h"

#include <endian.h>

#include "base/consttime.h"
#include "base/encode.h"
#include "base/secret.h"

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

SECRET_LEAF int
hex_decode(struct bytes hex, unsigned char *out)
{
	uint64_t word, bad;
	uint32_t four;

	bad = hex.len % HEX_DIGITS;
	for (; hex.len >= HEX_DIGITS; hex = bytes_after(hex, HEX_DIGITS)) {
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

SECRET_LEAF void
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

/* What fills up. How much there is tells no more than the length. */
static size_t
fill_of(struct bytes text)
{
	size_t fill = 0;

	while (fill < 2 && fill < text.len &&
	       text.data[text.len - 1 - fill] == '=')
		fill++;
	return fill;
}

/* So many digits and octets of base64 are read at a time. */
enum { DIGITS64 = 16, OCTETS64 = 12 };
typedef unsigned char digits64 __attribute__((vector_size(DIGITS64)));
typedef uint64_t words64 __attribute__((vector_size(DIGITS64)));
/* Vectors stay within this file, so the ABI of functions is not concerned. */
#pragma GCC diagnostic ignored "-Wpsabi"

/* The values of digits; anything else sets `bad`. */
static inline digits64
values64_of(enum base64 kind, digits64 c, digits64 *bad)
{
	unsigned char c62 = (unsigned char)digit_62(kind);
	digits64 upper = (digits64)((c >= 'A') & (c <= 'Z'));
	digits64 lower = (digits64)((c >= 'a') & (c <= 'z'));
	digits64 decimal = (digits64)((c >= '0') & (c <= '9'));
	digits64 plus = (digits64)(c == c62);
	digits64 slash = (digits64)(c == '/');

	*bad |= ~(upper | lower | decimal | plus | slash);
	return (upper & (c - 'A')) | (lower & (c - ('a' - 26))) |
	       (decimal & (c + (52 - '0'))) | (plus & 62) | (slash & 63);
}

static inline void
decode64(enum base64 kind, const char *in, unsigned char *out, digits64 *bad)
{
	digits64 digits;
	words64 words;
	uint64_t six;
	size_t i;

	memcpy(&digits, in, sizeof(digits));
	words = (words64)values64_of(kind, digits, bad);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	for (i = 0; i < 2; i++)
		words[i] = le64toh(words[i]);
#endif
	words = (words & UINT64_C(0x003f003f003f003f)) << 6 |
		(words >> 8 & UINT64_C(0x003f003f003f003f));
	words = (words & UINT64_C(0x00000fff00000fff)) << 12 |
		(words >> 16 & UINT64_C(0x00000fff00000fff));
	words = words << 40 | words >> 32 << 16;
	for (i = 0; i < 2; i++, out += OCTETS64 / 2) {
		six = htobe64(words[i]);
		memcpy(out, &six, OCTETS64 / 2);
	}
}

/* `text` is `len` octets. */
static SECRET_LEAF int
read64(enum base64 kind, struct bytes text, unsigned char *out, size_t len)
{
	unsigned char octets[OCTETS64];
	char digits[DIGITS64];
	digits64 bad = { 0 };
	uint64_t words[2], wrong = 0;
	size_t last = len % OCTETS64;

	for (; text.len >= DIGITS64; text = bytes_after(text, DIGITS64)) {
		decode64(kind, text.data, out, &bad);
		out += OCTETS64;
	}
	memset(digits, 'A', sizeof(digits)); /* zeros */
	if (text.len > 0)
		memcpy(digits, text.data, text.len);
	decode64(kind, digits, octets, &bad);
	if (last > 0)
		memcpy(out, octets, last);
	for (; last < OCTETS64; last++) /* bits after the last octet */
		wrong |= octets[last];
	secret_wipe(digits, sizeof(digits));
	secret_wipe(octets, sizeof(octets));
	memcpy(words, &bad, sizeof(words));
	return (wrong | words[0] | words[1]) == 0 ? 0 : -1;
}

/* If the length is wrong, nothing is read. */
int
base64_decode(enum base64 kind, struct bytes text, unsigned char *out,
    size_t room, size_t *len)
{
	size_t wrong = 0;

	if (kind == BASE64_PADDED) {
		wrong = text.len % 4;
		text.len -= fill_of(text);
	}
	wrong |= text.len % 4 == 1;
	*len = text.len / 4 * 3 + text.len % 4 * 6 / 8;
	return wrong || *len > room ? -1 : read64(kind, text, out, *len);
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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Base64 and its kin: see base64.h.
 */
#include "config.h"

#include "base/base64.h"
#include "base/consttime.h"

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

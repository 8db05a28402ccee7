/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What hashes are made of: see scheme_form.h. Digests are among it, so nothing
 * here depends on an octet but the result.
 *
 * It is a file of its own for tests/ct, which wraps these functions: the linker
 * can do that only for calls from another file.
 */
#include "config.h"

#include "base/consttime.h"
#include "secrets/scheme_form.h"

static int
lower(char letter)
{
	int c = (unsigned char)letter;

	return c | (consttime_between(c, 'A', 'Z') & ('a' - 'A'));
}

static bool
is_hex(struct bytes value)
{
	int c, bad = 0;
	size_t i;

	for (i = 0; i < value.len; i++) {
		c = lower(value.data[i]);
		bad |= ~(consttime_between(c, '0', '9') |
			 consttime_between(c, 'a', 'f'));
	}
	return bad == 0;
}

static bool
is_hash_text(struct bytes value)
{
	int c, bad = 0;
	size_t i;

	for (i = 0; i < value.len; i++) {
		c = lower(value.data[i]); /* '*' to ':' are "*+,-./0-9:" */
		bad |= ~(consttime_between(c, '*', ':') |
			 consttime_between(c, 'a', 'z') |
			 consttime_between(c, '=', '=') |
			 consttime_between(c, '$', '$') |
			 consttime_between(c, '_', '_'));
	}
	return bad == 0;
}

/* Four digits of rounds, the lowest first; four of salt; eleven of digest. */
static bool
is_bsdi(struct bytes value)
{
	static const char ends[] = ".26AEIMQUYcgkosw"; /* of 64 bits */
	int c, bad = 0, end = 0;
	size_t i;

	for (i = 0; i < value.len; i++) {
		c = lower(value.data[i]);
		bad |= ~(consttime_between(c, '.', '9') |
			 consttime_between(c, 'a', 'z'));
	}
	for (i = 0; i < sizeof(ends) - 1; i++)
		end |= consttime_between(
		    (unsigned char)value.data[value.len - 1], ends[i], ends[i]);
	/* Less than 8,192 rounds; 725 are usual. More look like a password. */
	return bad == 0 && (value.data[2] == '.' || value.data[2] == '/') &&
	       value.data[3] == '.' && end != 0;
}

bool
scheme_has_shape(enum scheme_shape shape, struct bytes rest)
{
	switch (shape) {
	case SHAPE_HEX:
		return is_hex(rest);
	case SHAPE_HASH:
		return is_hash_text(rest);
	case SHAPE_BSDI:
		return is_bsdi(rest);
	default:
		return true;
	}
}

struct bytes
scheme_trim(struct bytes octets)
{
	int c, blank = -1;
	size_t i, left = octets.len;

	for (i = octets.len; i > 0; i--) {
		c = (unsigned char)octets.data[i - 1];
		blank &= consttime_between(c, '\t', '\n') |
			 consttime_between(c, '\r', '\r') |
			 consttime_between(c, ' ', ' ');
		left -= (size_t)(blank & 1);
	}
	octets.len = left;
	return octets;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Taking a line of text apart: see scan.h.
 */
#include "config.h"

#include "base/consttime.h"
#include "base/scan.h"

int
scan_text(struct bytes *rest, const char *text)
{
	size_t len = strlen(text);

	if (rest->len < len || memcmp(rest->data, text, len) != 0)
		return -1;
	*rest = bytes_after(*rest, len);
	return 0;
}

int
scan_number(struct bytes *rest, unsigned long most, unsigned *number)
{
	unsigned long n = 0;

	if (rest->len == 0 || rest->data[0] == '0')
		return -1;
	while (rest->len > 0 && *rest->data >= '0' && *rest->data <= '9') {
		n = n * 10 + (unsigned long)(*rest->data - '0');
		if (n > most)
			return -1;
		*rest = bytes_after(*rest, 1);
	}
	*number = (unsigned)n;
	return n > 0 ? 0 : -1;
}

int
scan_until(struct bytes *rest, char end, struct bytes *field)
{
	const char *at = NULL;

	if (rest->len > 0)
		at = memchr(rest->data, end, rest->len);
	if (at == NULL || at == rest->data)
		return -1;
	*field = bytes_of(rest->data, (size_t)(at - rest->data));
	*rest = bytes_after(*rest, field->len + 1);
	return 0;
}

bool
scan_made_of(struct bytes text, const char *ranges)
{
	int c, good, bad = 0;
	const char *range;
	size_t i;

	for (i = 0; i < text.len; i++) {
		c = (unsigned char)text.data[i];
		good = 0;
		for (range = ranges; *range != '\0'; range += 2)
			good |= consttime_between(c, range[0], range[1]);
		bad |= ~good;
	}
	return bad == 0;
}

struct bytes
scan_trim(struct bytes text)
{
	int c, blank = -1;
	size_t i, left = text.len;

	for (i = text.len; i > 0; i--) {
		c = (unsigned char)text.data[i - 1];
		blank &= consttime_between(c, '\t', '\n') |
			 consttime_between(c, '\r', '\r') |
			 consttime_between(c, ' ', ' ');
		left -= (size_t)(blank & 1);
	}
	return bytes_of(text.data, left);
}

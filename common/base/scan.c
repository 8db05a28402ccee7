/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Taking a line of text apart: see scan.h.
 */
#include "config.h"

#include <endian.h>

#include "base/consttime.h"
#include "base/scan.h"
#include "base/secret.h"

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

/* Half of what is looked at, as processors have it: see consttime_within(). */
typedef uint64_t half __attribute__((vector_size(SCAN_START / 2)));

SECRET_LEAF bool
scan_made_of(struct bytes text, const char *ranges)
{
	half left, right, left_low, right_low, left_found = { 0 },
					       right_found = { 0 };
	uint64_t first, last;
	char start[SCAN_START];

	memset(start, ranges[0], sizeof(start));
	if (text.len >= SCAN_START)
		memcpy(start, text.data, SCAN_START);
	else if (text.len > 0)
		memcpy(start, text.data, text.len);
	memcpy(&left, start, sizeof(left));
	memcpy(&right, start + sizeof(left), sizeof(right));
	secret_wipe(start, sizeof(start));
	left_low = left & CONSTTIME_OCTETS(0x7f);
	right_low = right & CONSTTIME_OCTETS(0x7f);
	for (; *ranges != '\0'; ranges += 2) {
		first = CONSTTIME_OCTETS(0x80U - (unsigned char)ranges[0]);
		last = CONSTTIME_OCTETS(0x7fU - (unsigned char)ranges[1]);
		left_found |= (left_low + first) ^ (left_low + last);
		right_found |= (right_low + first) ^ (right_low + last);
	}
	left_found &= ~left & right_found & ~right;
	return (left_found[0] & left_found[1] & CONSTTIME_OCTETS(0x80)) ==
	       CONSTTIME_OCTETS(0x80);
}

SECRET_LEAF size_t
scan_blanks(struct bytes text)
{
	uint64_t word = CONSTTIME_OCTETS(' '), low, blank, other;
	size_t len = text.len < sizeof(word) ? text.len : sizeof(word);

	if (text.len > 0)
		memcpy(&word, text.data + text.len - len, len);
	low = le64toh(word) & CONSTTIME_OCTETS(0x7f);
	blank = (consttime_within(low, '\t', '\n') |
		    consttime_within(low, '\r', '\r') |
		    consttime_within(low, ' ', ' ')) &
		~le64toh(word);
	secret_wipe(&word, sizeof(word));
	other = CONSTTIME_OCTETS(0x80) & ~blank;
	/* The last octet is the highest one, and after it there are blanks. */
	return (other == 0) + (size_t)__builtin_clzll(other | 1) / 8 -
	       (sizeof(word) - len);
}

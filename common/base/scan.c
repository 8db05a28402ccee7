/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Taking a line of text apart: see scan.h.
 */
#include "config.h"

#include <endian.h>

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

/* Eight octets, the first the lowest; a filler stands for those missing. */
static uint64_t
word_at(struct bytes text, size_t at, char filler)
{
	uint64_t word = CONSTTIME_OCTETS((unsigned char)filler);

	if (text.len - at >= sizeof(word))
		memcpy(&word, text.data + at, sizeof(word));
	else
		memcpy(&word, text.data + at, text.len - at);
	return le64toh(word);
}

/* The top bit of each octet that is in one of the ranges. */
static uint64_t
find(uint64_t word, const char *ranges)
{
	uint64_t low = word & CONSTTIME_OCTETS(0x7f), found = 0;

	for (; *ranges != '\0'; ranges += 2)
		found |= consttime_within(
		    low, (unsigned char)ranges[0], (unsigned char)ranges[1]);
	return found & ~word;
}

static uint64_t
find_blanks(uint64_t word)
{
	uint64_t low = word & CONSTTIME_OCTETS(0x7f);

	return (consttime_within(low, '\t', '\n') |
		   consttime_within(low, '\r', '\r') |
		   consttime_within(low, ' ', ' ')) &
	       ~word;
}

bool
scan_made_of(struct bytes text, const char *ranges)
{
	uint64_t all = CONSTTIME_OCTETS(0x80);
	size_t i;

	for (i = 0; i < text.len; i += sizeof(uint64_t))
		all &= find(word_at(text, i, ranges[0]), ranges);
	return all == CONSTTIME_OCTETS(0x80);
}

struct bytes
scan_trim(struct bytes text)
{
	uint64_t rest, is_text;
	size_t i, last, end = 0;

	for (i = 0; i < text.len; i += sizeof(uint64_t)) {
		rest = CONSTTIME_OCTETS(0x80) &
		       ~find_blanks(word_at(text, i, ' '));
		is_text = -(rest >> 63 | -rest >> 63);
		last = sizeof(uint64_t) - (size_t)__builtin_clzll(rest | 1) / 8;
		end = (size_t)((is_text & (i + last)) | (~is_text & end));
	}
	return bytes_of(text.data, end);
}

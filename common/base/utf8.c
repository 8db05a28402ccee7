/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * UTF-8: see utf8.h.
 */
#include "config.h"

#include "base/utf8.h"

size_t
utf8_length(struct bytes b)
{
	const unsigned char *c = (const unsigned char *)b.data;
	unsigned char min = 0x80, max = 0xbf;
	size_t n, i;

	if (c[0] < 0x80)
		return 1;
	if (c[0] < 0xc2 || c[0] > 0xf4)
		return 0;
	n = c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4;
	if (b.len < n)
		return 0;
	if (c[0] == 0xe0)
		min = 0xa0;
	else if (c[0] == 0xed)
		max = 0x9f;
	else if (c[0] == 0xf0)
		min = 0x90;
	else if (c[0] == 0xf4)
		max = 0x8f;
	if (c[1] < min || c[1] > max)
		return 0;
	for (i = 2; i < n; i++)
		if (c[i] < 0x80 || c[i] > 0xbf)
			return 0;
	return n;
}

bool
utf8_is_control(struct bytes character)
{
	const unsigned char *c = (const unsigned char *)character.data;

	return c[0] < 0x20 || c[0] == 0x7f || (c[0] == 0xc2 && c[1] < 0xa0);
}

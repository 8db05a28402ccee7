/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The version of a plugin file: see plugin_version.h.
 */
#include "config.h"

#include "base/plugin_version.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
belongs_to_version(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       c == '.' || c == '+' || c == '~' || c == '-';
}

static bool
is_version(struct bytes text)
{
	size_t i = 0;

	if (text.len == 0 || !is_digit(text.data[0]))
		return false;
	while (i < text.len && belongs_to_version(text.data[i]))
		i++;
	return i < text.len && i < MAX_PLUGIN_VERSION && text.data[i] == '\0';
}

const char *
plugin_version_find(struct bytes octets)
{
	static const char mark[] = PLUGIN_VERSION_TEXT;
	const char *at;

	/* The mark stands here, too, but without a version after it. */
	while ((at = memmem(octets.data, octets.len, mark, sizeof(mark) - 1)) !=
	       NULL) {
		octets = bytes_after(
		    octets, (size_t)(at - octets.data) + sizeof(mark) - 1);
		if (is_version(octets))
			return octets.data;
	}
	return NULL;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Texts to be shown: see text.h.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lib/text.h"
#include "lib/util.h"

enum { WIDEST = 4 }; /* octets that stand for one: \xHH, \ooo, '\'' */

char *
text_printable(struct bytes b)
{
	char *text = util_alloc(WIDEST * b.len + 1), *to = text;
	size_t n, i;

	for (; b.len > 0; b = bytes_after(b, n)) {
		n = utf8_length(b);
		if (n > 0 && !utf8_is_control(b)) {
			memcpy(to, b.data, n);
			to += n;
			continue;
		}
		n = n > 0 ? n : 1;
		for (i = 0; i < n; i++)
			to += b.data[i] == '\0' ? sprintf(to, "\\0")
						: sprintf(to, "\\x%02X",
						      (unsigned char)b.data[i]);
	}
	return text;
}

bool
text_is_word(const char *text)
{
	return *text != '\0' &&
	       text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "abcdefghijklmnopqrstuvwxyz"
				 "0123456789_./:=@%+,-")] == '\0';
}

/* Within '...': only the quote itself has to be put otherwise. */
static char *
quote_text(const char *text)
{
	char *quoted = util_alloc(WIDEST * strlen(text) + 3), *to = quoted;

	*to++ = '\'';
	for (; *text != '\0'; text++)
		if (*text == '\'')
			to += sprintf(to, "'\\''");
		else
			*to++ = *text;
	*to = '\'';
	return quoted;
}

/* By printf(1), for what would do something to the terminal by itself. */
static char *
quote_controls(const char *text)
{
	char *octal = util_alloc(WIDEST * strlen(text) + 1), *to = octal, *all;

	for (; *text != '\0'; text++)
		if (text_is_word((const char[]) { *text, '\0' }) &&
		    *text != '%')
			*to++ = *text;
		else
			to += sprintf(to, "\\%03o", (unsigned char)*text);
	all = util_format("\"$(printf '%s')\"", octal);
	free(octal);
	return all;
}

char *
text_quoted(const char *text)
{
	char *shown = text_printable(bytes_str(text));
	bool as_it_is = !strcmp(shown, text);

	free(shown);
	if (text_is_word(text))
		return util_copy(text);
	return as_it_is ? quote_text(text) : quote_controls(text);
}

bool
text_next_line(struct bytes *rest, struct bytes *line)
{
	const char *end;

	if (rest->len == 0)
		return false;
	end = memchr(rest->data, '\n', rest->len);
	*line = *rest;
	if (end != NULL)
		line->len = (size_t)(end - rest->data);
	*rest = bytes_after(*rest, line->len + (end != NULL));
	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the subcommands share: see util.h.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "lib/util.h"

const char *const util_statuses[EXIT_COUNT] = {
	[EXIT_WELL] = "all is well, or has succeeded",
	[EXIT_FAULT] = "something is wrong, or has not succeeded",
	[EXIT_USAGE] = "the command line makes no sense",
	[EXIT_TROUBLE] = "the question could not be answered",
};

static const char *subcommand;

void
util_set_name(const char *name)
{
	subcommand = name;
}

static __attribute__((format(printf, 1, 0))) void
complain(const char *format, va_list args)
{
	fputs("sasl-classic", stderr);
	if (subcommand != NULL)
		fprintf(stderr, " %s", subcommand);
	fputs(": ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void
util_complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(format, args);
	va_end(args);
}

int
util_usage(const char *format, ...)
{
	va_list args;

	if (format != NULL) {
		va_start(args, format);
		complain(format, args);
		va_end(args);
	}
	fprintf(stderr, "Try `sasl-classic%s%s --help'.\n",
	    subcommand != NULL ? " " : "",
	    subcommand != NULL ? subcommand : "");
	return EXIT_USAGE;
}

int
util_finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	util_complain("what was to be printed could not be written");
	return EXIT_TROUBLE;
}

static void *
or_end(void *memory)
{
	if (memory != NULL)
		return memory;
	util_complain("out of memory");
	exit(EXIT_TROUBLE);
}

void *
util_alloc(size_t size)
{
	return or_end(calloc(1, size));
}

void *
util_grow(void *array, size_t count, size_t size)
{
	return or_end(reallocarray(array, count, size));
}

char *
util_copy(const char *text)
{
	return text == NULL ? NULL : or_end(strdup(text));
}

char *
util_format(const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vasprintf(&text, format, args);
	va_end(args);
	return or_end(len < 0 ? NULL : text);
}

char *
util_date(int day)
{
	enum { SECONDS_A_DAY = 86400 };
	time_t seconds = (time_t)(day > 0 ? day : 0) * SECONDS_A_DAY;
	char date[16] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm) != NULL)
		(void)strftime(date, sizeof(date), "%Y-%m-%d", &tm);
	return util_copy(date);
}

/* --- Texts ---------------------------------------------------------------- */

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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the subcommands share: see util.h.
 */
#include "config.h"

#include <stdarg.h>
#include <stdatomic.h>
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

int
util_complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(format, args);
	va_end(args);
	return -1;
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

/* All of them, or a tool that looks for leaks would find some. */
static struct block {
	struct block *next;
	max_align_t data[];
} * _Atomic blocks;

void *
util_alloc(size_t size)
{
	struct block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL) {
		util_complain("out of memory");
		exit(EXIT_TROUBLE);
	}
	block->next = blocks;
	while (!atomic_compare_exchange_weak(&blocks, &block->next, block))
		continue;
	return block->data;
}

/* It is full when it has a power of two. */
void *
util_grow(void *array, size_t count, size_t size)
{
	void *larger;

	if ((count & (count - 1)) != 0)
		return array;
	larger = util_alloc((count == 0 ? 1 : 2 * count) * size);
	if (count > 0)
		memcpy(larger, array, count * size);
	return larger;
}

char *
util_text(struct bytes b)
{
	char *text = util_alloc(b.len + 1);

	if (b.len > 0)
		memcpy(text, b.data, b.len);
	return text;
}

char *
util_copy(const char *text)
{
	return text == NULL ? NULL : util_text(bytes_str(text));
}

char *
util_format(const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = util_alloc((size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

char *
util_join(const char *list, const char *between, const char *text)
{
	if (list == NULL || *list == '\0')
		return util_copy(text);
	return util_format("%s%s%s", list, between, text);
}

enum { SECONDS_A_DAY = 86400 };

bool
util_is_past(int day)
{
	return day < time(NULL) / SECONDS_A_DAY;
}

char *
util_date(int day)
{
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
text_printable_octets(struct bytes b)
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

char *
text_printable(const char *text)
{
	return text_printable_octets(bytes_str(text));
}

/* All letters, digits and what else means nothing to sh(1)? */
static bool
is_word(const char *text)
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
	char *octal = util_alloc(WIDEST * strlen(text) + 1), *to = octal;

	for (; *text != '\0'; text++)
		if (is_word((const char[]) { *text, '\0' }) && *text != '%')
			*to++ = *text;
		else
			to += sprintf(to, "\\%03o", (unsigned char)*text);
	return util_format("\"$(printf '%s')\"", octal);
}

char *
text_quoted(const char *text)
{
	if (is_word(text))
		return util_copy(text);
	return strcmp(text_printable(text), text) == 0 ? quote_text(text)
						       : quote_controls(text);
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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * JSON: see json.h.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "lib/json.h"

enum { MAX_DEPTH = 8 };

#define JSON_KEY_NAME(name) [KEY_##name] = #name,
static const char *const names[] = { JSON_KEYS(JSON_KEY_NAME) };
#undef JSON_KEY_NAME

static bool is_wanted;
static char closing[MAX_DEPTH]; /* the brackets that are owed */
static int depth;
static bool filled; /* there is something before, in the same bracket */

void
json_want(bool wanted)
{
	is_wanted = wanted;
}

void
json_else(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!is_wanted)
		vprintf(format, args);
	va_end(args);
}

static void
put_string(const char *text)
{
	struct bytes rest = bytes_str(text);
	size_t n;

	putchar('"');
	for (; rest.len > 0; rest = bytes_after(rest, n > 0 ? n : 1)) {
		n = utf8_length(rest);
		if (n == 0)
			fputs("\\ufffd", stdout);
		else if (utf8_is_control(rest)) /* the last octet says it */
			printf("\\u%04x", (unsigned char)rest.data[n - 1]);
		else
			printf("%s%.*s", strchr("\"\\", *rest.data) ? "\\" : "",
			    (int)n, rest.data);
	}
	putchar('"');
}

static void
put_key(enum json_key key)
{
	if (filled)
		putchar(',');
	if (depth > 0)
		printf("\n%*s", 2 * depth, "");
	if (key != KEY_NONE)
		printf("\"%s\": ", names[key]);
	filled = true;
}

void
json_open(enum json_key key, char bracket)
{
	if (!is_wanted)
		return;
	put_key(key);
	putchar(bracket);
	closing[depth++] = bracket == '{' ? '}' : ']';
	filled = false;
}

void
json_close(void)
{
	if (!is_wanted)
		return;
	depth--;
	if (filled)
		printf("\n%*s", 2 * depth, "");
	putchar(closing[depth]);
	filled = true;
	if (depth == 0)
		putchar('\n');
}

void
json_text(enum json_key key, const char *text)
{
	if (!is_wanted)
		return;
	put_key(key);
	if (text == NULL)
		fputs("null", stdout);
	else
		put_string(text);
}

void
json_bool(enum json_key key, bool value)
{
	if (!is_wanted)
		return;
	put_key(key);
	fputs(value ? "true" : "false", stdout);
}

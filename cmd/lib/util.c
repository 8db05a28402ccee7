/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the subcommands share: see tool.h.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

static const char *subcommand;

void
tool_set_name(const char *name)
{
	subcommand = name;
}

static void
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
tool_complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(format, args);
	va_end(args);
}

int
tool_usage(const char *format, ...)
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
	return TOOL_USAGE;
}

int
tool_help(const char *text)
{
	fputs(text, stdout);
	return tool_finish(TOOL_WELL);
}

int
tool_finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	tool_complain("what was to be printed could not be written");
	return TOOL_TROUBLE;
}

static void *
or_end(void *memory)
{
	if (memory != NULL)
		return memory;
	tool_complain("out of memory");
	exit(TOOL_TROUBLE);
}

void *
tool_alloc(size_t size)
{
	return or_end(calloc(1, size));
}

void *
tool_grow(void *array, size_t count, size_t size)
{
	return or_end(reallocarray(array, count, size));
}

char *
tool_copy(const char *text)
{
	return text == NULL ? NULL : or_end(strdup(text));
}

char *
tool_format(const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vasprintf(&text, format, args);
	va_end(args);
	return or_end(len < 0 ? NULL : text);
}

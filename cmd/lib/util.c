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

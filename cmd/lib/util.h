/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic, the administrator's command: what its subcommands share.
 */
#ifndef CLASSIC_UTIL_H
#define CLASSIC_UTIL_H

#include <stdbool.h>
#include <stddef.h>

/* Exit statuses, the same for every subcommand. */
enum tool_status {
	TOOL_WELL,    /* all of it succeeded, or all is well */
	TOOL_FAULT,   /* something is wrong, or did not succeed */
	TOOL_USAGE,   /* the command line makes no sense */
	TOOL_TROUBLE, /* the question could not be answered */
};

/* The subcommands; argv[0] is the name. They return an exit status. */
int doctor_main(int argc, char **argv);
int try_main(int argc, char **argv);
int hash_main(int argc, char **argv);

/* A line on standard error, after the name of the subcommand. */
void tool_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* TOOL_USAGE, after a line about what is wrong, if anything is said. */
int tool_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The subcommand that is run, or NULL, for the above. */
void tool_set_name(const char *name);

/* TOOL_WELL, after printing the help, or TOOL_TROUBLE if that cannot be. */
int tool_help(const char *text);

/* Flush standard output: `status`, or TOOL_TROUBLE if that has failed. */
int tool_finish(int status);

/* Memory that is there, or the end: TOOL_TROUBLE. Released with free(). */
void *tool_alloc(size_t size); /* zeros */
void *tool_grow(void *array, size_t count, size_t size);
char *tool_copy(const char *text); /* NULL of NULL */
char *tool_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif

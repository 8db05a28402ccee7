/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic, the administrator's command: what its subcommands share, with
 * what nearly every file of it includes.
 */
#ifndef CLASSIC_UTIL_H
#define CLASSIC_UTIL_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "base/bytes.h"

/* Exit statuses, the same for every subcommand; sasl-classic(8) lists them. */
enum util_status {
	EXIT_WELL,    /* all of it succeeded, or all is well */
	EXIT_FAULT,   /* something is wrong, or did not succeed */
	EXIT_USAGE,   /* the command line makes no sense */
	EXIT_TROUBLE, /* the question could not be answered */
	EXIT_COUNT
};

/* What each means, in a few words. */
extern const char *const util_statuses[EXIT_COUNT];

/* A line on standard error, after the name of the subcommand. -1. */
int util_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* EXIT_USAGE, after a line about what is wrong, if anything is said. */
int util_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The subcommand that is run, or NULL, for the above. */
void util_set_name(const char *name);

/* Flush standard output: `status`, or EXIT_TROUBLE if that has failed. */
int util_finish(int status);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Memory that is there, or the end: EXIT_TROUBLE. It lives as long as the
 * process; what is secret in it is wiped by who has put it there.
 */
void *util_alloc(size_t size); /* zeros */
/* An array of `count` with room for one more, which is zeros. */
void *util_grow(void *array, size_t count, size_t size);
char *util_copy(const char *text); /* NULL of NULL */
char *util_text(struct bytes b);   /* with a NUL after it */
char *util_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* A list with one more text at its end; it may be NULL or empty before. */
char *util_join(const char *list, const char *between, const char *text);

/* YYYY-MM-DD of a number of days since 1970-01-01. And is that day over? */
char *util_date(int day);
bool util_is_past(int day);

/*
 * Texts from files, stores and the network, made fit to be shown: nothing in
 * them can move the cursor of a terminal, or end a word of a command to type.
 */

/*
 * A copy for people: NUL is shown as \0; other controls, and what is not UTF-8,
 * as \xHH.
 */
char *text_printable(const char *text);
char *text_printable_octets(struct bytes b);

/*
 * A copy for a command to type: one word of sh(1), quoted only if it needs to
 * be, that is `text` again, whatever octets that has.
 */
char *text_quoted(const char *text);

/*
 * Take the next line, without its LF, off `rest`; false if nothing is left.
 */
bool text_next_line(struct bytes *rest, struct bytes *line);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other processes: a program that is asked for what it prints, and a question
 * asked as a daemon would ask it: as the daemon's user, within its chroot. If
 * that process crashes, that is an answer.
 */
#ifndef CLASSIC_PROCESS_H
#define CLASSIC_PROCESS_H

#include <stdbool.h>

/* Told a line, without its end; it may write to it. */
typedef void process_line_fn(void *context, char *line);

/*
 * Each line of a file: false, with errno, if it cannot be read; errno is 0 if
 * it is no regular file.
 */
bool process_file(const char *path, process_line_fn *take, void *context);

struct run_as {
	const char *user;   /* NULL: as we are */
	const char *chroot; /* NULL: where we are */
	unsigned seconds;   /* for an answer; 0: 30 */
};

enum {
	RUN_AS_DONE = 0,
	RUN_AS_IMPOSSIBLE = -1, /* errno says why */
	/* else its end came before its time: a signal, or see run_as_end() */
};

/*
 * Run `ask` there, and hand each record that it tells to `take`, which may be
 * NULL. Only root can become somebody else.
 */
int run_as(const struct run_as *where, void (*ask)(void *context),
    process_line_fn *take, void *context);

/*
 * Run argv[0] there, or as we are if `where` is NULL. It is looked for as a
 * shell does and where administrators' programs are. Hand over each line of its
 * standard output; its complaints are dropped. Its exit status, or -1 if it has
 * none.
 */
int process_run(const struct run_as *where, const char *const argv[],
    process_line_fn *take, void *context);

/* How a process has ended before its time, as "by signal 11 (...)". */
char *run_as_end(int end);

/* In `ask`: tell one record: texts, up to a NULL. */
void run_as_tell(const char *text, ...) __attribute__((sentinel));

/* Take the next text off a record; "" at its end. */
char *run_as_next(char **line);

#endif

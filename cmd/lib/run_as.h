/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A question asked as a daemon would ask it: in a process of its own, as the
 * daemon's user, within its chroot. If that process crashes, that is an answer.
 */
#ifndef CLASSIC_RUN_AS_H
#define CLASSIC_RUN_AS_H

#include <stdbool.h>
#include <stdio.h>

struct run_as {
	const char *user;   /* NULL: as we are */
	const char *chroot; /* NULL: where we are */
	unsigned seconds;   /* for an answer; 0: 30 */
};

enum {
	RUN_AS_DONE = 0,
	RUN_AS_IMPOSSIBLE = -1, /* errno says why */
	/* else it has ended before its time: see run_as_end() */
};

/*
 * Run `ask` there, and hand every line that it prints to `take`, without the
 * end of the line. Only root can become somebody else.
 */
int run_as(const struct run_as *where, void (*ask)(FILE *answer, void *context),
    void (*take)(void *context, char *line), void *context);

/* How a process has ended before its time, as "by signal 11 (...)". */
char *run_as_end(int end);

/* Did it take too long? */
bool run_as_hangs(int end);

/* One line of an answer: texts, up to a NULL, with tabs between. */
void run_as_tell(FILE *answer, const char *text, ...) __attribute__((sentinel));

/* Take the next text off such a line; "" at its end. */
char *run_as_next(char **line);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password from the terminal or from standard input, never from the command
 * line, which others can read.
 */
#ifndef CLASSIC_ASK_H
#define CLASSIC_ASK_H

#include <stdbool.h>

#include "base/name.h"

struct ask_password {
	size_t len;		     /* 1 to MAX_PASSWORD */
	char data[MAX_PASSWORD + 1]; /* with a NUL after it */
};

/*
 * If standard input is a terminal, ask there for the password of `whom`,
 * without an echo; `twice` to exclude a slip. Otherwise it is all that standard
 * input has, without one end of a line after it. 0, or -1 after a complaint.
 * The caller wipes it with secret_wipe().
 */
int ask_password(const char *whom, bool twice, struct ask_password *password);

#endif

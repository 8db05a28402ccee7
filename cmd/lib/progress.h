/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A bar on standard error, if that is a terminal.
 */
#ifndef CLASSIC_PROGRESS_H
#define CLASSIC_PROGRESS_H

#include <stddef.h>

/* `done` of `all`; drawn a few times a second at most. */
void progress_show(const char *what, size_t done, size_t all);

/* Nothing is left of it. */
void progress_end(void);

#endif

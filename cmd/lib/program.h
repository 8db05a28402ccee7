/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Another program, asked for what it prints.
 */
#ifndef CLASSIC_PROGRAM_H
#define CLASSIC_PROGRAM_H

#include <sys/types.h>
#include <stdio.h>

/*
 * Run argv[0], looked for as a shell does and where administrators' programs
 * are, with its standard output on the stream; its complaints are dropped.
 * NULL if it cannot be. End it with program_close().
 */
FILE *program_open(const char *const argv[], pid_t *pid);

/* Its exit status, or -1 if it did not exit by itself. */
int program_close(FILE *stream, pid_t pid);

#endif

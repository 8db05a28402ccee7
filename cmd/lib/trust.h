/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Is a file only root's, and ours? Whoever else can write to it, or put another
 * one in its place, decides what a process does that loads it.
 */
#ifndef CLASSIC_TRUST_H
#define CLASSIC_TRUST_H

#include <stdbool.h>

struct trust_breach {
	char *who;    /* and what, as "everybody may write to /opt/sasl2" */
	char *advice; /* a command that ends it */
};

/*
 * True if nobody but root and the user we are can change what is found in the
 * file at `path`: the file, its directory, all that lead there, and the same
 * for links on the way. What is not there can be nobody's. If false, `breach`
 * says how; release its texts with free().
 */
bool trust_file(const char *path, struct trust_breach *breach);

#endif

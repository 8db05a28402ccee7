/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Whole files: copied so that the copy is on the disk, and put in the place of
 * another so that at no moment there is neither.
 */
#ifndef CLASSIC_COPY_H
#define CLASSIC_COPY_H

#include <sys/stat.h>
#include <stdbool.h>

/* What tells whether a file was written to. */
struct copy_mark {
	struct stat st;
};

/* 0, or -1 with errno. */
int copy_mark(const char *file, struct copy_mark *mark);
bool copy_is_unchanged(const char *file, const struct copy_mark *mark);

/*
 * Copy `from` to `to`, which must not exist, with owner, mode and extended
 * attributes (so that an ACL goes with it). 0, or -1 with errno, and then there
 * is no `to`.
 */
int copy_file(const char *from, const char *to);

/* The same, but that `to` is empty. */
int copy_empty(const char *from, const char *to);

/* What was written to a file, and that it exists, is on the disk. 0 or -1. */
int copy_sync(const char *file);

/* Give a file another name; a file of that name is gone then. 0 or -1. */
int copy_rename(const char *from, const char *to);

#endif

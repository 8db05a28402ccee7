/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Files in the hands of a command that runs as root. Whoever else can write to
 * a file, or put another one in its place, decides what root reads, loads and
 * writes; so such a file is refused. A file is opened once, and then used by
 * its handle.
 */
#ifndef CLASSIC_FILE_H
#define CLASSIC_FILE_H

#include <sys/stat.h>
#include <sys/types.h>
#include <stdbool.h>

#include "base/bytes.h"

struct file_breach {
	char *who;    /* and what, as "everybody may write to /opt/sasl2" */
	char *advice; /* a command that ends it */
};

/*
 * True if nobody but root and the user we are can change what is found in the
 * file at `path`: the file, its directory, all that lead there, and the same
 * for links on the way. The file may be missing, its directory not: somebody
 * could make it meanwhile. What is of the account `also` counts as root's; 0 if
 * there is none such. If false, `breach` says how.
 */
bool file_is_trusted(const char *path, uid_t also, struct file_breach *breach);

/* The same; false after a complaint. */
bool file_require_trusted(const char *path, uid_t also);

/*
 * Open a trusted regular file for reading: its descriptor, with *st filled in
 * (st may be NULL). -1 after a complaint.
 */
int file_open(const char *path, struct stat *st);

/*
 * All of it, as large as *st says, with a NUL after it; NULL after a complaint.
 * It is closed. Wipe what is read if it has secrets.
 */
char *file_read(int fd, const struct stat *st, const char *path, size_t *len);

/*
 * Up to FILE_HEAD octets from its beginning; none if it cannot be read. For any
 * file, trusted or not.
 */
enum { FILE_HEAD = 1 << 20 };
struct bytes file_head(const char *path);

#endif

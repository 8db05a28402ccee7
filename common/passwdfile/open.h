/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Opening a passwdfile: which file is one at all, and what is to be done about
 * one that is not.
 */
#ifndef CLASSIC_PASSWDFILE_OPEN_H
#define CLASSIC_PASSWDFILE_OPEN_H

#include <sys/stat.h>

#include "base/bytes.h"

#define PASSWDFILE_DEFAULT_DIRECTORY "/etc/sasl2"
#define PASSWDFILE_DEFAULT	     PASSWDFILE_DEFAULT_DIRECTORY "/passwd"

enum {
	PASSWDFILE_WHY = 512,		      /* octets of a reason, with NUL */
	PASSWDFILE_SIZE = 1024 * 1024 * 1024, /* octets of a file, at most */
};

/*
 * Is that a file to be trusted? Regular, of root or of the process's user,
 * nobody else may write to it, and of a size that it can have. If not, `why`
 * is one line for an administrator, with `path` and a remedy.
 */
bool passwdfile_is_sound(
    const char *path, const struct stat *st, char why[PASSWDFILE_WHY]);

/*
 * Open it for reading. The descriptor, closed on exec, and `st`; or -1, with
 * errno, or 0 there for a file that is not sound, and `why`. Symbolic links are
 * followed; no device is waited for.
 */
int passwdfile_open(
    const char *path, struct stat *st, char why[PASSWDFILE_WHY]);

/* The line for what open(2) or stat(2) said of it. */
void passwdfile_say(const char *path, int error, char why[PASSWDFILE_WHY]);

/*
 * The same file, as it was then: no octet of it has changed since `a`. One that
 * has no name any more has a later ctime for that.
 */
bool passwdfile_is_same(const struct stat *a, const struct stat *b);

/*
 * Does somebody have it open for writing? 1, 0, or -1 if one cannot ask: only
 * the file's owner and root can.
 */
int passwdfile_has_writer(int fd);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which files are opened: see open.h.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "passwdfile/open.h"

static bool
say(char why[PASSWDFILE_WHY], const char *path, const char *what)
{
	snprintf(why, PASSWDFILE_WHY, "passwdfile: %.256s %s", path, what);
	return false;
}

bool
passwdfile_is_sound(
    const char *path, const struct stat *st, char why[PASSWDFILE_WHY])
{
	if (!S_ISREG(st->st_mode))
		return say(why, path,
		    "is no regular file: correct the option passwdfile_path");
	if (st->st_uid != 0 && st->st_uid != geteuid()) {
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: %.128s belongs to user %lu: run \"chown root "
		    "%.128s\"",
		    path, (unsigned long)st->st_uid, path);
		return false;
	}
	if (st->st_mode & (S_IWGRP | S_IWOTH)) {
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: %.128s can be written by others: "
		    "run \"chmod go-w %.128s\"",
		    path, path);
		return false;
	}
	if (st->st_size > PASSWDFILE_SIZE)
		return say(why, path,
		    "is larger than 1 GiB, which is no list "
		    "of users: correct passwdfile_path");
	return true;
}

void
passwdfile_say(const char *path, int error, char why[PASSWDFILE_WHY])
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		say(why, path,
		    "does not exist: make it with \"sasl-classic user\" or "
		    "\"saslpasswd2 -c\", or correct the option "
		    "passwdfile_path");
		break;
	case EACCES:
	case EPERM:
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: %.128s cannot be read by user %lu: reload the "
		    "service, or let its group read the file (chgrp, chmod "
		    "640)",
		    path, (unsigned long)geteuid());
		break;
	case ELOOP:
		say(why, path, "is a symbolic link that leads nowhere");
		break;
	default:
		snprintf(why, PASSWDFILE_WHY,
		    "passwdfile: %.128s cannot be opened: %s", path,
		    strerror(error));
		break;
	}
}

int
passwdfile_open(const char *path, struct stat *st, char why[PASSWDFILE_WHY])
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0) {
		passwdfile_say(path, errno, why);
		return -1;
	}
	if (fstat(fd, st) < 0)
		passwdfile_say(path, errno, why);
	else if (passwdfile_is_sound(path, st, why))
		return fd;
	else
		errno = 0;
	close(fd);
	return -1;
}

static bool
is_same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool
passwdfile_is_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
	       a->st_size == b->st_size &&
	       is_same_time(&a->st_mtim, &b->st_mtim) &&
	       (b->st_nlink == 0 || is_same_time(&a->st_ctim, &b->st_ctim));
}

int
passwdfile_has_writer(int fd)
{
	int result;

	/* Who opens it now would signal us; by default this one is ignored. */
	if (fcntl(fd, F_SETSIG, SIGURG) < 0)
		return -1;
	if (fcntl(fd, F_SETLEASE, F_RDLCK) < 0)
		return errno == EAGAIN ? 1 : -1;
	result = fcntl(fd, F_SETLEASE, F_UNLCK);
	return result < 0 ? -1 : 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One file in the place of another: see replace.h.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lib/replace.h"

enum { TRIES = 300, NANOSECONDS = 10000000 };

enum lease { LEASE_GRANTED, LEASE_NONE_HERE, LEASE_BUSY };

/*
 * The kernel grants a read lease while nobody has the file open for writing,
 * and whoever then wants to open it so has to wait until it is given back.
 */
static enum lease
take_lease(int fd)
{
	const struct timespec nap = { 0, NANOSECONDS };
	int tries;

	signal(SIGIO, SIG_IGN); /* somebody waits; we look for that anyway */
	for (tries = 0; tries < TRIES; tries++) {
		if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
			return LEASE_GRANTED;
		if (errno != EAGAIN)
			return LEASE_NONE_HERE;
		nanosleep(&nap, NULL);
	}
	return LEASE_BUSY;
}

/* It was renamed, but who waits for the lease has found it before. */
static bool
is_awaited(int fd, enum lease lease)
{
	return lease == LEASE_GRANTED && fcntl(fd, F_GETLEASE) != F_RDLCK;
}

static enum replace_result
exchange(int fd, enum lease lease, const char *fresh, const char *file,
    const char *spare, const struct copy_mark *mark)
{
	int error;

	if (!copy_is_unchanged(file, mark))
		return REPLACE_WRITTEN;
	/* `spare` keeps the old file until it is known to be of no use. */
	if (link(file, spare) < 0)
		return REPLACE_FAILED;
	if (rename(fresh, file) < 0) {
		error = errno;
		unlink(spare);
		errno = error;
		return REPLACE_FAILED;
	}
	if (!is_awaited(fd, lease) && copy_is_unchanged(spare, mark)) {
		unlink(spare);
		return REPLACE_DONE;
	}
	if (link(file, fresh) < 0 || rename(spare, file) < 0)
		return REPLACE_FAILED;
	return REPLACE_WRITTEN;
}

enum replace_result
replace_file(const char *fresh, const char *file, const char *spare,
    const struct copy_mark *mark)
{
	enum replace_result result = REPLACE_WRITTEN;
	enum lease lease;
	int fd, error;

	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return REPLACE_FAILED;
	lease = take_lease(fd);
	if (lease != LEASE_BUSY)
		result = exchange(fd, lease, fresh, file, spare, mark);
	error = errno;
	close(fd); /* this gives the lease back */
	errno = error;
	return result;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * stop_shim: to be preloaded. In the place of call number STOP_AT, from 1, of
 * those by which a file is written, the process is killed; or, with STOP_ERRNO,
 * that call fails. With STOP_SWAP, the file of that name becomes STOP_FOR
 * before the first fsync(2): somebody else was faster.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Their headers may have them as inline functions, which check their calls. */
int flock(int fd, int how);
int openat(int fd, const char *name, int flags, ...);

static void *
real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* Is it that call? */
static int
stops(void)
{
	static int calls;
	const char *at = getenv("STOP_AT"), *error = getenv("STOP_ERRNO");

	if (at == NULL || ++calls != atoi(at))
		return 0;
	if (error == NULL)
		raise(SIGKILL);
	errno = atoi(error);
	return 1;
}

#define WRAP(type, name, parameters, ...) \
	type name parameters \
	{ \
		type(*function) parameters; \
		void *found = real(#name); \
\
		memcpy(&function, &found, sizeof(function)); \
		return stops() ? -1 : function(__VA_ARGS__); \
	}

WRAP(ssize_t, write, (int fd, const void *data, size_t len), fd, data, len)
WRAP(int, fchmod, (int fd, mode_t mode), fd, mode)
WRAP(int, fchown, (int fd, uid_t uid, gid_t gid), fd, uid, gid)
WRAP(int, flock, (int fd, int how), fd, how)
WRAP(int, unlinkat, (int fd, const char *name, int flags), fd, name, flags)
WRAP(int, renameat, (int from, const char *a, int to, const char *b), from, a,
    to, b)

int
fsync(int fd)
{
	int (*function)(int);
	void *found = real("fsync");
	const char *swap = getenv("STOP_SWAP");
	static int swapped;

	memcpy(&function, &found, sizeof(function));
	if (swap != NULL && !swapped++)
		rename(swap, getenv("STOP_FOR"));
	return stops() ? -1 : function(fd);
}

int
openat(int fd, const char *name, int flags, ...)
{
	int (*function)(int, const char *, int, ...);
	void *found = real("openat");
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	memcpy(&function, &found, sizeof(function));
	return stops() ? -1 : function(fd, name, flags, mode);
}

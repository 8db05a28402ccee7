/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * stop_shim: to be preloaded. In the place of call number STOP_AT, from 1, of
 * those by which a file is written, the process is killed; or, with STOP_ERRNO,
 * that call fails. With STOP_SWAP, the file of that name becomes STOP_FOR
 * before the first fsync(2): somebody else was faster. With STOP_LINK, what has
 * that path becomes a link to itself before opening number STOP_LINK_AT. With
 * STOP_TRACE, that file gets what was flushed, and "rename" in between.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
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

static void
trace(const char *what)
{
	const char *path = getenv("STOP_TRACE");
	FILE *out = path != NULL ? fopen(path, "a") : NULL;

	if (out != NULL) {
		fprintf(out, "%s ", what);
		fclose(out);
	}
}

int
renameat(int from, const char *a, int to, const char *b)
{
	int (*function)(int, const char *, int, const char *);
	void *found = real("renameat");

	memcpy(&function, &found, sizeof(function));
	trace("rename");
	return stops() ? -1 : function(from, a, to, b);
}

static void
make_link(const char *name)
{
	const char *path = getenv("STOP_LINK"), *at = getenv("STOP_LINK_AT");
	char away[4096];
	static int opened;

	if (path == NULL || at == NULL ||
	    strcmp(strrchr(path, '/') + 1, name) != 0 || ++opened != atoi(at))
		return;
	snprintf(away, sizeof(away), "%s.away", path);
	if (rename(path, away) != 0 || symlink(away, path) != 0)
		abort();
}

int
fsync(int fd)
{
	int (*function)(int);
	void *found = real("fsync");
	const char *swap = getenv("STOP_SWAP");
	struct stat st;
	static int swapped;

	trace(
	    fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? "directory" : "file");
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
	make_link(name);
	memcpy(&function, &found, sizeof(function));
	return stops() ? -1 : function(fd, name, flags, mode);
}

/* What a hardened build calls instead, where the flags are no constant. */
int __openat_2(int fd, const char *name, int flags);

int
__openat_2(int fd, const char *name, int flags)
{
	return openat(fd, name, flags, 0);
}

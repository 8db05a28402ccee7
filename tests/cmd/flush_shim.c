/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * flush_shim: to be preloaded. The first flush of a stream that is opened for
 * writing to a regular file fails, as on a full disk, and the others succeed.
 */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static bool has_failed;

static ssize_t
write_but_once(void *fd, const char *data, size_t len)
{
	if (has_failed)
		return write((int)(intptr_t)fd, data, len);
	has_failed = true;
	errno = ENOSPC;
	return 0;
}

static int
close_it(void *fd)
{
	return close((int)(intptr_t)fd);
}

FILE *
fdopen(int fd, const char *mode)
{
	static const cookie_io_functions_t to_file = { .write = write_but_once,
		.close = close_it };
	FILE *(*real)(int, const char *);
	struct stat st;

	*(void **)&real = dlsym(RTLD_NEXT, "fdopen");
	if (*mode == 'w' && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fopencookie((void *)(intptr_t)fd, mode, to_file);
	return real(fd, mode);
}

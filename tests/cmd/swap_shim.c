/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * swap_shim: to be preloaded. Before look number SHIM_AT at SHIM_TO, by stat(2)
 * of either kind or open(2), SHIM_FROM takes its place. If that is 0, SHIM_TO
 * has another time before each.
 */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
look(const char *path)
{
	static int looks;
	int at = atoi(getenv("SHIM_AT"));
	struct timespec times[2] = { { 0, 0 }, { 0, 0 } };

	if (strcmp(path, getenv("SHIM_TO")) != 0)
		return;
	times[0].tv_sec = times[1].tv_sec = ++looks;
	if (at == 0)
		utimensat(AT_FDCWD, path, times, 0);
	else if (looks == at)
		rename(getenv("SHIM_FROM"), path);
}

int
stat(const char *restrict path, struct stat *restrict st)
{
	int (*real)(const char *, struct stat *);
	void *function = dlsym(RTLD_NEXT, "stat");

	memcpy(&real, &function, sizeof(real));
	look(path);
	return real(path, st);
}

int
fstatat(int directory, const char *restrict path, struct stat *restrict st,
    int flags)
{
	int (*real)(int, const char *, struct stat *, int);
	void *function = dlsym(RTLD_NEXT, "fstatat");

	memcpy(&real, &function, sizeof(real));
	look(path);
	return real(directory, path, st, flags);
}

int
open(const char *path, int flags, ...)
{
	int (*real)(const char *, int, mode_t);
	void *function = dlsym(RTLD_NEXT, "open");
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	memcpy(&real, &function, sizeof(real));
	look(path);
	return real(path, flags, mode);
}

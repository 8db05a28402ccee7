/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * appear_shim: to be preloaded. A file that is not there appears at the worst
 * moment: SHIM_FROM becomes SHIM_TO when the first child has been waited for,
 * and the first look at SHIM_TO after that still says that it is missing.
 */
#define _GNU_SOURCE
#include <sys/wait.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

pid_t
waitpid(pid_t pid, int *status, int options)
{
	pid_t (*real)(pid_t, int *, int);
	void *function = dlsym(RTLD_NEXT, "waitpid");
	pid_t result;

	memcpy(&real, &function, sizeof(real));
	result = real(pid, status, options);
	rename(getenv("SHIM_FROM"), getenv("SHIM_TO"));
	return result;
}

int
access(const char *path, int mode)
{
	int (*real)(const char *, int);
	void *function = dlsym(RTLD_NEXT, "access");
	static bool seen;

	memcpy(&real, &function, sizeof(real));
	if (seen || strcmp(path, getenv("SHIM_TO")) != 0)
		return real(path, mode);
	seen = true;
	errno = ENOENT;
	return -1;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * kill_shim: to be preloaded. The process is killed in the place of its write
 * to a database number KILL_AT, from 1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ssize_t
pwrite(int file, const void *data, size_t len, off_t offset)
{
	static int writes;
	ssize_t (*real)(int, const void *, size_t, off_t);
	void *function = dlsym(RTLD_NEXT, "pwrite");
	const char *at = getenv("KILL_AT");

	if (at != NULL && ++writes == atoi(at))
		raise(SIGKILL);
	memcpy(&real, &function, sizeof(real));
	return real(file, data, len, offset);
}

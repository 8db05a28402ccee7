/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * hide_shim: to be preloaded. A file NAME.so is not found by readdir() where
 * there is a NAME.la in SHIM_DIR: so it is to libsasl2 as its authors have it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct dirent *
readdir(DIR *directory)
{
	struct dirent *(*real)(DIR *);
	void *function = dlsym(RTLD_NEXT, "readdir");
	struct dirent *entry;
	char la[4096];
	size_t len;

	memcpy(&real, &function, sizeof(real));
	while ((entry = real(directory)) != NULL) {
		len = strlen(entry->d_name);
		if (len < 3 || strcmp(entry->d_name + len - 3, ".so") != 0)
			break;
		snprintf(la, sizeof(la), "%s/%.*sla", getenv("SHIM_DIR"),
		    (int)len - 2, entry->d_name);
		if (access(la, F_OK) < 0)
			break;
	}
	return entry;
}

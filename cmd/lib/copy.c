/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Whole files: see copy.h.
 */
#include "config.h"

#include <sys/xattr.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "lib/copy.h"
#include "lib/util.h"

enum { BLOCK = 65536, ATTRIBUTES = 4096 };

int
copy_mark(const char *file, struct copy_mark *mark)
{
	return stat(file, &mark->st);
}

bool
copy_is_unchanged(const char *file, const struct copy_mark *mark)
{
	const struct stat *old = &mark->st;
	struct stat st;

	return stat(file, &st) == 0 && st.st_dev == old->st_dev &&
	       st.st_ino == old->st_ino && st.st_size == old->st_size &&
	       st.st_mtim.tv_sec == old->st_mtim.tv_sec &&
	       st.st_mtim.tv_nsec == old->st_mtim.tv_nsec;
}

static int
write_all(int fd, const char *data, size_t len)
{
	ssize_t n;

	for (; len > 0; data += n, len -= (size_t)n) {
		n = write(fd, data, len);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n < 0)
			n = 0;
	}
	return 0;
}

/* The block holds secrets. */
static int
copy_data(int in, int out)
{
	char *block = tool_alloc(BLOCK);
	int result = 0;
	ssize_t n;

	while (result == 0 && (n = read(in, block, BLOCK)) != 0) {
		if (n > 0)
			result = write_all(out, block, (size_t)n);
		else if (errno != EINTR)
			result = -1;
	}
	secret_wipe(block, BLOCK);
	free(block);
	return result;
}

/* File systems without them are no failure. */
static int
copy_attributes(int in, int out)
{
	char names[ATTRIBUTES], value[ATTRIBUTES];
	ssize_t size = flistxattr(in, names, sizeof(names)), n;
	const char *name;

	if (size < 0)
		return errno == ENOTSUP ? 0 : -1;
	for (name = names; name < names + size; name += strlen(name) + 1) {
		n = fgetxattr(in, name, value, sizeof(value));
		if (n < 0 || fsetxattr(out, name, value, (size_t)n, 0) < 0)
			return -1;
	}
	return 0;
}

/* With the data of `in`, or without. */
static int
fill(int in, int out, bool data)
{
	struct stat st;

	if (fstat(in, &st) < 0 || (data && copy_data(in, out) < 0))
		return -1;
	if (fchown(out, st.st_uid, st.st_gid) < 0 ||
	    fchmod(out, st.st_mode & 07777) < 0)
		return -1;
	return copy_attributes(in, out) < 0 ? -1 : fsync(out);
}

static int
make(const char *from, const char *to, bool data)
{
	int in, out, result = -1, error;

	in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return -1;
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out >= 0) {
		result = fill(in, out, data);
		error = errno;
		if (close(out) < 0 && result == 0) {
			result = -1;
			error = errno;
		}
		if (result < 0)
			unlink(to);
		errno = error;
	}
	error = errno;
	close(in);
	errno = error;
	return result;
}

int
copy_file(const char *from, const char *to)
{
	return make(from, to, true);
}

int
copy_empty(const char *from, const char *to)
{
	return make(from, to, false);
}

static int
sync_path(const char *path, int flags)
{
	int fd, result, error;

	fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	if (fd < 0)
		return -1;
	result = fsync(fd);
	error = errno;
	close(fd);
	errno = error;
	return result;
}

static int
sync_directory(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *directory =
	    slash == NULL ? tool_copy(".")
			  : tool_format("%.*s", (int)(slash + 1 - file), file);
	int result;

	result = sync_path(directory, O_DIRECTORY);
	free(directory);
	return result;
}

int
copy_sync(const char *file)
{
	if (sync_path(file, 0) < 0)
		return -1;
	return sync_directory(file);
}

int
copy_rename(const char *from, const char *to)
{
	if (rename(from, to) < 0)
		return -1;
	return sync_directory(to);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where the sasldb is, and whether it is open: see sasldb.h.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/sasldb.h"

enum { FILES = 256 }; /* of a server's open files; its sasldb is an early one */

bool
sasldb_is_asked(const struct host *h)
{
	const char *plugins = host_option(h, "auxprop_plugin");

	if (plugins != NULL)
		return !strcmp(plugins, "sasldb");
	return host_option(h, "sql_select") == NULL &&
	       host_option(h, "ldapdb_uri") == NULL;
}

/* 2.2 takes it from there if sasldb_path is not set. */
static const char *
from_environment(const struct host *h)
{
	if (strcmp(host_layout(h), "2.2") != 0 || getuid() != geteuid() ||
	    getgid() != getegid())
		return NULL;
	return getenv("SASL_DBNAME");
}

/* Which it is by default, Debian's or Fedora's, is not told. */
static const char *
find(const struct host *h)
{
	const char *path = host_option(h, "sasldb_path");

	if (path == NULL)
		path = from_environment(h);
	if (path != NULL)
		return path;
	return access("/etc/sasldb2", F_OK) < 0 && errno == ENOENT
		   ? "/etc/sasl2/sasldb2"
		   : "/etc/sasldb2";
}

bool
sasldb_is_missing(const struct host *h)
{
	return access(find(h), F_OK) < 0 && errno == ENOENT;
}

bool
sasldb_is_read_only(const struct host *h)
{
	return faccessat(AT_FDCWD, find(h), W_OK, AT_EACCESS) < 0 &&
	       errno != ENOENT;
}

int
sasldb_held(const struct host *h)
{
	struct stat file, open;
	int fd;

	if (stat(find(h), &file) < 0)
		return -1;
	for (fd = 0; fd < FILES; fd++)
		if (fstat(fd, &open) == 0 && open.st_ino == file.st_ino &&
		    open.st_dev == file.st_dev)
			return fcntl(fd, F_GETFL) & O_ACCMODE;
	return -1;
}

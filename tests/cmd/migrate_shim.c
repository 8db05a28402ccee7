/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * migrate_shim: to be preloaded. SHIM_TROUBLE says what goes wrong for migrate:
 * "foreign": Berkeley DB does not know what kind of file it is given;
 * "killed": the process is, when it has just replaced the sasldb.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <db.h>

static int (*real_open)(
    DB *, DB_TXN *, const char *, const char *, DBTYPE, u_int32_t, int);

static int
has_trouble(const char *kind)
{
	const char *trouble = getenv("SHIM_TROUBLE");

	return trouble != NULL && strcmp(trouble, kind) == 0;
}

/* The plugin of libsasl2 says which kind it wants. */
static int
open_known(DB *db, DB_TXN *txn, const char *file, const char *database,
    DBTYPE type, u_int32_t flags, int mode)
{
	if (type == DB_UNKNOWN)
		return EINVAL;
	return real_open(db, txn, file, database, type, flags, mode);
}

int
db_create(DB **db, DB_ENV *env, u_int32_t flags)
{
	int (*real)(DB **, DB_ENV *, u_int32_t);
	void *function = dlsym(RTLD_NEXT, "db_create");
	int result;

	memcpy(&real, &function, sizeof(real));
	result = real(db, env, flags);
	if (result == 0 && has_trouble("foreign")) {
		real_open = (*db)->open;
		(*db)->open = open_known;
	}
	return result;
}

int
unlink(const char *path)
{
	static const char end[] = ".migrate-old";
	size_t len = strlen(path);
	int (*real)(const char *);
	void *function = dlsym(RTLD_NEXT, "unlink");

	if (has_trouble("killed") && len >= sizeof(end) &&
	    strcmp(path + len - (sizeof(end) - 1), end) == 0 &&
	    access(path, F_OK) == 0)
		raise(SIGKILL);
	memcpy(&real, &function, sizeof(real));
	return real(path);
}

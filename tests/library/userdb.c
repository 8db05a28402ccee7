/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * userdb.c: the host's own user database of login(1) in this directory.
 */
#include <stdio.h>
#include <string.h>

#include "library/userdb.h"

static int
verdict(const char *known, const char *password, unsigned len)
{
	if (strlen(known) == len && memcmp(known, password, len) == 0)
		return SASL_OK;
	return SASL_BADAUTH;
}

int
userdb_checkpass(sasl_conn_t *conn, void *path, const char *user,
    const char *password, unsigned len, struct propctx *props)
{
	int result = SASL_NOUSER;
	char name[128], known[256];
	FILE *db = fopen(path, "r");

	(void)conn;
	(void)props;
	fprintf(stderr, "userdb asked for %s\n", user);
	if (!db)
		return SASL_UNAVAIL;
	while (fscanf(db, "%127s %255s", name, known) == 2)
		if (strcmp(name, user) == 0)
			result = verdict(known, password, len);
	fclose(db);
	return result;
}

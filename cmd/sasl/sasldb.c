/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The users of a sasldb: see sasldb.h.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lib/util.h"
#include "sasl/sasldb.h"

int
sasldb_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
sasldb_add(struct sasldb_users *users, char *name)
{
	/* Properties of one user often stand together, or in order. */
	if (users->count > 0 && !strcmp(users->names[users->count - 1], name)) {
		free(name);
		return;
	}
	if ((users->count & (users->count - 1)) == 0)
		users->names = tool_grow(users->names,
		    users->count == 0 ? 1 : 2 * users->count,
		    sizeof(users->names[0]));
	users->names[users->count++] = name;
}

void
sasldb_sort(struct sasldb_users *users)
{
	size_t i, kept = 0;

	if (users->count == 0)
		return;
	qsort(users->names, users->count, sizeof(users->names[0]),
	    sasldb_compare);
	for (i = 0; i < users->count; i++)
		if (kept > 0 &&
		    !strcmp(users->names[kept - 1], users->names[i]))
			free(users->names[i]);
		else
			users->names[kept++] = users->names[i];
	users->count = kept;
}

int
sasldb_read(FILE *in, struct sasldb_users *users)
{
	size_t size = 0;
	char *line = NULL, *property;

	while (getline(&line, &size, in) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		property = strstr(line, ": ");
		if (property != NULL)
			*property = '\0';
		if (*line != '\0')
			sasldb_add(users, tool_copy(line));
	}
	free(line);
	if (ferror(in)) {
		tool_complain("the names of users could not be read");
		return -1;
	}
	sasldb_sort(users);
	return 0;
}

void
sasldb_free(struct sasldb_users *users)
{
	size_t i;

	for (i = 0; i < users->count; i++)
		free(users->names[i]);
	free(users->names);
	users->names = NULL;
	users->count = 0;
}

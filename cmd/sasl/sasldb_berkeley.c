/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A sasldb of Berkeley DB, read without libsasl2. A key is user, NUL, realm,
 * NUL, property.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"
#include "sasl/sasldb.h"
#include "sasl/sasldb_reader.h"

/* "user@realm" of a key, or NULL if it is none. */
static char *
name_of(struct bytes key)
{
	const char *user_end = memchr(key.data, '\0', key.len), *realm_end;
	size_t user;

	if (user_end == NULL)
		return NULL;
	user = (size_t)(user_end - key.data);
	realm_end = memchr(user_end + 1, '\0', key.len - user - 1);
	if (realm_end == NULL)
		return NULL;
	return tool_format("%.*s@%s", (int)user, key.data, user_end + 1);
}

bool
sasldb_is_berkeley(const char *file)
{
	struct sasldb_reader r;

	if (sasldb_reader_open(&r, file) != 0)
		return false;
	sasldb_reader_close(&r);
	return true;
}

int
sasldb_list(const char *file, struct sasldb_users *users)
{
	struct sasldb_reader r;
	struct bytes key, value;
	char *name;
	int error;

	error = sasldb_reader_open(&r, file);
	if (error == 0) {
		while (sasldb_reader_next(&r, &key, &value, &error)) {
			name = name_of(key);
			if (name != NULL)
				sasldb_add(users, name);
		}
		sasldb_reader_close(&r);
	}
	if (error != 0) {
		tool_complain("%s cannot be read by Berkeley DB: %s", file,
		    db_strerror(error));
		tool_complain("is it a sasldb of another kind? Then: "
			      "sasldblistusers2 -f FILE | sasl-classic migrate "
			      "-f FILE --users-from-input");
		return -1;
	}
	sasldb_sort(users);
	return 0;
}

/* How many records of `r` are not of `except`; -1 if one is not in `other`. */
static long
count_same(
    struct sasldb_reader *r, DB *other, const struct sasldb_users *except)
{
	struct bytes key, value;
	DBT k, v;
	char *name;
	bool skip;
	long count = 0;
	int error;

	while (sasldb_reader_next(r, &key, &value, &error)) {
		name = name_of(key);
		skip = name != NULL && except->count > 0 &&
		       bsearch(&name, except->names, except->count,
			   sizeof(name), sasldb_compare) != NULL;
		free(name);
		if (skip)
			continue;
		k = sasldb_reader_dbt(key);
		memset(&v, 0, sizeof(v));
		if (other->get(other, NULL, &k, &v, 0) != 0 ||
		    !bytes_equal(value, bytes_of(v.data, v.size)))
			return -1;
		count++;
	}
	return error == 0 ? count : -1;
}

bool
sasldb_same_but(
    const char *one, const char *other, const struct sasldb_users *except)
{
	struct sasldb_reader a, b;
	long count = -1;

	if (sasldb_reader_open(&a, one) != 0)
		return false;
	if (sasldb_reader_open(&b, other) == 0) {
		count = count_same(&a, b.db, except);
		if (count != count_same(&b, a.db, except))
			count = -1;
		sasldb_reader_close(&b);
	}
	sasldb_reader_close(&a);
	return count >= 0;
}

static int
no_fsync(int fd)
{
	(void)fd;
	return 0;
}

/* The plugin of libsasl2 uses the same library. */
void
sasldb_wait_for_disk(bool wait)
{
	(void)db_env_set_func_fsync(wait ? fsync : no_fsync);
}

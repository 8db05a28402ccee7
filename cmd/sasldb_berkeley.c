/*
 * A sasldb of Berkeley DB, read without libsasl2. A key is user, NUL, realm,
 * NUL, property.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>
#ifdef HAVE_LIBDB
#include <sys/types.h>
#include <db.h>
#endif

#include "bytes.h"
#include "sasldb.h"
#include "tool.h"

#ifdef HAVE_LIBDB

struct reader {
	DB *db;
	DBC *cursor;
};

/* 0, or what db_strerror() knows. */
static int
open_reader(struct reader *r, const char *file)
{
	int error;

	r->cursor = NULL;
	error = db_create(&r->db, NULL, 0);
	if (error != 0)
		return error;
	r->db->set_errfile(r->db, NULL);
	error = r->db->open(r->db, NULL, file, NULL, DB_UNKNOWN, DB_RDONLY, 0);
	if (error == 0)
		error = r->db->cursor(r->db, NULL, &r->cursor, 0);
	if (error != 0)
		r->db->close(r->db, 0);
	return error;
}

static void
close_reader(struct reader *r)
{
	r->cursor->c_close(r->cursor);
	r->db->close(r->db, 0);
}

/* The next record; false at the end, and *error is then 0 or what went wrong. */
static bool
next(struct reader *r, struct bytes *key, struct bytes *value, int *error)
{
	DBT k = { 0 }, v = { 0 };

	*error = r->cursor->c_get(r->cursor, &k, &v, DB_NEXT);
	if (*error == DB_NOTFOUND) {
		*error = 0;
		return false;
	}
	*key = bytes_of(k.data, k.size);
	*value = bytes_of(v.data, v.size);
	return *error == 0;
}

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

int
sasldb_list(const char *file, struct sasldb_users *users)
{
	struct bytes key, value;
	struct reader r;
	char *name;
	int error;

	error = open_reader(&r, file);
	if (error == 0) {
		while (next(&r, &key, &value, &error)) {
			name = name_of(key);
			if (name != NULL)
				sasldb_add(users, name);
		}
		close_reader(&r);
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
count_same(struct reader *r, DB *other, const struct sasldb_users *except)
{
	struct bytes key, value;
	DBT k, v;
	char *name;
	bool skip;
	long count = 0;
	int error;

	while (next(r, &key, &value, &error)) {
		name = name_of(key);
		skip = name != NULL && except->count > 0 &&
		       bsearch(&name, except->names, except->count,
			   sizeof(name), sasldb_compare) != NULL;
		free(name);
		if (skip)
			continue;
		memset(&k, 0, sizeof(k));
		memset(&v, 0, sizeof(v));
		k.data = (void *)key.data;
		k.size = (u_int32_t)key.len;
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
	struct reader a, b;
	long count = -1;

	if (open_reader(&a, one) != 0)
		return false;
	if (open_reader(&b, other) == 0) {
		count = count_same(&a, b.db, except);
		if (count != count_same(&b, a.db, except))
			count = -1;
		close_reader(&b);
	}
	close_reader(&a);
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

#else

void
sasldb_wait_for_disk(bool wait)
{
	(void)wait;
}

int
sasldb_list(const char *file, struct sasldb_users *users)
{
	(void)users;
	tool_complain("this build cannot list the users of %s by itself: "
		      "sasldblistusers2 -f FILE | sasl-classic migrate "
		      "-f FILE --users-from-input",
	    file);
	return -1;
}

bool
sasldb_same_but(
    const char *one, const char *other, const struct sasldb_users *except)
{
	(void)one;
	(void)other;
	(void)except;
	return true;
}

#endif

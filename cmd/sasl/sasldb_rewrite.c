/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A sasldb written anew, so that nothing is in it but its records.
 */
#include "config.h"

#include <stdlib.h>

#include "sasl/sasldb.h"
#include "sasl/sasldb_reader.h"

/*
 * Berkeley DB writes the unused parts of its pages as they came from malloc(3),
 * and that gives out again what a page of the old file was in, or a password.
 */
static void *
zeroed(size_t size)
{
	return calloc(1, size);
}

/* The empty file becomes a database like `old`. */
static int
make_like(DB *new, DB *old, const char *file)
{
	u_int32_t page_size;
	DBTYPE type;
	int order, error;

	error = old->get_type(old, &type);
	if (error == 0)
		error = old->get_pagesize(old, &page_size);
	if (error == 0)
		error = old->get_lorder(old, &order);
	if (error == 0)
		error = new->set_pagesize(new, page_size);
	if (error == 0)
		error = new->set_lorder(new, order);
	if (error == 0)
		error = new->open(new, NULL, file, NULL, type, DB_CREATE, 0);
	return error;
}

static int
copy_records(struct sasldb_reader *old, DB *new)
{
	struct bytes key, value;
	int error, failure = 0;
	DBT k, v;

	while (failure == 0 && sasldb_reader_next(old, &key, &value, &error)) {
		k = sasldb_reader_dbt(key);
		v = sasldb_reader_dbt(value);
		failure = new->put(new, NULL, &k, &v, DB_NOOVERWRITE);
	}
	return failure != 0 ? failure : error;
}

static int
rewrite(struct sasldb_reader *old, const char *file)
{
	int error, closed;
	DB *new;

	error = db_create(&new, NULL, 0);
	if (error != 0)
		return error;
	new->set_errfile(new, NULL);
	error = make_like(new, old->db, file);
	if (error == 0)
		error = copy_records(old, new);
	closed = new->close(new, 0);
	return error != 0 ? error : closed;
}

const char *
sasldb_rewrite(const char *from, const char *to)
{
	struct sasldb_reader old;
	int error;

	(void)db_env_set_func_malloc(zeroed);
	error = sasldb_reader_open(&old, from);
	if (error == 0) {
		error = rewrite(&old, to);
		sasldb_reader_close(&old);
	}
	(void)db_env_set_func_malloc(malloc);
	return error == 0 ? NULL : db_strerror(error);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Records of a file: see sasldb_reader.h.
 */
#include "config.h"

#include <string.h>

#include "sasl/sasldb_reader.h"

int
sasldb_reader_open(struct sasldb_reader *r, const char *file)
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

void
sasldb_reader_close(struct sasldb_reader *r)
{
	r->cursor->c_close(r->cursor);
	r->db->close(r->db, 0);
}

bool
sasldb_reader_next(
    struct sasldb_reader *r, struct bytes *key, struct bytes *value, int *error)
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

DBT
sasldb_reader_dbt(struct bytes octets)
{
	DBT dbt;

	memset(&dbt, 0, sizeof(dbt));
	dbt.data = (void *)octets.data;
	dbt.size = (u_int32_t)octets.len;
	return dbt;
}

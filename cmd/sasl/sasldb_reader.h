/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Record by record through a file of Berkeley DB, for sasldb.h.
 */
#ifndef CLASSIC_SASLDB_READER_H
#define CLASSIC_SASLDB_READER_H

#include <sys/types.h>
#include <stdbool.h>

#include <db.h>

#include "base/bytes.h"

struct sasldb_reader {
	DB *db;
	DBC *cursor;
};

/* 0, or what db_strerror() knows, and then there is nothing to close. */
int sasldb_reader_open(struct sasldb_reader *r, const char *file);
void sasldb_reader_close(struct sasldb_reader *r);

/*
 * The next record, valid until the one after it is asked for; false at the end,
 * and *error is then 0 or what went wrong.
 */
bool sasldb_reader_next(struct sasldb_reader *r, struct bytes *key,
    struct bytes *value, int *error);

/* As Berkeley DB wants octets, which it does not change. */
DBT sasldb_reader_dbt(struct bytes octets);

#endif

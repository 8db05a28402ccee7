/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * userdb.h: the user database of a host that registers
 * SASL_CB_SERVER_USERDB_CHECKPASS: a file of lines "user password".
 */
#ifndef USERDB_H
#define USERDB_H

#include <sasl/sasl.h>

/*
 * The callback; its context is the path of the file. SASL_OK, SASL_BADAUTH,
 * SASL_NOUSER, and SASL_UNAVAIL when the file cannot be opened.
 * Whom it was asked for goes to standard error.
 */
int userdb_checkpass(sasl_conn_t *conn, void *path, const char *user,
    const char *password, unsigned len, struct propctx *props);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What libsasl2 does with a name on the fake host: trim it, put the realm
 * behind it, fetch the properties that were asked for; and its judgement of a
 * password.
 */
#ifndef CLASSIC_FAKE_CANON_H
#define CLASSIC_FAKE_CANON_H

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

/* sasl_server_params_t.canon_user: trims, adds the realm, looks up. */
int fake_canon_server(sasl_conn_t *conn, const char *name, unsigned len,
    unsigned flags, sasl_out_params_t *out);

/* sasl_client_params_t.canon_user: trims. */
int fake_canon_client(sasl_conn_t *conn, const char *name, unsigned len,
    unsigned flags, sasl_out_params_t *out);

/*
 * utils->checkpass: says what the setup wants. Like libsasl2 it ends the
 * password at a NUL, drops all fetched values without wiping them, overwrites
 * both identities, and leaves what it has fetched for them itself.
 */
int fake_checkpass(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned password_len);

#endif

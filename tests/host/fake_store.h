/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The fake host's user store, and what an auxprop plugin does with one. What
 * libsasl2 does with a name: trim it, put the realm behind it, fetch the
 * properties that were asked for; and its check of a password.
 */
#ifndef CLASSIC_FAKE_STORE_H
#define CLASSIC_FAKE_STORE_H

#include <stdbool.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

struct fake_host;

/* Fill the store with the setup's rows, or empty it. */
void fake_store_open(struct fake_host *h);
void fake_store_close(struct fake_host *h);

/* The first value of a user's property, or NULL. */
const char *fake_store_value(
    const struct fake_host *h, const char *user, const char *property);

/*
 * Fetch the requested properties of a canonical name: those with '*', or those
 * without it for an authzid. SASL_OK or SASL_NOUSER, or what the setup wants.
 */
int fake_look_up(struct fake_host *h, const char *user, bool authzid);

/* Functions of the utils and of the parameters. */
int fake_auxprop_store(
    sasl_conn_t *conn, struct propctx *ctx, const char *user);
int fake_transition(
    sasl_conn_t *conn, const char *password, unsigned password_len);
int fake_prop_request_counted(struct propctx *ctx, const char **names);
void fake_prop_erase_counted(struct propctx *ctx, const char *name);

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

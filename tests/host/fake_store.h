/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The fake host's user store, and what an auxprop plugin does with one.
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

#endif

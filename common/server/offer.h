/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What libsasl2 asks a mechanism for besides a login: whether it is to be
 * offered, and to store a new password.
 */
#ifndef CLASSIC_OFFER_H
#define CLASSIC_OFFER_H

#include "server/engine.h"

/* For the plugin's record; `glob_context` is its struct server_plugin. */
int server_available(
    void *glob_context, sasl_server_params_t *params, void **context);
int server_setpass(void *glob_context, sasl_server_params_t *params,
    const char *user, const char *password, unsigned password_len,
    const char *old_password, unsigned old_password_len, unsigned flags);
void server_release(void *glob_context, const struct sasl_utils *utils);

/* A mechanism that has `withheld` adds .mech_avail = server_available. */
#define SERVER_ENGINE \
	.mech_new = server_new, .mech_step = server_step, \
	.mech_dispose = server_dispose, .mech_free = server_release, \
	.setpass = server_setpass

/*
 * The body of sasl_server_plug_init(): a copy of the record, which libsasl2
 * reads only and gives back by mech_free, or none if it is banned. A line in
 * the log says why it will not be offered, and option_check() which options
 * make no sense. SASL_OK, SASL_BADPARAM, SASL_NOMEM, or SASL_BADVERS for a
 * library that is too old or has an unknown layout.
 */
int server_export(const sasl_server_plug_t *plug,
    const struct server_mechanism *mechanism, const struct sasl_utils *utils,
    int max_version, int *out_version, sasl_server_plug_t **list, int *count);

#endif

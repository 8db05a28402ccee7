/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The plugin's own functions as the way in: a small host that hands a
 * plugin what libsasl2 would, but answers at once. Its sasl_utils_t is a
 * copy of the real library's, got through a plugin of its own that
 * libsasl2 initialises; what would run library code on the plugin's behalf
 * (options, properties, canonicalisation, checkpass) is replaced by the
 * least that serves.
 *
 * One thing stays the library's: its random numbers, with a fresh state for
 * each connection, because that is what libsasl2 gives a plugin.
 */
#ifndef BENCH_ABI_H
#define BENCH_ABI_H

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "batch.h"

extern const struct exchange abi_server;
extern const struct exchange abi_client;

/* One connection as the plugin sees it. */
struct abi_session {
	sasl_utils_t utils;
	sasl_out_params_t out;
	sasl_server_params_t server;
	sasl_client_params_t client;
	char name[USER_SIZE]; /* canonicalised */
	void *context;	      /* the plugin's */
};

/* Gets the utils of the library, of which any side is initialised. */
void abi_capture(const struct scenario *);

/* What a plugin is given at its start; any session's utils are like it. */
const sasl_utils_t *abi_utils(void);

/* The function of that name in the file of the scenario's mechanism. */
typedef void (*abi_function)(void);
abi_function abi_symbol(const struct scenario *, const char *name);

/* Makes and undoes a session with everything but the plugin's context. */
void abi_prepare(struct session *);
void abi_release(struct session *);

#endif

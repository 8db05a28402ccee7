/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The public functions of libsasl2 as the way in: a host that starts the
 * library with the options of a scenario, and the exchange of each side.
 */
#ifndef BENCH_API_H
#define BENCH_API_H

#include <sasl/sasl.h>

#include "batch.h"

extern const struct exchange api_server;
extern const struct exchange api_client;

/* Starts the server side of the library, for this scenario's store. */
void api_start_server(const struct scenario *);

/* Starts the client side. */
void api_start_client(void);

/* The client of this library answers what a server has said. */
void api_answer(struct session *);

enum { API_CALLBACKS = 3 };

/* A client's callbacks for user; both must outlive the connection. */
void api_client_callbacks(sasl_callback_t callbacks[API_CALLBACKS], char *user);

#endif

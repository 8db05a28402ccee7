/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who logs in, with which words: the users, their password, and the lines
 * that go over the wire. The client's side is the example of RFC 2195.
 */
#ifndef BENCH_LOGIN_H
#define BENCH_LOGIN_H

#include <stdbool.h>

#include <sasl/sasl.h>

#include "batch.h"

#define LOGIN_SERVICE  "smtp"
#define LOGIN_HOST     "bench.example"
#define LOGIN_CLIENT   "tim"
#define LOGIN_PASSWORD "tanstaaftanstaaf"

/* Fills the session for login number serial: the user and the messages. */
void login_session(
    struct session *, const struct scenario *, unsigned long serial);

/* The name of user number n. The buffer has USER_SIZE bytes. */
void login_user(char *user, unsigned long n);

/* Is it a name that login_user makes? Such users exist in every store. */
bool login_known(const char *user, unsigned len);

/* Ends the process unless a client said what this login needs. */
void login_check_client(struct session *);

/* Takes the bytes for message number i of the session. */
void login_message(
    struct session *, unsigned i, const char *bytes, unsigned len);

/* A client's callbacks, for a sasl_callback_t with user as its context. */
int login_name(void *user, int id, const char **result, unsigned *len);
int login_secret(sasl_conn_t *, void *user, int id, sasl_secret_t **);

#endif

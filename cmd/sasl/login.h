/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A login, client and server of libsasl2 in this process.
 */
#ifndef CLASSIC_EXCHANGE_H
#define CLASSIC_EXCHANGE_H

#include "base/bytes.h"

enum login_side { LOGIN_SERVER, LOGIN_CLIENT };

/* One message. The first of the client may be absent: data is NULL. */
struct login_message {
	enum login_side from;
	int number; /* of this side, from 0 */
	struct bytes data;
};

struct login {
	const char *service, *fqdn,
	    *realm; /* NULL: what libsasl2 makes of it */
	const char *mechanism, *user;
	struct bytes password;

	/* Told every message, and every line that either side logs; or NULL. */
	void (*message)(void *context, const struct login_message *m);
	void (*log)(
	    void *context, enum login_side side, int level, const char *text);
	void *context;
};

struct login_outcome {
	int code;	      /* SASL_OK if the server has accepted */
	enum login_side side; /* whose code it is */
	char *user;	      /* whom the server sees, or NULL */
	char *detail;	      /* what that side said of a failure, or NULL */
};

/* The library has been started. Release the outcome's texts with free(). */
void login_run(const struct login *e, struct login_outcome *outcome);

/*
 * What the server would offer, blanks between; e->mechanism, user and password
 * do not matter. Release it with free(). NULL if it offers nothing.
 */
char *login_offer(const struct login *e);

/* "SASL_BADAUTH" and the like. Not for other threads. */
const char *login_code(int code);

#endif

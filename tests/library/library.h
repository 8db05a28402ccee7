/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The real libsasl2 with our plugins: its start, and a client and a server in
 * one process. The store is that of library_store.h. Any number of threads may
 * log in at once.
 */
#ifndef CLASSIC_LIBRARY_H
#define CLASSIC_LIBRARY_H

#include <stdbool.h>

#include <sasl/sasl.h>

#include "support/plugin_file.h"
#include "library/library_store.h"

#define LIBRARY_HOST "host.test"

struct library_option {
	const char *name, *value; /* a NULL name ends a list */
};

/*
 * Start both sides with the plugins of `set`, and end them. `options` are
 * looked at each time that one is asked for; the store is always the one. What
 * the store holds stays. Copies of the plugins stay until the process ends.
 */
void library_open(unsigned set, const struct library_option *options);
void library_close(void);

/* All plugins, cheap hashes, and the users of library_store_usual. */
void library_open_usual(void);

/* That were logged, by the library and by plugins, at its usual level. */
extern _Atomic unsigned library_lines;

/* What saslpasswd2 does, by one of these. */
enum {
	ONE_WAY = SASL_SET_CREATE | SASL_SET_NOPLAIN,
	PLAINTEXT = SASL_SET_CREATE,
	DELETE = SASL_SET_DISABLE, /* without a password */
};
int library_setpass(const char *user, const char *password, unsigned flags);

/* By "PLAIN", "LOGIN" or "CRAM-MD5": the server's code, or the client's. */
int library_login(
    const char *mechanism, const char *user, const char *password);

/* As the plugins of a set are named: see plugin_set_names. */
extern const char *const library_mechanisms[SET_COUNT];

/* Each mechanism of `set` gives that code. */
void library_expect(
    unsigned set, const char *user, const char *password, int code);

/* Right and wrong logins with those of library_store_usual. */
enum { LIBRARY_ATTEMPTS = 5 };
extern const struct library_attempt {
	const char *user, *password;
	int code;
} library_attempts[LIBRARY_ATTEMPTS];

/*
 * The two sides of a login. Set what is wanted, then open; the struct stays
 * where it is until it is closed.
 */
struct pair {
	const char *user, *password;
	const char *authzid;		    /* or NULL */
	const char *service, *realm, *peer; /* of the server, or NULL */
	unsigned stop_after;		    /* messages; 0: never */
	bool client_failed;		    /* it was the client that gave up */
	sasl_conn_t *server, *client;
	sasl_callback_t callbacks[4]; /* the client's */
	sasl_secret_t *secret;
};

/* SASL_OK, or what the library said. */
int pair_open(struct pair *p);

/* The client goes, and then all; an application wipes what it lent. */
void pair_close_client(struct pair *p);
void pair_close(struct pair *p);

/*
 * One exchange: what the server said in the end, or the client if it gave up,
 * or SASL_CONTINUE if it was stopped.
 */
int pair_talk(struct pair *p, const char *mechanism);

#endif

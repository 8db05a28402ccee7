/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A client and a server of the real libsasl2 in one process, with our plugins
 * and a user store in memory. Any number of threads may log in at once.
 */
#ifndef CLASSIC_PAIR_H
#define CLASSIC_PAIR_H

#include <sasl/sasl.h>

#define PAIR_HOST "mail.example.org"

/* The mechanisms; ends with NULL. */
extern const char *const pair_mechanisms[];

/*
 * A user of the store, with a password in plaintext or with one-way secrets of
 * the same; and somebody who is not there.
 */
#define PAIR_PLAIN    "alice"
#define PAIR_HASHED   "bob"
#define PAIR_STRANGER "mallory"
#define PAIR_PASSWORD "wonderland"

/* Right and wrong logins, and what the server says to them. */
enum { PAIR_ATTEMPTS = 5 };
extern const struct pair_attempt {
	const char *user, *password;
	int code;
} pair_attempts[PAIR_ATTEMPTS];

/* Start both sides of the library, and end them. Fails the test if they do. */
void pair_start(void);
void pair_stop(void);

/*
 * Both sides, and what the client's application knows. Set user and password,
 * then open; the struct stays where it is until it is closed.
 */
struct pair {
	const char *user, *password;
	unsigned stop_after; /* messages; 0: never */
	sasl_conn_t *server, *client;
	sasl_callback_t callbacks[3]; /* the client's */
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

/* All of the above for one login. */
int pair_login(const char *mechanism, const char *user, const char *password);

#endif

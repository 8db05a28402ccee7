/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins by the batch: some sessions are brought through their exchange
 * side by side, phase after phase, and only the phases in which the code
 * under test works are timed. What the peer does (working out the answer
 * to a challenge) and the proof of success stay outside of the clock.
 */
#ifndef BENCH_BATCH_H
#define BENCH_BATCH_H

#include "scenario.h"
#include "stopwatch.h"

enum { BATCH_SIZE = 32, MESSAGE_SIZE = 256, USER_SIZE = 32 };

struct message {
	char text[MESSAGE_SIZE];
	unsigned len;
};

struct exchange;

struct session {
	const struct exchange *exchange;
	const struct mech *mech;
	char user[USER_SIZE];		       /* who is to log in */
	struct message message[MECH_MESSAGES]; /* to the side under test */
	const char *said;		       /* by it, the last time */
	unsigned said_len;
	void *peer; /* the exchange's own */
};

typedef void session_step(struct session *);

/*
 * One side of the mechanisms through one door. A step that goes wrong ends
 * the process. Steps may be NULL. The timed ones are marked with a T.
 */
struct exchange {
	void (*load)(const struct scenario *); /* once a process */
	session_step *prepare; /* what a host has ready before a login */
	session_step *open;    /* T a new connection */
	session_step *begin;   /* T up to the server's challenge, if any */
	session_step *answer;  /* the other side's work on it, if any */
	void (*take)(struct session *, const struct message *,
	    bool last);	       /* T one message after the beginning */
	session_step *check;   /* it is the result that it should be */
	session_step *close;   /* T the end of the connection */
	session_step *release; /* the undoing of prepare */
};

struct batch {
	const struct exchange *exchange;
	const struct scenario *scenario;
	unsigned long serial; /* of the next login, chooses the user */
	unsigned size;	      /* BATCH_SIZE; 1 where a login may be long */
	struct session session[BATCH_SIZE];
};

/*
 * A whole batch of connections is freed at once, which no server does:
 * without this, malloc would give memory back and fetch it again each time.
 */
void batch_keep_memory(void);

/*
 * The other side's work on a challenge: brings a client through the exchange
 * and leaves its answer in the server's session as message 0.
 */
void batch_answer(struct session *server, const struct exchange *client);

void batch_init(
    struct batch *, const struct exchange *, const struct scenario *);

/* One batch from prepare to release; what it took is added to *watch. */
void batch_run(struct batch *, struct stopwatch *watch);

/* The same with no clock: to be warm afterwards. */
void batch_warm(struct batch *);

/*
 * The same, but for a call of amid after begin: what is held at that
 * moment is what a session costs while the server waits for its client.
 */
void batch_watch(struct batch *, void (*amid)(void));

/* What the clock itself adds to *watch in a batch_run. */
struct stopwatch batch_overhead(const struct batch *);

/* Nanoseconds of CPU time for a login: the quietest of several trials. */
double batch_time(struct batch *);

#endif

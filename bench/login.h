/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The login that a process measures: the words of its command line say which.
 * A side of a mechanism is run through libsasl2 or by the functions of its
 * plugin. What is not as it should be ends the process.
 */
#ifndef BENCH_LOGIN_H
#define BENCH_LOGIN_H

#include <stdbool.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#define LOGIN_SERVICE  "smtp"
#define LOGIN_HOST     "bench.example"
#define LOGIN_PASSWORD "tanstaaftanstaaf"

enum { MESSAGE_SIZE = 256, USER_SIZE = 32, STEPS_MAX = 3 };

/* How a mechanism's login goes, as far as a bystander must know. */
struct mech {
	const char *name;
	const char *file;  /* the plugin's */
	bool client_first; /* the first message goes with the start */
	bool challenged;   /* the answer depends on the server's words */
	unsigned steps;	   /* of either side, the start among them */
	const char *server[STEPS_MAX]; /* what a client is told */
	const char *client;	       /* its last words then */
	unsigned client_len;
};

/* A message of no octets is none. */
struct message {
	char text[MESSAGE_SIZE];
	unsigned len;
};

struct session {
	char user[USER_SIZE];
	struct message in[STEPS_MAX]; /* to the side under test, by the step */
	const char *said;	      /* by its last step */
	unsigned said_len;
	void *own;		      /* what the side keeps */
	sasl_callback_t callbacks[3]; /* of a client */
};

/* A side of a mechanism. prepare, release: what a host does anyway, or NULL. */
struct side {
	void (*load)(void); /* once a process */
	void (*prepare)(struct session *);
	int (*step)(struct session *, unsigned n); /* 0 opens a connection */
	void (*check)(struct session *); /* the right user logged in */
	void (*close)(struct session *);
	void (*release)(struct session *);
};

extern const struct side library_server, library_client; /* library.c */
extern const struct side plugin_server, plugin_client;	 /* plugin.c */

/* The words, and their mechanism. An unknown one ends the process. */
extern const struct mech *mech;
void words_read(char *words[]);

/* Is the word there? What stands after "name=", or NULL or the fallback? */
bool word(const char *);
const char *word_value(const char *name);
unsigned long word_number(const char *name, unsigned long fallback);

/* Fills the session for login number serial: the user and the messages. */
void session_fill(struct session *, unsigned long serial);

/* CRAM-MD5's server has said its challenge: the answer is in[1]. */
void session_answer(struct session *);

/* The check of both clients: the last words were the right ones. */
void session_check_client(struct session *);

/* Is it a name that the stores know? */
bool user_known(const char *user, unsigned len);

/* What libsasl2 hands to plugins. Either half of it has been started before. */
const sasl_utils_t *library_utils(void);

/* Starts the server's half of the library, with the options of the words. */
void library_start(void);

/* A client's callbacks; their context is the user's name. */
int client_name(void *user, int id, const char **result, unsigned *len);
int client_password(sasl_conn_t *, void *user, int id, sasl_secret_t **);

/* Ends the process unless the call returned what the login needs. */
void need(const char *call, int result, int wanted);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A host that is not libsasl2: it calls a plugin through the public ABI, in
 * either of the two layouts of sasl_utils_t, and sees everything that the
 * plugin does. What no host can tolerate fails the running test by itself:
 * lost or unwiped memory (fake_alloc.h), a call of a function that is not the
 * same in both layouts, a log line without the connection or with a secret in
 * it, a context that is not ours. The rest is recorded here for the test.
 */
#ifndef CLASSIC_FAKE_HOST_H
#define CLASSIC_FAKE_HOST_H

#include <stdbool.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "host/fake_host.h"
#include "host/fake_utils.h"

/* A line of the user store; several lines make several values. */
struct fake_row {
	const char *user;
	const char *property; /* without '*'; NULL: just a user */
	const char *value;    /* NULL: the property is there, without values */
	size_t len;	      /* octets of the value; 0: it is a string */
};

struct fake_option {
	const char *name, *value;
};

/* Lists of these, for the setup. */
#define FAKE_ROWS(...) \
	(const struct fake_row[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL, NULL, 0 \
		} \
	}
#define FAKE_OPTIONS(...) \
	(const struct fake_option[]) \
	{ \
		__VA_ARGS__, \
		{ \
			NULL, NULL \
		} \
	}

/* How the application of a client answers when it is asked for something. */
enum fake_way {
	BY_CALLBACK,	/* the callback gives it */
	BY_PROMPT,	/* the callback is a NULL pointer: ask by a prompt */
	BY_PROMPT_BARE, /* the same, and the length of the answer is not set */
	BY_CALLBACK_PROMPT, /* the callback itself says SASL_INTERACT */
	BY_REFUSING,	    /* the callback fails with SASL_FAIL */
	BY_NOTHING,	    /* the callback says SASL_OK and gives NULL */
};

struct fake_answer {
	unsigned long id; /* SASL_CB_...; 0 ends the list */
	const char *text; /* NULL: a prompt is left as it is */
	enum fake_way way;
	size_t len; /* octets of the text; 0: it is a string */
};

/*
 * What a test wants otherwise than usual. All zeros is the usual: alice with
 * the password wonderland on both sides, no options, no trouble.
 */
struct fake_setup {
	const struct fake_row *rows;
	const struct fake_option *options;
	const struct fake_answer *answers;
	bool no_prompts;    /* the application takes none, as Postfix */
	bool leave_prompts; /* it never fills them in */
	const char *fqdn;   /* mail.example.org; "" for none */
	const char *realm;  /* of the users; none */
	const char *remote; /* address;port of the peer; none */

	unsigned canon_call; /* this call of canon_user() fails, from 1 */
	int canon_code;	     /* with this code */
	int lookup_code;     /* or else every lookup does */
	int proxy_code;	     /* of SASL_CB_PROXY_POLICY; 0: there is none */

	/*
	 * sasl_checkpass(): this code, or else takes this password from any
	 * user, or else compares with the store as libsasl2 does.
	 */
	int checkpass_code;
	const char *checkpass_password;
	bool userdb_checkpass; /* SASL_CB_SERVER_USERDB_CHECKPASS is there */

	bool transition;	 /* auto_transition is on */
	bool store_read_only;	 /* auxprop_store() fails */
	sasl_ssf_t min_ssf;	 /* what the application asks for */
	sasl_ssf_t external_ssf; /* what lies below, as TLS */
};

enum {
	FAKE_MAX_ROWS = 24,
	FAKE_MAX_LOG = 24,
	FAKE_LINE = 2048,
	FAKE_CANON = 1024, /* octets of a canonical name, as in libsasl2 */
	FAKE_MAX_LENT = 16,
	FAKE_MAGIC = 0x0f0e1d2c,
};

struct fake_log {
	int level;
	char text[FAKE_LINE];
};

struct fake_host {
	unsigned magic;
	const struct fake_layout *layout;
	const struct fake_setup *setup;
	struct fake_utils global; /* what plug_init and mech_free get */
	struct fake_utils conn;	  /* what everything else gets */
	sasl_server_params_t server;
	sasl_client_params_t client;
	sasl_out_params_t out; /* of the connection, over several attempts */
	char authid[FAKE_CANON + 1], user[FAKE_CANON + 1];

	struct fake_row rows[FAKE_MAX_ROWS]; /* the store, strings are ours */
	unsigned row_count;

	/* What was seen. */
	struct fake_log log[FAKE_MAX_LOG];
	unsigned log_count;
	char error[FAKE_LINE]; /* the last one */
	unsigned error_count;
	unsigned canon_count;	/* calls of canon_user() */
	unsigned canon_flags;	/* of the last one */
	unsigned fetch_count;	/* properties looked up, found or not */
	unsigned request_count; /* calls of prop_request() */
	unsigned checkpass_count;
	size_t checkpass_user_len, checkpass_password_len;
	unsigned erase_count; /* calls of prop_erase() */
	unsigned transition_count;
	unsigned store_count;
	unsigned mutex_count; /* alive */
	unsigned prompt_count;

	unsigned props_before; /* contexts lost by earlier tests */

	/* What the application lent to the plugin, and by which way. */
	struct {
		enum fake_loan { LENT_NAME, LENT_SECRET, LENT_ANSWER } loan;
		void *memory;
		size_t len;
		bool guarded;
	} lent[FAKE_MAX_LENT];
	unsigned lent_count;
};

/* An application's callback, by its address alone. */
#define FAKE_CALLBACK(f) ((int (*)(void))(void (*)(void))(f))

/* The host that plugins see when they have no connection. */
extern struct fake_host *fake_current;

/*
 * Start from zero: empty heap, store filled, utils without a connection. Every
 * password of the setup becomes a secret that must not stay in freed memory.
 * NULL stands for the usual setup.
 */
void fake_open(struct fake_host *h, const struct fake_layout *layout,
    const struct fake_setup *setup);

/* Make the connection: its utils, and the parameters of both sides. */
void fake_connect(struct fake_host *h);

/* All is over: fails the test if anything is left. */
void fake_close(struct fake_host *h);

/* Is a line logged that has `text` in it, or is one at `level`? */
const struct fake_log *fake_log_find(
    const struct fake_host *h, const char *text);
unsigned fake_log_at(const struct fake_host *h, int level);

/* The host behind a connection; a wrong one fails the test. */
struct fake_host *fake_of(sasl_conn_t *conn);

/* Functions of the utils, for fake_utils.c. */
int fake_getopt(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len);
int fake_getcallback(sasl_conn_t *conn, unsigned long id,
    int (**function)(void), void **context);
void fake_log(sasl_conn_t *conn, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void fake_seterror(sasl_conn_t *conn, unsigned flags, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int fake_getprop(sasl_conn_t *conn, int number, const void **value);
int fake_setprop(sasl_conn_t *conn, int number, const void *value);
void *fake_mutex_alloc(void);
int fake_mutex_lock(void *mutex);
void fake_mutex_free(void *mutex);

/* The setup's answer for SASL_CB_`id`, or NULL. */
const struct fake_answer *fake_answer_for(
    const struct fake_host *h, unsigned long id);

/* getcallback() for the client's callbacks. */
int fake_client_callback(const struct fake_host *h, unsigned long id,
    int (**function)(void), void **context);

/* Fill in all the prompts; one that nobody has an answer for fails the test. */
void fake_answer_prompts(struct fake_host *h, sasl_interact_t *prompts);

/*
 * Take back what was lent: answers to prompts when the step is over; what a
 * callback gave when one of its kind is called again, as sasl.h has it, or in
 * the end.
 */
void fake_take_back(struct fake_host *h, enum fake_loan loan);

#endif

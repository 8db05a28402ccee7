/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The server's engine: takes the steps of a mechanism, decides how long a
 * message may be, reports failures, and forgets everything in the end.
 */
#ifndef CLASSIC_SERVER_H
#define CLASSIC_SERVER_H

#include "backend/lookup.h"
#include "base/host.h"
#include "base/secret.h"
#include "server/report.h"
#include "setpass/setpass.h"

struct server_session;

/* One message of the client. */
struct server_step {
	/*
	 * Returns server_reply() or server_skip() to go on, SASL_OK when the
	 * user is logged in, or server_fail(). `in` is the client's message,
	 * valid during the call, with no NUL after it.
	 */
	int (*take)(struct server_session *s, struct bytes in);
	/*
	 * Octets that the message may have; 0: the client must not send any.
	 * How long names and passwords may be is said in name.h.
	 */
	size_t most;
};

enum { MAX_MESSAGE = 65535 };

struct server_mechanism {
	const char *name;
	const struct server_step *steps; /* ended by a NULL `take` */
	size_t own_size;		 /* octets of its own in a session */
	bool keeps_name;	    /* s->kept is the user name, for the log */
	enum setpass_secret secret; /* what it can check, stored one-way */

	/*
	 * Why not to offer it, as a text for the log, or NULL: for good, asked
	 * once and before any chroot, and as the configuration stands. May be
	 * left out.
	 */
	const char *(*banned)(const struct host *h);
	const char *(*withheld)(const struct host *h);
};

/* A record as libsasl2 has it, from plug_init to mech_free. */
struct server_plugin {
	sasl_server_plug_t plug; /* whose glob_context this is */
	const struct server_mechanism *mechanism;
	struct host_memory memory;
};

struct server_session {
	struct host host;
	const struct server_mechanism *mechanism;
	const struct server_step *step; /* the one to come */
	struct secret kept;		/* what a later step needs; ours */
	struct host_memory *memory;	/* of the plugin */
	/* From here on, of the step under way: a client's wait costs less. */
	sasl_server_params_t *params;
	sasl_out_params_t *out;
	void *own;	      /* the mechanism's own, zeros at first; kept */
	struct bytes reply;   /* what the step answers */
	struct bytes authcid; /* as the client sent it, for the log */
	struct report_fault fault; /* of a stored value, for the log */
};

/* Answer with `reply`, which must live until the next step; on to that. */
int server_reply(struct server_session *s, struct bytes reply);

/* The message is for the next step already. */
int server_skip(struct server_session *s, struct bytes in);

/*
 * The login has failed: tell the log why, in a stable word for programs, and
 * the peer no more than the code. Returns `code`: SASL_BADAUTH (not believed),
 * SASL_BADPROT (not a message of the mechanism), SASL_UNAVAIL (try later) or
 * SASL_NOMEM.
 */
int server_fail(struct server_session *s, int code, const char *reason);

/* How to look up a user who is authcid and authzid. */
enum lookup_scope server_scope(const struct server_session *s);

/* For the plugin's record; `glob_context` is its struct server_plugin. */
int server_new(void *glob_context, sasl_server_params_t *params,
    const char *challenge, unsigned challenge_len, void **context);
int server_step(void *context, sasl_server_params_t *params, const char *in,
    unsigned in_len, const char **out, unsigned *out_len,
    sasl_out_params_t *result);
void server_dispose(void *context, const struct sasl_utils *utils);

#endif

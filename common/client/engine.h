/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The client's engine: asks the application for names and password, takes the
 * steps of a mechanism, and wipes its copies in the end.
 */
#ifndef CLASSIC_CLIENT_H
#define CLASSIC_CLIENT_H

#include "base/host.h"
#include "base/secret.h"

struct client_session;

/* One message of the server. */
struct client_step {
	/*
	 * Returns client_reply() or client_finish() with the answer,
	 * SASL_INTERACT as client_identify() said it (the same step is then
	 * taken again), or client_fail(). `in` is the server's message.
	 */
	int (*take)(struct client_session *s, struct bytes in);
};

struct client_mechanism {
	const struct client_step *steps; /* ended by a NULL `take` */
	const char *name;
	bool sends_authzid;
};

enum { CLIENT_MAX_PASSWORD = 65535 }; /* octets; what a server takes is less */

/* The step under way, as the library calls it. */
struct client_turn {
	sasl_client_params_t *params;
	sasl_interact_t **prompts; /* or NULL */
	sasl_out_params_t *out;
	struct bytes reply; /* what the step answers */
};

struct client_session {
	struct host host;
	const struct client_mechanism *mechanism;
	const struct client_step *step; /* the one to come */
	struct client_turn *turn; /* NULL while the server is waited for */
	sasl_interact_t *asked;	  /* with the application; ours */
	unsigned known, borrowed; /* which of the next three */
	struct secret authcid;	  /* as the application gave them: */
	struct secret authzid;	  /* client_forget() releases them */
	struct secret password;
	struct secret message; /* what is on its way to the server; ours */
};

/*
 * Ask the application, by its callbacks or by prompts that it fills in between
 * two calls of the same step, for s->authcid, s->password and, if the mechanism
 * sends one, s->authzid; for none of them twice. What the callbacks gave as
 * authcid and password stays the application's; all else is copied. SASL_OK;
 * SASL_INTERACT with *prompts naming all that is still missing (ours,
 * released by the next call); or client_fail().
 */
int client_ask(struct client_session *s);

/* Wipe and release the three, and prompts that nobody has answered. */
void client_forget(struct client_session *s);

/*
 * Learn who logs in, with what password: afterwards s->password holds it, and
 * the canonicalised names are in s->turn->out. SASL_OK; SASL_INTERACT when the
 * application has to fill in prompts first; or client_fail().
 */
int client_identify(struct client_session *s);

/* Answer with `reply`, which must live until the next step, and go on. */
int client_reply(struct client_session *s, struct bytes reply);

/* Answer with `reply`, the last message of the client. Returns SASL_OK. */
int client_finish(struct client_session *s, struct bytes reply);

/* Give up: `text` says why, to log and sasl_errdetail(). Returns `code`. */
int client_fail(struct client_session *s, int code, const char *text);

/* For the plugin's record; `glob_context` is its struct client_mechanism. */
int client_new(
    void *glob_context, sasl_client_params_t *params, void **context);
int client_step(void *context, sasl_client_params_t *params, const char *in,
    unsigned in_len, sasl_interact_t **prompts, const char **out,
    unsigned *out_len, sasl_out_params_t *result);
void client_dispose(void *context, const struct sasl_utils *utils);

#define CLIENT_ENGINE \
	.mech_new = client_new, .mech_step = client_step, \
	.mech_dispose = client_dispose

/* The body of sasl_client_plug_init(); see server_export(). */
int client_export(const sasl_client_plug_t *plug,
    const struct sasl_utils *utils, int max_version, int *out_version,
    sasl_client_plug_t **list, int *count);

#endif

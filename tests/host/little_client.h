/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A little mechanism for the tests of the client's engine: it says the name,
 * then the password.
 */
#ifndef CLASSIC_LITTLE_CLIENT_H
#define CLASSIC_LITTLE_CLIENT_H

#include "host/module.h"

struct little_client {
	struct module *m;
	struct fake_setup setup;
	void *context;
	sasl_interact_t *prompts;
	sasl_out_params_t *result;
	const char *out; /* of the last step */
	unsigned out_len;
};

/* One with an authzid; and one that says nothing, and never ends by itself. */
extern const struct client_mechanism little_names, little_replies;

/* And one that needs no more than one message, without the password. */
extern const struct client_mechanism little_message;

/* `state` is that of a MODULE_TEST(); NULL answers are the usual ones. */
void little_client_begin(struct little_client *l, void **state,
    const struct client_mechanism *mechanism,
    const struct fake_answer *answers);

/* Fails the test if a block is left. */
void little_client_end(struct little_client *l);

/*
 * One step. What the application lent for it is gone afterwards; an answer is
 * checked to go with success alone.
 */
int little_client_step(struct little_client *l);

/* Fails unless the last answer was `text`, which no NUL need follow there. */
void little_client_said(const struct little_client *l, const char *text);

#endif

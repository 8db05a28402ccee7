/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A little mechanism for the tests of the server's engine. Its steps say what
 * they take, and fail at a "!".
 *
 *	S: first?    C: <kept>    S: second?    C: <judged>
 */
#ifndef CLASSIC_LITTLE_SERVER_H
#define CLASSIC_LITTLE_SERVER_H

#include "host/module.h"

/* The steps taken since little_begin(), each with its message. */
extern char little_taken[128];

/* The second step takes four octets only, instead of ten as the first one. */
extern bool little_short_keep;

struct little {
	struct module *m;
	void *context;
	sasl_out_params_t *result;
	const char *out; /* of the last step */
	unsigned out_len;
};

extern const struct server_mechanism little_mechanism;

/* `state` is that of a MODULE_TEST(). */
void little_begin(struct little *l, void **state);

/* Fails the test if a block is left. */
void little_end(struct little *l);

/*
 * One step. The message ends where memory ends, and is gone afterwards; an
 * answer is checked to go with SASL_CONTINUE alone.
 */
int little_step(struct little *l, const char *in, unsigned len);
int little_say(struct little *l, const char *text);

/* Up to three, as long as the exchange goes on; `n` of them were said. */
int little_say_all(struct little *l, const char *const said[3], size_t *n);

/* The exchange takes no more messages, and says so. */
void little_expect_over(struct little *l);

/* Something stored is fetched, as by lookup_user(); how much of it is there. */
void little_fetch(struct little *l);
unsigned little_stored(struct little *l);

#endif

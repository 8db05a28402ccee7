/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A client in its first step, and the application that it asks.
 */
#ifndef CLASSIC_ASKING_H
#define CLASSIC_ASKING_H

#include "host/module.h"

struct asking {
	struct module *m;
	struct client_session s;
	struct fake_setup setup;
	sasl_interact_t *prompts;
};

/* How the application answers for each: see enum fake_way. */
#define ANSWERS(user, authname, pass) \
	{ \
		{ SASL_CB_USER, "bob", user, 0 }, \
		    { SASL_CB_AUTHNAME, "alice", authname, 0 }, \
		    { SASL_CB_PASS, "wonderland", pass, 0 }, \
		{ \
			0, NULL, BY_CALLBACK, 0 \
		} \
	}

/* `state` is that of a MODULE_TEST(). asking_end() fails if a block is left. */
void asking_begin(struct asking *a, void **state,
    const struct fake_answer *answers, bool sends_authzid);
void asking_end(struct asking *a);

/*
 * One call of client_ask(); what the application lent for it is gone
 * afterwards. An error text is there if, and only if, it failed.
 */
int asking_collect(struct asking *a);

/* The prompts are for these ids, in this order, which ends with 0. */
void asking_expect(const struct asking *a, const unsigned long *ids);

void expect_given(const struct secret *given, const char *text);

#endif

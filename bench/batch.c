/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Batches of logins, see batch.h.
 */
#include "config.h"

#include "batch.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "login.h"

enum { TRIALS = 12 };

#define TRIAL_NS 1.5e6

/* One step done for every session of a batch. */
struct pass {
	struct batch *batch;
	session_step *step;
};

static void
pass_all(void *arg)
{
	const struct pass *pass = arg;
	struct batch *b = pass->batch;

	for (unsigned i = 0; i < b->size; i++)
		pass->step(&b->session[i]);
}

/* With a watch where the step is timed, with none where it is not. */
static void
run(struct batch *b, session_step *step, struct stopwatch *watch)
{
	struct pass pass = { b, step };

	if (step == NULL)
		return;
	if (watch == NULL)
		pass_all(&pass);
	else
		stopwatch_run(watch, pass_all, &pass);
}

/* What is left to say when the session has begun. */
static void
take_all(struct session *s)
{
	unsigned last = s->mech->messages - 1;

	for (unsigned i = s->mech->client_first; i <= last; i++)
		s->exchange->take(s, &s->message[i], i == last);
}

static void
next_users(struct batch *b)
{
	for (unsigned i = 0; i < b->size; i++) {
		b->session[i].exchange = b->exchange;
		login_session(&b->session[i], b->scenario, b->serial++);
	}
}

static void
do_step(session_step *step, struct session *s)
{
	if (step != NULL)
		step(s);
}

void
batch_answer(struct session *server, const struct exchange *e)
{
	struct session client = { .exchange = e, .mech = server->mech };

	memcpy(client.user, server->user, sizeof client.user);
	login_message(&client, 0, server->said, server->said_len);
	do_step(e->prepare, &client);
	do_step(e->open, &client);
	do_step(e->begin, &client);
	take_all(&client);
	login_message(server, 0, client.said, client.said_len);
	do_step(e->close, &client);
	do_step(e->release, &client);
}

void
batch_keep_memory(void)
{
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
}

void
batch_init(struct batch *b, const struct exchange *exchange,
    const struct scenario *scenario)
{
	memset(b, 0, sizeof *b);
	b->exchange = exchange;
	b->scenario = scenario;
	b->size = scenario->stored != NULL ? 1 : BATCH_SIZE;
}

static void
run_batch(struct batch *b, struct stopwatch *watch, void (*amid)(void))
{
	const struct exchange *e = b->exchange;

	next_users(b);
	run(b, e->prepare, NULL);
	run(b, e->open, watch);
	run(b, e->begin, watch);
	if (amid != NULL)
		amid();
	if (b->scenario->mech->challenged)
		run(b, e->answer, NULL);
	run(b, take_all, watch);
	run(b, e->check, NULL);
	run(b, e->close, watch);
	run(b, e->release, NULL);
}

void
batch_run(struct batch *b, struct stopwatch *watch)
{
	run_batch(b, watch, NULL);
}

void
batch_warm(struct batch *b)
{
	run_batch(b, NULL, NULL);
}

void
batch_watch(struct batch *b, void (*amid)(void))
{
	run_batch(b, NULL, amid);
}

struct stopwatch
batch_overhead(const struct batch *b)
{
	const struct exchange *e = b->exchange;
	struct stopwatch once = stopwatch_overhead();
	int times =
	    (e->open != NULL) + (e->begin != NULL) + 1 + (e->close != NULL);

	return (struct stopwatch) { once.cpu * times, once.wall * times };
}

static double
trial(struct batch *b, double overhead)
{
	struct stopwatch watch = { 0, 0 };
	unsigned batches = 0;

	do {
		batch_run(b, &watch);
		batches++;
	} while (watch.cpu < TRIAL_NS);
	return (watch.cpu / batches - overhead) / b->size;
}

double
batch_time(struct batch *b)
{
	double overhead = batch_overhead(b).cpu;
	double least, ns;

	batch_warm(b);
	least = trial(b, overhead);
	for (int i = 1; i < TRIALS; i++)
		if ((ns = trial(b, overhead)) < least)
			least = ns;
	return least;
}

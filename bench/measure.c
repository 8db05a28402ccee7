/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Measures one number with the plugins of one directory (SASL_PATH) and
 * prints it. See scenario.h for the words on the command line.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "abi.h"
#include "abi_utils.h"
#include "api.h"
#include "fail.h"
#include "once.h"
#include "rate.h"
#include "store.h"

static const struct exchange *const exchanges[2][2] = {
	[SIDE_SERVER] = { [DOOR_API] = &api_server,
	    [DOOR_PLUGIN] = &abi_server },
	[SIDE_CLIENT] = { [DOOR_API] = &api_client,
	    [DOOR_PLUGIN] = &abi_client },
};

static void
start_batch(struct batch *b, const struct scenario *s)
{
	const struct exchange *e = exchanges[s->side][s->door];

	batch_keep_memory();
	e->load(s);
	batch_init(b, e, s);
}

static double
time_logins(const struct scenario *s)
{
	struct batch b;

	start_batch(&b, s);
	return batch_time(&b);
}

/* How much further a counter is after one login. */
static double
count(const struct scenario *s, unsigned long (*counter)(void))
{
	struct batch b;
	unsigned long before;

	start_batch(&b, s);
	batch_warm(&b);
	before = counter();
	batch_warm(&b);
	return (double)(counter() - before) / b.size;
}

static unsigned long
allocations(void)
{
	return abi_utils_memory().allocations;
}

static double
count_allocations(const struct scenario *s)
{
	return count(s, allocations);
}

static double
count_lookups(const struct scenario *s)
{
	return count(s, store_lookups);
}

static unsigned long held_amid;

static void
note_held(void)
{
	held_amid = abi_utils_memory().held;
}

static double
bytes_held(const struct scenario *s)
{
	struct batch b;
	unsigned long before;

	start_batch(&b, s);
	batch_warm(&b);
	before = abi_utils_memory().held;
	batch_watch(&b, note_held);
	return (double)(held_amid - before) / b.size;
}

static double
first_login(const struct scenario *s)
{
	return once_first(s, exchanges[s->side][s->door]);
}

static double
logins_a_second(const struct scenario *s)
{
	const struct exchange *e = exchanges[s->side][s->door];

	batch_keep_memory();
	e->load(s);
	return rate_run(s, e);
}

/* Warm at first: the observer sees only what every login costs. */
static double
loop(const struct scenario *s)
{
	struct stopwatch watch = { 0, 0 };
	struct batch b;
	unsigned long done;

	start_batch(&b, s);
	batch_warm(&b);
	for (done = 0; done < s->logins; done += b.size)
		batch_run(&b, &watch);
	return (double)done;
}

static double
fill(const struct scenario *s)
{
	api_start_server(s);
	store_fill(s);
	return (double)s->users;
}

static double (*const measures[])(const struct scenario *) = {
	[WHAT_TIME] = time_logins,
	[WHAT_ALLOCATIONS] = count_allocations,
	[WHAT_HELD] = bytes_held,
	[WHAT_LOOKUPS] = count_lookups,
	[WHAT_START] = once_start,
	[WHAT_MEMORY] = once_memory,
	[WHAT_FIRST] = first_login,
	[WHAT_RATE] = logins_a_second,
	[WHAT_LOOP] = loop,
	[WHAT_FILL] = fill,
};

int
main(int argc, char *argv[])
{
	struct scenario scenario;

	if (argc < 2)
		fail("say what to measure");
	scenario_parse(&scenario, argv + 1);
	printf("%.6g\n", measures[scenario.what](&scenario));
	return 0;
}

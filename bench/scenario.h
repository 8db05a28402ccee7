/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What one process measures, told by words on its command line, such as
 *
 *	time server api CRAM-MD5 sasldb=users.10 users=10
 *
 * One process measures one number and prints it; compare.c pairs them.
 */
#ifndef BENCH_SCENARIO_H
#define BENCH_SCENARIO_H

#include <stdbool.h>

enum what {
	WHAT_TIME,	  /* nanoseconds of CPU time for a login */
	WHAT_ALLOCATIONS, /* by the plugin, for a login */
	WHAT_HELD,	  /* bytes the plugin holds amid the exchange */
	WHAT_LOOKUPS,	  /* questions to the auxprop plugin, for a login */
	WHAT_START,	  /* nanoseconds: init + listmech + done */
	WHAT_MEMORY,	  /* private KiB after init + listmech */
	WHAT_FIRST,	  /* nanoseconds of the process's first login */
	WHAT_RATE,	  /* logins a second of all workers together */
	WHAT_LOOP,	  /* nothing: logins for an observer to watch */
	WHAT_FILL,	  /* nothing: makes the sasldb */
};

enum side { SIDE_SERVER, SIDE_CLIENT };

/* The way in: libsasl2's public functions, or the plugin's own. */
enum door { DOOR_API, DOOR_PLUGIN };

enum { MECH_MESSAGES = 2 };

/* How a mechanism's login goes, as far as a bystander must know. */
struct mech {
	const char *name;
	const char *file;  /* the plugin's */
	bool client_first; /* the first message goes with the start */
	bool challenged;   /* the answer depends on the server's words */
	unsigned messages; /* from the client to the server */
};

struct scenario {
	enum what what;
	enum side side;
	enum door door;
	const struct mech *mech;
	const char *sasldb;   /* a file, or NULL: users in memory */
	unsigned long users;  /* how many it holds */
	const char *stored;   /* what memory holds, or NULL: the password */
	const char *secrets;  /* the option classic_secrets, or NULL */
	unsigned threads;     /* for WHAT_RATE: either these */
	unsigned processes;   /* or these are not 0 */
	unsigned long logins; /* for WHAT_LOOP */
	bool libcrypto;	      /* have it loaded before the start */
};

/* Reads the words up to a NULL; an unknown one ends the process. */
void scenario_parse(struct scenario *, char *words[]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a server has been told in a fuzzed conversation, and whether that is a
 * proof: worked out here without the plugin, from RFC 4616 and RFC 2195.
 */
#ifndef CLASSIC_TRUTH_H
#define CLASSIC_TRUTH_H

#include "cast.h"
#include "host/talk.h"

struct truth {
	const struct cast *cast;
	struct message challenge; /* of CRAM-MD5 */
	struct message name;	  /* of LOGIN */
	long sent;		  /* the challenge, by fuzz_clock */
	bool over;		  /* nothing is a proof any more */
};

/* A new context of the server. */
void truth_begin(struct truth *t, const struct cast *cast);

enum truth_verdict {
	FALSE,	/* must be refused */
	MAYBE,	/* a password is right, if its form is of use to the server */
	TRUE,	/* must be accepted */
	UNTOLD, /* a password stands for a name: what is logged is secret */
};

/* What the server must say to `m`, its next message. */
enum truth_verdict truth_of(const struct truth *t, const struct message *m);

/* The server has said `out` to `m`, with that result. */
void truth_told(
    struct truth *t, const struct message *m, struct bytes out, int result);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who takes part in a fuzzed conversation: a store, options, and what the
 * client's application knows, who may be a thief. The first octets of an input
 * choose.
 */
#ifndef CLASSIC_CAST_H
#define CLASSIC_CAST_H

#include "fuzz.h"
#include "host/talk.h"

enum mechanism { PLAIN, LOGIN, CRAMMD5, MECHANISMS };

/* The names of their plugins. */
extern const char *const cast_plugins[MECHANISMS];

enum { CAST_OPTIONS = 8, CAST_ANSWERS = 3 };

struct cast {
	enum mechanism mechanism;
	const struct fake_layout *layout;
	struct fake_setup setup;
	struct fake_option options[CAST_OPTIONS + 1];
	struct fake_answer answers[CAST_ANSWERS + 1];
	const struct cast_store *store;
	bool trailing_nul, newline; /* the tolerant options are on */
	bool asks_others;	    /* sasl_checkpass() or the application */
	bool simple;		    /* who knows a password must be accepted */
};

void cast_choose(struct cast *c, struct fuzz_input *in);

/*
 * The n-th password that may let `user` in, or NULL behind the last. The text
 * of a stored hash, locked or not, is none, nor is "{PLAIN}..." as it stands.
 */
const char *cast_password(const struct cast *c, struct bytes user, unsigned n);

/*
 * What a server has been told, and whether that is a proof: worked out in
 * oracle.c without the plugin, from RFC 4616 and RFC 2195.
 */
struct oracle {
	const struct cast *cast;
	struct message challenge; /* of CRAM-MD5 */
	struct message name;	  /* of LOGIN */
	long sent;		  /* the challenge, by fuzz_clock */
	bool over;		  /* nothing is a proof any more */
};

/* A new context of the server. */
void oracle_begin(struct oracle *t, const struct cast *cast);

enum oracle_verdict {
	FALSE,	/* must be refused */
	MAYBE,	/* a password is right, if its form is of use to the server */
	TRUE,	/* must be accepted */
	UNTOLD, /* a password stands for a name: what is logged is secret */
};

/* What the server must say to `m`, its next message. */
enum oracle_verdict oracle_of(const struct oracle *t, const struct message *m);

/* The server has said `out` to `m`, with that result. */
void oracle_told(
    struct oracle *t, const struct message *m, struct bytes out, int result);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The fake host's store, watched while it is written, and failing as planned:
 * before or after some of the properties, once or for good, openly or not.
 */
#ifndef CLASSIC_STORE_WATCH_H
#define CLASSIC_STORE_WATCH_H

#include "host/fake_host.h"

enum { STORE_TEXT = 512 };

struct store_watch {
	struct fake_host *host;

	/* The plan. All zeros: it does what it is told. */
	unsigned fail_from, fail_to; /* these operations fail, from 1 */
	unsigned fail_after; /* those of its properties are stored before */
	unsigned fail_after_last; /* the same, of operation `fail_to` */
	int code;		  /* with this one */
	bool silent;		  /* says SASL_OK, and stores nothing */
	const char *ignored;	  /* a property that it drops without a word */

	/* What was seen. */
	unsigned operations;
	/* In order: "+name" for a value, "-name" for none; ';' between them. */
	char seen[STORE_TEXT];
};

/*
 * Watch the connection of `h`, which is open, until it is closed. A property
 * context that still holds a value when it is disposed of fails the test.
 */
void store_watch_begin(struct store_watch *w, struct fake_host *h);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A user store for the real libsasl2: an auxprop plugin that is part of the
 * program, counts what it is asked, and fails as planned. Or, if the
 * environment says LIBRARY_STORE=passwdfile, a passwdfile, which follows no
 * plan.
 */
#ifndef CLASSIC_LIBRARY_STORE_H
#define CLASSIC_LIBRARY_STORE_H

#include <stdbool.h>

/* Its name for the option auxprop_plugin. */
#define LIBRARY_STORE "librarystore"

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"
#define STATE	 "cramMd5State"
#define LEGACY	 "cmusaslsecretCRAM-MD5"

/* One value; a NULL user ends a list. */
struct library_row {
	const char *user, *property, *value;
};

/*
 * wonderland, in plaintext of alice, and one-way of bob: the digest by python's
 * hashlib, the state as Dovecot has it.
 */
extern const struct library_row library_store_usual[];
#define WONDERLAND_DIGEST "rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJw"
#define WONDERLAND_HASH	  "{SSHA256}" WONDERLAND_DIGEST "ZXBwZXJwZXBwZXI="
#define WONDERLAND_STATE \
	"721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"

struct library_store {
	/* The plan. All zeros: it does what it is told. */
	unsigned fail_at;    /* this operation fails, from 1 */
	unsigned fail_after; /* that many of its properties are stored before */
	bool silent;	     /* says SASL_OK, and stores nothing */
	const char *null; /* what is deleted is read as that; NULL: it goes */

	/* What was seen. */
	unsigned operations;
	bool failed; /* as planned */
};

extern struct library_store library_store;

/*
 * Set it up before the library is initialised, with our plugins in `directory`;
 * and add it to the library after that. `directory` is not removed before
 * library_store_remove().
 */
void library_store_make(const char *directory);
void library_store_add(void);
void library_store_remove(const char *directory);

/* Is it a passwdfile? */
bool library_store_is_file(void);

/* The value of an option that it wants to have, or NULL. */
const char *library_store_option(const char *name);

/* It has been written in so many operations; a passwdfile: at all, or not. */
void library_store_expect(unsigned operations);

/* Hold these rows alone, with no plan, and nothing seen. */
void library_store_fill(const struct library_row *rows);

/* The first value, or NULL. */
const char *library_store_value(const char *user, const char *property);

#endif

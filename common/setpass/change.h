/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is to change for a user, between setpass.c, which makes the secrets, and
 * change.c, which swaps them for those in the store. Nobody else includes this.
 */
#ifndef CLASSIC_CHANGE_H
#define CLASSIC_CHANGE_H

#include "backend/lookup.h"
#include "base/secret.h"
#include "setpass/setpass.h"

enum {
	/* A store that does not know a property may spoil those after it. */
	CHANGE_LOOKUPS = 3,
};

struct change {
	const struct host *h;
	sasl_server_params_t *params;
	const char *user;
	const char *authid; /* the same, canonical, once it was fetched */
	struct bytes password;
	bool is_plaintext;	    /* the library has stored it, if it could */
	bool ours[SETPASS_SECRETS]; /* to change; else it is left alone */
	bool wanted[SETPASS_SECRETS]; /* of ours; else it is to be deleted */
	struct secret made[SETPASS_SECRETS]; /* of those wanted; to be freed */
};

/*
 * What is stored, in property contexts of its own. In the connection's there
 * may be what the application has asked for; and after a deletion there is the
 * library's "*", and the sql plugin would ask for a column of no name.
 */
struct stored_secrets {
	struct propctx *contexts[CHANGE_LOOKUPS];
	struct propval values[SETPASS_SECRETS]; /* those not found have none */
	bool told; /* the store tells what a refusal must cost */
};

/* Tell the log and the application. Returns `code`. */
int change_say(const struct change *c, int code, const char *what);

/*
 * What is stored now. SASL_OK, also if that is nothing; SASL_NOMECH if there
 * is no auxprop plugin to ask; SASL_NOMEM or SASL_UNAVAIL, after change_say().
 * Ends with change_forget(), either way.
 */
int change_fetch(struct change *c, struct stored_secrets *found);
void change_forget(const struct change *c, struct stored_secrets *found);

/* Is one of these secrets stored? A place for it may be there, and empty. */
bool change_finds(
    const struct stored_secrets *found, enum setpass_secret which);

/*
 * True if deleting would leave the user no usable secret: the library could not
 * store the plaintext, and there is what it was to replace. Whether a
 * userPassword is the new one cannot be told: a store may hash what it is
 * given, or cut it.
 */
bool change_takes_last(
    const struct change *c, const struct stored_secrets *found);

/*
 * Leave an authPassword alone that is of the new password: the stock plugin's
 * hook was there before ours. SASL_OK or SASL_NOMEM.
 */
int change_spare(struct change *c, const struct stored_secrets *found);

/*
 * Is it as it shall be? SASL_OK; SASL_CONTINUE if there is something to do;
 * SASL_NOMEM. Of made[], all but the hash must be there; a stored hash is
 * checked only if all else is as it shall be.
 */
int change_is_done(const struct change *c, const struct stored_secrets *found);

/*
 * Put what is wanted in the place of what was found, and look whether it is
 * there. SASL_OK; or, after change_say(), SASL_NOMEM, SASL_UNAVAIL, SASL_FAIL
 * or what the store said, and then what was found has been put back, unless the
 * library has already stored a new password beside it.
 */
int change_swap(struct change *c, const struct stored_secrets *found);

#endif

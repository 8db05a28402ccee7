/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is to be set for a user, between setpass.c, which makes the secrets, and
 * setpass_order.c, which swaps them for those in the store. Nobody else
 * includes this.
 */
#ifndef CLASSIC_SETPASS_ORDER_H
#define CLASSIC_SETPASS_ORDER_H

#include "backend/lookup.h"
#include "base/secret.h"
#include "setpass/setpass.h"

struct order {
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

/* Tell the log and the application. Returns `code`. */
int order_say(const struct order *o, int code, const char *what);

/*
 * What is stored now. SASL_OK, also if that is nothing; SASL_NOMECH if there
 * is no auxprop plugin to ask; SASL_NOMEM or SASL_UNAVAIL, after order_say().
 * Ends with lookup_forget().
 */
int order_fetch(struct order *o, struct lookup *found);

/*
 * Would nothing be left? So it is if the library could not store the plaintext,
 * and there is what it was to replace. Whether a userPassword is the new one
 * cannot be told: a store may hash what it is given, or cut it.
 */
bool order_takes_last(const struct order *o, const struct lookup *found);

/*
 * Is it what was ordered? SASL_OK; SASL_CONTINUE if there is something to do;
 * SASL_NOMEM. Of made[], all but the hash must be there.
 */
int order_is_done(const struct order *o, const struct lookup *found);

/*
 * Put what was ordered in the place of what was found, and look whether it is
 * there. SASL_OK; or, after order_say(), SASL_NOMEM, SASL_UNAVAIL, SASL_FAIL or
 * what the store said, and then what was found has been put back, unless the
 * library has already stored a new password beside it.
 */
int order_swap(struct order *o, const struct lookup *found);

#endif

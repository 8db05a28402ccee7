/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored for a user: one question to the auxprop plugins, asked by
 * canonicalising the name, as libsasl2 wants it.
 */
#ifndef CLASSIC_LOOKUP_H
#define CLASSIC_LOOKUP_H

#include "base/host.h"

enum { LOOKUP_MAX = 4 }; /* properties of one mechanism */

/* What the pack reads; '*' makes them the authcid's. */
#define PROPERTY_PASSWORD "*userPassword"
#define PROPERTY_HASH	  "*userPasswordHash" /* ours, for PLAIN and LOGIN */
#define PROPERTY_STATE	  "*cramMd5State"     /* ours, for CRAM-MD5 */
#define PROPERTY_LEGACY	  "*cmusaslsecretCRAM-MD5"
#define PROPERTY_SCRAM	  "*authPassword" /* of the stock SCRAM plugins */

/*
 * Names of properties, ended by NULL. They live for ever, since libsasl2 keeps
 * the pointers. userPassword comes first: an SQL query for a column that is
 * not there spoils those after it.
 */
typedef const char *const lookup_names[LOOKUP_MAX + 1];

enum lookup_state {
	LOOKUP_KNOWN,	 /* the user exists */
	LOOKUP_UNKNOWN,	 /* to this store; others may know better */
	LOOKUP_NO_STORE, /* there is no store, so nothing is stored */
	LOOKUP_BARRED,	 /* disabled, expired, a name that cannot be */
	LOOKUP_TROUBLE,	 /* there is a store, and it fails */
};

/* What was found. The values belong to libsasl2, until the step's end. */
struct lookup {
	enum lookup_state state;
	struct propval values[LOOKUP_MAX + 1]; /* those not found have none */
};

enum lookup_scope {
	LOOKUP_AUTHCID, /* an authzid follows, by authzid_fault() */
	LOOKUP_BOTH,	/* the authcid acts for itself */
	LOOKUP_EACH,	/* the same, but each of the two is looked up */
};

/*
 * With SASL_CU_AUTHID: all that is stored, usable or not, for a change or a
 * report and for no login. No change is made to a secret with a label, so that
 * a report asks for these as well. Stores that do not know a bit ignore it.
 */
enum { LOOKUP_LABELLED = 0x4000, LOOKUP_STORED = 0x8000 };

/*
 * Canonicalise `name`, which ends with a NUL, into `identity`, as `flags`
 * (SASL_CU_*, LOOKUP_*) say, and fetch `names`, or nothing if NULL.
 * SASL_OK, or the library's own code, SASL_NOUSER for a user who has none of
 * them. End it with lookup_forget().
 */
int lookup_fetch(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, struct bytes name, lookup_names *names,
    unsigned flags, struct lookup *found);

/*
 * The same for a login. With LOOKUP_BOTH the authzid is the authcid; it is one
 * more question to the store only if somebody could tell: the application has
 * asked for properties, or canon_user_plugin is set. An application that itself
 * canonicalises names is for LOOKUP_EACH.
 *
 * SASL_OK, also for an unknown user, or if there is no store; SASL_NOMEM; or
 * SASL_UNAVAIL with LOOKUP_TROUBLE. Without `names` everybody is known. The
 * engine ends it.
 */
int lookup_user(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *out, struct bytes authcid, lookup_names *names,
    enum lookup_scope scope, struct lookup *found);

/*
 * One of the values of a property. Of several the library tells no more than
 * the sum of their lengths, so these end at a NUL.
 */
static inline struct bytes
lookup_octets(const struct propval *p, size_t which)
{
	return p->nvalues == 1 ? bytes_of(p->values[0], p->valsize)
			       : bytes_str(p->values[which]);
}

/* One stored value. It may hold a NUL, and none follows it for certain. */
struct lookup_value {
	const char *property; /* its name */
	struct bytes value;
};

/* Where a run over the values is: start with zeros. */
struct lookup_cursor {
	size_t property, value;
};

/* True and the next value, or false at the end. */
static inline bool
lookup_next(const struct lookup *found, struct lookup_cursor *at,
    struct lookup_value *next)
{
	const struct propval *p = &found->values[at->property];

	for (; at->property < LOOKUP_MAX; p++, at->property++, at->value = 0)
		if (p->values != NULL && at->value < p->nvalues &&
		    p->values[at->value] != NULL) {
			next->property = p->name;
			next->value = lookup_octets(p, at->value++);
			return true;
		}
	return false;
}

/*
 * Erase the stored secrets from the library's memory, also those that another
 * mechanism asked for earlier on the same connection.
 */
void lookup_forget(const struct host *h, sasl_server_params_t *params);

/* Erase the application's own properties, those without '*'. */
void lookup_forget_application(
    const struct host *h, sasl_server_params_t *params);

/*
 * What a code of canon_user() or sasl_checkpass() means: SASL_BADAUTH if it was
 * about the user, SASL_NOMEM, or SASL_UNAVAIL if it was trouble.
 */
int lookup_failure(int code);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Properties on their way into the store, all of one user and all at once.
 */
#ifndef CLASSIC_PROP_WRITE_H
#define CLASSIC_PROP_WRITE_H

#include "base/host.h"

struct prop_write {
	const struct host *h;
	struct propctx *context; /* owned; NULL when closed */
};

/*
 * Begin with the names, without '*', ended by NULL; they live for ever. Those
 * that get no value are deleted by prop_write_store(). SASL_OK or SASL_NOMEM;
 * it is to be closed either way.
 */
int prop_write_open(
    const struct host *h, struct prop_write *record, const char *const *names);

/* One more value of a property. SASL_OK or SASL_NOMEM. */
int prop_write_add(
    struct prop_write *record, const char *name, struct bytes value);

/*
 * All values that were fetched for it, at least one. A password with a NUL
 * in it is skipped: the store would cut it, and the rest could be sent.
 */
int prop_write_add_all(
    struct prop_write *record, const char *name, const struct propval *fetched);

/* Into the store, as if `user` had set them. SASL_OK, or what it said. */
int prop_write_store(const struct prop_write *record, const char *user);

/*
 * Have the store written to without a change: delete a property of `user` that
 * no user has. Not for an SQL store, which notes what is deleted.
 */
void prop_write_nothing(const struct host *h, const char *user);

/* Wipe and release. A record of zeros is left alone. */
void prop_write_close(struct prop_write *record);

#endif

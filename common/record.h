/*
 * Properties on their way into the store, all of one user and all at once.
 */
#ifndef CLASSIC_RECORD_H
#define CLASSIC_RECORD_H

#include "host.h"

struct record {
	const struct host *h;
	struct propctx *context; /* owned; NULL when closed */
};

/*
 * Begin with the names, without '*', ended by NULL; they live for ever. Those
 * that get no value are deleted by record_store(). SASL_OK or SASL_NOMEM; the
 * record is to be closed either way.
 */
int record_open(
    const struct host *h, struct record *record, const char *const *names);

/* One more value of a property. SASL_OK or SASL_NOMEM. */
int record_add(struct record *record, const char *name, struct bytes value);

/*
 * All values that were fetched for it, which may be none; but no password that
 * nobody can send, as a store would cut it at its NUL, to one that can be sent.
 */
int record_add_all(
    struct record *record, const char *name, const struct propval *fetched);

/* Into the store, as if `user` had set them. SASL_OK, or what it said. */
int record_store(const struct record *record, const char *user);

/* Wipe and release. A record of zeros is left alone. */
void record_close(struct record *record);

#endif

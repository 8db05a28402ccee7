/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The wall between the pack and libsasl2. Of the library's table of functions
 * (sasl_utils_t) there are two layouts in the field, 2.1 and 2.2, and nothing
 * but host.c knows them; everybody else speaks through a `struct host`.
 */
#ifndef CLASSIC_HOST_H
#define CLASSIC_HOST_H

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "base/bytes.h"

struct host_tail;

struct host {
	const struct sasl_utils *utils; /* what both layouts begin with */
	const struct host_tail *tail;	/* from `mkchal` on, where it stands */
};

/*
 * Learn which layout `utils` has. Costs two reads, so it is done for each
 * session and never remembered: two libraries may share one plugin file.
 * SASL_OK; SASL_BADPARAM without utils; SASL_BADVERS for an unknown layout,
 * and then `h` must not be used.
 */
int host_open(struct host *h, const struct sasl_utils *utils);

/* "2.1" or "2.2", for people. */
const char *host_layout(const struct host *h);

/*
 * What the entry point of a plugin does first: host_open(), and agree on
 * `version` of the records if the library knows that one. SASL_OK with
 * *out_version set; SASL_BADPARAM; SASL_BADVERS.
 */
int host_introduce(struct host *h, const struct sasl_utils *utils,
    int max_version, int version, int *out_version);

/* Memory of the application's allocator. NULL if there is none. */
void *host_alloc(const struct host *h, size_t size);
void *host_alloc_zeroed(const struct host *h, size_t size);
void host_free(const struct host *h, void *memory);

/* The connection, as the library's own functions want it; NULL in plug_init. */
sasl_conn_t *host_connection(const struct host *h);

/* A log line of at most 600 octets; `level` is one of SASL_LOG_*. */
void host_log(const struct host *h, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The text that sasl_errdetail() returns. It may reach the peer. */
void host_error(const struct host *h, const char *text);

/* An option's value, owned by the library, or NULL where nobody set it. */
const char *host_option(const struct host *h, const char *name);

/*
 * The application's callback `id`. SASL_OK, or SASL_INTERACT when the
 * application wants to be asked by a prompt, or another code when it has none.
 */
int host_callback(const struct host *h, unsigned long id,
    int (**function)(void), void **context);

/*
 * sasl_checkpass(): the methods of pwcheck_method and the application's own.
 * Both strings end at their NUL. Overwrites the connection's identities.
 */
int host_checkpass(
    const struct host *h, const char *user, const char *password);

/*
 * Auxiliary properties. Names are kept by pointer and must live for ever.
 * host_prop_request() drops every value fetched before.
 */
int host_prop_request(
    const struct host *h, struct propctx *context, const char *const *names);
int host_prop_values(const struct host *h, struct propctx *context,
    const char *const *names, struct propval *values);
const struct propval *host_prop_all(
    const struct host *h, struct propctx *context);

/*
 * Wipes the values of one of those properties, and they are no more. The
 * library by itself stops at a NUL; the lengths of several it does not tell.
 */
void host_prop_erase(const struct host *h, struct propctx *context,
    const struct propval *property);

/*
 * A context of one's own, and what is set in it stored for `user`; properties
 * that were requested and not set are deleted from the store. NULL without
 * memory; the others give SASL_OK or what the library or the store said.
 */
struct propctx *host_prop_new(const struct host *h);
int host_prop_set(const struct host *h, struct propctx *context,
    const char *name, struct bytes value);
int host_prop_store(
    const struct host *h, struct propctx *context, const char *user);
void host_prop_dispose(const struct host *h, struct propctx **context);

/*
 * The exchange has succeeded, for client or server: no security layer, and the
 * identities are those that canon_user() has left in `out`.
 */
void host_finish_exchange(sasl_out_params_t *out);

#endif

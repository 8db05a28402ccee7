/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The gate to libsasl2. There are two layouts of sasl_utils_t in the field, 2.1
 * and 2.2; host.c alone knows them.
 */
#ifndef CLASSIC_HOST_H
#define CLASSIC_HOST_H

#include <stdatomic.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "base/bytes.h"

struct host_tail;

/* What a plugin remembers of the library that has loaded it. Zeros at first. */
struct host_memory {
	atomic_int canon_user; /* see host_has_canon_user() */
};

struct host {
	const struct sasl_utils *utils; /* what both layouts begin with */
	const struct host_tail *tail;	/* from `mkchal` on, where it stands */
};

/*
 * Learn which layout `utils` has. Never remembered for a process: two libraries
 * may share one plugin file. SASL_OK; SASL_BADPARAM without utils; SASL_BADVERS
 * for an unknown layout, and then `h` must not be used.
 */
int host_open(struct host *h, const struct sasl_utils *utils);

/* "2.1" or "2.2", for people. */
const char *host_layout(const struct host *h);

/*
 * What the entry point of a plugin does first: host_open(), and agree on
 * `version` of the records. Its codes, and SASL_BADVERS for an older library.
 */
int host_introduce(struct host *h, const struct sasl_utils *utils,
    int max_version, int version, int *out_version);

/* Memory of the application's allocator. NULL if there is none. */
void *host_alloc(const struct host *h, size_t size);
void *host_alloc_zeroed(const struct host *h, size_t size);
void host_free(const struct host *h, void *memory);

/* The connection, as the library's own functions want it; NULL in plug_init. */
sasl_conn_t *host_connection(const struct host *h);

enum { HOST_LOG_LINE = 600 }; /* octets of a line for the log, with its NUL */

/* A log line, cut if it is too long; `level` is one of SASL_LOG_*. */
void host_log(const struct host *h, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of a line that is printed already. */
void host_log_line(const struct host *h, int level, const char *line);

/* The text that sasl_errdetail() returns. It may reach the peer. */
void host_error(const struct host *h, const char *text);

/* An option's value, owned by the library, or NULL where nobody set it. */
const char *host_option(const struct host *h, const char *name);

/* The application's callback. SASL_INTERACT: it wants a prompt instead. */
int host_callback(const struct host *h, unsigned long id,
    int (**function)(void), void **context);

/*
 * Has the application a SASL_CB_CANON_USER, among the callbacks of its own that
 * a server's connection has, or NULL, or among those of all? To say no takes
 * the library long, so the second is asked once.
 */
bool host_has_canon_user(const struct host *h, struct host_memory *memory,
    const sasl_callback_t *own);

/* sasl_checkpass(). Overwrites the connection's identities. */
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
 * Wipe the values of one of those properties and remove them. The library by
 * itself stops at a NUL; the lengths of several it does not tell.
 */
void host_prop_erase(const struct host *h, struct propctx *context,
    const struct propval *property);

/*
 * A context of one's own, NULL without memory; and storing for `user` what is
 * set in it, and deleting what was requested and not set.
 */
struct propctx *host_prop_new(const struct host *h);
int host_prop_set(const struct host *h, struct propctx *context,
    const char *name, struct bytes value);
int host_prop_store(
    const struct host *h, struct propctx *context, const char *user);
void host_prop_dispose(const struct host *h, struct propctx **context);

/* The exchange has succeeded, for client or server: no security layer. */
void host_finish_exchange(sasl_out_params_t *out);

#endif

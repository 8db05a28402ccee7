/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The only file that knows sasl_utils_t. libsasl2 2.2 took eight members out
 * of its middle and kept every version number, so that one binary can serve
 * both only by looking: the head is the same up to `mutex_free`, and the tail
 * is the same run of pointers, eight words earlier.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/consttime.h"
#include "base/host.h"

/* From `mkchal` on, as both layouts have it. */
struct host_tail {
	int (*mkchal)(sasl_conn_t *, char *, unsigned, unsigned);
	int (*utf8verify)(const char *, unsigned);
	void (*rand)(sasl_rand_t *, char *, unsigned);
	void (*churn)(sasl_rand_t *, const char *, unsigned);
	int (*checkpass)(
	    sasl_conn_t *, const char *, unsigned, const char *, unsigned);
	int (*decode64)(const char *, unsigned, char *, unsigned, unsigned *);
	int (*encode64)(const char *, unsigned, char *, unsigned, unsigned *);
	void (*erasebuffer)(char *, unsigned);
	int (*getprop)(sasl_conn_t *, int, const void **);
	int (*setprop)(sasl_conn_t *, int, const void *);
	sasl_getcallback_t *getcallback;
	void (*log)(sasl_conn_t *, int, const char *, ...);
	void (*seterror)(sasl_conn_t *, unsigned, const char *, ...);
	int *(*spare_fptr)(void);
	struct propctx *(*prop_new)(unsigned);
	int (*prop_dup)(struct propctx *, struct propctx **);
	int (*prop_request)(struct propctx *, const char **);
	const struct propval *(*prop_get)(struct propctx *);
	int (*prop_getnames)(struct propctx *, const char **, struct propval *);
	void (*prop_clear)(struct propctx *, int);
	void (*prop_dispose)(struct propctx **);
	int (*prop_format)(
	    struct propctx *, const char *, int, char *, unsigned, unsigned *);
	int (*prop_set)(struct propctx *, const char *, const char *, int);
	int (*prop_setvals)(struct propctx *, const char *, const char **);
	void (*prop_erase)(struct propctx *, const char *);
	int (*auxprop_store)(sasl_conn_t *, struct propctx *, const char *);
};

enum {
	TAIL_IN_2_1 = 21, /* words before `mkchal` */
	TAIL_IN_2_2 = 13,

	/*
	 * The landmarks, in words: `decode64` in 2.1 and `spare_fptr` in 2.2;
	 * `spare_fptr` in 2.1 and `prop_format` in 2.2. Both libraries set
	 * spare_fptr to NULL, and neither leaves the other two NULL.
	 */
	LANDMARK_LOW = 26,
	LANDMARK_HIGH = 34,
};

_Static_assert(offsetof(sasl_utils_t, mutex_free) + sizeof(void *) ==
		   TAIL_IN_2_2 * sizeof(void *),
    "sasl_utils_t does not begin as libsasl2 2.1 and 2.2 have it");
_Static_assert(
    offsetof(sasl_utils_t, auxprop_store) - offsetof(sasl_utils_t, mkchal) ==
	offsetof(struct host_tail, auxprop_store),
    "sasl_utils_t does not end as libsasl2 2.1 and 2.2 have it");

static bool
word_is_set(const sasl_utils_t *utils, size_t word)
{
	const void *value;

	memcpy(
	    &value, (const char *)utils + word * sizeof(value), sizeof(value));
	return value != NULL;
}

int
host_open(struct host *h, const struct sasl_utils *utils)
{
	bool low, high;
	size_t words;

	if (utils == NULL)
		return SASL_BADPARAM;
	low = word_is_set(utils, LANDMARK_LOW);
	high = word_is_set(utils, LANDMARK_HIGH);
	if (low == high)
		return SASL_BADVERS;
	words = low ? TAIL_IN_2_1 : TAIL_IN_2_2;
	h->utils = utils;
	h->tail = (const void *)((const char *)utils + words * sizeof(void *));
	return SASL_OK;
}

const char *
host_layout(const struct host *h)
{
	size_t words =
	    (size_t)((const char *)h->tail - (const char *)h->utils) /
	    sizeof(void *);

	return words == TAIL_IN_2_1 ? "2.1" : "2.2";
}

int
host_introduce(struct host *h, const struct sasl_utils *utils, int max_version,
    int version, int *out_version)
{
	if (out_version == NULL)
		return SASL_BADPARAM;
	if (max_version < version)
		return SASL_BADVERS;
	*out_version = version;
	return host_open(h, utils);
}

void *
host_alloc(const struct host *h, size_t size)
{
	return h->utils->malloc(size);
}

void *
host_alloc_zeroed(const struct host *h, size_t size)
{
	void *memory = h->utils->malloc(size);

	/* Its calloc() would pass by what glibc has at hand for a thread. */
	return memory == NULL ? NULL : memset(memory, 0, size);
}

void
host_free(const struct host *h, void *memory)
{
	h->utils->free(memory);
}

sasl_conn_t *
host_connection(const struct host *h)
{
	return h->utils->conn;
}

void
host_log(const struct host *h, int level, const char *format, ...)
{
	char line[HOST_LOG_LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	host_log_line(h, level, line);
}

void
host_log_line(const struct host *h, int level, const char *line)
{
	h->tail->log(h->utils->conn, level, "%s", line);
}

void
host_error(const struct host *h, const char *text)
{
	h->tail->seterror(h->utils->conn, SASL_NOLOG, "%s", text);
}

const char *
host_option(const struct host *h, const char *name)
{
	const char *value = NULL;

	if (h->utils->getopt(
		h->utils->getopt_context, NULL, name, &value, NULL) != SASL_OK)
		return NULL;
	return value;
}

int
host_callback(const struct host *h, unsigned long id, int (**function)(void),
    void **context)
{
	int result;

	*function = NULL;
	*context = NULL;
	result = h->tail->getcallback(h->utils->conn, id, function, context);
	return result == SASL_OK && *function == NULL ? SASL_FAIL : result;
}

static bool
says_canon_user(const struct host *h)
{
	int (*function)(void);
	void *context;

	return host_callback(h, SASL_CB_CANON_USER, &function, &context) ==
	       SASL_OK;
}

/* Without one of the connection's own, the answer is that for all. */
bool
host_has_canon_user(const struct host *h, struct host_memory *memory,
    const sasl_callback_t *own)
{
	enum { UNKNOWN, NO, YES };
	int known = memory->canon_user;

	for (; own != NULL && own->id != SASL_CB_LIST_END; own++)
		if (own->id == SASL_CB_CANON_USER)
			return says_canon_user(h);
	if (known == UNKNOWN) {
		known = says_canon_user(h) ? YES : NO;
		memory->canon_user = known;
	}
	return known == YES;
}

int
host_checkpass(const struct host *h, const char *user, const char *password)
{
	return h->tail->checkpass(h->utils->conn, user, (unsigned)strlen(user),
	    password, (unsigned)strlen(password));
}

int
host_prop_request(
    const struct host *h, struct propctx *context, const char *const *names)
{
	return h->tail->prop_request(context, (const char **)names);
}

int
host_prop_values(const struct host *h, struct propctx *context,
    const char *const *names, struct propval *values)
{
	return h->tail->prop_getnames(context, (const char **)names, values);
}

const struct propval *
host_prop_all(const struct host *h, struct propctx *context)
{
	return h->tail->prop_get(context);
}

void
host_prop_erase(const struct host *h, struct propctx *context,
    const struct propval *property)
{
	if (property->nvalues == 1 && property->values[0] != NULL)
		secret_wipe((char *)property->values[0], property->valsize);
	h->tail->prop_erase(context, property->name);
}

struct propctx *
host_prop_new(const struct host *h)
{
	return h->tail->prop_new(0);
}

int
host_prop_set(const struct host *h, struct propctx *context, const char *name,
    struct bytes value)
{
	return h->tail->prop_set(context, name, value.data, (int)value.len);
}

int
host_prop_store(const struct host *h, struct propctx *context, const char *user)
{
	return h->tail->auxprop_store(h->utils->conn, context, user);
}

void
host_prop_dispose(const struct host *h, struct propctx **context)
{
	h->tail->prop_dispose(context);
}

void
host_finish_exchange(sasl_out_params_t *out)
{
	out->doneflag = 1;
	out->maxoutbuf = 0;
	out->mech_ssf = 0;
	out->encode_context = NULL;
	out->encode = NULL;
	out->decode_context = NULL;
	out->decode = NULL;
	out->param_version = 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The least that a plugin needs of a library, see abi_utils.h.
 */
#include "config.h"

#include "abi_utils.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api.h"
#include "fail.h"
#include "login.h"

static const char *secrets; /* the option classic_secrets */
static struct abi_memory memory;

struct abi_memory
abi_utils_memory(void)
{
	return memory;
}

/* What stands before each block. */
union header {
	size_t size;
	max_align_t align;
};

static void *
count_realloc(void *old, size_t size)
{
	union header *h = old != NULL ? (union header *)old - 1 : NULL;
	size_t before = h != NULL ? h->size : 0;

	if ((h = realloc(h, sizeof *h + size)) == NULL)
		fail("out of memory");
	h->size = size;
	memory.allocations++;
	memory.held += size - before;
	return h + 1;
}

static void *
count_malloc(size_t size)
{
	return count_realloc(NULL, size);
}

static void *
count_calloc(size_t n, size_t size)
{
	return memset(count_malloc(n * size), 0, n * size);
}

static void
count_free(void *old)
{
	union header *h = old;

	if (h == NULL)
		return;
	memory.held -= h[-1].size;
	free(h - 1);
}

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	(void)context;
	(void)plugin;
	if (secrets == NULL || strcmp(option, "classic_secrets") != 0)
		return SASL_FAIL;
	*result = secrets;
	if (len != NULL)
		*len = (unsigned)strlen(secrets);
	return SASL_OK;
}

static int
get_callback(sasl_conn_t *conn, unsigned long id, sasl_callback_ft *function,
    void **context)
{
	static char user[] = LOGIN_CLIENT;
	sasl_callback_t callbacks[API_CALLBACKS];
	const sasl_callback_t *c;

	(void)conn;
	api_client_callbacks(callbacks, user);
	for (c = callbacks; c->id != SASL_CB_LIST_END; c++)
		if (c->id == id) {
			*function = (sasl_callback_ft)c->proc;
			*context = c->context;
			return SASL_OK;
		}
	return SASL_FAIL;
}

static int
get_property(sasl_conn_t *conn, int number, const void **value)
{
	(void)conn;
	(void)number;
	*value = NULL;
	return SASL_NOTDONE;
}

static int
check_password(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned len)
{
	(void)conn;
	if (login_known(user, user_len) && len == sizeof LOGIN_PASSWORD - 1 &&
	    memcmp(password, LOGIN_PASSWORD, len) == 0)
		return SASL_OK;
	return SASL_BADAUTH;
}

static void
log_nothing(sasl_conn_t *conn, int level, const char *format, ...)
{
	(void)conn;
	(void)level;
	(void)format;
}

static void
set_no_error(sasl_conn_t *conn, unsigned flags, const char *format, ...)
{
	(void)conn;
	(void)flags;
	(void)format;
}

static int
request_properties(struct propctx *context, const char **names)
{
	(void)context;
	(void)names;
	return SASL_OK;
}

/* Everybody has the same password, and nothing else. */
static int
get_properties(
    struct propctx *context, const char **names, struct propval *values)
{
	static const char *password[] = { LOGIN_PASSWORD, NULL };
	int found = 0;

	(void)context;
	for (; *names != NULL; names++, values++) {
		*values = (struct propval) { .name = *names };
		if (strcasecmp(*names, "*userPassword") != 0)
			continue;
		values->values = password;
		values->nvalues = 1;
		values->valsize = sizeof LOGIN_PASSWORD - 1;
		found++;
	}
	return found;
}

static const struct propval *
get_no_properties(struct propctx *context)
{
	static const struct propval none = { .name = NULL };

	(void)context;
	return &none;
}

static void
erase_property(struct propctx *context, const char *name)
{
	(void)context;
	(void)name;
}

void
abi_utils_replace(sasl_utils_t *u, const struct scenario *s)
{
	secrets = s->secrets;
	u->malloc = malloc;
	u->calloc = calloc;
	u->realloc = realloc;
	u->free = free;
	if (s->what == WHAT_ALLOCATIONS || s->what == WHAT_HELD) {
		u->malloc = count_malloc;
		u->calloc = count_calloc;
		u->realloc = count_realloc;
		u->free = count_free;
	}
	u->getopt = get_option;
	u->getcallback = get_callback;
	u->getprop = get_property;
	u->checkpass = check_password;
	u->log = log_nothing;
	u->seterror = set_no_error;
	u->prop_request = request_properties;
	u->prop_getnames = get_properties;
	u->prop_get = get_no_properties;
	u->prop_erase = erase_property;
}

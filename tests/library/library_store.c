/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Users in memory, of the real library: see library_store.h.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "library/library_store.h"
#include "support/test.h"

enum { MOST_ROWS = 16, NAME = 64, VALUE = 256 };

struct library_store library_store;

static struct {
	char user[NAME], property[NAME], value[VALUE];
} held[MOST_ROWS];
static unsigned held_count;

static void
hold(const char *user, const char *property, const char *value)
{
	assert_true(held_count < MOST_ROWS);
	snprintf(held[held_count].user, NAME, "%s", user);
	snprintf(held[held_count].property, NAME, "%s", property);
	snprintf(held[held_count++].value, VALUE, "%s", value);
}

/* "*" stands for all properties. */
static bool
is(unsigned i, const char *user, const char *property)
{
	return !strcmp(held[i].user, user) &&
	       (!strcmp(property, "*") || !strcmp(held[i].property, property));
}

static void
drop(const char *user, const char *property)
{
	unsigned i, kept = 0;

	for (i = 0; i < held_count; i++)
		if (!is(i, user, property))
			held[kept++] = held[i];
	held_count = kept;
}

void
library_store_fill(const struct library_row *rows)
{
	memset(&library_store, 0, sizeof(library_store));
	for (held_count = 0; rows->user != NULL; rows++)
		hold(rows->user, rows->property, rows->value);
}

const char *
library_store_value(const char *user, const char *property)
{
	unsigned i;

	for (i = 0; i < held_count; i++)
		if (is(i, user, property))
			return held[i].value;
	return NULL;
}

/* One of the authcid's properties, which have a '*' before their name. */
static void
fetch(struct propctx *context, const char *user, const char *name)
{
	size_t len = strlen(library_store.fetched);
	unsigned i;

	snprintf(library_store.fetched + len, LIBRARY_TEXT - len, " %s", name);
	for (i = 0; i < held_count; i++)
		if (is(i, user, name + 1))
			prop_set(context, name, held[i].value, 0);
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct propval *p = prop_get(params->propctx);

	(void)context;
	assert_int_equal(strlen(user), len);
	if (library_store.unavailable)
		return SASL_UNAVAIL;
	for (; p->name != NULL; p++)
		if (p->name[0] == '*' && !(flags & SASL_AUXPROP_AUTHZID)) {
			/* The sql plugin asks PostgreSQL for no column. */
			assert_string_not_equal(p->name, "*");
			fetch(params->propctx, user, p->name);
		}
	return library_store_value(user, "*") == NULL ? SASL_NOUSER : SASL_OK;
}

/*
 * One property; what has a list with nothing in it is deleted. The sql plugin
 * looks into that list, and has one there must be.
 */
static void
keep(const char *user, const struct propval *p)
{
	unsigned i;

	assert_non_null(p->values);
	drop(user, p->name);
	for (i = 0; p->values[i] != NULL; i++)
		hold(user, p->name, p->values[i]);
	if (i == 0 && strcmp(p->name, "*") != 0 && library_store.null != NULL)
		hold(user, p->name, library_store.null);
}

/* Those of a lookup, which have a '*' before their name, are none to store. */
static bool
is_to_store(const struct propval *p)
{
	return p->name[0] != '*' || p->name[1] == '\0';
}

static int
store(void *context, sasl_server_params_t *params, struct propctx *values,
    const char *user, unsigned len)
{
	unsigned left = library_store.fail_after;
	const struct propval *p;
	bool fails;

	(void)context;
	(void)params;
	(void)len;
	if (values == NULL) /* can it be written at all? */
		return SASL_OK;
	fails = ++library_store.operations == library_store.fail_at;
	for (p = prop_get(values); p->name != NULL; p++) {
		if (fails && left-- == 0)
			break;
		if (is_to_store(p) && !library_store.silent)
			keep(user, p);
	}
	library_store.failed |= fails;
	return fails ? SASL_FAIL : SASL_OK;
}

static int
init(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char own_name[] = LIBRARY_STORE;
	static sasl_auxprop_plug_t record;

	(void)utils;
	(void)name;
	assert_true(max_version >= SASL_AUXPROP_PLUG_VERSION);
	record.auxprop_lookup = look_up;
	record.auxprop_store = store;
	record.name = own_name;
	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &record;
	return SASL_OK;
}

void
library_store_add(void)
{
	assert_int_equal(sasl_auxprop_add_plugin(LIBRARY_STORE, init), SASL_OK);
}

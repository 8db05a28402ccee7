/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Users in memory: see pair_store.h.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "library/pair.h"
#include "library/pair_store.h"
#include "support/test.h"

enum { MOST_ROWS = 12, TEXT = 128 };

struct row {
	char user[TEXT], property[TEXT], value[TEXT];
};

/* wonderland: the digest by python's hashlib, the state as Dovecot has it. */
static const struct row initial[] = {
	{ PAIR_PLAIN, "userPassword", PAIR_PASSWORD },
	{ PAIR_HASHED, "userPasswordHash",
	    "{SSHA256}rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXBwZXJw"
	    "ZXBwZXI=" },
	{ PAIR_HASHED, "cramMd5State",
	    "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b8"
	    "8a" },
};

/* What was set since; a free row has no user. */
static struct row written[MOST_ROWS];

static bool
row_is(const struct row *row, const char *user, unsigned len)
{
	return strlen(row->user) == len && !memcmp(row->user, user, len);
}

/* Those of the authcid have a '*' before their name. */
static void
give(struct propctx *context, const struct row *row)
{
	const struct propval *p;

	for (p = prop_get(context); p->name != NULL; p++)
		if (p->name[0] == '*' && !strcmp(p->name + 1, row->property))
			prop_set(context, p->name, row->value, -1);
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct row *row;
	bool known = false;
	size_t i;

	(void)context;
	for (i = 0; i < COUNT_OF(initial) + MOST_ROWS; i++) {
		row = i < COUNT_OF(initial) ? &initial[i]
					    : &written[i - COUNT_OF(initial)];
		if (!row_is(row, user, len))
			continue;
		known = true;
		if (!(flags & SASL_AUXPROP_AUTHZID))
			give(params->propctx, row);
	}
	return known ? SASL_OK : SASL_NOUSER;
}

static void
add(const char *user, const char *property, const char *value)
{
	struct row *row = written;

	while (row->user[0] != '\0')
		row++;
	assert_true(row < written + MOST_ROWS);
	snprintf(row->user, TEXT, "%s", user);
	snprintf(row->property, TEXT, "%s", property);
	snprintf(row->value, TEXT, "%s", value);
}

static int
store(void *context, sasl_server_params_t *params, struct propctx *values,
    const char *user, unsigned len)
{
	const struct propval *p;
	size_t i;

	(void)context;
	(void)params;
	if (values == NULL) /* can it be written at all? */
		return SASL_OK;
	for (p = prop_get(values); p->name != NULL; p++) {
		for (i = 0; i < MOST_ROWS; i++)
			if (row_is(&written[i], user, len) &&
			    !strcmp(written[i].property, p->name))
				memset(&written[i], 0, sizeof(written[i]));
		for (i = 0; p->values != NULL && p->values[i] != NULL; i++)
			add(user, p->name, p->values[i]);
	}
	return SASL_OK;
}

static int
init_store(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char store_name[] = PAIR_STORE;
	static sasl_auxprop_plug_t record = {
		.auxprop_lookup = look_up,
		.auxprop_store = store,
		.name = store_name,
	};

	(void)utils;
	(void)name;
	if (max_version < SASL_AUXPROP_PLUG_VERSION)
		return SASL_BADVERS;
	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &record;
	return SASL_OK;
}

void
pair_add_store(void)
{
	assert_int_equal(
	    sasl_auxprop_add_plugin(PAIR_STORE, init_store), SASL_OK);
}

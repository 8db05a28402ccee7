/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Where the passwords are, see store.h.
 */
#include "config.h"

#include "store.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#include "fail.h"
#include "login.h"

static const char property[] = "userPassword";

static _Thread_local unsigned long lookups;
static const char *stored = LOGIN_PASSWORD;

unsigned long
store_lookups(void)
{
	return lookups;
}

/* A "*" marks what belongs to the authcid; flags say whose turn it is. */
static bool
is_wanted(const struct propval *p, unsigned flags)
{
	const char *name = p->name;
	bool of_authcid = *name == '*';

	if (of_authcid == ((flags & SASL_AUXPROP_AUTHZID) != 0))
		return false;
	if (p->values != NULL && !(flags & SASL_AUXPROP_OVERRIDE))
		return false;
	return strcasecmp(name + of_authcid, property) == 0;
}

static int
look_up(void *context, sasl_server_params_t *params, unsigned flags,
    const char *user, unsigned len)
{
	const struct propval *p;

	(void)context;
	lookups++;
	if (!login_known(user, len))
		return SASL_NOUSER;
	for (p = prop_get(params->propctx); p->name != NULL; p++) {
		if (!is_wanted(p, flags))
			continue;
		if (p->values != NULL)
			prop_erase(params->propctx, p->name);
		prop_set(params->propctx, p->name, stored, -1);
	}
	return SASL_OK;
}

static int
init_memory(const sasl_utils_t *utils, int max_version, int *version,
    sasl_auxprop_plug_t **plugin, const char *name)
{
	static char memory_name[] = STORE_MEMORY;
	static sasl_auxprop_plug_t memory = {
		.auxprop_lookup = look_up,
		.name = memory_name,
	};

	(void)utils;
	(void)name;
	if (max_version < SASL_AUXPROP_PLUG_VERSION)
		return SASL_BADVERS;
	*version = SASL_AUXPROP_PLUG_VERSION;
	*plugin = &memory;
	return SASL_OK;
}

void
store_add_memory(const struct scenario *s)
{
	if (s->stored != NULL)
		stored = s->stored;
	fail_unless("sasl_auxprop_add_plugin",
	    sasl_auxprop_add_plugin(STORE_MEMORY, init_memory), SASL_OK);
}

static void
store_user(sasl_conn_t *conn, const char *user)
{
	const char *names[] = { property, NULL };
	struct propctx *properties = prop_new(0);

	if (properties == NULL)
		fail("out of memory");
	fail_unless("prop_request", prop_request(properties, names), SASL_OK);
	fail_unless("prop_set",
	    prop_set(properties, property, LOGIN_PASSWORD, -1), SASL_OK);
	fail_unless("sasl_auxprop_store",
	    sasl_auxprop_store(conn, properties, user), SASL_OK);
	prop_dispose(&properties);
}

void
store_fill(const struct scenario *s)
{
	sasl_conn_t *conn;
	char user[USER_SIZE];

	fail_unless("sasl_server_new",
	    sasl_server_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, NULL, NULL, 0, &conn),
	    SASL_OK);
	for (unsigned long n = 0; n < s->users; n++) {
		login_user(user, n);
		store_user(conn, user);
	}
	sasl_dispose(&conn);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The tool as a plugin: see probe.h.
 */
#include "config.h"

#include <string.h>

#include "sasl/probe.h"

enum { CALLBACK_VISIT = 0x5ca1 }; /* ours, unknown to everybody else */

/* What is to be done on a connection. */
struct visit {
	probe_fn *fn;
	void *context;
	bool done;
};

static const char *layout = "unknown";

/* Only the connections of probe_run() have it. */
static struct visit *
find_visit(const struct host *h)
{
	int (*function)(void);
	void *found;

	if (host_callback(h, CALLBACK_VISIT, &function, &found) != SASL_OK)
		return NULL;
	return found;
}

static int
is_available(void *glob_context, sasl_server_params_t *params, void **context)
{
	struct host h;

	(void)glob_context;
	(void)context;
	if (host_open(&h, params->utils) != SASL_OK || find_visit(&h) == NULL)
		return SASL_NOMECH;
	return SASL_OK;
}

static int
make_session(void *glob_context, sasl_server_params_t *params,
    const char *challenge, unsigned challenge_len, void **context)
{
	(void)glob_context;
	(void)params;
	(void)challenge;
	(void)challenge_len;
	*context = NULL;
	return SASL_OK;
}

/* Nobody is logged in by it, whatever has been done. */
static int
step(void *context, sasl_server_params_t *params, const char *in,
    unsigned in_len, const char **out, unsigned *out_len,
    sasl_out_params_t *identity)
{
	struct visit *visit;
	struct host h;

	(void)context;
	(void)in;
	(void)in_len;
	*out = NULL;
	*out_len = 0;
	if (host_open(&h, params->utils) != SASL_OK)
		return SASL_BADVERS;
	visit = find_visit(&h);
	if (visit == NULL)
		return SASL_FAIL;
	if (!visit->done)
		visit->fn(&h, params, identity, visit->context);
	visit->done = true;
	return SASL_BADAUTH;
}

static void
dispose(void *context, const sasl_utils_t *utils)
{
	(void)context;
	(void)utils;
}

static int
plug_init(const sasl_utils_t *utils, int max_version, int *out_version,
    sasl_server_plug_t **list, int *count)
{
	static sasl_server_plug_t plug = {
		.mech_name = PROBE_MECHANISM,
		.security_flags = SASL_SEC_NOANONYMOUS,
		.features = SASL_FEAT_WANT_CLIENT_FIRST,
		.mech_avail = is_available,
		.mech_new = make_session,
		.mech_step = step,
		.mech_dispose = dispose,
	};
	struct host h;
	int result;

	(void)max_version;
	result = host_open(&h, utils);
	if (result != SASL_OK)
		return result;
	layout = host_layout(&h);
	*out_version = SASL_SERVER_PLUG_VERSION;
	*list = &plug;
	*count = 1;
	return SASL_OK;
}

int
probe_register(void)
{
	return sasl_server_add_plugin("sasl-classic", plug_init);
}

const char *
probe_layout(void)
{
	return layout;
}

/* What the mechanism asks its connection for; never called. */
static int
unused(void)
{
	return SASL_OK;
}

int
probe_no_log(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	(void)text;
	return SASL_OK;
}

/* The mechanism's own name stands for mech_list, whatever that says. */
int
probe_getopt(void *settings, const char *plugin, const char *option,
    const char **value, unsigned *len)
{
	const struct probe_option *s = settings;

	(void)plugin;
	for (; s != NULL && s->name != NULL; s++)
		if (!strcmp(s->name, option)) {
			*value = s->value;
			if (len != NULL)
				*len = (unsigned)strlen(s->value);
			return SASL_OK;
		}
	return SASL_FAIL;
}

static int
visit_getopt(void *settings, const char *plugin, const char *option,
    const char **value, unsigned *len)
{
	static const struct probe_option only[] = {
		{ "mech_list", PROBE_MECHANISM },
		{ NULL, NULL },
	};

	if (probe_getopt((void *)only, plugin, option, value, len) == SASL_OK)
		return SASL_OK;
	return probe_getopt(settings, plugin, option, value, len);
}

int
probe_run(const struct probe *where, probe_fn *fn, void *context)
{
	struct visit visit = { fn, context, false };
	sasl_callback_t callbacks[] = {
		{ CALLBACK_VISIT, unused, &visit },
		{ SASL_CB_GETOPT, PROBE_CALLBACK(visit_getopt),
		    (void *)where->settings },
		{ SASL_CB_LOG,
		    PROBE_CALLBACK(
			where->log != NULL ? where->log : probe_no_log),
		    where->log_context },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *conn = NULL;
	const char *out;
	unsigned out_len;
	int result;

	result = sasl_server_new(where->service, where->fqdn, where->realm,
	    NULL, NULL, callbacks, 0, &conn);
	if (result == SASL_OK)
		result = sasl_server_start(
		    conn, PROBE_MECHANISM, "", 0, &out, &out_len);
	sasl_dispose(&conn);
	return visit.done ? SASL_OK : result == SASL_OK ? SASL_FAIL : result;
}

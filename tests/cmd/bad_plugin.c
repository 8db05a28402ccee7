/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * bad_plugin: a plugin for PLAIN that ends its process, as one does that was
 * made for another libsasl2: when it is loaded (-DAT_LOAD), or when somebody
 * logs in. With -DHIDDEN it never offers itself. With -DREFUSES it will not
 * work, and has the version of a plugin of the pack.
 */
#include <stdlib.h>

#include <sasl/sasl.h>
#include <sasl/saslplug.h>

#ifdef REFUSES
#include "plugin.h"
PLUGIN_NOTE
#endif

sasl_server_plug_init_t sasl_server_plug_init;

static int
make_session(void *glob_context, sasl_server_params_t *params,
    const char *challenge, unsigned challenge_len, void **context)
{
	(void)glob_context;
	(void)params;
	(void)challenge;
	(void)challenge_len;
	(void)context;
	abort();
}

static int
step(void *context, sasl_server_params_t *params, const char *in,
    unsigned in_len, const char **out, unsigned *out_len,
    sasl_out_params_t *identity)
{
	(void)context;
	(void)params;
	(void)in;
	(void)in_len;
	(void)out;
	(void)out_len;
	(void)identity;
	abort();
}

#ifdef HIDDEN
static int
is_available(void *glob_context, sasl_server_params_t *params, void **context)
{
	(void)glob_context;
	(void)params;
	(void)context;
	return SASL_NOMECH;
}
#endif

int
sasl_server_plug_init(const sasl_utils_t *utils, int max_version,
    int *out_version, sasl_server_plug_t **list, int *count)
{
	static sasl_server_plug_t plug = {
		.mech_name = "PLAIN",
		.max_ssf = 1, /* so it comes before any other PLAIN */
		.security_flags = SASL_SEC_NOANONYMOUS,
		.features = SASL_FEAT_WANT_CLIENT_FIRST,
		.mech_new = make_session,
		.mech_step = step,
#ifdef HIDDEN
		.mech_avail = is_available,
#endif
	};

	(void)utils;
	(void)max_version;
#ifdef AT_LOAD
	abort();
#endif
#ifdef REFUSES
	return SASL_FAIL;
#endif
	*out_version = SASL_SERVER_PLUG_VERSION;
	*list = &plug;
	*count = 1;
	return SASL_OK;
}

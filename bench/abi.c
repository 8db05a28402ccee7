/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The small host: how it gets its utils and makes its sessions. See abi.h.
 */
#include "config.h"

#include "abi.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sasl/saslutil.h>

#include "abi_utils.h"
#include "fail.h"
#include "login.h"

static sasl_utils_t utils;

const sasl_utils_t *
abi_utils(void)
{
	return &utils;
}

/* A plugin that has nothing to offer: it only wants to see the utils. */
static int
see_utils(const sasl_utils_t *seen, int max_version, int *version,
    sasl_canonuser_plug_t **plugin, const char *name)
{
	(void)max_version;
	(void)version;
	(void)plugin;
	(void)name;
	utils = *seen;
	return SASL_NOMECH;
}

void
abi_capture(const struct scenario *s)
{
	sasl_canonuser_add_plugin("benchcapture", see_utils);
	if (utils.malloc == NULL)
		fail("libsasl2 has shown no utils");
	abi_utils_replace(&utils, s);
}

abi_function
abi_symbol(const struct scenario *s, const char *name)
{
	const char *dir = getenv("SASL_PATH");
	char path[4096];
	void *file, *symbol;

	if (dir == NULL)
		fail("SASL_PATH does not say where the plugins are");
	snprintf(path, sizeof path, "%s/%s", dir, s->mech->file);
	if ((file = dlopen(path, RTLD_NOW)) == NULL ||
	    (symbol = dlsym(file, name)) == NULL)
		fail("%s", dlerror());
	return (abi_function)symbol;
}

/* The library would trim and look up; the name must stay for the session. */
static int
canonicalise(sasl_conn_t *conn, const char *in, unsigned len, unsigned flags,
    sasl_out_params_t *out)
{
	struct abi_session *a = (struct abi_session *)conn;

	if (len == 0)
		len = (unsigned)strlen(in);
	if (len >= sizeof a->name)
		return SASL_BUFOVER;
	memcpy(a->name, in, len);
	a->name[len] = '\0';
	if (flags & SASL_CU_AUTHID) {
		out->authid = a->name;
		out->alen = len;
	}
	if (flags & SASL_CU_AUTHZID) {
		out->user = a->name;
		out->ulen = len;
	}
	return SASL_OK;
}

static void
fill_server(struct abi_session *a)
{
	a->server.appname = "bench";
	a->server.applen = 5;
	a->server.service = LOGIN_SERVICE;
	a->server.servicelen = sizeof LOGIN_SERVICE - 1;
	a->server.serverFQDN = LOGIN_HOST;
	a->server.slen = sizeof LOGIN_HOST - 1;
	a->server.log_level = SASL_LOG_ERR;
	a->server.utils = &a->utils;
	a->server.canon_user = canonicalise;
	a->server.propctx = (struct propctx *)a;
}

static void
fill_client(struct abi_session *a)
{
	a->client.service = LOGIN_SERVICE;
	a->client.servicelen = sizeof LOGIN_SERVICE - 1;
	a->client.serverFQDN = LOGIN_HOST;
	a->client.slen = sizeof LOGIN_HOST - 1;
	a->client.utils = &a->utils;
	a->client.canon_user = canonicalise;
}

void
abi_prepare(struct session *s)
{
	struct abi_session *a = calloc(1, sizeof *a);

	if (a == NULL)
		fail("out of memory");
	a->utils = utils;
	a->utils.conn = (sasl_conn_t *)a;
	fail_unless(
	    "sasl_randcreate", sasl_randcreate(&a->utils.rpool), SASL_OK);
	fill_server(a);
	fill_client(a);
	s->peer = a;
}

void
abi_release(struct session *s)
{
	struct abi_session *a = s->peer;

	sasl_randfree(&a->utils.rpool);
	free(a);
}

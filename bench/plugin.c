/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins by the functions of a plugin alone, on a small host that answers at
 * once. Two things stay libsasl2's, as plugins are given them: random numbers,
 * with a fresh state for each connection, and the HMAC.
 */
#include "config.h"

#include <dlfcn.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <sasl/saslutil.h>

#include "login.h"

#pragma GCC diagnostic ignored "-Wunused-parameter"

/* One connection as the plugin sees it. */
struct connection {
	sasl_utils_t utils;
	sasl_out_params_t out;
	sasl_server_params_t server;
	sasl_client_params_t client;
	char name[USER_SIZE]; /* canonicalised */
	void *context;	      /* the plugin's */
};

static sasl_utils_t utils;
static const sasl_server_plug_t *server_plugin;
static const sasl_client_plug_t *client_plugin;

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	return SASL_FAIL;
}

static int
get_callback(sasl_conn_t *conn, unsigned long id, sasl_callback_ft *function,
    void **context)
{
	static char user[] = "tim";

	if (id == SASL_CB_AUTHNAME)
		*function = (sasl_callback_ft)(void (*)(void))client_name;
	else if (id == SASL_CB_PASS)
		*function = (sasl_callback_ft)(void (*)(void))client_password;
	else
		return SASL_FAIL;
	*context = user;
	return SASL_OK;
}

static int
get_property(sasl_conn_t *conn, int number, const void **value)
{
	*value = NULL;
	return SASL_NOTDONE;
}

static int
check_password(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned len)
{
	bool right = user_known(user, user_len) &&
		     len == sizeof LOGIN_PASSWORD - 1 &&
		     memcmp(password, LOGIN_PASSWORD, len) == 0;

	return right ? SASL_OK : SASL_BADAUTH;
}

static void
log_nothing(sasl_conn_t *conn, int level, const char *format, ...)
{
}

static void
set_no_error(sasl_conn_t *conn, unsigned flags, const char *format, ...)
{
}

static int
request_properties(struct propctx *context, const char **names)
{
	return SASL_OK;
}

/* Everybody has the same password, and nothing else. */
static int
get_properties(
    struct propctx *context, const char **names, struct propval *values)
{
	static const char *password[] = { LOGIN_PASSWORD, NULL };
	int found = 0;

	for (; *names != NULL; names++, values++) {
		*values = (struct propval) { .name = *names };
		if (strcasecmp(*names, SASL_AUX_PASSWORD) != 0)
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

	return &none;
}

static void
erase_property(struct propctx *context, const char *name)
{
}

/* The library would trim and look up. */
static int
canonicalise(sasl_conn_t *conn, const char *in, unsigned len, unsigned flags,
    sasl_out_params_t *out)
{
	struct connection *c = (struct connection *)conn;

	if (len == 0)
		len = (unsigned)strlen(in);
	if (len >= sizeof c->name)
		return SASL_BUFOVER;
	memcpy(c->name, in, len);
	c->name[len] = '\0';
	if (flags & SASL_CU_AUTHID) {
		out->authid = c->name;
		out->alen = len;
	}
	if (flags & SASL_CU_AUTHZID) {
		out->user = c->name;
		out->ulen = len;
	}
	return SASL_OK;
}

static void
take_utils(void)
{
	utils = *library_utils();
	utils.malloc = malloc;
	utils.calloc = calloc;
	utils.realloc = realloc;
	utils.free = free;
	utils.getopt = get_option;
	utils.getcallback = get_callback;
	utils.getprop = get_property;
	utils.checkpass = check_password;
	utils.log = log_nothing;
	utils.seterror = set_no_error;
	utils.prop_request = request_properties;
	utils.prop_getnames = get_properties;
	utils.prop_get = get_no_properties;
	utils.prop_erase = erase_property;
}

/* The function in the file of the mechanism, or in the one that has all. */
static void (*symbol(const char *name))(void)
{
	const char *dir = getenv("SASL_PATH");
	char path[4096];
	void *file, *found;

	if (dir == NULL)
		errx(1, "SASL_PATH does not say where the plugins are");
	snprintf(path, sizeof path, "%s/%s", dir, mech->file);
	if (access(path, R_OK) < 0)
		snprintf(path, sizeof path, "%s/libfloor.so", dir);
	if ((file = dlopen(path, RTLD_NOW)) == NULL ||
	    (found = dlsym(file, name)) == NULL)
		errx(1, "%s", dlerror());
	return (void (*)(void))found;
}

static void
prepare(struct session *s)
{
	struct connection *c = calloc(1, sizeof *c);

	if (c == NULL)
		errx(1, "out of memory");
	c->utils = utils;
	c->utils.conn = (sasl_conn_t *)c;
	need("sasl_randcreate", sasl_randcreate(&c->utils.rpool), SASL_OK);
	c->server.service = c->client.service = LOGIN_SERVICE;
	c->server.servicelen = c->client.servicelen = sizeof LOGIN_SERVICE - 1;
	c->server.serverFQDN = c->client.serverFQDN = LOGIN_HOST;
	c->server.slen = c->client.slen = sizeof LOGIN_HOST - 1;
	c->server.utils = c->client.utils = &c->utils;
	c->server.canon_user = c->client.canon_user = canonicalise;
	c->server.log_level = SASL_LOG_ERR;
	c->server.propctx = (struct propctx *)c;
	s->own = c;
}

static void
release(struct session *s)
{
	struct connection *c = s->own;

	sasl_randfree(&c->utils.rpool);
	free(c);
}

static void
load_server(void)
{
	sasl_server_plug_init_t *init;
	sasl_server_plug_t *list;
	int version, n;

	library_start();
	take_utils();
	init = (sasl_server_plug_init_t *)symbol("sasl_server_plug_init");
	need("sasl_server_plug_init",
	    init(&utils, SASL_SERVER_PLUG_VERSION, &version, &list, &n),
	    SASL_OK);
	while (n-- > 0)
		if (strcmp(list[n].mech_name, mech->name) == 0)
			server_plugin = &list[n];
	if (server_plugin == NULL)
		errx(1, "no %s in its plugin", mech->name);
}

/* libsasl2 asks whether the mechanism is available at each start. */
static void
start_server(struct connection *c)
{
	const sasl_server_plug_t *p = server_plugin;

	if (p->mech_avail != NULL)
		need("mech_avail",
		    p->mech_avail(p->glob_context, &c->server, &c->context),
		    SASL_OK);
	if (c->context == NULL)
		need("mech_new",
		    p->mech_new(
			p->glob_context, &c->server, NULL, 0, &c->context),
		    SASL_OK);
}

static int
step_server(struct session *s, unsigned n)
{
	struct connection *c = s->own;

	if (n == 0)
		start_server(c);
	return server_plugin->mech_step(c->context, &c->server,
	    s->in[n].len > 0 ? s->in[n].text : NULL, s->in[n].len, &s->said,
	    &s->said_len, &c->out);
}

static void
check_server(struct session *s)
{
	const struct connection *c = s->own;

	if (!c->out.doneflag || strcmp(c->name, s->user) != 0)
		errx(1, "\"%s\" has not logged in", s->user);
}

/* A mechanism without a context need not be able to dispose of one. */
static void
close_server(struct session *s)
{
	struct connection *c = s->own;

	if (server_plugin->mech_dispose != NULL)
		server_plugin->mech_dispose(c->context, &c->utils);
}

const struct side plugin_server = {
	.load = load_server,
	.prepare = prepare,
	.step = step_server,
	.check = check_server,
	.close = close_server,
	.release = release,
};

static void
load_client(void)
{
	sasl_client_plug_init_t *init;
	sasl_client_plug_t *list;
	int version, n;

	need("sasl_client_init", sasl_client_init(NULL), SASL_OK);
	take_utils();
	init = (sasl_client_plug_init_t *)symbol("sasl_client_plug_init");
	need("sasl_client_plug_init",
	    init(&utils, SASL_CLIENT_PLUG_VERSION, &version, &list, &n),
	    SASL_OK);
	while (n-- > 0)
		if (strcmp(list[n].mech_name, mech->name) == 0)
			client_plugin = &list[n];
	if (client_plugin == NULL)
		errx(1, "no %s in its plugin", mech->name);
}

/* A mechanism whose client is first gets a step with nothing to read. */
static int
step_client(struct session *s, unsigned n)
{
	struct connection *c = s->own;
	sasl_interact_t *prompts = NULL;

	if (n == 0)
		need("mech_new",
		    client_plugin->mech_new(
			client_plugin->glob_context, &c->client, &c->context),
		    SASL_OK);
	if (n == 0 && !mech->client_first)
		return SASL_CONTINUE;
	return client_plugin->mech_step(c->context, &c->client,
	    s->in[n].len > 0 ? s->in[n].text : NULL, s->in[n].len, &prompts,
	    &s->said, &s->said_len, &c->out);
}

static void
close_client(struct session *s)
{
	struct connection *c = s->own;

	if (client_plugin->mech_dispose != NULL)
		client_plugin->mech_dispose(c->context, &c->utils);
}

const struct side plugin_client = {
	.load = load_client,
	.prepare = prepare,
	.step = step_client,
	.check = session_check_client,
	.close = close_client,
	.release = release,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mechanism's server side without the library: only what the functions of
 * its plugin take.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "abi.h"
#include "api.h"
#include "fail.h"

static const sasl_server_plug_t *plugin;

static void
load(const struct scenario *s)
{
	sasl_server_plug_init_t *init;
	sasl_server_plug_t *list;
	int version, n;

	api_start_server(s);
	if (s->mech->challenged)
		api_start_client();
	abi_capture(s);
	init =
	    (sasl_server_plug_init_t *)abi_symbol(s, "sasl_server_plug_init");
	fail_unless("sasl_server_plug_init",
	    init(abi_utils(), SASL_SERVER_PLUG_VERSION, &version, &list, &n),
	    SASL_OK);
	if (n != 1 || strcmp(list->mech_name, s->mech->name) != 0)
		fail("%s is not in %s", s->mech->name, s->mech->file);
	plugin = list;
}

/* libsasl2 asks whether the mechanism is available at each start. */
static void
make_context(struct abi_session *a)
{
	if (plugin->mech_avail != NULL)
		fail_unless("mech_avail",
		    plugin->mech_avail(
			plugin->glob_context, &a->server, &a->context),
		    SASL_OK);
	if (a->context == NULL)
		fail_unless("mech_new",
		    plugin->mech_new(
			plugin->glob_context, &a->server, NULL, 0, &a->context),
		    SASL_OK);
}

static void
step(struct session *s, const char *text, unsigned len, int wanted)
{
	struct abi_session *a = s->peer;

	fail_unless("mech_step",
	    plugin->mech_step(a->context, &a->server, text, len, &s->said,
		&s->said_len, &a->out),
	    wanted);
}

static void
begin(struct session *s)
{
	make_context(s->peer);
	if (s->mech->client_first)
		step(s, s->message[0].text, s->message[0].len, SASL_OK);
	else
		step(s, NULL, 0, SASL_CONTINUE);
}

static void
take(struct session *s, const struct message *m, bool last)
{
	step(s, m->text, m->len, last ? SASL_OK : SASL_CONTINUE);
}

static void
check(struct session *s)
{
	const struct abi_session *a = s->peer;

	if (!a->out.doneflag || a->out.user == NULL ||
	    strcmp(a->out.user, s->user) != 0)
		fail("\"%s\" has not logged in", s->user);
}

/* A mechanism without a context need not be able to dispose of one. */
static void
close_server(struct session *s)
{
	struct abi_session *a = s->peer;

	if (plugin->mech_dispose != NULL)
		plugin->mech_dispose(a->context, &a->utils);
}

const struct exchange abi_server = {
	.load = load,
	.prepare = abi_prepare,
	.begin = begin,
	.answer = api_answer,
	.take = take,
	.check = check,
	.close = close_server,
	.release = abi_release,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mechanism's client side without the library.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "abi.h"
#include "api.h"
#include "fail.h"
#include "login.h"

static const sasl_client_plug_t *plugin;

static void
load(const struct scenario *s)
{
	sasl_client_plug_init_t *init;
	sasl_client_plug_t *list;
	int version, n;

	api_start_client();
	abi_capture(s);
	init =
	    (sasl_client_plug_init_t *)abi_symbol(s, "sasl_client_plug_init");
	fail_unless("sasl_client_plug_init",
	    init(abi_utils(), SASL_CLIENT_PLUG_VERSION, &version, &list, &n),
	    SASL_OK);
	if (n != 1 || strcmp(list->mech_name, s->mech->name) != 0)
		fail("%s is not in %s", s->mech->name, s->mech->file);
	plugin = list;
}

static void
step(struct session *s, const char *text, unsigned len, int wanted)
{
	struct abi_session *a = s->peer;
	sasl_interact_t *prompts = NULL;

	fail_unless("mech_step",
	    plugin->mech_step(a->context, &a->client, text, len, &prompts,
		&s->said, &s->said_len, &a->out),
	    wanted);
}

/* A mechanism whose client is first gets a step with nothing to read. */
static void
begin(struct session *s)
{
	struct abi_session *a = s->peer;

	fail_unless("mech_new",
	    plugin->mech_new(plugin->glob_context, &a->client, &a->context),
	    SASL_OK);
	if (s->mech->client_first)
		step(s, NULL, 0, SASL_OK);
}

static void
take(struct session *s, const struct message *m, bool last)
{
	step(s, m->text, m->len, last ? SASL_OK : SASL_CONTINUE);
}

static void
close_client(struct session *s)
{
	struct abi_session *a = s->peer;

	plugin->mech_dispose(a->context, &a->utils);
}

const struct exchange abi_client = {
	.load = load,
	.prepare = abi_prepare,
	.begin = begin,
	.take = take,
	.check = login_check_client,
	.close = close_client,
	.release = abi_release,
};

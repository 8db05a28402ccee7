/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Steps of a plugin on the fake host, in the order in which libsasl2 takes
 * them: init, mech_avail, mech_new, mech_step, mech_dispose, mech_free.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_app.h"
#include "host/run.h"
#include "host/run_check.h"
#include "support/plugin_file.h"
#include "support/stack_scan.h"
#include "support/test.h"

enum { MAX_ROUNDS = 4 }; /* of prompts for one step */

/* What stands where a plugin puts its answer, before it does. */
static const char junk[] = "no answer was given";

void
run_open(struct run *r, const struct fake_layout *layout,
    const struct fake_setup *setup)
{
	memset(r, 0, sizeof(*r));
	fake_open(&r->host, layout, setup);
}

static void
connect_once(struct run *r)
{
	if (r->host.conn.words == NULL)
		fake_connect(&r->host);
}

static void
drop_server(struct run *r)
{
	if (r->server != NULL)
		r->server->mech_dispose(
		    r->server_context, r->host.server.utils);
	r->server_context = NULL;
}

static void
drop_client(struct run *r)
{
	if (r->client != NULL)
		r->client->mech_dispose(
		    r->client_context, r->host.client.utils);
	r->client_context = NULL;
}

static int
load_server(struct run *r)
{
	sasl_server_plug_t *list;
	int version = 0, count = 0, result;

	result = plugin_server_init(run_plugin)(fake_utils_of(&r->host.global),
	    SASL_SERVER_PLUG_VERSION, &version, &list, &count);
	if (result != SASL_OK)
		return result;
	assert_int_equal(version, SASL_SERVER_PLUG_VERSION);
	assert_int_equal(count, 1);
	assert_non_null(list->mech_dispose);
	r->server = list;
	return SASL_OK;
}

static int
load_client(struct run *r)
{
	sasl_client_plug_t *list;
	int version = 0, count = 0, result;

	result = plugin_client_init(run_plugin)(fake_utils_of(&r->host.global),
	    SASL_CLIENT_PLUG_VERSION, &version, &list, &count);
	if (result != SASL_OK)
		return result;
	assert_int_equal(version, SASL_CLIENT_PLUG_VERSION);
	assert_int_equal(count, 1);
	assert_non_null(list->mech_dispose);
	r->client = list;
	return SASL_OK;
}

int
run_server(struct run *r)
{
	const sasl_server_plug_t *plug;
	int result;

	result = r->server == NULL ? load_server(r) : SASL_OK;
	if (result != SASL_OK)
		return result;
	connect_once(r);
	drop_server(r);
	plug = r->server;
	if (plug->mech_avail != NULL) {
		result = plug->mech_avail(
		    plug->glob_context, &r->host.server, &r->server_context);
		if (result != SASL_OK || r->server_context != NULL)
			return result;
	}
	return plug->mech_new(
	    plug->glob_context, &r->host.server, NULL, 0, &r->server_context);
}

int
run_client(struct run *r)
{
	int result;

	result = r->client == NULL ? load_client(r) : SASL_OK;
	if (result != SASL_OK)
		return result;
	connect_once(r);
	drop_client(r);
	r->client_result.doneflag = 0;
	return r->client->mech_new(
	    r->client->glob_context, &r->host.client, &r->client_context);
}

static __attribute__((noinline)) int
call_server(struct run *r, const char *in, size_t len)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	return r->server->mech_step(r->server_context, &r->host.server, in,
	    (unsigned)len, &r->server_out, &r->server_len, &r->host.out);
}

int
run_server_step(struct run *r, const void *in, size_t len)
{
	struct check before;
	char *copy = guarded_copy(in, len);
	int result;

	check_begin(&before, r);
	r->server_out = junk;
	r->server_len = sizeof(junk);
	stack_paint();
	result = call_server(r, copy, len);
	stack_expect_no_secret();
	guarded_free(copy, len);
	check_server(&before, r, result);
	return result;
}

static __attribute__((noinline)) int
call_client(struct run *r, const char *in, size_t len)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	return r->client->mech_step(r->client_context, &r->host.client, in,
	    (unsigned)len, r->host.setup->no_prompts ? NULL : &r->prompts,
	    &r->client_out, &r->client_len, &r->client_result);
}

int
run_client_step(struct run *r, const void *in, size_t len)
{
	char *copy = guarded_copy(in, len);
	int result, round;

	for (round = 0; round < MAX_ROUNDS; round++) {
		r->client_out = junk;
		r->client_len = sizeof(junk);
		stack_paint();
		result = call_client(r, copy, len);
		stack_expect_no_secret();
		fake_take_back(&r->host, LENT_ANSWER);
		if (result != SASL_INTERACT || r->host.setup->leave_prompts)
			break;
		fake_answer_prompts(&r->host, r->prompts);
	}
	guarded_free(copy, len);
	check_client(r, result);
	return result;
}

void
run_close(struct run *r)
{
	drop_server(r);
	drop_client(r);
	if (r->server != NULL && r->server->mech_free != NULL)
		r->server->mech_free(
		    r->server->glob_context, fake_utils_of(&r->host.global));
	if (r->client != NULL && r->client->mech_free != NULL)
		r->client->mech_free(
		    r->client->glob_context, fake_utils_of(&r->host.global));
	fake_close(&r->host);
}

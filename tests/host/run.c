/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Steps of a plugin on the fake host, in the order in which libsasl2 takes
 * them: init, mech_avail, mech_new, mech_step, mech_dispose, mech_free. What
 * holds for every step of every mechanism is checked here.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/run.h"
#include "support/cram_answer.h"
#include "support/plugin_file.h"
#include "support/stack_scan.h"
#include "support/test.h"

/* How it stood before the step. */
struct check {
	unsigned failures, errors;
	bool done;
};

static unsigned
failures(const struct run *r)
{
	unsigned i, count = 0;

	for (i = 0; i < r->host.log_count; i++)
		count += strstr(r->host.log[i].text, ": reason=") != NULL;
	return count;
}

static void
check_begin(struct check *c, const struct run *r)
{
	c->failures = failures(r);
	c->errors = r->host.error_count;
	c->done = r->host.out.doneflag;
}

static void
no_security_layer(const sasl_out_params_t *out)
{
	assert_int_equal(out->mech_ssf, 0);
	assert_int_equal(out->maxoutbuf, 0);
	assert_null(out->encode);
	assert_null(out->decode);
	assert_int_equal(out->param_version, 0);
	assert_non_null(out->user);
	assert_non_null(out->authid);
	assert_int_equal(out->ulen, strlen(out->user));
	assert_int_equal(out->alen, strlen(out->authid));
}

/* The text that hosts may show to the peer says no more than the code. */
static void
error_text(const struct check *before, const struct run *r, int result)
{
	if (result == SASL_BADAUTH)
		assert_string_equal(r->host.error, "authentication failed");
	else
		assert_true(r->host.error_count > before->errors);
}

static void
failure(const struct check *before, const struct run *r, int result)
{
	switch (result) {
	case SASL_BADAUTH:
	case SASL_BADPROT:
	case SASL_UNAVAIL:
	case SASL_NOMEM:
		break;
	default:
		fail_msg("a server must not return %d", result);
	}
	if (r->server_context == NULL) /* nothing to log with */
		return;
	assert_int_equal(failures(r), before->failures + 1);
	error_text(before, r, result);
}

static void
check_server(const struct check *before, const struct run *r, int result)
{
	const sasl_out_params_t *out = &r->host.out;

	if (result == SASL_CONTINUE) {
		assert_non_null(r->server_out);
		assert_int_equal(out->doneflag, 0);
		assert_int_equal(failures(r), before->failures);
		return;
	}
	assert_null(r->server_out);
	assert_int_equal(r->server_len, 0);
	if (result == SASL_OK) {
		assert_int_equal(out->doneflag, 1);
		assert_int_equal(failures(r), before->failures);
		no_security_layer(out);
	} else {
		assert_int_equal(out->doneflag, before->done);
		failure(before, r, result);
	}
	if (fake_prop_unerased(r->host.server.propctx) != 0)
		fail_msg("a stored value was not erased");
	if (r->client == NULL)
		fake_alloc_expect_no_secret(NULL);
}

/* It is told to the administrator and to the application, once. */
static void
client_failure(const struct check *before, const struct run *r)
{
	if (r->client_context == NULL) /* nothing to tell it with */
		return;
	assert_int_equal(r->host.error_count, before->errors + 1);
	assert_non_null(fake_log_find(&r->host, ": cannot log in: "));
}

static void
check_client(const struct check *before, const struct run *r, int result)
{
	switch (result) {
	case SASL_OK:
		assert_int_equal(r->client_result.doneflag, 1);
		no_security_layer(&r->client_result);
		assert_non_null(r->client_out);
		if (r->server == NULL)
			fake_alloc_expect_no_secret(r->client_out);
		break;
	case SASL_CONTINUE:
		assert_int_equal(r->client_result.doneflag, 0);
		assert_non_null(r->client_out);
		break;
	case SASL_INTERACT:
		assert_false(r->host.setup->no_prompts);
		assert_non_null(r->prompts);
		/* FALLTHROUGH */
	case SASL_BADPARAM:
	case SASL_BADPROT:
	case SASL_FAIL:
	case SASL_NOMEM:
	case SASL_TOOWEAK:
		assert_null(r->client_out);
		assert_int_equal(r->client_len, 0);
		if (result == SASL_INTERACT)
			break;
		client_failure(before, r);
		if (r->server == NULL)
			fake_alloc_expect_no_secret(NULL);
		break;
	default:
		fail_msg("a client must not return %d", result);
	}
	if (result != SASL_INTERACT)
		assert_null(r->prompts); /* they are released */
}

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
	struct check before;
	int result, round;

	check_begin(&before, r);
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
	check_client(&before, r, result);
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

void
cram_take(const struct run *r, char text[CRAM_TEXT])
{
	assert_in_range(r->server_len, 1, CRAM_TEXT - 1);
	memcpy(text, r->server_out, r->server_len);
	text[r->server_len] = '\0';
}

void
cram_begin(struct run *r, const struct fake_setup *setup, char text[CRAM_TEXT])
{
	run_open(r, &fake_layout_2_1, setup);
	assert_int_equal(run_server(r), SASL_OK);
	assert_int_equal(run_server_step(r, NULL, 0), SASL_CONTINUE);
	cram_take(r, text);
}

int
cram_answer(struct run *r, const char *text, const char *password)
{
	char message[64] = "alice ";

	cram_digest(text, strlen(text), password, message + strlen(message));
	return run_server_step(r, message, strlen(message));
}

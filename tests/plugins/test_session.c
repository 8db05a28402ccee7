/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The life of contexts, whatever the mechanism: dropped at any point, several
 * at a time, one after another on a connection, and none at all.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/talk.h"

const char *run_plugin;

static struct run r;

#define SOME "<123.456@mail.example.org>"

static const char *const mechanisms[] = { "plain", "login", "crammd5" };

static void
open_server(const char *plugin)
{
	run_plugin = plugin;
	run_open(&r, &fake_layout_2_2, NULL);
	assert_int_equal(run_server(&r), SASL_OK);
}

TEST(server__dropped_before_its_first_step__loses_nothing)
{
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_server(mechanisms[i]);
		run_close(&r);
	}
}

/* A client's "*" between two steps. */
TEST(server__cancelled_in_the_middle__loses_nothing)
{
	open_server("login");
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_CONTINUE);
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_CONTINUE);
	run_close(&r);
	open_server("crammd5");
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_CONTINUE);
	run_close(&r);
}

/* libsasl2 disposes of a context after a failure, and steps all the same. */
TEST(server__step_and_dispose_without_context__are_survived)
{
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_server(mechanisms[i]);
		r.server->mech_dispose(r.server_context, r.host.server.utils);
		r.server_context = NULL;
		assert_int_equal(run_server_step(&r, "alice", 5), SASL_BADPROT);
		assert_int_equal(r.host.canon_count, 0);
		run_close(&r);
	}
}

/* A failure says nothing about who was logged in before. */
TEST(server__failure_after_a_success__leaves_no_identity)
{
	open_server("plain");
	assert_int_equal(
	    run_server_step(&r, "\0alice\0wonderland", 17), SASL_OK);
	r.host.out.doneflag = 0;
	assert_int_equal(run_server(&r), SASL_OK);
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_BADPROT);
	assert_null(r.host.out.user);
	assert_null(r.host.out.authid);
	run_close(&r);
}

TEST(server__failure_then_success__is_ok)
{
	open_server("login");
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_CONTINUE);
	assert_int_equal(
	    run_server_step(&r, "looking-glass", 13), SASL_BADAUTH);
	assert_int_equal(run_server(&r), SASL_OK);
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_CONTINUE);
	assert_int_equal(run_server_step(&r, "wonderland", 10), SASL_OK);
	run_close(&r);
}

/* Next to each other, step by step: they share nothing. */
TEST(server__two_contexts__do_not_mix)
{
	void *first, *second;

	open_server("login");
	first = r.server_context;
	r.server_context = NULL;
	assert_int_equal(run_server(&r), SASL_OK);
	second = r.server_context;
	assert_int_equal(run_server_step(&r, "tim", 3), SASL_CONTINUE);
	r.server_context = first;
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_CONTINUE);
	assert_int_equal(run_server_step(&r, "wonderland", 10), SASL_OK);
	assert_string_equal(r.host.out.authid, "alice");
	r.host.out.doneflag = 0;
	r.server->mech_dispose(first, r.host.server.utils);
	r.server_context = second;
	assert_int_equal(run_server_step(&r, "wonderland", 10), SASL_BADAUTH);
	run_close(&r);
}

/* The message that starts a client off, or the one before its last. */
static int
first_client_step(const char *plugin)
{
	if (!strcmp(plugin, "plain"))
		return run_client_step(&r, NULL, 0);
	if (!strcmp(plugin, "login"))
		return run_client_step(&r, "Username:", 9);
	return run_client_step(&r, SOME, strlen(SOME));
}

static void
open_client(const char *plugin)
{
	run_plugin = plugin;
	run_open(&r, &fake_layout_2_1, NULL);
	assert_int_equal(run_client(&r), SASL_OK);
}

TEST(client__dropped_at_any_point__loses_nothing)
{
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_client(mechanisms[i]);
		run_close(&r);
		open_client(mechanisms[i]);
		first_client_step(mechanisms[i]);
		run_close(&r);
	}
}

TEST(client__step_and_dispose_without_context__are_survived)
{
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_client(mechanisms[i]);
		r.client->mech_dispose(r.client_context, r.host.client.utils);
		r.client_context = NULL;
		assert_int_equal(
		    first_client_step(mechanisms[i]), SASL_BADPROT);
		run_close(&r);
	}
}

/* Nowhere to put an answer: no crash, whatever it is called. */
TEST(client__no_place_for_the_answer__is_bad_parameter)
{
	unsigned len;
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_client(mechanisms[i]);
		assert_int_equal(
		    r.client->mech_step(r.client_context, &r.host.client, SOME,
			strlen(SOME), NULL, NULL, &len, &r.client_result),
		    SASL_BADPARAM);
		run_close(&r);
	}
}

/* Each mechanism after each other, while the names of before still stand. */
TEST(client__second_mechanism_on_a_connection__is_ok)
{
	size_t i, k;

	for (i = 0; i < COUNT_OF(mechanisms); i++)
		for (k = 0; k < COUNT_OF(mechanisms); k++) {
			open_client(mechanisms[i]);
			first_client_step(mechanisms[i]);
			r.client->mech_dispose(
			    r.client_context, r.host.client.utils);
			r.client_context = NULL;
			r.client = NULL;
			run_plugin = mechanisms[k];
			assert_int_equal(run_client(&r), SASL_OK);
			assert_in_range(first_client_step(mechanisms[k]),
			    SASL_OK, SASL_CONTINUE);
			assert_string_equal(r.client_result.authid, "alice");
			run_close(&r);
		}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The life of contexts, whatever the mechanism: dropped at any point, several
 * at a time, one after another on a connection, and none at all. The name that
 * a server keeps until the end is wiped then, and an application that takes no
 * answers is told so.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_utils.h"
#include "host/run.h"
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

/* What a session holds, such as a challenge, is wiped with it. */
static void
free_wiped(void *session)
{
	static const char zeros[128];
	size_t size = fake_size(session);

	assert_in_range(size, 1, sizeof(zeros));
	assert_memory_equal(session, zeros, size);
	fake_free(session);
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
	*fake_member(&r.host.conn, r.host.layout, MEMBER_FREE) =
	    (uintptr_t)free_wiped;
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

/* Of each step that takes any: what is longer is not even taken apart. */
TEST(server__longer_message_than_64_kib__is_not_looked_at)
{
	static const struct {
		const char *plugin, *before;
	} steps[] = { { "plain", NULL }, { "login", NULL },
		{ "login", "alice" }, { "crammd5", "" } };
	static char message[0x10000];
	size_t i;
	int result;

	memset(message, 'x', sizeof(message));
	for (i = 0; i < 2 * COUNT_OF(steps); i++) {
		open_server(steps[i / 2].plugin);
		if (steps[i / 2].before != NULL)
			run_server_step(&r, steps[i / 2].before,
			    strlen(steps[i / 2].before));
		result = run_server_step(&r, message, 0xffff + i % 2);
		assert_int_equal(i % 2 == 1,
		    fake_log_find(&r.host, "reason=message-too-long ") != NULL);
		if (i % 2 == 1)
			assert_int_equal(result, SASL_BADAUTH);
		assert_int_equal(
		    r.host.canon_count + r.host.checkpass_count, 0);
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

static int
canon_user_alone(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	if (id != SASL_CB_CANON_USER)
		return fake_getcallback(conn, id, function, context);
	*function = (int (*)(void))abort;
	return SASL_OK;
}

/* Of its own it has, after a connection that had none, what asks twice. */
TEST(server__canon_user_of_one_connection__is_heeded_there)
{
	static const sasl_callback_t own[] = { { .id = SASL_CB_CANON_USER },
		{ .id = SASL_CB_LIST_END } };
	int turn;

	open_server("plain");
	for (turn = 0; turn < 3; turn++) {
		r.host.server.callbacks = turn == 1 ? own : NULL;
		*fake_member(&r.host.conn, r.host.layout, MEMBER_GETCALLBACK) =
		    (uintptr_t)(turn == 1 ? canon_user_alone
					  : fake_getcallback);
		if (turn > 0)
			assert_int_equal(run_server(&r), SASL_OK);
		assert_int_equal(
		    run_server_step(&r, "\0alice\0wonderland", 17), SASL_OK);
		r.host.out.doneflag = 0;
		assert_int_equal(r.host.canon_flags & SASL_CU_AUTHZID,
		    turn == 1 ? SASL_CU_AUTHZID : 0);
	}
	run_close(&r);
}

/* Next to each other, step by step: they share nothing. */
TEST(server__two_contexts__do_not_mix)
{
	void *one, *other;

	open_server("login");
	one = r.server_context;
	r.server_context = NULL;
	assert_int_equal(run_server(&r), SASL_OK);
	other = r.server_context;
	assert_int_equal(run_server_step(&r, "tim", 3), SASL_CONTINUE);
	r.server_context = one;
	assert_int_equal(run_server_step(&r, "alice", 5), SASL_CONTINUE);
	assert_int_equal(run_server_step(&r, "wonderland", 10), SASL_OK);
	assert_string_equal(r.host.out.authid, "alice");
	r.host.out.doneflag = 0;
	r.server->mech_dispose(one, r.host.server.utils);
	r.server_context = other;
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
	const char *out;
	unsigned len;
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		open_client(mechanisms[i]);
		assert_int_equal(
		    r.client->mech_step(r.client_context, &r.host.client, SOME,
			strlen(SOME), NULL, NULL, &len, &r.client_result),
		    SASL_BADPARAM);
		assert_int_equal(
		    r.client->mech_step(r.client_context, &r.host.client, SOME,
			strlen(SOME), NULL, &out, NULL, &r.client_result),
		    SASL_BADPARAM);
		run_close(&r);
	}
}

/* That the layout was known when the plugin was loaded says nothing. */
TEST(session__unknown_layout__has_no_context)
{
	const struct fake_layout *layout = fake_unknown_layouts;
	struct fake_utils utils;
	void *context = &r;

	open_server("login");
	assert_int_equal(run_client(&r), SASL_OK);
	for (; layout->name != NULL; layout++) {
		fake_utils_build(&utils, layout, &r.host, &r.host);
		r.host.client.utils = fake_utils_of(&utils);
		r.host.server.utils = r.host.client.utils;
		assert_int_equal(r.client->mech_new(r.client->glob_context,
				     &r.host.client, &context),
		    SASL_BADVERS);
		assert_null(context);
		context = &r;
		assert_int_equal(r.server->mech_new(r.server->glob_context,
				     &r.host.server, NULL, 0, &context),
		    SASL_BADVERS);
		assert_null(context);
		fake_utils_free(&utils);
	}
	r.host.client.utils = fake_utils_of(&r.host.conn);
	r.host.server.utils = r.host.client.utils;
	run_close(&r);
}

/* Prompts that the application has lost, or has given up on. */
TEST(client__prompts_never_answered__are_asked_again)
{
	static const struct fake_answer answers[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, "wonderland", BY_PROMPT, 0 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	static const struct fake_setup leaving = { .answers = answers,
		.leave_prompts = true };
	static const struct fake_setup without = { .answers = answers,
		.no_prompts = true };
	unsigned live;

	run_plugin = "plain";
	run_open(&r, &fake_layout_2_2, &leaving);
	assert_int_equal(run_client(&r), SASL_OK);
	assert_int_equal(first_client_step("plain"), SASL_INTERACT);
	live = fake_alloc_live();
	r.prompts = NULL;
	assert_int_equal(first_client_step("plain"), SASL_INTERACT);
	assert_int_equal(r.prompts->id, SASL_CB_PASS);
	assert_int_equal(fake_alloc_live(), live);
	r.host.setup = &without; /* it takes none any more */
	r.prompts = NULL;
	assert_int_equal(first_client_step("plain"), SASL_BADPARAM);
	run_close(&r);
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

#define WHITE_RABBIT "white-rabbit"

static const struct fake_row rows[] = {
	{ WHITE_RABBIT, "userPassword", "wonderland", 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_setup setup = { .rows = rows };

static void
open_on(const struct fake_layout *layout, const char *plugin)
{
	run_plugin = plugin;
	run_open(&r, layout, &setup);
	assert_int_equal(run_server(&r), SASL_OK);
}

/* Not run_server_step(): a name may be on the stack. */
static int
step(const char *text)
{
	return r.server->mech_step(r.server_context, &r.host.server, text,
	    text == NULL ? 0 : (unsigned)strlen(text), &r.server_out,
	    &r.server_len, &r.host.out);
}

/* Some send their password in the place of the name. */
static void
say_name(const struct fake_layout *layout)
{
	open_on(layout, "login");
	fake_secret(WHITE_RABBIT, strlen(WHITE_RABBIT));
	assert_int_equal(step(WHITE_RABBIT), SASL_CONTINUE);
}

LAYOUT_TEST(server__name_kept__is_wiped_at_the_end)
{
	say_name(*state);
	assert_int_equal(step("wonderland"), SASL_OK);
	assert_string_equal(r.host.out.authid, WHITE_RABBIT);
	fake_alloc_expect_no_secret(NULL);
	run_close(&r);
}

/* fake_free() looks into what is released. */
LAYOUT_TEST(server__name_kept__is_wiped_when_cancelled)
{
	say_name(*state);
	run_close(&r);
}

struct opening {
	const char *plugin, *text;
	size_t len;
	int code; /* where there is a place for the answer */
};

#define FIRST(plugin, text, code) \
	{ \
		plugin, text, sizeof(text) - 1, code \
	}

static const struct opening first[] = {
	FIRST("plain", "\0white-rabbit\0wonderland", SASL_OK),
	FIRST("plain", "white-rabbit", SASL_BADPROT),
	{ "login", NULL, 0, SASL_CONTINUE },
	FIRST("login", "white-rabbit", SASL_CONTINUE),
	{ "crammd5", NULL, 0, SASL_CONTINUE },
};

/* Nothing was done: with a place for it, the same message is the first. */
static void
expect_bad_parameter(const struct opening *m, bool out, bool len)
{
	assert_int_equal(
	    r.server->mech_step(r.server_context, &r.host.server, m->text,
		(unsigned)m->len, out ? &r.server_out : NULL,
		len ? &r.server_len : NULL, &r.host.out),
	    SASL_BADPARAM);
	assert_int_equal(r.host.out.doneflag, 0);
	assert_int_equal(r.host.canon_count, 0);
	fake_alloc_expect_no_secret(NULL);
}

LAYOUT_TEST(server__no_place_for_the_answer__is_bad_parameter)
{
	size_t i;

	for (i = 0; i < COUNT_OF(first); i++) {
		open_on(*state, first[i].plugin);
		expect_bad_parameter(&first[i], false, false);
		expect_bad_parameter(&first[i], true, false);
		expect_bad_parameter(&first[i], false, true);
		assert_int_equal(
		    run_server_step(&r, first[i].text, first[i].len),
		    first[i].code);
		run_close(&r);
	}
}

LAYOUT_TEST(server__no_place_and_no_context__is_bad_parameter)
{
	open_on(*state, "plain");
	r.server->mech_dispose(r.server_context, r.host.server.utils);
	r.server_context = NULL;
	expect_bad_parameter(&first[0], false, false);
	run_close(&r);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A server's session: the name that it keeps until the end is wiped then, and
 * an application that takes no answers is told so.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_utils.h"
#include "host/run.h"

const char *run_plugin;

static struct run r;

#define WHITE_RABBIT "white-rabbit"

static const struct fake_row rows[] = {
	{ WHITE_RABBIT, "userPassword", "wonderland", 0 },
	{ NULL, NULL, NULL, 0 },
};
static const struct fake_setup setup = { .rows = rows };

static void
open_server(const struct fake_layout *layout, const char *plugin)
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
	open_server(layout, "login");
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

struct message {
	const char *plugin, *text;
	size_t len;
	int code; /* where there is a place for the answer */
};

#define FIRST(plugin, text, code) \
	{ \
		plugin, text, sizeof(text) - 1, code \
	}

static const struct message first[] = {
	FIRST("plain", "\0white-rabbit\0wonderland", SASL_OK),
	FIRST("plain", "white-rabbit", SASL_BADPROT),
	{ "login", NULL, 0, SASL_CONTINUE },
	FIRST("login", "white-rabbit", SASL_CONTINUE),
	{ "crammd5", NULL, 0, SASL_CONTINUE },
};

/* Nothing was done: with a place for it, the same message is the first. */
static void
expect_bad_parameter(const struct message *m, bool out, bool len)
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
		open_server(*state, first[i].plugin);
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
	open_server(*state, "plain");
	r.server->mech_dispose(r.server_context, r.host.server.utils);
	r.server_context = NULL;
	expect_bad_parameter(&first[0], false, false);
	run_close(&r);
}

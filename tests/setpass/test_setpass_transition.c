/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password that is set in the middle of a login, as `auto_transition` does
 * it: another method has said yes, and libsasl2 calls the hooks before it says
 * so, with its own pointer to the name.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"

enum { CHECKPASS = 4 }; /* words from `mkchal` on */

static struct setpass p;
static unsigned transitions;

static int
checkpass(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned password_len)
{
	struct fake_host *h = fake_of(conn);
	int result;
	unsigned i;

	result = fake_checkpass(conn, user, user_len, password, password_len);
	for (i = 0; i < SET_COUNT && result == SASL_OK; i++)
		p.result[i] = p.plug[i]->setpass(p.plug[i]->glob_context,
		    &h->server, h->out.authid, password,
		    (unsigned)strlen(password), NULL, 0, FLAGS_ONE_WAY);
	transitions += result == SASL_OK;
	return result;
}

static const struct fake_row rows[] = {
	{ "bob@example.org", PASSWORD, "builder-of-it", 0 },
	{ NULL, NULL, NULL, 0 },
};

static const struct fake_row old_rows[] = {
	{ "alice@example.org", PASSWORD, "wonderland", 0 },
	{ NULL, NULL, NULL, 0 },
};

#define METHODS(name, methods) \
	static const struct fake_option name[] = { \
		{ "pwcheck_method", methods }, \
		{ "auto_transition", "noplain" }, \
		{ "classic_hash_scheme", "ssha" }, \
		{ NULL, NULL }, \
	}

METHODS(others_alone, "saslauthd");
METHODS(others_too, "auxprop saslauthd");

static void
open_with(const struct fake_layout *layout, const struct fake_option *options,
    const struct fake_row *stored)
{
	static struct fake_setup setup;

	memset(&setup, 0, sizeof(setup));
	setup.rows = stored;
	setup.options = options;
	setup.realm = "example.org";
	setup.checkpass_password = "caterpillar";
	setpass_open(&p, layout, &setup, SET_ALL);
	p.run.host.conn.words[layout->tail + CHECKPASS] = (uintptr_t)checkpass;
	transitions = 0;
}

static const char *
stored(const char *property)
{
	return fake_store_value(&p.run.host, "alice@example.org", property);
}

/* The login as it ends, and each other mechanism afterwards. */
static void
log_in(void **state, unsigned which, const struct fake_option *options,
    const struct fake_row *before)
{
	open_with(*state, options, before);
	assert_int_equal(setpass_login(&p, which, "caterpillar"), SASL_OK);
	assert_int_equal(transitions, 1);
	assert_string_equal(p.run.host.authid, "alice@example.org");
	assert_int_equal(p.result[0], SASL_OK);
	assert_int_equal(p.result[1], SASL_NOCHANGE);
	assert_int_equal(p.result[2], SASL_NOCHANGE);
	assert_null(stored(PASSWORD));
	assert_non_null(stored(HASH));
	assert_non_null(stored(STATE));
	assert_int_equal(setpass_login(&p, 2, "caterpillar"), SASL_OK);
	assert_int_equal(setpass_login(&p, 2, "wonderland"), SASL_BADAUTH);
	setpass_close(&p);
}

LAYOUT_TEST(transition__first_login__stores_for_all_mechanisms)
{
	unsigned which;

	for (which = 0; which < 2; which++) {
		log_in(state, which, others_alone, rows);
		log_in(state, which, others_too, rows);
	}
}

/* The old plaintext is not what the other method knows: it goes. */
LAYOUT_TEST(transition__another_plaintext_before__is_replaced)
{
	log_in(state, 0, others_too, old_rows);
	log_in(state, 1, others_alone, old_rows);
}

LAYOUT_TEST(transition__second_login__asks_nobody_else)
{
	open_with(*state, others_too, rows);
	assert_int_equal(setpass_login(&p, 1, "caterpillar"), SASL_OK);
	assert_int_equal(p.run.host.checkpass_count, 1);
	assert_int_equal(setpass_login(&p, 1, "caterpillar"), SASL_OK);
	assert_int_equal(setpass_login(&p, 0, "caterpillar"), SASL_OK);
	assert_int_equal(p.run.host.checkpass_count, 1);
	setpass_close(&p);
}

LAYOUT_TEST(transition__wrong_password__stores_nothing)
{
	open_with(*state, others_too, rows);
	assert_int_equal(setpass_login(&p, 1, "wonderland"), SASL_BADAUTH);
	assert_int_equal(p.store.operations, 0);
	assert_int_equal(setpass_login(&p, 2, "wonderland"), SASL_BADAUTH);
	setpass_close(&p);
}

/* Who has proved it is accepted, whatever the store says. */
LAYOUT_TEST(transition__store_fails__lets_in_all_the_same)
{
	open_with(*state, others_too, old_rows);
	p.store.fail_from = 1;
	p.store.fail_to = 9;
	assert_int_equal(setpass_login(&p, 0, "caterpillar"), SASL_OK);
	assert_int_equal(p.result[0], SASL_FAIL);
	assert_string_equal(stored(PASSWORD), "wonderland");
	assert_null(stored(HASH));
	assert_null(stored(STATE));
	setpass_close(&p);
}

/* What the application has asked for is not ours to drop. */
LAYOUT_TEST(setpass_one_way__properties_of_the_connection__are_left_alone)
{
	static const char *const names[] = { "quota", NULL };
	struct propctx *ctx;

	setpass_open(&p, *state, &setpass_had_plaintext, SET_ALL);
	ctx = p.run.host.server.propctx;
	assert_int_equal(fake_prop_request(ctx, (const char **)names), SASL_OK);
	fake_prop_set(ctx, "quota", "of the application", 0);
	assert_int_equal(
	    setpass_call(&p, "caterpillar", FLAGS_ONE_WAY), SASL_OK);
	assert_ptr_equal(p.run.host.server.propctx, ctx);
	assert_int_equal(fake_prop_get(ctx)[0].nvalues, 1);
	assert_null(fake_prop_get(ctx)[1].name);
	setpass_close(&p);
}

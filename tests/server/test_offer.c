/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * When a mechanism is offered, and what the log is told as a plugin is loaded.
 */
#include "config.h"

#include "host/module.h"
#include "server/offer.h"

static const struct server_mechanism offered = { .name = "LITTLE" };
/* Why not to offer a mechanism, asked of a host that must be a good one. */
static unsigned asked;
static bool now;

static const char *
no_md5(const struct host *h)
{
	assert_non_null(h->utils);
	asked++;
	return now ? "no MD5" : NULL;
}

static const char *
no_secrets(const struct host *h)
{
	assert_non_null(h->utils);
	asked++;
	return now ? "no secrets" : NULL;
}

static const struct server_mechanism banned = { .name = "BANNED",
	.banned = no_md5 };
static const struct server_mechanism withheld = { .name = "WITHHELD",
	.withheld = no_secrets };

static int export(struct module *m, const struct server_mechanism *mechanism)
{
	const sasl_server_plug_t record = {
		.mech_name = "LITTLE",
		.glob_context = (void *)(uintptr_t)mechanism,
		SERVER_ENGINE,
	};
	sasl_server_plug_t *list = NULL;
	int version = 0, count = -1;

	module_forget(m);
	assert_int_equal(server_export(&record, m->fake.server.utils,
			     SASL_SERVER_PLUG_VERSION, &version, &list, &count),
	    SASL_OK);
	assert_ptr_equal(list, &record);
	return count;
}

MODULE_TEST(server_export__mechanism_that_cannot_work__is_named_in_the_log)
{
	struct module *m = *state;

	now = false;
	assert_int_equal(export(m, &banned), 1);
	assert_int_equal(export(m, &withheld), 1);
	assert_int_equal(m->fake.log_count, 0);
	now = true;
	assert_int_equal(export(m, &banned), 0);
	expect_one_line(m, SASL_LOG_WARN, "BANNED is not offered: no MD5");
	/* The configuration of another service may allow it. */
	assert_int_equal(export(m, &withheld), 1);
	expect_one_line(
	    m, SASL_LOG_WARN, "WITHHELD is not offered: no secrets");
}

/* Here, once: a login reads options again and says nothing. */
MODULE_TEST(server_export__misspelt_options__are_named_in_the_log)
{
	static const struct fake_option options[] = {
		{ "classic_secrets", "hashes" },
		{ "classic_legacy_secrets", "yes" },
		{ "classic_challenge_lifetime", "0" },
		{ NULL, NULL },
	};
	static const struct fake_setup setup = { .options = options };
	struct module *m = *state;

	now = false;
	m->fake.setup = &setup;
	assert_int_equal(export(m, &offered), 1);
	m->fake.setup = &module_usual_setup;
	assert_int_equal(m->fake.log_count, 2);
	assert_int_equal(fake_log_at(&m->fake, SASL_LOG_ERR), 2);
	assert_non_null(fake_log_find(&m->fake, "classic_secrets: "));
	assert_non_null(
	    fake_log_find(&m->fake, "classic_challenge_lifetime: "));
}

/* How many lines a start with those two options tells. */
static size_t
lines_with(struct module *m, const char *methods, const char *transition)
{
	const struct fake_option options[] = {
		{ "pwcheck_method", methods },
		{ "auto_transition", transition },
		{ NULL, NULL },
	};
	const struct fake_setup setup = { .options = options };
	static const struct server_mechanism passwords = { .name = "LITTLE",
		.secret = SETPASS_HASH };

	module_forget(m);
	m->fake.setup = &setup;
	assert_int_equal(export(m, &passwords), 1);
	m->fake.setup = &module_usual_setup;
	return m->fake.log_count;
}

MODULE_TEST(server_export__stored_beside_another_judge__is_told)
{
	struct module *m = *state;

	assert_int_equal(lines_with(m, "auxprop saslauthd", "noplain"), 1);
	assert_non_null(fake_log_find(&m->fake, "auto_transition"));
	assert_int_equal(lines_with(m, "saslauthd auxprop", "yes"), 1);
	assert_int_equal(lines_with(m, "saslauthd", "noplain"), 0);
	assert_int_equal(lines_with(m, "auxprop", "yes"), 0);
	assert_int_equal(lines_with(m, "auxprop saslauthd", "no"), 0);
}

static int
available(struct module *m, const struct server_mechanism *mechanism)
{
	void *context = NULL;
	int result = server_available(
	    (void *)(uintptr_t)mechanism, &m->fake.server, &context);

	assert_null(context);
	return result;
}

/* Hidden for now, not for the rest of the connection; and said once, above. */
MODULE_TEST(server_available__each_time__is_as_the_configuration_stands)
{
	struct module *m = *state;
	int turn;

	module_forget(m);
	for (turn = 0; turn < 3; turn++) {
		asked = 0;
		now = true;
		assert_int_equal(available(m, &withheld), SASL_NOTDONE);
		now = false;
		assert_int_equal(available(m, &withheld), SASL_OK);
		assert_int_equal(asked, 2);
		now = true;
		assert_int_equal(available(m, &offered), SASL_OK);
	}
	assert_int_equal(m->fake.log_count, 0);
	assert_int_equal(fake_alloc_count(), 0);
	m->fake.server.utils = NULL;
	assert_int_equal(available(m, &offered), SASL_BADPARAM);
}

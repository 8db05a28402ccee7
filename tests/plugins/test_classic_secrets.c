/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * classic_secrets and classic_legacy_secrets: which properties a login asks
 * for, the same for everybody, and each of them once.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/fake_utils.h"
#include "host/setpass_run.h"

/* Each form in its property, for a user of its own. */
enum form { IN_PASSWORD, IN_HASH, IN_STATE, IN_LEGACY, FORMS };

static const struct {
	const char *property, *value;
} forms[FORMS] = {
	[IN_PASSWORD] = { PASSWORD, "wonderland" },
	[IN_HASH] = { HASH, OLD_HASH },
	[IN_STATE] = { STATE, OLD_STATE },
	[IN_LEGACY] = { LEGACY, OLD_LEGACY },
};

enum { PLAIN, LOGIN, CRAMMD5 };

#define BIT(form) (1U << (form))

/* For each setting: what PLAIN and LOGIN ask for, and CRAM-MD5. */
static const struct setting {
	const char *secrets, *legacy; /* NULL: not set */
	const char *password_names, *crammd5_names;
	unsigned password_forms, crammd5_forms; /* what is accepted */
} settings[] = {
	{ NULL, NULL, " *" PASSWORD " *" HASH, " *" PASSWORD " *" STATE,
	    BIT(IN_PASSWORD) | BIT(IN_HASH), BIT(IN_PASSWORD) | BIT(IN_STATE) },
	{ "both", "no", " *" PASSWORD " *" HASH, " *" PASSWORD " *" STATE,
	    BIT(IN_PASSWORD) | BIT(IN_HASH), BIT(IN_PASSWORD) | BIT(IN_STATE) },
	{ "both", "yes", " *" PASSWORD " *" HASH,
	    " *" PASSWORD " *" STATE " *" LEGACY,
	    BIT(IN_PASSWORD) | BIT(IN_HASH),
	    BIT(IN_PASSWORD) | BIT(IN_STATE) | BIT(IN_LEGACY) },
	{ "plaintext", NULL, " *" PASSWORD, " *" PASSWORD, BIT(IN_PASSWORD),
	    BIT(IN_PASSWORD) },
	{ "plaintext", "on", " *" PASSWORD, " *" PASSWORD " *" LEGACY,
	    BIT(IN_PASSWORD), BIT(IN_PASSWORD) | BIT(IN_LEGACY) },
	{ "hashed", NULL, " *" HASH, " *" STATE, BIT(IN_HASH), BIT(IN_STATE) },
	{ "hashed", "1", " *" HASH, " *" STATE " *" LEGACY, BIT(IN_HASH),
	    BIT(IN_STATE) | BIT(IN_LEGACY) },
	/* A word that nobody knows is the default. */
	{ "none", "perhaps", " *" PASSWORD " *" HASH, " *" PASSWORD " *" STATE,
	    BIT(IN_PASSWORD) | BIT(IN_HASH), BIT(IN_PASSWORD) | BIT(IN_STATE) },
};

static struct setpass p;

static void
open_with(const struct fake_layout *layout, const struct setting *setting,
    const struct fake_row *rows)
{
	static struct fake_option options[4];
	static struct fake_setup setup;
	size_t n = 0;

	memset(options, 0, sizeof(options));
	options[n++] = setpass_options[0];
	if (setting->secrets != NULL)
		options[n++] = (struct fake_option) { "classic_secrets",
			setting->secrets };
	if (setting->legacy != NULL)
		options[n++] = (struct fake_option) { "classic_legacy_secrets",
			setting->legacy };
	memset(&setup, 0, sizeof(setup));
	setup.options = options;
	setup.rows = rows;
	setpass_open(&p, layout, &setup, SET_ALL);
}

/* All that was ever asked for on this connection, each time it was. */
static void
expect_asked(const char *names)
{
	const struct propval *v = fake_prop_get(p.run.host.server.propctx);
	char text[STORE_TEXT] = "";
	unsigned count = 0;
	size_t len = 0;

	for (; v->name != NULL; v++, count++)
		len += (size_t)snprintf(
		    text + len, sizeof(text) - len, " %s", v->name);
	assert_string_equal(text, names);
	assert_int_equal(p.run.host.fetch_count, count);
	assert_int_equal(p.run.host.request_count, 1);
	assert_int_equal(p.run.host.canon_count, 1);
}

static void
log_in(const struct fake_layout *layout, const struct setting *setting,
    unsigned which, const struct fake_row *rows, bool lets_in)
{
	open_with(layout, setting, rows);
	assert_int_equal(setpass_login(&p, which, "wonderland"),
	    lets_in ? SASL_OK : SASL_BADAUTH);
	expect_asked(which == CRAMMD5 ? setting->crammd5_names
				      : setting->password_names);
	setpass_close(&p);
}

LAYOUT_TEST(classic_secrets__each_setting__asks_for_its_properties_alone)
{
	struct fake_row rows[2] = { { "alice", NULL, NULL, 0 } };
	unsigned which, form, lets_in;
	size_t i;

	for (i = 0; i < COUNT_OF(settings); i++)
		for (which = 0; which < SET_COUNT; which++)
			for (form = 0; form < FORMS; form++) {
				rows[0].property = forms[form].property;
				rows[0].value = forms[form].value;
				lets_in = which == CRAMMD5
					      ? settings[i].crammd5_forms
					      : settings[i].password_forms;
				log_in(*state, &settings[i], which, rows,
				    lets_in & BIT(form));
			}
}

/* Neither the store's log nor its time tells who is a user. */
LAYOUT_TEST(classic_secrets__unknown_user__is_asked_for_the_same)
{
	static const struct fake_row rows[] = {
		{ "bob", PASSWORD, "wonderland", 0 },
		{ NULL, NULL, NULL, 0 },
	};
	unsigned which;
	size_t i;

	for (i = 0; i < COUNT_OF(settings); i++)
		for (which = 0; which < SET_COUNT; which++)
			log_in(*state, &settings[i], which, rows, false);
}

/* An authzid asks for nothing more of the secrets. */
LAYOUT_TEST(classic_secrets__authzid__asks_for_the_same)
{
	static const char message[] = "bob\0alice\0wonderland";
	static const struct fake_row rows[] = {
		{ "alice", PASSWORD, "wonderland", 0 },
		{ "bob", PASSWORD, "builder-of-it", 0 },
		{ NULL, NULL, NULL, 0 },
	};
	struct run *r = &p.run;

	open_with(*state, &settings[0], rows);
	run_plugin = "plain";
	r->server = p.plug[PLAIN];
	assert_int_equal(run_server(r), SASL_OK);
	assert_int_equal(
	    run_server_step(r, message, sizeof(message) - 1), SASL_OK);
	assert_int_equal(r->host.fetch_count, 2);
	assert_int_equal(r->host.request_count, 1);
	setpass_close(&p);
}

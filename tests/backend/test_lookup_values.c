/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What was fetched for a user: every value of every property in its order, and
 * the end of all of them.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_prop.h"
#include "host/module.h"

/* One value that is expected, in its turn. */
struct expected {
	const char *property, *value;
	size_t len;
};

static void
expect_values(const struct lookup *found, const struct expected *e)
{
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value next;

	for (; e->property != NULL; e++) {
		assert_true(lookup_next(found, &at, &next));
		assert_string_equal(next.property, e->property);
		assert_int_equal(next.value.len, e->len);
		assert_memory_equal(next.value.data, e->value, e->len);
	}
	assert_false(lookup_next(found, &at, &next));
}

/* Three values, none, one that holds a NUL, and a property without an array. */
static const struct fake_row rows[] = {
	{ "alice", "cramMd5State", "a\0nul and more", 14 },
	{ "alice", "userPassword", "first-password", 0 },
	{ "alice", "userPassword", "{SSHA}second-one", 0 },
	{ "alice", "userPassword", "third-password", 0 },
	{ "alice", "userPasswordHash", NULL, 0 },
	{ NULL, NULL, NULL, 0 },
};

MODULE_TEST(lookup_next__many_values__come_in_the_order_of_names)
{
	static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_HASH,
		PROPERTY_LEGACY, PROPERTY_STATE };
	static const struct expected expected[] = {
		{ PROPERTY_PASSWORD, "first-password", 14 },
		{ PROPERTY_PASSWORD, "{SSHA}second-one", 16 },
		{ PROPERTY_PASSWORD, "third-password", 14 },
		{ PROPERTY_STATE, "a\0nul and more", 14 },
		{ NULL, NULL, 0 },
	};
	const struct fake_setup setup = { .rows = rows };
	struct module *m = *state;
	struct server_session s;
	struct lookup found;

	module_reopen(m, &setup);
	module_server(m, &s);
	assert_int_equal(lookup_user(&m->host, &m->fake.server, s.out,
			     bytes_str("alice"), &names, LOOKUP_BOTH, &found),
	    SASL_OK);
	expect_values(&found, expected);
	lookup_forget(&m->host, &m->fake.server);
	assert_int_equal(fake_prop_unerased(m->fake.server.propctx), 0);
	module_reopen(m, &module_usual_setup);
}

/* As libsasl2 and its plugins can leave them, one by one. */
MODULE_TEST(lookup_next__odd_arrays__are_passed_over)
{
	const char *none[] = { NULL }, *one[] = { "only", NULL };
	const char *empty[] = { "", NULL };
	struct lookup found = {
		.values = {
			{ .name = "*null", .values = NULL, .nvalues = 1 },
			{ .name = "*none", .values = none, .nvalues = 1 },
			{ .name = "*empty", .values = empty, .nvalues = 1 },
			{ .name = "*one", .values = one, .nvalues = 1,
			    .valsize = 4 },
		},
	};
	static const struct expected expected[] = {
		{ "*empty", "", 0 },
		{ "*one", "only", 4 },
		{ NULL, NULL, 0 },
	};

	expect_values(&found, expected);
	memset(&found, 0, sizeof(found));
	expect_values(&found, &expected[2]);
}

static void
request(struct module *m, const char *name)
{
	const char *names[] = { name, NULL };

	fake_prop_request(m->fake.server.propctx, names);
}

static void
set(struct module *m, const char *name)
{
	fake_prop_set(m->fake.server.propctx, name, "some-value", 0);
}

static const char *
value(struct module *m, const char *name)
{
	const char *names[] = { name, NULL };
	struct propval found[2];

	fake_prop_getnames(m->fake.server.propctx, names, found);
	return found[0].values == NULL ? NULL : found[0].values[0];
}

/* All the names there are: ours, another plugin's, the application's. */
static const char *const everything[] = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_LEGACY, "*cmusaslsecretPLAIN", "*uidNumber",
	"quota", "userPassword" };

enum { SECRETS = 5 }; /* of them */

static void
set_everything(struct module *m)
{
	size_t i;

	for (i = 0; i < COUNT_OF(everything); i++)
		request(m, everything[i]);
	for (i = 0; i < COUNT_OF(everything); i++)
		set(m, everything[i]);
}

/* Also what this mechanism did not ask for, and nothing of the application. */
MODULE_TEST(lookup_forget__everything_set__erases_our_secrets_alone)
{
	struct module *m = *state;
	size_t i;

	set_everything(m);
	lookup_forget(&m->host, &m->fake.server);
	for (i = 0; i < SECRETS; i++)
		assert_null(value(m, everything[i]));
	for (; i < COUNT_OF(everything); i++)
		assert_string_equal(value(m, everything[i]), "some-value");
	lookup_forget(&m->host, &m->fake.server);
}

MODULE_TEST(lookup_forget_application__everything_set__erases_the_rest)
{
	struct module *m = *state;
	struct server_session s;
	size_t i;

	set_everything(m);
	module_server(m, &s);
	lookup_forget_application(&m->host, &m->fake.server);
	for (i = 0; i < COUNT_OF(everything); i++)
		assert_int_equal(
		    value(m, everything[i]) != NULL, *everything[i] == '*');
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The one question to the store: whom it is about, what comes of each answer,
 * and that nothing stays. What is asked, and that unknown users cost the same,
 * is in test_classic_secrets.c.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_prop.h"
#include "host/module.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_STATE };

MODULE_TEST(lookup_user__either_scope__asks_for_those_identities)
{
	static const char *quota[] = { "quota", NULL };
	static const struct fake_option options[] = {
		{ "canon_user_plugin", "ldapdb" },
		{ NULL, NULL },
	};
	static const struct fake_setup canonicaliser = { .options = options };
	struct module *m = *state;
	struct server_session s;
	struct lookup found;

	module_look_up(m, &s, "alice", &names, LOOKUP_EACH, &found);
	assert_int_equal(m->fake.canon_flags, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	module_forget_lookup(m);
	/* One question to the store answers for both... */
	module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found);
	assert_int_equal(m->fake.canon_flags, SASL_CU_AUTHID);
	assert_ptr_equal(s.out->user, s.out->authid);
	assert_int_equal(s.out->ulen, s.out->alen);
	module_forget_lookup(m);
	/* ... unless somebody could see the difference. */
	m->fake.setup = &canonicaliser;
	module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found);
	assert_int_equal(m->fake.canon_flags, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	m->fake.setup = &module_usual_setup;
	module_forget_lookup(m);
	assert_int_equal(
	    fake_prop_request(m->fake.server.propctx, quota), SASL_OK);
	module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found);
	assert_int_equal(m->fake.canon_flags, SASL_CU_AUTHID | SASL_CU_AUTHZID);
	module_forget_lookup(m);
	module_look_up(m, &s, "alice", &names, LOOKUP_AUTHCID, &found);
	assert_int_equal(m->fake.canon_flags, SASL_CU_AUTHID);
	assert_null(s.out->user);
	module_forget_lookup(m);
}

/* No code of the library may become a success or a question to the peer. */
MODULE_TEST(lookup_failure__any_code__is_one_of_three)
{
	int code, result;

	for (code = -64; code <= 64; code++) {
		result = lookup_failure(code);
		assert_true(result == SASL_BADAUTH || result == SASL_NOMEM ||
			    result == SASL_UNAVAIL);
		assert_int_equal(result == SASL_NOMEM, code == SASL_NOMEM);
	}
	assert_int_equal(lookup_failure(SASL_NOUSER), SASL_BADAUTH);
	assert_int_equal(lookup_failure(SASL_BADAUTH), SASL_BADAUTH);
	assert_int_equal(lookup_failure(SASL_DISABLED), SASL_BADAUTH);
	assert_int_equal(lookup_failure(SASL_EXPIRED), SASL_BADAUTH);
	assert_int_equal(lookup_failure(SASL_FAIL), SASL_UNAVAIL);
	assert_int_equal(lookup_failure(SASL_TRYAGAIN), SASL_UNAVAIL);
	assert_int_equal(lookup_failure(SASL_CONTINUE), SASL_UNAVAIL);
	assert_int_equal(lookup_failure(SASL_INTERACT), SASL_UNAVAIL);
}

static const struct trouble {
	int code;   /* of the library */
	int result; /* SASL_OK: no trouble, but this state */
	enum lookup_state state;
} troubles[] = {
	{ SASL_NOUSER, SASL_OK, LOOKUP_UNKNOWN },
	{ SASL_DISABLED, SASL_OK, LOOKUP_BARRED },
	{ SASL_EXPIRED, SASL_OK, LOOKUP_BARRED },
	{ SASL_PWLOCK, SASL_OK, LOOKUP_BARRED },
	{ SASL_NOMEM, SASL_NOMEM, LOOKUP_TROUBLE },
	{ SASL_FAIL, SASL_UNAVAIL, LOOKUP_TROUBLE },
	{ SASL_UNAVAIL, SASL_UNAVAIL, LOOKUP_TROUBLE },
	{ SASL_TRYAGAIN, SASL_UNAVAIL, LOOKUP_TROUBLE },
	{ SASL_NOMECH, SASL_OK, LOOKUP_NO_STORE },
};

static void
check_trouble(struct module *m, const struct trouble *t)
{
	struct server_session s;
	struct lookup found;
	int result;

	result = module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found);
	if (result != t->result)
		fail_msg("%d gave %d", t->code, result);
	assert_int_equal(found.state, t->state);
	assert_int_equal(s.out->authid == NULL, m->fake.setup->canon_call == 1);
	assert_int_equal(m->fake.log_count, 0);
	module_forget_lookup(m);
}

/* Whether it fails before a plugin is asked or by what that says. */
MODULE_TEST(lookup_user__each_trouble__is_told_from_a_word_on_the_user)
{
	/* A FAIL of a sasldb that is not there is told from it by the file. */
	static const struct fake_option sql[] = {
		{ "auxprop_plugin", "sql" },
		{ NULL, NULL },
	};
	struct fake_setup setup = { .canon_call = 1, .options = sql };
	struct module *m = *state;
	size_t i;

	for (i = 0; i < 2 * COUNT_OF(troubles); i++) {
		setup.canon_call = i % 2;
		setup.canon_code = troubles[i / 2].code;
		setup.lookup_code = i % 2 ? SASL_OK : troubles[i / 2].code;
		m->fake.setup = &setup;
		check_trouble(m, &troubles[i / 2]);
		m->fake.setup = &module_usual_setup;
	}
}

static int
no_memory(struct propctx *context, const char **asked)
{
	(void)context;
	(void)asked;
	return SASL_NOMEM;
}

static int values_found;

static int
find_nothing(struct propctx *context, const char **asked, struct propval *v)
{
	(void)context;
	(void)asked;
	(void)v;
	return values_found;
}

/* The library's own trouble with properties; to find none is no trouble. */
MODULE_TEST(lookup_user__properties_fail__is_trouble)
{
	struct module *m = *state;
	struct server_session s;
	struct lookup found;

	module_server(m, &s);
	module_replace(m, MEMBER_PROP_GETNAMES, AS(find_nothing));
	for (values_found = 0; values_found > -2; values_found--)
		assert_int_equal(
		    lookup_user(&m->host, &m->fake.server, s.out,
			bytes_str("alice"), &names, LOOKUP_BOTH, &found),
		    values_found == 0 ? SASL_OK : SASL_UNAVAIL);
	lookup_forget(&m->host, &m->fake.server);
	module_replace(m, MEMBER_PROP_REQUEST, AS(no_memory));
	assert_int_equal(lookup_user(&m->host, &m->fake.server, s.out,
			     bytes_str("alice"), &names, LOOKUP_BOTH, &found),
	    SASL_NOMEM);
}

/* One value that is expected, in its turn. */
struct expected {
	const char *property, *value;
	size_t len;
};

static void
expect_values(const struct lookup *found, const struct expected *e)
{
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value next = { 0 };

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
	static lookup_names all = { PROPERTY_PASSWORD, PROPERTY_HASH,
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
			     bytes_str("alice"), &all, LOOKUP_BOTH, &found),
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
	const char *asked[] = { name, NULL };

	fake_prop_request(m->fake.server.propctx, asked);
}

static void
set(struct module *m, const char *name)
{
	fake_prop_set(m->fake.server.propctx, name, "some-value", 0);
}

static const char *
value(struct module *m, const char *name)
{
	const char *asked[] = { name, NULL };
	struct propval found[2];

	fake_prop_getnames(m->fake.server.propctx, asked, found);
	return found[0].values == NULL ? NULL : found[0].values[0];
}

/* All the names there are: ours, another plugin's, the application's. */
static const char *const everything[] = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_LEGACY, PROPERTY_SCRAM, "*cmusaslsecretPLAIN",
	"*uidNumber", "quota", "userPassword" };

enum { SECRETS = 6 }; /* of them */

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

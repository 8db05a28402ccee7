/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The one question to the store, when no answer comes of it: trouble is told
 * from a word about the user.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_prop.h"
#include "host/module.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_STATE };

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

MODULE_TEST(lookup_fetch__library_fails__gives_its_own_code)
{
	static const int codes[] = { SASL_FAIL, SASL_NOUSER, SASL_NOMEM,
		SASL_DISABLED, SASL_BADAUTH };
	struct fake_setup setup = { .rows = NULL };
	sasl_out_params_t identity = { 0 };
	struct module *m = *state;
	struct lookup found;
	size_t i;

	for (i = 0; i < COUNT_OF(codes); i++) {
		setup.lookup_code = codes[i];
		m->fake.setup = &setup;
		assert_int_equal(
		    lookup_fetch(&m->host, &m->fake.server, &identity,
			bytes_str("alice"), &names, SASL_CU_AUTHID, &found),
		    codes[i]);
		m->fake.setup = &module_usual_setup;
		lookup_forget(&m->host, &m->fake.server);
	}
	assert_int_equal(m->fake.log_count, 0);
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

/* A plugin that was asked and says BADAUTH was itself refused by its store. */
MODULE_TEST(lookup_user__login_of_the_store_fails__is_trouble)
{
	struct fake_setup setup = { .lookup_code = SASL_BADAUTH };
	struct module *m = *state;
	struct server_session s;
	struct lookup found;

	module_server(m, &s);
	m->fake.setup = &setup;
	assert_int_equal(lookup_user(&m->host, &m->fake.server, s.out,
			     bytes_str("alice"), &names, LOOKUP_BOTH, &found),
	    SASL_UNAVAIL);
	setup.lookup_code = SASL_OK;
	setup.canon_call = m->fake.canon_count + 1;
	setup.canon_code = SASL_BADPROT; /* but the name alone is at fault */
	s.out->authid = NULL;
	assert_int_equal(lookup_user(&m->host, &m->fake.server, s.out,
			     bytes_str("alice"), &names, LOOKUP_BOTH, &found),
	    SASL_OK);
	assert_int_equal(found.state, LOOKUP_BARRED);
	m->fake.setup = &module_usual_setup;
	lookup_forget(&m->host, &m->fake.server);
}

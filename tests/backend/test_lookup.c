/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The one question to the store: what is asked, what comes of each answer, and
 * that nothing stays.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_prop.h"
#include "host/module.h"

static lookup_names names = { PROPERTY_PASSWORD, PROPERTY_STATE };

static void
expect_next(const struct lookup *found, struct lookup_cursor *at,
    const char *property, const char *value, size_t len)
{
	struct lookup_value next;

	assert_true(lookup_next(found, at, &next));
	assert_string_equal(next.property, property);
	assert_int_equal(next.value.len, len);
	if (len > 0)
		assert_memory_equal(next.value.data, value, len);
}

static void
expect_end(const struct lookup *found, struct lookup_cursor *at)
{
	struct lookup_value next;

	assert_false(lookup_next(found, at, &next));
	assert_false(lookup_next(found, at, &next));
}

MODULE_TEST(lookup_user__known__gives_what_is_stored)
{
	struct module *m = *state;
	struct lookup_cursor at = { 0, 0 };
	struct server_session s;
	struct lookup found;

	assert_int_equal(
	    module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found),
	    SASL_OK);
	assert_int_equal(found.state, LOOKUP_KNOWN);
	expect_next(&found, &at, PROPERTY_PASSWORD, "wonderland", 10);
	expect_end(&found, &at);
	assert_string_equal(s.out->authid, "alice");
	assert_string_equal(s.out->user, "alice");
	assert_int_equal(m->fake.log_count, 0);
	module_forget_lookup(m);
}

/* Strangers cost the store the same questions. */
MODULE_TEST(lookup_user__unknown__is_ok_after_the_same_questions)
{
	struct module *m = *state;
	struct lookup_cursor at = { 0, 0 };
	struct server_session s;
	struct lookup found;
	unsigned fetches, requests;

	assert_int_equal(
	    module_look_up(m, &s, "alice", &names, LOOKUP_BOTH, &found),
	    SASL_OK);
	fetches = m->fake.fetch_count;
	requests = m->fake.request_count;
	assert_int_equal(fetches, 2);
	module_forget_lookup(m);
	assert_int_equal(
	    module_look_up(m, &s, "nemo", &names, LOOKUP_BOTH, &found),
	    SASL_OK);
	assert_int_equal(found.state, LOOKUP_UNKNOWN);
	expect_end(&found, &at);
	assert_int_equal(m->fake.fetch_count, fetches);
	assert_int_equal(m->fake.request_count, requests);
	assert_int_equal(m->fake.canon_count, 1);
	assert_int_equal(m->fake.log_count, 0);
	module_forget_lookup(m);
}

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

MODULE_TEST(lookup_user__no_names__knows_everybody_and_fetches_nothing)
{
	struct module *m = *state;
	struct lookup_cursor at = { 0, 0 };
	struct server_session s;
	struct lookup found;

	assert_int_equal(
	    module_look_up(m, &s, "nemo", NULL, LOOKUP_BOTH, &found), SASL_OK);
	assert_int_equal(found.state, LOOKUP_KNOWN);
	expect_end(&found, &at);
	assert_int_equal(m->fake.request_count, 0);
	assert_int_equal(m->fake.fetch_count, 0);
	assert_string_equal(s.out->authid, "nemo");
}

/* What another mechanism fetched earlier on the connection is no answer. */
MODULE_TEST(lookup_user__second_user__has_none_of_the_first)
{
	struct module *m = *state;
	struct lookup_cursor at = { 0, 0 };
	struct server_session s;
	struct lookup found;

	module_look_up(m, &s, "tim", &names, LOOKUP_BOTH, &found);
	module_forget_lookup(m);
	module_look_up(m, &s, "nemo", &names, LOOKUP_BOTH, &found);
	assert_int_equal(found.state, LOOKUP_UNKNOWN);
	expect_end(&found, &at);
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

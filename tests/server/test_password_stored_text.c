/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored, sent as a password: a hash is never one, whoever checks
 * passwords, in whatever property and place it is stored.
 */
#include "config.h"

#include "backend/lookup.h"
#include "host/fake_utils.h"
#include "host/module.h"
#include "server/password.h"

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"

/* Known or not: what matters is that none of them is a plaintext. */
static const char *const texts[] = {
	"{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==",
	"{sha}3hjoVZ1fSLjE2k1aU6l7LjEBmNg=",
	"{CRYPT}ab01FAX.bQRSU",
	"$1$abcdefgh$irWbblnpmw.5z7wgBnprh0",
	("{CRAM-MD5}721a2df79bd8bf7cff39c4914f8c49b8"
	 "979ad5122813c64e75f91b8a6a09b88a"),
	"{ROT13}jbaqreynaqjbaqreynaq",
	"{NOSUCH}0123456789abcdef",
	"$nobody$knows$0123456789abcdef",
	"md50123456789abcdef0123456789abcdef",
	"*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", /* MySQL */
	"!$1$abcdefgh$irWbblnpmw.5z7wgBnprh0",	     /* locked by passwd(1) */
	"*",
};

static const char *const methods[] = { "auxprop", "saslauthd",
	"auxprop saslauthd", "saslauthd auxprop", "" };

enum { MOST = 4 };

static struct fake_row rows[MOST];
static struct fake_option options[] = {
	{ "pwcheck_method", NULL },
	{ "classic_hash_scheme", "ssha" },
	{ "classic_secrets", NULL },
	{ NULL, NULL },
};
static struct fake_setup setup;

static void
begin(const char *method)
{
	memset(rows, 0, sizeof(rows));
	memset(&setup, 0, sizeof(setup));
	options[0].value = method;
	options[2].value = "both";
	setup.rows = rows;
	setup.options = options;
}

/* The others would accept this text as the password. */
static int
log_in(struct module *m, const char *password, const char *reason)
{
	struct claim claim = { bytes_str("alice"), bytes_str(NULL),
		bytes_str(password) };
	struct server_session s;
	char text[64];
	int result;

	setup.checkpass_password = password;
	module_reopen(m, &setup);
	module_server(m, &s);
	result = password_check(&s, claim);
	lookup_forget(&m->host, &m->fake.server);
	snprintf(text, sizeof(text), "reason=%s", reason);
	if (result != SASL_OK && fake_log_find(&m->fake, text) == NULL)
		fail_msg("not for that reason: %s", reason);
	return result;
}

static void
refuse(struct module *m, const char *text)
{
	assert_int_equal(log_in(m, text, "stored-hash-sent"), SASL_BADAUTH);
	assert_int_equal(m->fake.checkpass_count, 0);
	module_reopen(m, &module_usual_setup);
}

/* By each list of methods, with and without a check of the application. */
static void
refuse_by_all(struct module *m, const struct fake_row *stored, size_t count,
    const char *text)
{
	size_t i, application;

	for (i = 0; i < COUNT_OF(methods); i++)
		for (application = 0; application < 2; application++) {
			begin(methods[i]);
			memcpy(rows, stored, count * sizeof(*stored));
			setup.userdb_checkpass = application;
			refuse(m, text);
		}
}

MODULE_TEST(verify__text_of_a_hash__is_refused_and_nobody_else_asked)
{
	struct fake_row row = { "alice", PASSWORD, NULL, 0 };
	size_t i;

	for (i = 0; i < COUNT_OF(texts); i++) {
		row.value = texts[i];
		row.property = PASSWORD;
		refuse_by_all(*state, &row, 1, texts[i]);
		row.property = HASH;
		refuse_by_all(*state, &row, 1, texts[i]);
	}
}

/*
 * Of no use to us, and yet userPassword is what the library's own auxprop
 * method takes for the password, and the application's check may.
 */
MODULE_TEST(
    verify__text_where_only_hashes_count__is_refused_and_nobody_else_asked)
{
	static const char *const stored[] = { "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uz",
		"$nobody$knows$0123456789abcdef", "{PLAIN}caterpillar" };
	struct module *m = *state;
	size_t i, n;

	for (i = 0; i < COUNT_OF(methods); i++)
		for (n = 0; n < 2 * COUNT_OF(stored); n++) {
			begin(methods[i]);
			options[2].value = "hashed";
			setup.userdb_checkpass = n % 2;
			rows[0] = (struct fake_row) { "alice", PASSWORD,
				stored[n / 2], 0 };
			assert_int_equal(
			    log_in(m, stored[n / 2], ""), SASL_BADAUTH);
			assert_int_equal(m->fake.checkpass_count, 0);
			module_reopen(m, &module_usual_setup);
		}
}

/* In any place, and beside the right password. */
MODULE_TEST(verify__text_of_one_of_several__is_refused)
{
	struct fake_row several[] = {
		{ "alice", PASSWORD, texts[0], 0 },
		{ "alice", PASSWORD, "caterpillar", 0 },
		{ "alice", PASSWORD, texts[5], 0 },
	};

	refuse_by_all(*state, several, COUNT_OF(several), texts[0]);
	refuse_by_all(*state, several, COUNT_OF(several), texts[5]);
	several[2].property = HASH;
	refuse_by_all(*state, several, COUNT_OF(several), texts[5]);
}

/* A password that is also stored, in plaintext, as another value. */
MODULE_TEST(verify__text_of_a_hash_that_is_a_password_too__is_refused)
{
	struct fake_row several[] = {
		{ "alice", PASSWORD, "{PLAIN}{ROT13}jbaqreynaqjbaqreynaq", 0 },
		{ "alice", PASSWORD, "{ROT13}jbaqreynaqjbaqreynaq", 0 },
	};
	struct module *m = *state;

	refuse_by_all(m, several, 2, "{ROT13}jbaqreynaqjbaqreynaq");
	/* Alone it is one: that is what {PLAIN} is for. */
	begin("auxprop");
	rows[0] = several[0];
	assert_int_equal(log_in(m, "{ROT13}jbaqreynaqjbaqreynaq", ""), SASL_OK);
	module_reopen(m, &module_usual_setup);
}

/* What looks like a hash and is not stored may be the password elsewhere. */
MODULE_TEST(verify__looks_like_a_hash_but_is_not_stored__others_are_asked)
{
	struct module *m = *state;

	begin("saslauthd");
	rows[0] = (struct fake_row) { "alice", PASSWORD, texts[0], 0 };
	assert_int_equal(log_in(m, texts[3], ""), SASL_OK);
	assert_int_equal(m->fake.checkpass_count, 1);
	module_reopen(m, &module_usual_setup);
}

/*
 * sasl_checkpass() asks the application as well, and would lose its answer if
 * that is "later": so the one or the other is asked, once.
 */
MODULE_TEST(verify__others_and_the_application__nobody_is_asked_twice)
{
	struct module *m = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(methods); i++) {
		begin(methods[i]);
		setup.userdb_checkpass = true;
		assert_int_equal(log_in(m, "caterpillar", ""), SASL_OK);
		assert_int_equal(m->fake.checkpass_count, 1);
		assert_int_equal(m->fake.checkpass_password_len, 11);
		/* The application's check is given no length of the name. */
		assert_int_equal(m->fake.checkpass_user_len,
		    strstr(methods[i], "saslauthd") != NULL ? 5 : 0);
		module_reopen(m, &module_usual_setup);
	}
}

/* Unless it could be a stored hash, the store is none of our business. */
MODULE_TEST(verify__others_alone__asks_for_no_property)
{
	struct module *m = *state;

	begin("saslauthd");
	rows[0] = (struct fake_row) { "alice", PASSWORD, texts[0], 0 };
	assert_int_equal(log_in(m, "caterpillar", ""), SASL_OK);
	assert_int_equal(m->fake.request_count, 0);
	module_reopen(m, &module_usual_setup);
}

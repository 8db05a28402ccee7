/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5, the server's side: logins with each stored form, and with several
 * values of which one is right.
 */
#include "config.h"

#include "host/talk.h"
#include "support/crammd5_forms.h"

const char *run_plugin = "crammd5";

enum { MOST_VALUES = 5 };

static const struct fake_option legacy[] = {
	{ "classic_legacy_secrets", "yes" },
	{ NULL, NULL },
};

static struct fake_row rows[MOST_VALUES + 1];

static void
begin(void)
{
	memset(rows, 0, sizeof(rows));
}

static void
add(const char *property, const char *value, size_t len)
{
	struct fake_row *row = rows;

	while (row->user != NULL)
		row++;
	assert_true(row < rows + MOST_VALUES);
	*row = (struct fake_row) { "alice", property, value, len };
}

/* A whole transcript, as alice with that password: see talk.h. */
static void
log_in(const char *password, int code, const char *reason)
{
	struct talk t = {
		.lines = { CHALLENGE(""), ANSWER("alice", NULL), ENDS(0) },
		.reason = reason,
		.guess = code == SASL_OK ? NULL : password,
	};
	void *state = &t;

	t.host.rows = rows;
	t.host.options = legacy;
	t.lines[1].password = password;
	t.lines[2].code = code;
	server_talk(&state);
}

TEST_WITH(crammd5_server__each_form__lets_in_by_its_password_alone, NULL,
    talk_teardown)
{
	const struct crammd5_form *f;
	const char *reason;
	size_t i;

	for (i = 0; i < COUNT_OF(crammd5_forms); i++) {
		f = &crammd5_forms[i];
		begin();
		add(f->property, f->value, f->len);
		reason =
		    f->password != NULL ? "wrong-password" : "unusable-secret";
		if (f->password != NULL)
			log_in(f->password, SASL_OK, NULL);
		else
			log_in("wonderland", SASL_BADAUTH, reason);
		/* Its own text, as far as that is a password. */
		if (f->password == NULL || strcmp(f->password, f->value) != 0)
			log_in(f->value, SASL_BADAUTH, reason);
		log_in("looking-glass", SASL_BADAUTH, reason);
	}
}

/* In each place among others, which are good, of no use, or of another form. */
TEST_WITH(crammd5_server__several_values__each_lets_in, NULL, talk_teardown)
{
	static const char *const passwords[] = { "white-rabbit", "wonderland",
		"march-hare", "caterpillar" };
	size_t i;

	begin();
	add(IN_PASSWORD, "white-rabbit", 0);
	add(IN_PASSWORD, "{ROT13}jbaqreynaqjbaqreynaq", 0);
	add(IN_PASSWORD, "{Cram-MD5}" STATE, 0);
	add(IN_PASSWORD, "{PLAIN}march-hare", 0);
	add(IN_PASSWORD, "caterpillar", 0);
	for (i = 0; i < COUNT_OF(passwords); i++)
		log_in(passwords[i], SASL_OK, NULL);
	log_in("looking-glass", SASL_BADAUTH, "wrong-password");
	log_in("{ROT13}jbaqreynaqjbaqreynaq", SASL_BADAUTH, "wrong-password");
	log_in("{Cram-MD5}" STATE, SASL_BADAUTH, "wrong-password");
}

TEST_WITH(crammd5_server__several_properties__each_lets_in, NULL, talk_teardown)
{
	begin();
	add(IN_LEGACY, NUL_RAW, sizeof(NUL_RAW) - 1);
	add(IN_STATE, STATE, 0);
	add(IN_PASSWORD, "caterpillar", 0);
	log_in(NUL_PASSWORD, SASL_OK, NULL);
	log_in("wonderland", SASL_OK, NULL);
	log_in("caterpillar", SASL_OK, NULL);
	log_in("looking-glass", SASL_BADAUTH, "wrong-password");
}

/* libsasl2 tells no lengths of several values: a NUL ends each of them. */
TEST_WITH(crammd5_server__raw_values_with_a_nul_among_several__are_of_no_use,
    NULL, talk_teardown)
{
	begin();
	add(IN_LEGACY, NUL_RAW, sizeof(NUL_RAW) - 1);
	add(IN_LEGACY, CYRUS_RAW, 0);
	log_in("wonderland", SASL_OK, NULL);
	log_in(NUL_PASSWORD, SASL_BADAUTH, "wrong-password");
}

/* One order in the place of the other is a key, but of another password. */
TEST_WITH(crammd5_server__state_in_the_other_order__is_of_no_password, NULL,
    talk_teardown)
{
	static const char *const others[][2] = { { IN_STATE, CYRUS },
		{ IN_LEGACY, STATE }, { IN_PASSWORD, "{Cram-MD5}" CYRUS } };
	size_t i;

	for (i = 0; i < COUNT_OF(others); i++) {
		begin();
		add(others[i][0], others[i][1], 0);
		log_in("wonderland", SASL_BADAUTH, "wrong-password");
	}
}

/* What PLAIN and LOGIN have is not asked for. */
TEST_WITH(crammd5_server__hash_of_the_others__is_no_secret, NULL, talk_teardown)
{
	begin();
	add("userPasswordHash", "{Cram-MD5}" STATE, 0);
	log_in("wonderland", SASL_BADAUTH, "no-usable-secret");
}

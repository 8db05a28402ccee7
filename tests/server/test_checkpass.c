/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Others who check a password: who of them is asked, what they are told, and
 * what becomes of their answers.
 */
#include "config.h"

#include "backend/option.h"
#include "host/fake_prop.h"
#include "host/module.h"
#include "server/password.h"

/* Words from `mkchal` on. */
enum { CHECKPASS = 4, GETCALLBACK = 10 };

static struct module *m;
static struct server_session session;

/* What the others answer, and who was asked, each with what it was told. */
static int answer;
static int callback_result;
static bool has_callback;
static char asked[256];

static void
note(const char *who, const char *user, const char *password, size_t len)
{
	size_t used = strlen(asked);

	snprintf(asked + used, sizeof(asked) - used, "%s(%s, %s, %zu)", who,
	    user, password, len);
	/* The library would free what was fetched for us as it is. */
	assert_int_equal(fake_prop_unerased(m->fake.server.propctx), 0);
}

static int
checkpass(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned password_len)
{
	fake_of(conn);
	assert_int_equal(user_len, strlen(user));
	note("checkpass", user, password, password_len);
	return answer;
}

static int
application(sasl_conn_t *conn, void *context, const char *user,
    const char *password, unsigned len, struct propctx *ctx)
{
	fake_of(conn);
	assert_ptr_equal(context, asked);
	assert_ptr_equal(ctx, m->fake.server.propctx);
	assert_int_equal(len, strlen(password));
	note("application", user, password, len);
	return answer;
}

static int
getcallback(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	fake_of(conn);
	assert_int_equal(id, SASL_CB_SERVER_USERDB_CHECKPASS);
	*function = has_callback ? FAKE_CALLBACK(application) : NULL;
	*context = asked;
	return callback_result;
}

/* alice is known and fetched, and nobody was asked yet. */
static void
begin(void **state)
{
	static const char *names[] = { "*userPassword", NULL };
	static char alice[] = "alice";
	uintptr_t *tail;

	m = *state;
	module_reopen(m, &module_usual_setup);
	tail = m->fake.conn.words + m->fake.layout->tail;
	tail[CHECKPASS] = (uintptr_t)checkpass;
	tail[GETCALLBACK] = (uintptr_t)getcallback;
	module_server(m, &session);
	session.out->authid = alice;
	fake_prop_request(m->fake.server.propctx, names);
	fake_prop_set(m->fake.server.propctx, names[0], "wonderland", 0);
	fake_secret("caterpillar", 11);
	answer = callback_result = SASL_OK;
	has_callback = true;
	asked[0] = '\0';
}

static int
ask(unsigned methods)
{
	char *password = guarded_copy("caterpillar", 11);
	int result;

	result = password_ask_others(&session, bytes_of(password, 11), methods);
	guarded_free(password, 11);
	assert_int_equal(fake_alloc_live(), 0);
	assert_int_equal(m->fake.log_count, 0);
	return result;
}

MODULE_TEST(password_ask_others__other_methods__asks_the_library)
{
	begin(state);
	assert_int_equal(ask(PWCHECK_OTHERS), SASL_OK);
	assert_string_equal(asked, "checkpass(alice, caterpillar, 11)");
}

/* sasl_checkpass() would lose an answer that says "later". */
MODULE_TEST(password_ask_others__application__asks_it_directly)
{
	begin(state);
	assert_int_equal(ask(PWCHECK_AUXPROP), SASL_OK);
	assert_string_equal(asked, "application(alice, caterpillar, 11)");
	begin(state);
	assert_int_equal(ask(PWCHECK_AUXPROP), SASL_OK);
	assert_string_equal(asked, "application(alice, caterpillar, 11)");
}

/* It asks both, and nobody shall be asked twice. */
MODULE_TEST(password_ask_others__both__asks_the_library_alone)
{
	begin(state);
	assert_int_equal(ask(PWCHECK_OTHERS | PWCHECK_AUXPROP), SASL_OK);
	assert_string_equal(asked, "checkpass(alice, caterpillar, 11)");
}

static const struct {
	int answer, result;
} answers[] = {
	{ SASL_OK, SASL_OK },
	{ SASL_BADAUTH, SASL_BADAUTH },
	{ SASL_NOUSER, SASL_BADAUTH },
	{ SASL_NOAUTHZ, SASL_BADAUTH },
	{ SASL_EXPIRED, SASL_BADAUTH },
	{ SASL_DISABLED, SASL_BADAUTH },
	{ SASL_PWLOCK, SASL_BADAUTH },
	{ SASL_TRANS, SASL_BADAUTH },
	{ SASL_FAIL, SASL_UNAVAIL },
	{ SASL_UNAVAIL, SASL_UNAVAIL },
	{ SASL_TRYAGAIN, SASL_UNAVAIL },
	{ SASL_NOMECH, SASL_UNAVAIL },
	{ SASL_CONTINUE, SASL_UNAVAIL },
	{ SASL_INTERACT, SASL_UNAVAIL },
	{ -999, SASL_UNAVAIL },
	{ SASL_NOMEM, SASL_NOMEM },
};

MODULE_TEST(password_ask_others__each_answer__is_one_of_four)
{
	static const unsigned judges[] = { PWCHECK_OTHERS, PWCHECK_AUXPROP };
	size_t i, k;
	int result;

	for (k = 0; k < COUNT_OF(judges); k++)
		for (i = 0; i < COUNT_OF(answers); i++) {
			begin(state);
			answer = answers[i].answer;
			result = ask(judges[k]);
			if (result != answers[i].result)
				fail_msg("%d became %d", answer, result);
		}
}

MODULE_TEST(password_ask_others__no_application__is_bad_auth)
{
	begin(state);
	callback_result = SASL_FAIL;
	assert_int_equal(ask(PWCHECK_AUXPROP), SASL_BADAUTH);
	begin(state);
	has_callback = false;
	assert_int_equal(ask(PWCHECK_AUXPROP), SASL_BADAUTH);
	assert_string_equal(asked, "");
}

/* Refused by a canon_user plugin or by the application, before any lookup. */
MODULE_TEST(password_ask_others__name_without_canonical_form__is_bad_auth)
{
	static const unsigned judges[] = { PWCHECK_OTHERS, PWCHECK_AUXPROP };
	size_t i;

	for (i = 0; i < COUNT_OF(judges); i++) {
		begin(state);
		session.out->authid = NULL;
		assert_int_equal(ask(judges[i]), SASL_BADAUTH);
		assert_string_equal(asked, "");
		fake_prop_erase(m->fake.server.propctx, "*userPassword");
	}
}

MODULE_TEST(password_ask_others__no_memory__asks_nobody)
{
	begin(state);
	fake_alloc_fail_at(1);
	assert_int_equal(ask(PWCHECK_OTHERS), SASL_NOMEM);
	assert_string_equal(asked, "");
	fake_alloc_fail_at(0);
	fake_prop_erase(m->fake.server.propctx, "*userPassword");
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The server's engine, with a little mechanism: whose turn it is, how long a
 * message may be, and what is kept until when.
 */
#include "config.h"

#include "host/little_server.h"
#include "host/module.h"

MODULE_TEST(server_step__messages_in_order__take_the_steps_in_order)
{
	struct little l;

	little_begin(&l, state);
	assert_int_equal(little_say(&l, NULL), SASL_CONTINUE);
	assert_string_equal(l.out, "first?");
	assert_int_equal(little_say(&l, "one"), SASL_CONTINUE);
	assert_string_equal(l.out, "second?");
	assert_int_equal(l.result->doneflag, 0);
	assert_int_equal(little_say(&l, "two"), SASL_OK);
	assert_string_equal(little_taken, "ask() keep(one) judge(one two)");
	assert_int_equal(l.result->doneflag, 1);
	assert_int_equal(l.m->fake.log_count, 0);
	little_end(&l);
}

MODULE_TEST(server_skip__message_ahead__is_taken_by_the_next_step)
{
	struct little l;

	little_begin(&l, state);
	assert_int_equal(little_say(&l, "one"), SASL_CONTINUE);
	assert_string_equal(l.out, "second?");
	assert_int_equal(little_say(&l, "two"), SASL_OK);
	assert_string_equal(little_taken, "ask(one) keep(one) judge(one two)");
	little_end(&l);
}

/* The longest message of each step, and one octet more. */
MODULE_TEST(server_step__message_too_long__is_bad_auth)
{
	static const struct {
		const char *said[3];
		int result;
	} cases[] = {
		{ { "0123456789", "1", "2" }, SASL_OK },
		{ { "0123456789a" }, SASL_BADAUTH },
		{ { "", "0123456789", "2" }, SASL_OK },
		{ { "", "0123456789a" }, SASL_BADAUTH },
		{ { "", "1", "01234567" }, SASL_OK },
		{ { "", "1", "012345678" }, SASL_BADAUTH },
		{ { "one", "abcdefghi" }, SASL_BADAUTH },
	};
	struct little l;
	size_t i, n;
	int result;

	for (i = 0; i < COUNT_OF(cases); i++) {
		little_begin(&l, state);
		result = little_say_all(&l, cases[i].said, &n);
		if (result != cases[i].result)
			fail_msg("case %zu gave %d", i, result);
		if (result == SASL_BADAUTH) {
			expect_one_line(l.m, SASL_LOG_FAIL, "message-too-long");
			assert_null(strstr(little_taken, cases[i].said[n - 1]));
		}
		little_end(&l);
	}
}

/* What the step that is skipped to may not have, was not skipped to. */
MODULE_TEST(server_skip__message_too_long_for_the_next__is_bad_auth)
{
	struct little l;

	little_short_keep = true;
	little_begin(&l, state);
	assert_int_equal(little_say(&l, "12345"), SASL_BADAUTH);
	assert_string_equal(little_taken, "ask(12345)");
	little_end(&l);
	little_begin(&l, state);
	assert_int_equal(little_say(&l, "1234"), SASL_CONTINUE);
	little_end(&l);
	little_short_keep = false;
}

MODULE_TEST(server_step__no_message__is_an_empty_one)
{
	struct little l;

	little_begin(&l, state);
	assert_int_equal(little_step(&l, NULL, 17), SASL_CONTINUE);
	assert_string_equal(little_taken, "ask()");
	little_end(&l);
}

/* Nothing is kept, nothing goes on, and no text but these. */
MODULE_TEST(server_fail__in_any_step__ends_the_exchange)
{
	static const struct {
		const char *said[3], *reason;
		int result;
	} cases[] = {
		{ { "!" }, "reason=asked rhost=- user=\"\"", SASL_UNAVAIL },
		{ { "", "!" }, "reason=kept rhost=- user=\"!\"", SASL_NOMEM },
		{ { "", "one", "!" }, "reason=judged rhost=- user=\"one\"",
		    SASL_BADAUTH },
	};
	struct little l;
	size_t i, n;
	int result;

	for (i = 0; i < COUNT_OF(cases); i++) {
		little_begin(&l, state);
		result = little_say_all(&l, cases[i].said, &n);
		assert_int_equal(result, cases[i].result);
		assert_int_equal(l.result->doneflag, 0);
		expect_one_line(l.m,
		    result == SASL_BADAUTH ? SASL_LOG_FAIL : SASL_LOG_ERR,
		    cases[i].reason);
		assert_int_equal(fake_alloc_live(), 1); /* the session */
		little_expect_over(&l);
		little_end(&l);
	}
}

MODULE_TEST(server_step__after_success__is_bad_protocol)
{
	struct little l;

	little_begin(&l, state);
	little_say(&l, "one");
	assert_int_equal(little_say(&l, "two"), SASL_OK);
	assert_int_equal(fake_alloc_live(), 1);
	little_expect_over(&l);
	little_end(&l);
}

/* A last step that answers, where nothing can follow. */
MODULE_TEST(server_step__end_of_the_table__is_bad_protocol)
{
	struct server_session *s;
	struct little l;

	little_begin(&l, state);
	for (s = l.context; s->step->take != NULL;)
		s->step++;
	little_expect_over(&l);
	little_end(&l);
}

/* Erased at the end, whatever that is, and not before. */
MODULE_TEST(server_step__stored_secrets_fetched__are_erased_at_the_end)
{
	static const char *const last[] = { "two", "!", "012345678" };
	struct little l;
	size_t i;

	for (i = 0; i < COUNT_OF(last); i++) {
		little_begin(&l, state);
		little_say(&l, "one");
		little_fetch(&l);
		assert_int_equal(little_stored(&l), 1);
		little_say(&l, last[i]);
		assert_int_equal(little_stored(&l), 0);
		little_end(&l);
	}
}

/* Who was here before is not who is here now. */
MODULE_TEST(server_step__first_one__clears_the_identities)
{
	struct little l;

	little_begin(&l, state);
	l.result->user = l.result->authid = "mallory";
	l.result->ulen = l.result->alen = 7;
	assert_int_equal(little_say(&l, ""), SASL_CONTINUE);
	assert_null(l.result->user);
	assert_null(l.result->authid);
	assert_int_equal(l.result->ulen, 0);
	assert_int_equal(l.result->alen, 0);
	l.result->authid = "alice";
	assert_int_equal(little_say(&l, "one"), SASL_CONTINUE);
	assert_string_equal(l.result->authid, "alice");
	little_end(&l);
}

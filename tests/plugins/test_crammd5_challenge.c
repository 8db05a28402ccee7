/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5, the server's challenge: where it comes from, and how it looks; that
 * it is good for one answer, and not for long.
 */
#include "config.h"

#include <time.h>

#include "host/talk.h"
#include "support/stand_in.h"

const char *run_plugin = "crammd5";

enum { RANDOM = 16 }; /* octets */

static struct run r;

STAND_IN_TEST(crammd5_server__login__asks_once_for_128_bits)
{
	char text[CRAM_TEXT];

	cram_begin(&r, NULL, text);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_OK);
	assert_int_equal(stand_in.calls, 1);
	assert_int_equal(stand_in.asked, RANDOM);
	run_close(&r);
}

/* The nonce of a challenge that is made of these random octets. */
static void
nonce_of(const unsigned char octets[RANDOM], char nonce[CRAM_TEXT])
{
	stand_in.random_fixed = true;
	memcpy(stand_in.octets, octets, RANDOM);
	cram_begin(&r, NULL, nonce);
	run_close(&r);
	nonce[strcspn(nonce, ".")] = '\0';
	assert_int_equal(strlen(nonce), 1 + 22);
	assert_int_equal(
	    strspn(nonce + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789-_"),
	    22);
}

/* Each of the 128 bits makes another challenge. */
STAND_IN_TEST(crammd5_server__challenge__has_all_the_randomness)
{
	static char nonce[8 * RANDOM + 1][CRAM_TEXT];
	unsigned char octets[RANDOM] = { 0 };
	size_t i, k;

	nonce_of(octets, nonce[8 * RANDOM]);
	for (i = 0; i < 8 * RANDOM; i++) {
		octets[i / 8] = (unsigned char)(1 << i % 8);
		nonce_of(octets, nonce[i]);
		octets[i / 8] = 0;
	}
	for (i = 0; i < COUNT_OF(nonce); i++)
		for (k = 0; k < i; k++)
			assert_string_not_equal(nonce[i], nonce[k]);
}

STAND_IN_TEST(crammd5_server__two_challenges__differ)
{
	char first[CRAM_TEXT], second[CRAM_TEXT];

	cram_begin(&r, NULL, first);
	run_close(&r);
	cram_begin(&r, NULL, second);
	run_close(&r);
	assert_string_not_equal(first, second);
}

static void
no_challenge(void)
{
	run_open(&r, &fake_layout_2_2, NULL);
	assert_int_equal(run_server(&r), SASL_OK);
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_UNAVAIL);
	assert_non_null(fake_log_find(&r.host, "reason=no-randomness "));
	run_close(&r);
}

STAND_IN_TEST(crammd5_server__no_randomness_or_too_little__is_unavailable)
{
	stand_in.random_fails = true;
	no_challenge();
	stand_in.random_fails = false;
	stand_in.random_short = true;
	no_challenge();
}

/* Names of the server. */

#define LABEL_50 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"
#define NAME_250 LABEL_50 LABEL_50 LABEL_50 LABEL_50 LABEL_50

SERVER_TALK(crammd5_server__longest_server_name__is_not_cut) = {
	.host.fqdn = NAME_250 "12345",
	.lines = { CHALLENGE(""), ANSWER("alice", "wonderland"),
	    ENDS(SASL_OK) },
};

#define UNFIT(name, fqdn_) \
	SERVER_TALK(crammd5_server__##name##__is_unavailable) = { \
		.host.fqdn = fqdn_, \
		.lines = { ENDS(SASL_UNAVAIL) }, \
		.reason = "bad-server-name", \
	}

UNFIT(no_server_name, "");
UNFIT(longer_server_name, NAME_250 "123456");
UNFIT(bracket_in_name, "mail>.example.org");
UNFIT(blank_in_name, "mail example.org");

/* How often and how long it is good. */

enum { LIFETIME = 300 }; /* seconds, the default */

STAND_IN_TEST(crammd5_server__same_answer_again__is_bad_protocol)
{
	char text[CRAM_TEXT];

	cram_begin(&r, NULL, text);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_OK);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_BADPROT);
	assert_int_equal(r.host.canon_count, 1);
	run_close(&r);
}

STAND_IN_TEST(crammd5_server__second_try_on_a_challenge__is_bad_protocol)
{
	char text[CRAM_TEXT];

	cram_begin(&r, NULL, text);
	assert_int_equal(cram_answer(&r, text, "looking-glass"), SASL_BADAUTH);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_BADPROT);
	run_close(&r);
}

STAND_IN_TEST(crammd5_server__answer_to_the_challenge_before__is_bad_auth)
{
	char text[CRAM_TEXT];

	cram_begin(&r, NULL, text);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_OK);
	r.host.out.doneflag = 0;
	assert_int_equal(run_server(&r), SASL_OK); /* the same connection */
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_CONTINUE);
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_BADAUTH);
	run_close(&r);
}

/* Nothing that a context knows is left when there is no context. */
STAND_IN_TEST(crammd5_server__step_without_context__is_bad_protocol)
{
	char text[CRAM_TEXT];
	void *context;

	cram_begin(&r, NULL, text);
	context = r.server_context;
	r.server_context = NULL;
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_BADPROT);
	r.server_context = context;
	run_close(&r);
}

/* Lifetime. */

static void
after(long seconds, const char *lifetime, int code, const char *reason)
{
	const struct fake_option options[] = {
		{ "classic_challenge_lifetime", lifetime },
		{ NULL, NULL },
	};
	const struct fake_setup setup = {
		.options = lifetime == NULL ? NULL : options,
	};
	char text[CRAM_TEXT];

	cram_begin(&r, &setup, text);
	stand_in.later = seconds;
	assert_int_equal(cram_answer(&r, text, "wonderland"), code);
	if (reason != NULL)
		assert_non_null(fake_log_find(&r.host, reason));
	run_close(&r);
	stand_in.later = 0;
}

STAND_IN_TEST(crammd5_server__answer_within_lifetime__is_ok)
{
	after(LIFETIME - 2, NULL, SASL_OK, NULL);
	after(8, "10", SASL_OK, NULL);
	after(86398, "86400", SASL_OK, NULL);
}

STAND_IN_TEST(crammd5_server__late_answer__is_bad_auth)
{
	after(LIFETIME + 1, NULL, SASL_BADAUTH, "reason=expired-challenge ");
	after(11, "10", SASL_BADAUTH, "reason=expired-challenge ");
}

/* Whoever can turn the clock back must not make an old answer young. */
STAND_IN_TEST(crammd5_server__clock_turned_back__is_bad_auth)
{
	after(-2, NULL, SASL_BADAUTH, "reason=expired-challenge ");
}

STAND_IN_TEST(crammd5_server__no_clock__is_bad_auth)
{
	stand_in.clock_fails = true;
	after(0, NULL, SASL_BADAUTH, "reason=expired-challenge ");
}

/* As it does on a machine that was started a moment ago. */
STAND_IN_TEST(crammd5_server__no_clock_at_first__is_bad_auth)
{
	char text[CRAM_TEXT];
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	stand_in.clock_fails = true;
	cram_begin(&r, NULL, text);
	stand_in.clock_fails = false;
	stand_in.later = 10 - now.tv_sec;
	assert_int_equal(cram_answer(&r, text, "wonderland"), SASL_BADAUTH);
	run_close(&r);
}

/* The option is named in the log, and the default holds. */
STAND_IN_TEST(crammd5_server__bad_lifetime__is_the_default)
{
	static const char *const bad[] = { "0", "-1", "86401", "ten", "10s", "",
		"99999999999999999999" };
	size_t i;

	for (i = 0; i < COUNT_OF(bad); i++) {
		after(LIFETIME - 2, bad[i], SASL_OK,
		    "classic_challenge_lifetime");
		after(LIFETIME + 1, bad[i], SASL_BADAUTH,
		    "classic_challenge_lifetime");
	}
}

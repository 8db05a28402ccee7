/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5, the server's challenge: where it comes from, and how it looks. How
 * often and how long it is good is in test_crammd5_once.c.
 */
#include "config.h"

#include "host/cram_run.h"
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
no_challenge(const char *reason)
{
	char text[64];

	run_open(&r, &fake_layout_2_2, NULL);
	assert_int_equal(run_server(&r), SASL_OK);
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_UNAVAIL);
	snprintf(text, sizeof(text), "reason=%s ", reason);
	assert_non_null(fake_log_find(&r.host, text));
	run_close(&r);
}

STAND_IN_TEST(crammd5_server__no_randomness__is_unavailable)
{
	stand_in.random_fails = true;
	no_challenge("no-randomness");
}

STAND_IN_TEST(crammd5_server__too_little_randomness__is_unavailable)
{
	stand_in.random_short = true;
	no_challenge("no-randomness");
}

/* Names of the server. */

SERVER_TALK(crammd5_server__no_server_name__is_unavailable) = {
	.host.fqdn = "",
	.lines = { ENDS(SASL_UNAVAIL) },
};

#define LABEL_50 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"
#define NAME_250 LABEL_50 LABEL_50 LABEL_50 LABEL_50 LABEL_50

SERVER_TALK(crammd5_server__longest_server_name__is_not_cut) = {
	.host.fqdn = NAME_250 "12345",
	.lines = { CHALLENGE(""), ANSWER("alice", "wonderland"),
	    ENDS(SASL_OK) },
};

SERVER_TALK(crammd5_server__longer_server_name__is_unavailable) = {
	.host.fqdn = NAME_250 "123456",
	.lines = { ENDS(SASL_UNAVAIL) },
	.reason = "bad-server-name",
};

SERVER_TALK(crammd5_server__bracket_in_name__is_unavailable) = {
	.host.fqdn = "mail>.example.org",
	.lines = { ENDS(SASL_UNAVAIL) },
};

SERVER_TALK(crammd5_server__blank_in_name__is_unavailable) = {
	.host.fqdn = "mail example.org",
	.lines = { ENDS(SASL_UNAVAIL) },
};

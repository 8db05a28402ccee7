/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN (RFC 4616), the server's side: its one message, and acting for others.
 * What is right and wrong about names and passwords is in
 * test_password_server.c.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "host/talk.h"

const char *run_plugin = "plain";

#define SAID(name, message, code, reason_, ...) \
	SERVER_TALK(plain_server__##name) = { .lines = { CLIENT(message), \
						  ENDS(code) }, \
		.reason = reason_, \
		__VA_ARGS__ }

SAID(right_password__is_ok, "\0alice\0wonderland", SASL_OK, NULL);

SAID(wrong_password__is_bad_auth, "\0alice\0looking-glass", SASL_BADAUTH, NULL,
    .host.remote = "2001:db8::7;4711", .guess = "looking-glass",
    .error = "authentication failed",
    .log = "PLAIN: authentication failed: reason=wrong-password "
	   "rhost=2001:db8::7 user=\"alice\"");

SAID(secret_of_an_unknown_scheme__is_named_in_the_log, "\0alice\0wonderland",
    SASL_BADAUTH, NULL,
    .host.rows = FAKE_ROWS(
	{ "alice", "userPassword", "{SASL}mallory-elsewhere", 0 }),
    .log = "user=\"alice\": a stored secret with {SASL} cannot be used: "
	   "unknown scheme");

/* Messages that clients in the field send, and that are not PLAIN. */

#define NOT_PLAIN(name, message) \
	SERVER_TALK(name) = { \
		.lines = { CLIENT(message), ENDS(SASL_BADPROT) }, \
		.reason = "not-a-plain-message", \
	}

NOT_PLAIN(plain_server__no_nul__is_bad_protocol, "alice wonderland");
NOT_PLAIN(plain_server__empty_message__is_bad_protocol, "");
NOT_PLAIN(plain_server__one_nul__is_bad_protocol, "alice\0wonderland");
NOT_PLAIN(plain_server__three_nuls__is_bad_protocol, "\0alice\0wonder\0land");
NOT_PLAIN(plain_server__nul_in_name__is_bad_protocol, "\0al\0ice\0wonderland");
NOT_PLAIN(
    plain_server__nul_at_the_end__is_bad_protocol, "\0alice\0wonderland\0");
NOT_PLAIN(
    plain_server__nul_written_out__is_bad_protocol, "\\0alice\\0wonderland");

SAID(name_in_authzid__is_bad_auth, "alice\0\0wonderland", SASL_BADAUTH,
    "empty-name");

SAID(no_password__is_bad_auth, "\0alice\0", SASL_BADAUTH, "empty-password");

/* KVIrc sends one NUL more; who needs it may allow it. */
static const struct fake_option trailing_nul[] = {
	{ "classic_plain_trailing_nul", "yes" },
	{ NULL, NULL },
};

SAID(no_message_where_a_nul_is_allowed__is_bad_protocol, "", SASL_BADPROT,
    "not-a-plain-message", .host.options = trailing_nul);

SAID(nul_at_the_end_allowed__is_ok, "\0alice\0wonderland\0", SASL_OK, NULL,
    .host.options = trailing_nul);

SAID(two_nuls_at_the_end__is_bad_protocol, "\0alice\0wonderland\0\0",
    SASL_BADPROT, NULL, .host.options = trailing_nul);

SAID(only_nul_allowed__is_bad_auth, "\0alice\0\0", SASL_BADAUTH,
    "empty-password", .host.options = trailing_nul);

static struct run r; /* for those that are no transcripts */

/* Without the work that makes unknown users cost what users of setpass do. */
static int
verdict(const char *message, size_t len)
{
	static const struct fake_option options[] = {
		{ "classic_secrets", "plaintext" },
		{ NULL, NULL },
	};
	static const struct fake_setup setup = { .options = options };
	int result;

	run_open(&r, &fake_layout_2_2, &setup);
	assert_int_equal(run_server(&r), SASL_OK);
	result = run_server_step(&r, message, len);
	run_close(&r);
	return result;
}

/* Bad input made of good: cut anywhere, any octet another. */
TEST(plain_server__damaged_message__is_never_ok)
{
	static const char good[] = "\0alice\0wonderland";
	char bad[sizeof(good) - 1];
	size_t len, i;

	for (len = 0; len < sizeof(bad); len++)
		assert_int_not_equal(verdict(good, len), SASL_OK);
	for (i = 0; i < sizeof(bad); i++) {
		memcpy(bad, good, sizeof(bad));
		while ((bad[i] = (char)(bad[i] + 1)) != good[i])
			assert_int_not_equal(
			    verdict(bad, sizeof(bad)), SASL_OK);
	}
}

/* Acting for others. */

/* The library's proxy policy checks what stands here afterwards. */

SAID(other_authzid__is_told_to_the_host, "bob\0alice\0wonderland", SASL_OK,
    NULL, .user = "bob");

SAID(own_authzid__is_ok, "alice\0alice\0wonderland", SASL_OK, NULL);

/* One has the realm, one has not: they are the same after canonicalisation. */
SAID(own_authzid_with_realm__is_ok, "alice@example.org\0alice\0wonderland",
    SASL_OK, NULL, .host.realm = "example.org",
    .host.rows = FAKE_ROWS(
	{ "alice@example.org", "userPassword", "wonderland", 0 }),
    .authid = "alice@example.org");

/* The library would refuse it too, but without a line, and sooner. */
SAID(authzid_that_is_not_allowed__is_bad_auth, "bob\0alice\0wonderland",
    SASL_BADAUTH, NULL, .host.proxy_code = SASL_BADAUTH,
    .log = "PLAIN: authentication failed: reason=refused-authzid rhost=- "
	   "user=\"alice\"");

SAID(authzid_refused_in_another_way__is_bad_auth, "bob\0alice\0wonderland",
    SASL_BADAUTH, "refused-authzid", .host.proxy_code = SASL_NOAUTHZ);

SAID(authzid_that_cannot_be_judged__is_bad_auth, "bob\0alice\0wonderland",
    SASL_BADAUTH, "refused-authzid", .host.proxy_code = SASL_FAIL);

SAID(own_authzid_and_no_proxies__is_ok, "alice\0alice\0wonderland", SASL_OK,
    NULL, .host.proxy_code = SASL_NOAUTHZ);

SAID(authzid_with_a_blank_before_it__is_bad_auth, " bob\0alice\0wonderland",
    SASL_BADAUTH, "bad-authzid", .host.canon_call = 2,
    .host.canon_code = SASL_FAIL);

SAID(authzid_and_wrong_password__is_bad_auth, "bob\0alice\0looking-glass",
    SASL_BADAUTH, "wrong-password", .guess = "looking-glass");

SAID(control_in_authzid__is_bad_auth, "b\rob\0alice\0wonderland", SASL_BADAUTH,
    "control-in-name");

/* The second call of canon_user() is the authzid's. */
SAID(authzid_lookup_fails__is_unavailable, "bob\0alice\0wonderland",
    SASL_UNAVAIL, NULL, .host.canon_call = 2, .host.canon_code = SASL_FAIL);

/* That one has no name then, also if sasl_checkpass() has left another. */
static const struct fake_option by_saslauthd[] = {
	{ "pwcheck_method", "saslauthd" },
	{ NULL, NULL },
};

SAID(authzid_without_a_name_after_checkpass__is_unavailable,
    "bob\0alice\0wonderland", SASL_UNAVAIL, NULL, .host.canon_call = 3,
    .host.canon_code = SASL_FAIL, .host.options = by_saslauthd);

SAID(authzid_and_no_store_where_others_check__is_ok, "bob\0alice\0wonderland",
    SASL_OK, NULL, .host.lookup_code = SASL_FAIL, .host.options = by_saslauthd,
    .host.checkpass_password = "wonderland", .user = "bob");

/* Others have accepted the authcid, but only the store knows the authzid. */
static const struct fake_option by_both[] = {
	{ "pwcheck_method", "auxprop saslauthd" },
	{ NULL, NULL },
};

SAID(authzid_and_store_in_trouble__is_unavailable, "bob\0alice\0wonderland",
    SASL_UNAVAIL, "bad-authzid", .host.lookup_code = SASL_UNAVAIL,
    .host.options = by_both, .host.checkpass_password = "wonderland");

SAID(authzid_is_barred__is_bad_auth, "bob\0alice\0wonderland", SASL_BADAUTH,
    "bad-authzid", .host.canon_call = 2, .host.canon_code = SASL_DISABLED);

static const struct fake_row hosts[] = {
	{ "alice", "userPassword", "wonderland", 0 },
	{ "alice", "mailHost", "host-of-alice", 0 },
	{ "bob", "mailHost", "host-of-bob", 0 },
	{ NULL, NULL, NULL, 0 },
};

/* The application's own properties are the authzid's, not the authcid's. */
static void
logs_in_as_bob(const struct fake_setup *setup, const char *message, size_t len)
{
	const char *names[] = { "mailHost", NULL };
	struct propval value[2];

	run_open(&r, &fake_layout_2_1, setup);
	assert_int_equal(run_server(&r), SASL_OK);
	fake_prop_request(r.host.server.propctx, names);
	assert_int_equal(run_server_step(&r, message, len), SASL_OK);
	assert_int_equal(
	    fake_prop_getnames(r.host.server.propctx, names, value), 1);
	assert_int_equal(value[0].nvalues, 1);
	assert_string_equal(value[0].values[0], "host-of-bob");
	run_close(&r);
}

TEST(plain_server__authzid__is_what_properties_are_of)
{
	static const struct fake_setup setup = { .rows = hosts };

	logs_in_as_bob(&setup, "bob\0alice\0wonderland", 20);
}

/* sasl_checkpass() fetches them for the authcid. */
TEST(plain_server__authzid_after_checkpass__is_what_properties_are_of)
{
	static const struct fake_option saslauthd[] = {
		{ "pwcheck_method", "auxprop saslauthd" },
		{ NULL, NULL },
	};
	static const struct fake_setup setup = {
		.rows = hosts,
		.options = saslauthd,
		.checkpass_password = "caterpillar",
	};

	logs_in_as_bob(&setup, "bob\0alice\0caterpillar", 21);
}

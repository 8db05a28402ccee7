/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Failing logins for tools/equal-work to count the instructions of:
 *
 *	work PLUGIN USER FORM SCHEME SECRETS COUNT [CLAIM]
 *
 * alice's password is stored in FORM (plaintext, hash, state, legacy, or one
 * that cannot be used). With the CLAIM `long' a password of 600 octets is sent;
 * with `authzid' one for somebody else, and with `right' the right one for
 * somebody else, which the application does not allow. SCHEME and SECRETS are
 * the options classic_hash_scheme and classic_secrets. USER tries a wrong
 * password. After one login that is not counted, in which libraries start,
 * callgrind counts COUNT of them.
 */
#include "config.h"

#ifdef HAVE_VALGRIND_MEMCHECK_H
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#endif

#include "base/host.h"
#include "base/secret.h"
#include "host/run.h"
#include "secrets/scheme.h"
#include "support/cram_answer.h"
#include "support/test.h"

#define RIGHT "wonderland"
#define WRONG "wonderlanx"

const char *run_plugin;

static struct run r;

static const char *const forms[][3] = {
	{ "plaintext", "userPassword", RIGHT },
	{ "hash", "userPasswordHash", NULL },
	{ "state", "cramMd5State",
	    "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88"
	    "a" },
	{ "malformed", "userPassword", "{SSHA}?" },
	{ "unknown", "userPassword", "{NT}0123456789abcdef0123456789abcdef" },
	{ "locked", "userPassword", "!{SSHA}x" },
	{ "other", "userPassword", "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4" },
	{ "legacy", "cmusaslsecretCRAM-MD5",
	    "12d59a974ec613288a1bf9758ab8096af72d1a727cbfd89b91c439ffb8498c4"
	    "f" },
};

/* A value as setpass would write it. */
static char *
hash_of(const char *scheme)
{
	struct secret made = { NULL, 0 };
	struct fake_host fake;
	struct host host;
	char *copy;
	int i = 0;

	fake_open(&fake, &fake_layout_2_1, NULL);
	fake_connect(&fake);
	assert_int_equal(host_open(&host, fake_utils_of(&fake.conn)), SASL_OK);
	while (scheme_choices[i] != NULL && strcmp(scheme_choices[i], scheme))
		i++;
	assert_non_null(scheme_choices[i]);
	assert_int_equal(
	    scheme_make(&host, i, bytes_str(RIGHT), &made), SASL_OK);
	copy = strdup(made.data);
	secret_free(&host, &made);
	fake_close(&fake);
	return copy;
}

static const char *password = WRONG, *authzid = "";

static void
say_password(const char *user)
{
	char text[1024];
	int len;

	if (!strcmp(run_plugin, "plain")) {
		len = snprintf(text, sizeof(text), "%s%c%s%c%s", authzid, '\0',
		    user, '\0', password);
		assert_int_equal(
		    run_server_step(&r, text, (size_t)len), SASL_BADAUTH);
		return;
	}
	run_server_step(&r, NULL, 0);
	run_server_step(&r, user, strlen(user));
	assert_int_equal(
	    run_server_step(&r, password, strlen(password)), SASL_BADAUTH);
}

static void
say_digest(const char *user)
{
	char text[128];
	int len;

	run_server_step(&r, NULL, 0);
	len = snprintf(text, sizeof(text), "%s ", user);
	cram_digest(r.server_out, r.server_len, WRONG, text + len);
	assert_int_equal(run_server_step(&r, text, strlen(text)), SASL_BADAUTH);
}

static void
log_in(const struct fake_setup *setup, const char *user)
{
	run_open(&r, &fake_layout_2_1, setup);
	assert_int_equal(run_server(&r), SASL_OK);
	if (!strcmp(run_plugin, "crammd5"))
		say_digest(user);
	else
		say_password(user);
	run_close(&r);
}

static void
store(struct fake_row *row, const char *form, const char *scheme)
{
	size_t i = 0;

	while (strcmp(forms[i][0], form) != 0)
		assert_true(++i < COUNT_OF(forms));
	row->user = "alice";
	row->property = forms[i][1];
	row->value = forms[i][2] == NULL ? hash_of(scheme) : forms[i][2];
}

static void
take_claim(const char *claim)
{
	static char long_one[601];

	if (!strcmp(claim, "long")) {
		memset(long_one, 'x', sizeof(long_one) - 1);
		password = long_one;
	} else if (*claim != '\0')
		authzid = "robert";
	if (!strcmp(claim, "right"))
		password = RIGHT;
}

int
main(int argc, char **argv)
{
	struct fake_row rows[2] = { { NULL, NULL, NULL, 0 } };
	struct fake_option options[] = {
		{ "classic_hash_scheme", argc > 4 ? argv[4] : "" },
		{ "classic_secrets", argc > 5 ? argv[5] : "" },
		{ "classic_legacy_secrets", "yes" },
		{ NULL, NULL },
	};
	const struct fake_setup setup = {
		.rows = rows,
		.options = options,
		.proxy_refuses = true,
	};
	int n;

	if (argc != 7 && argc != 8) {
		fputs("usage: work PLUGIN USER FORM SCHEME SECRETS COUNT "
		      "[CLAIM]\n",
		    stderr);
		return 2;
	}
	take_claim(argc > 7 ? argv[7] : "");
	run_plugin = argv[1];
	store(&rows[0], argv[3], argv[4]);
	log_in(&setup, argv[2]);
	CALLGRIND_TOGGLE_COLLECT;
	for (n = atoi(argv[6]); n > 0; n--)
		log_in(&setup, argv[2]);
	CALLGRIND_TOGGLE_COLLECT;
	return 0;
}

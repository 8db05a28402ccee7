/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stores, options, applications and others who check: see cast.h.
 */
#include "config.h"

#include "cast.h"

#define STATE "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"
#define CYRUS_STATE \
	"12d59a974ec613288a1bf9758ab8096af72d1a727cbfd89b91c439ffb8498c4f"
#define SALTED "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA=="
#define SALTED_256 \
	"{SSHA256}" \
	"rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXBwZXJwZXBwZXI="

enum { MOST_ROWS = 4, MOST_PASSWORDS = 2 };

/*
 * Forms of "wonderland", made with python's hashlib; the states are what
 * Dovecot and old Cyrus make of it.
 */
static const struct cast_store {
	struct fake_row rows[MOST_ROWS];
	const char *alice[MOST_PASSWORDS + 1], *tim[MOST_PASSWORDS + 1];
	bool simple;
} stores[] = {
	{
	    .rows = { { "alice", "userPassword", "wonderland", 0 },
		{ "tim", "userPassword", "slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPassword", "looking-glass", 0 },
		{ "alice", "userPassword", "wonderland", 0 } },
	    .alice = { "wonderland", "looking-glass" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPasswordHash", SALTED_256, 0 },
		{ "alice", "cramMd5State", STATE, 0 },
		{ "tim", "userPassword", "slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	},
	{
	    .rows = { { "alice", "userPassword", SALTED, 0 },
		{ "alice", "userPassword", "{HMAC-MD5}" STATE, 0 },
		{ "tim", "userPassword", "{PLAIN}slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	},
	{
	    .rows = { { "alice", "userPassword", "{ROT13}jbaqreynaqjbaqreynaq",
			  0 },
		{ "alice", "cmusaslsecretCRAM-MD5", CYRUS_STATE, 0 },
		{ "tim", "userPassword", "{SSHA}broken", 0 } },
	    .alice = { "wonderland" },
	},
	{
	    .rows = { { "alice", NULL, NULL, 0 },
		{ "tim", "userPassword", NULL, 0 },
		{ "tim", "userPassword", "", 0 } },
	},
};

/* What passwd(1) and others make of a value, and what only begins like it. */
static const struct cast_store locked[] = {
	{
	    .rows = { { "alice", "userPassword", "!" SALTED, 0 },
		{ "tim", "userPassword", "*LK*$6$rabbit$hole0123456789", 0 },
		{ "tim", "userPassword", "!$nobody$knows0123456789", 0 } },
	},
	{
	    .rows = { { "alice", "userPassword", "!", 0 },
		{ "alice", "userPassword", "*", 0 },
		{ "tim", "userPassword", "!!", 0 } },
	},
	{
	    .rows = { { "alice", "userPasswordHash", "*" SALTED_256, 0 },
		{ "alice", "cramMd5State", STATE, 0 },
		{ "tim", "userPassword", "!{PLAIN}slithy-toves", 0 } },
	    .alice = { "wonderland" },
	},
	{
	    .rows = { { "alice", "userPassword", "!wonderland", 0 },
		{ "tim", "userPassword", "*slithy-toves*", 0 } },
	    .alice = { "!wonderland" },
	    .tim = { "*slithy-toves*" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPassword", "{PLAIN}!", 0 },
		{ "tim", "userPassword", "{CLEARTEXT}*" SALTED, 0 } },
	    .alice = { "!" },
	    .tim = { "*" SALTED },
	},
};

/* In the first octet: there are two octets of further choices. */
enum { MORE = 0x10 };

const char *const cast_plugins[MECHANISMS] = { "plain", "login", "crammd5" };

static const struct application {
	const char *authcid, *password, *authzid;
	enum fake_way way;
} applications[] = {
	{ "alice", "wonderland", NULL, BY_CALLBACK },
	{ "alice", "rhinoceros", NULL, BY_CALLBACK },
	{ "tim", "slithy-toves", NULL, BY_PROMPT },
	{ "alice", "looking-glass", "tim", BY_CALLBACK },
	{ "mallory", "humpty-dumpty", NULL, BY_CALLBACK_PROMPT },
	{ "alice", "wonderland", NULL, BY_REFUSING },
};

static void
set_option(struct cast *c, const char *name, const char *value)
{
	unsigned n = 0;

	while (c->options[n].name != NULL)
		n++;
	assert_true(n < CAST_OPTIONS);
	c->options[n] = (struct fake_option) { name, value };
}

static void
choose_options(struct cast *c, unsigned bits)
{
	static const char *const secrets[] = { "both", "both", "plaintext",
		"hashed" };
	static const char *const methods[] = { "auxprop", "auxprop",
		"saslauthd auxprop", "saslauthd" };
	unsigned which = bits & 3, method = bits >> 2 & 3;

	/* Slow hashes tell nothing more. */
	set_option(c, "classic_hash_scheme", "ssha");
	set_option(c, "classic_secrets", secrets[which]);
	set_option(c, "pwcheck_method", methods[method]);
	c->trailing_nul = bits & 0x10;
	c->newline = bits & 0x20;
	if (c->trailing_nul)
		set_option(c, "classic_plain_trailing_nul", "yes");
	if (c->newline)
		set_option(c, "classic_password_newline", "yes");
	if (bits & 0x40)
		set_option(c, "classic_legacy_secrets", "yes");
	if (bits & 0x80)
		set_option(c, "classic_crammd5_advertise", "yes");
	c->asks_others = method >= 2;
	c->simple = which < 3 && method < 2;
}

static void
choose_answers(struct cast *c, const struct application *a)
{
	struct fake_answer *answer = c->answers;

	*answer++ =
	    (struct fake_answer) { SASL_CB_AUTHNAME, a->authcid, a->way, 0 };
	*answer++ =
	    (struct fake_answer) { SASL_CB_PASS, a->password, a->way, 0 };
	if (a->authzid != NULL)
		*answer = (struct fake_answer) { SASL_CB_USER, a->authzid,
			a->way, 0 };
}

/*
 * Trouble, for all lookups or for one, and the others: what password they
 * accept, what they say instead, whether the application is one of them.
 */
static void
choose_others(struct cast *c, unsigned bits, unsigned call)
{
	static const int troubles[] = { SASL_OK, SASL_NOUSER, SASL_NOMECH,
		SASL_UNAVAIL, SASL_FAIL, SASL_NOMEM, SASL_DISABLED,
		SASL_BADAUTH };
	static const int answers[] = { SASL_OK, SASL_BADAUTH, SASL_UNAVAIL,
		SASL_NOMEM };

	if (bits & 0x01) /* the store's text, as libsasl2's auxprop method */
		c->setup.checkpass_password = NULL;
	c->setup.userdb_checkpass = bits & 0x02;
	c->asks_others |= c->setup.userdb_checkpass;
	c->setup.canon_code = troubles[bits >> 2 & 7];
	c->setup.canon_call = c->setup.canon_code == SASL_OK ? 0 : call;
	c->setup.lookup_code = call > 0 ? SASL_OK : c->setup.canon_code;
	c->setup.checkpass_code = answers[bits >> 5 & 3];
	c->setup.transition = bits & 0x80;
	c->simple &= c->setup.canon_code == SASL_OK;
}

/* A thief has read the store, and sends what he found. */
static void
choose_thief(struct cast *c, unsigned which)
{
	const struct fake_row *row = &c->store->rows[which];

	if (row->user == NULL || row->value == NULL || row->value[0] == '\0')
		return;
	c->answers[0].text = row->user;
	c->answers[1].text = row->value;
}

static void
choose_more(struct cast *c, struct fuzz_input *in)
{
	unsigned others = fuzz_octet(in), values = fuzz_octet(in);
	unsigned which = values & 7, thief = values >> 3 & 7;

	choose_others(c, others, values >> 6);
	if (which > 0)
		c->store = &locked[(which - 1) % COUNT_OF(locked)];
	if (thief > 0)
		choose_thief(c, (thief - 1) % (MOST_ROWS - 1));
}

void
cast_choose(struct cast *c, struct fuzz_input *in)
{
	unsigned first = fuzz_octet(in);

	memset(c, 0, sizeof(*c));
	c->mechanism = (enum mechanism)(first % MECHANISMS);
	c->layout = fake_layouts[first >> 7];
	c->store = &stores[fuzz_octet(in) % COUNT_OF(stores)];
	choose_answers(
	    c, &applications[fuzz_octet(in) % COUNT_OF(applications)]);
	choose_options(c, fuzz_octet(in));
	c->setup.checkpass_password = "humpty-dumpty";
	if (first & MORE)
		choose_more(c, in);
	c->simple &= c->store->simple;
	c->setup.rows = c->store->rows;
	c->setup.answers = c->answers;
	c->setup.options = c->options;
}

/* What the others let pass of themselves, not because it is stored. */
static const char *
their_password(const struct cast *c)
{
	if (!c->asks_others || c->mechanism == CRAMMD5 ||
	    c->setup.checkpass_code != SASL_OK)
		return NULL;
	return c->setup.checkpass_password;
}

const char *
cast_password(const struct cast *c, struct bytes user, unsigned n)
{
	static const char *const none[] = { NULL };
	const char *const *known = none;

	if (their_password(c) != NULL && n-- == 0)
		return their_password(c);
	if (c->setup.lookup_code != SASL_OK)
		return NULL;
	if (bytes_equal(user, bytes_str("alice")))
		known = c->store->alice;
	else if (bytes_equal(user, bytes_str("tim")))
		known = c->store->tim;
	while (n > 0 && *known != NULL)
		n--, known++;
	return *known;
}

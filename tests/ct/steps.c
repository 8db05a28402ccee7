/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Constant time of whole exchanges: what is stored for a user is secret from
 * the moment at which the store has given it until it is erased, and so is the
 * password that the client's application gives.
 */
#include "config.h"

#include "ct.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/run.h"
#include "support/cram_answer.h"
#include "support/test.h"

const char *run_plugin;

static struct run r;

void __real_fake_prop_erase_counted(struct propctx *ctx, const char *name);
void __wrap_fake_prop_erase_counted(struct propctx *ctx, const char *name);

static size_t
length_of(const struct propval *p, size_t i)
{
	return p->nvalues == 1 ? p->valsize : strlen(p->values[i]);
}

/* Behind the prefix, of which the first octet tells whether there is one. */
static size_t
public_octets(const char *value)
{
	const char *end = value[0] == '{' ? strchr(value, '}') : NULL;

	return end == NULL ? 1 : (size_t)(end - value) + 1;
}

/* The library ends values with a NUL: that there is none before, is known. */
static void
poison_values(void)
{
	const struct propval *p = fake_prop_get(r.host.server.propctx);
	size_t i, len, from;

	for (; p->name != NULL; p++)
		for (i = 0; p->values != NULL && i < p->nvalues; i++) {
			from = public_octets(p->values[i]);
			len = length_of(p, i);
			ct_poison_low(p->values[i] + from, len - from - 2);
		}
}

static int
canon(sasl_conn_t *conn, const char *name, unsigned len, unsigned flags,
    sasl_out_params_t *out)
{
	int result = fake_canon_server(conn, name, len, flags, out);

	poison_values();
	return result;
}

/* The host looks at what it erases. */
void
__wrap_fake_prop_erase_counted(struct propctx *ctx, const char *name)
{
	const struct propval *p = fake_prop_get(ctx);
	size_t i;

	for (; p->name != NULL; p++)
		for (i = 0; p->values != NULL && i < p->nvalues; i++)
			ct_declassify(p->values[i], p->valsize);
	__real_fake_prop_erase_counted(ctx, name);
}

#define STATE "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"
#define CYRUS_STATE \
	"12d59a974ec613288a1bf9758ab8096af72d1a727cbfd89b91c439ffb8498c4f"
#define SALTED \
	"{SSHA256}" \
	"rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXBwZXJwZXBwZXI="

/* "wonderland" in all its forms. */
static const struct store {
	const char *name;
	struct fake_row rows[3];
} stores[] = {
	{ "one password", { { "alice", "userPassword", "wonderland", 0 } } },
	{ "two passwords", { { "alice", "userPassword", "looking-glass", 0 },
			       { "alice", "userPassword", "wonderland", 0 } } },
	{ "one-way secrets", { { "alice", "userPasswordHash", SALTED, 0 },
				 { "alice", "cramMd5State", STATE, 0 } } },
	{ "schemes", { { "alice", "userPassword", SALTED, 0 },
			 { "alice", "userPassword", "{HMAC-MD5}" STATE, 0 } } },
	{ "an old secret",
	    { { "alice", "cmusaslsecretCRAM-MD5", CYRUS_STATE, 0 } } },
};

static const struct fake_option options[] = {
	{ "classic_hash_scheme", "ssha256" },
	{ "classic_legacy_secrets", "yes" },
	{ NULL, NULL },
};

static const char *const passwords[] = { "wonderland", "wonderlanx", "guess" };

enum {
	STORES = COUNT_OF(stores),
	PASSWORDS = COUNT_OF(passwords),
	MECHANISMS = 3,
	LOGINS = MECHANISMS * STORES * PASSWORDS,
};

struct scenario {
	char name[96];
	struct fake_setup setup;
	const struct mechanism *mechanism;
	const char *password;
};

/* One step; the last octets are secret on the wire as well. */
static void
say(const char *text, size_t len, size_t secret)
{
	char message[256];

	memcpy(message, text, len);
	ct_poison_low(message + len - secret, secret);
	run_server_step(&r, message, len);
	ct_declassify(message, len);
}

static void
say_plain(const char *password)
{
	char text[256];
	int len;

	len = snprintf(text, sizeof(text), "%calice%c%s", '\0', '\0', password);
	say(text, (size_t)len, strlen(password));
}

static void
say_login(const char *password)
{
	run_server_step(&r, NULL, 0);
	say("alice", 5, 0);
	say(password, strlen(password), strlen(password));
}

static void
say_crammd5(const char *password)
{
	char text[64] = "alice ";

	run_server_step(&r, NULL, 0);
	cram_digest(r.server_out, r.server_len, password, text + strlen(text));
	say(text, strlen(text), 0);
}

static const struct mechanism {
	const char *plugin;
	void (*say)(const char *password);
} mechanisms[MECHANISMS] = { { "plain", say_plain }, { "login", say_login },
	{ "crammd5", say_crammd5 } };

static void
run_login(const void *argument)
{
	const struct scenario *s = argument;

	run_plugin = s->mechanism->plugin;
	run_open(&r, &fake_layout_2_1, &s->setup);
	assert_int_equal(run_server(&r), SASL_OK);
	r.host.server.canon_user = canon;
	s->mechanism->say(s->password);
	run_close(&r);
}

/* What the client's application gives. */
static void
run_client_side(const void *argument)
{
	static const char *const said[] = { "<1.2@mail.example.org>", "more" };
	static char password[] = "wonderland";
	const struct scenario *s = argument;
	const struct fake_answer answers[] = {
		{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
		{ SASL_CB_PASS, password, BY_CALLBACK, sizeof(password) - 1 },
		{ 0, NULL, BY_CALLBACK, 0 },
	};
	const struct fake_setup setup = { .answers = answers };
	int code = SASL_CONTINUE;
	size_t i;

	run_plugin = s->mechanism->plugin;
	run_open(&r, &fake_layout_2_1, &setup);
	assert_int_equal(run_client(&r), SASL_OK);
	ct_poison_low(password, sizeof(password) - 1);
	for (i = 0; i < COUNT_OF(said) && code == SASL_CONTINUE; i++)
		code = run_client_step(&r, said[i], strlen(said[i]));
	assert_int_equal(code, SASL_OK);
	ct_declassify(password, sizeof(password));
	run_close(&r);
}

static void
describe(struct scenario *s, size_t i)
{
	const struct store *store = &stores[i / PASSWORDS % STORES];

	s->mechanism = &mechanisms[i / PASSWORDS / STORES];
	s->password = passwords[i % PASSWORDS];
	s->setup.rows = store->rows;
	s->setup.options = options;
	snprintf(s->name, sizeof(s->name), "%s server, %s, %s",
	    s->mechanism->plugin, store->name, s->password);
}

int
main(void)
{
	static struct scenario scenarios[LOGINS + MECHANISMS];
	struct ct_case cases[LOGINS + MECHANISMS];
	struct scenario *s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		s = &scenarios[i];
		cases[i] = (struct ct_case) { s->name, run_login, s, false };
		if (i < LOGINS) {
			describe(s, i);
			continue;
		}
		s->mechanism = &mechanisms[i - LOGINS];
		snprintf(s->name, sizeof(s->name), "%s client",
		    s->mechanism->plugin);
		cases[i].run = run_client_side;
	}
	return ct_run(cases, COUNT_OF(cases));
}

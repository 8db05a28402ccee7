/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a refused login costs, and what of it can be seen from outside:
 * comparisons, digests, allocations and questions to the store are counted, and
 * there are as many for an unknown user as for each kind of user. What hashes
 * cost is tested in test_password_work.c; tools/equal-work counts instructions.
 */
#include "config.h"

#include "base/host.h"
#include "base/secret.h"
#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "host/run.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "support/cram_answer.h"
#include "support/test.h"

const char *run_plugin;

static struct run r;

/* The linker puts these before the pack's own (--wrap). */

static struct work {
	unsigned comparisons, reads, checks, digests;
	unsigned allocations, canon, requests, properties, fetched, erasures;
	unsigned errors;
	char error[64];
} work;

int __real_secret_equal(struct bytes want, struct bytes got);
int __wrap_secret_equal(struct bytes want, struct bytes got);
enum verdict __real_scheme_check(const struct host *h,
    const struct stored *stored, struct bytes password, const char **why);
enum verdict __wrap_scheme_check(const struct host *h,
    const struct stored *stored, struct bytes password, const char **why);
void __real_hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC]);
void __wrap_hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC]);

int
__wrap_secret_equal(struct bytes want, struct bytes got)
{
	work.comparisons++;
	return __real_secret_equal(want, got);
}

enum verdict
__wrap_scheme_check(const struct host *h, const struct stored *stored,
    struct bytes password, const char **why)
{
	enum verdict result = __real_scheme_check(h, stored, password, why);

	/* What is malformed is read, and no more. */
	work.reads += stored->kind == STORED_HASH;
	work.checks +=
	    stored->kind == STORED_HASH && result != VERDICT_UNUSABLE;
	return result;
}

void
__wrap_hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC])
{
	work.digests++;
	__real_hmac_md5(key, text, mac);
}

#define STATE "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"
#define DECOY_STATE \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SALTED \
	"{SSHA256}" \
	"rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXBwZXJwZXBwZXI="

/* All that there can be of one user: by PLAIN and LOGIN, by CRAM-MD5. */
static const struct fake_row rows[] = {
	{ "plaintext", "userPassword", "wonderland", 0 },
	{ "one-way", "userPasswordHash", SALTED, 0 },
	{ "one-way", "cramMd5State", STATE, 0 },
	{ "both", "userPassword", "wonderland", 0 },
	{ "both", "userPasswordHash", SALTED, 0 },
	{ "both", "cramMd5State", STATE, 0 },
	{ "nothing", NULL, NULL, 0 },
	{ "empty", "userPassword", "", 0 },
	{ "none", "userPassword", NULL, 0 },
	{ "locked", "userPassword", "!" SALTED, 0 },
	{ "locked too", "userPasswordHash", "!" SALTED, 0 },
	{ "foreign", "userPassword", "{SASL}mallory-elsewhere", 0 },
	{ "malformed", "userPassword", "{SSHA256}rH3ihNGrLttcP51MlTtfe8WKr",
	    0 },
	{ NULL, NULL, NULL, 0 },
};
static const char *const users[] = { "plaintext", "one-way", "both", "nothing",
	"empty", "none", "locked", "locked too", "foreign", "malformed" };

/* The same of a store that tells, in which one user has two of each. */
static const struct fake_row told_rows[] = {
	{ "two of each", "userPassword", "wonderland", 0 },
	{ "two of each", "userPassword", "looking-glass", 0 },
	{ "two of each", "userPasswordHash", "{DECOY}:", 0 },
	{ "two of each", "cramMd5State", STATE, 0 },
	{ "two of each", "cramMd5State", STATE, 0 },
	{ "two of each", "cramMd5State", "{DECOY}:", 0 },
	{ "one of each", "userPassword", "wonderland", 0 },
	{ "one of each", "userPasswordHash", "{DECOY}:", 0 },
	{ "one of each", "userPasswordHash", "{DECOY}:-", 0 },
	{ "one of each", "cramMd5State", STATE, 0 },
	{ "one of each", "cramMd5State", "{DECOY}:", 0 },
	{ "one of each", "cramMd5State", "{DECOY}:" DECOY_STATE, 0 },
	{ "one of each", "cramMd5State", "{DECOY}:-", 0 },
	{ "decoys", "userPasswordHash", "{DECOY}disabled:", 0 },
	{ "decoys", "userPasswordHash", "{DECOY}:-", 0 },
	{ "decoys", "cramMd5State", "{DECOY}disabled:", 0 },
	{ "decoys", "cramMd5State", "{DECOY}:" DECOY_STATE, 0 },
	{ "decoys", "cramMd5State", "{DECOY}:-", 0 },
	{ NULL, NULL, NULL, 0 },
};

static void
say_plain(const char *user)
{
	char text[64];
	int len;

	len = snprintf(text, sizeof(text), "%c%s%cguess", '\0', user, '\0');
	assert_int_equal(run_server_step(&r, text, (size_t)len), SASL_BADAUTH);
}

static void
say_login(const char *user)
{
	run_server_step(&r, NULL, 0);
	run_server_step(&r, user, strlen(user));
	assert_int_equal(run_server_step(&r, "guess", 5), SASL_BADAUTH);
}

static void
say_crammd5(const char *user)
{
	char text[96];
	int len;

	run_server_step(&r, NULL, 0);
	len = snprintf(text, sizeof(text), "%s %032d", user, 0);
	assert_int_equal(run_server_step(&r, text, (size_t)len), SASL_BADAUTH);
}

static struct work
work_of(const struct fake_row *stored, void (*say)(const char *user),
    const char *user, const char *secrets)
{
	const struct fake_option options[] = {
		{ "classic_hash_scheme", "ssha256" },
		{ "classic_secrets", secrets },
		{ NULL, NULL },
	};
	const struct fake_setup setup = { .rows = stored, .options = options };
	const struct propval *v;

	run_open(&r, &fake_layout_2_1, &setup);
	assert_int_equal(run_server(&r), SASL_OK);
	memset(&work, 0, sizeof(work));
	say(user);
	work.allocations = fake_alloc_count();
	work.canon = r.host.canon_count;
	work.requests = r.host.request_count;
	work.fetched = r.host.fetch_count;
	for (v = fake_prop_get(r.host.server.propctx); v->name != NULL; v++)
		work.properties++;
	work.erasures = r.host.erase_count;
	work.errors = r.host.error_count;
	snprintf(work.error, sizeof(work.error), "%.60s", r.host.error);
	run_close(&r);
	return work;
}

static void
expect_equal_work(void (*say)(const char *user), const char *secrets)
{
	struct work unknown = work_of(rows, say, "mallory", secrets), user;
	size_t i;

	assert_true(unknown.comparisons + unknown.digests > 0);
	for (i = 0; i < COUNT_OF(users); i++) {
		user = work_of(rows, say, users[i], secrets);
		if (memcmp(&user, &unknown, sizeof(user)) != 0)
			fail_msg(
			    "%s, classic_secrets %s, %s: %u comparisons, "
			    "%u checks, %u digests, %u allocations, %u "
			    "properties; an unknown user: %u, %u, %u, %u, %u",
			    run_plugin, secrets, users[i], user.comparisons,
			    user.checks, user.digests, user.allocations,
			    user.fetched, unknown.comparisons, unknown.checks,
			    unknown.digests, unknown.allocations,
			    unknown.fetched);
	}
}

static const struct mechanism {
	const char *plugin;
	void (*say)(const char *user);
} mechanisms[] = { { "plain", say_plain }, { "login", say_login },
	{ "crammd5", say_crammd5 } };

TEST(refusal__by_any_mechanism__costs_all_users_the_same)
{
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		run_plugin = mechanisms[i].plugin;
		expect_equal_work(mechanisms[i].say, "both");
		expect_equal_work(mechanisms[i].say, "plaintext");
		expect_equal_work(mechanisms[i].say, "hashed");
	}
}

/* The number of values is not evened out, but what is computed is. */
TEST(refusal__store_that_tells__costs_as_for_the_user_with_the_most)
{
	const struct mechanism *m;
	struct work two, one, none;
	size_t i;

	for (i = 0; i < COUNT_OF(mechanisms); i++) {
		m = &mechanisms[i];
		run_plugin = m->plugin;
		two = work_of(told_rows, m->say, "two of each", "both");
		one = work_of(told_rows, m->say, "one of each", "both");
		none = work_of(told_rows, m->say, "decoys", "both");
		assert_int_equal(one.comparisons, two.comparisons);
		assert_int_equal(none.comparisons, two.comparisons);
		assert_int_equal(one.digests, two.digests);
		assert_int_equal(none.digests, two.digests);
		assert_int_equal(one.reads, two.reads);
		assert_int_equal(none.reads, two.reads);
		assert_int_equal(two.checks + one.checks + none.checks, 0);
	}
	assert_int_equal(two.digests, 4);
}

/* Or the time would tell that the password of one who is no proxy is right. */
TEST(refusal__of_an_authzid__costs_as_of_a_password)
{
	static const char guess[] = "bob\0alice\0looking-glass",
			  right[] = "bob\0alice\0wonderland";
	const struct bytes texts[] = { bytes_of(guess, sizeof(guess) - 1),
		bytes_of(right, sizeof(right) - 1) };
	static const struct fake_setup setup = { .proxy_code = SASL_NOAUTHZ };
	unsigned canon[2];
	size_t i;

	run_plugin = "plain";
	for (i = 0; i < COUNT_OF(texts); i++) {
		run_open(&r, &fake_layout_2_1, &setup);
		assert_int_equal(run_server(&r), SASL_OK);
		assert_int_equal(
		    run_server_step(&r, texts[i].data, texts[i].len),
		    SASL_BADAUTH);
		canon[i] = r.host.canon_count;
		run_close(&r);
	}
	assert_int_equal(canon[0], canon[1]);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * An unknown user takes the same walk through a server as a user with a wrong
 * password: the same answer, text, allocations and questions to the store.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "host/talk.h"
#include "support/cram_answer.h"

const char *run_plugin;

static struct run r;

/* All that may be seen of a login from outside. */
struct walk {
	int code;
	unsigned allocations, canon, requests, erasures, errors;
	unsigned properties, fetched; /* asked for, and looked up */
	char error[64];
};

/* Which users there are, and what for. */
#define STRANGER "mallory"
#define KNOWN	 "alice"

static const struct fake_row rows[] = {
	{ KNOWN, "userPassword", "wonderland", 0 },
	{ "bare", NULL, NULL, 0 },
	{ "empty", "userPassword", "", 0 },
	{ "none", "userPassword", NULL, 0 },
	{ "hashed", "userPassword", "{ROT13}jbaqreynaqjbaqreynaq", 0 },
	{ NULL, NULL, NULL, 0 },
};

static const char *const users[] = { STRANGER, "bare", "empty", "none",
	"hashed" };

static int
plain(const char *user, const char *password)
{
	char message[128];
	int len;

	len = snprintf(
	    message, sizeof(message), "%c%s%c%s", 0, user, 0, password);
	return run_server_step(&r, message, (size_t)len);
}

static int
login(const char *user, const char *password)
{
	assert_int_equal(
	    run_server_step(&r, user, strlen(user)), SASL_CONTINUE);
	return run_server_step(&r, password, strlen(password));
}

static int
crammd5(const char *user, const char *password)
{
	char message[128];
	size_t len;

	assert_int_equal(run_server_step(&r, NULL, 0), SASL_CONTINUE);
	len = (size_t)snprintf(message, sizeof(message), "%s ", user);
	cram_digest(r.server_out, r.server_len, password, message + len);
	return run_server_step(&r, message, strlen(message));
}

static unsigned
properties(void)
{
	const struct propval *v = fake_prop_get(r.host.server.propctx);
	unsigned n = 0;

	while (v[n].name != NULL)
		n++;
	return n;
}

static void
walk(struct walk *w, const char *plugin,
    int (*how)(const char *user, const char *password), const char *user,
    const char *password)
{
	static const struct fake_setup setup = { .rows = rows };

	run_plugin = plugin;
	run_open(&r, &fake_layout_2_1, &setup);
	assert_int_equal(run_server(&r), SASL_OK);
	memset(w, 0, sizeof(*w));
	w->code = how(user, password);
	w->allocations = fake_alloc_count();
	w->canon = r.host.canon_count;
	w->fetched = r.host.fetch_count;
	w->properties = properties();
	w->requests = r.host.request_count;
	w->erasures = r.host.erase_count;
	w->errors = r.host.error_count;
	snprintf(w->error, sizeof(w->error), "%.60s", r.host.error);
	run_close(&r);
}

static void
same_walks(
    const char *plugin, int (*how)(const char *user, const char *password))
{
	struct walk known, other;
	size_t i;

	walk(&known, plugin, how, KNOWN, "looking-glass");
	assert_int_equal(known.code, SASL_BADAUTH);
	for (i = 0; i < COUNT_OF(users); i++) {
		walk(&other, plugin, how, users[i], "looking-glass");
		assert_memory_equal(&other, &known, sizeof(known));
	}
}

/* Stock plugins open the store four times for a login, twice for CRAM-MD5. */
static void
one_lookup(
    const char *plugin, int (*how)(const char *user, const char *password))
{
	struct walk w;

	walk(&w, plugin, how, KNOWN, "wonderland");
	assert_int_equal(w.code, SASL_OK);
	assert_int_equal(w.canon, 1);
	assert_int_equal(w.requests, 1);
	assert_int_equal(w.fetched, w.properties);
	walk(&w, plugin, how, STRANGER, "wonderland");
	assert_int_equal(w.canon, 1);
	assert_int_equal(w.requests, 1);
	assert_int_equal(w.fetched, w.properties);
}

TEST(plain_server__stranger__takes_the_same_walk)
{
	same_walks("plain", plain);
}

TEST(login_server__stranger__takes_the_same_walk)
{
	same_walks("login", login);
}

TEST(crammd5_server__stranger__takes_the_same_walk)
{
	same_walks("crammd5", crammd5);
}

TEST(plain_server__login__is_one_lookup)
{
	one_lookup("plain", plain);
}

TEST(login_server__login__is_one_lookup)
{
	one_lookup("login", login);
}

TEST(crammd5_server__login__is_one_lookup)
{
	one_lookup("crammd5", crammd5);
}

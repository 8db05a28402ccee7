/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New passwords on the fake host: see setpass_run.h. The watched store takes
 * the place of two functions in the image that the fake host has built.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/setpass_run.h"
#include "support/cram_answer.h"
#include "support/plugin_file.h"
#include "support/stack_scan.h"
#include "support/test.h"

#define OF_BOB \
	{ "bob", PASSWORD, "builder-of-it", 0 }, { "bob", HASH, OLD_HASH, 0 }, \
	    { "bob", STATE, OLD_STATE, 0 }, \
	{ \
		NULL, NULL, NULL, 0 \
	}
#define QUOTA \
	{ \
		"alice", "quota", "hundred", 0 \
	}

static const struct fake_row plaintext_rows[] = {
	{ "alice", PASSWORD, "wonderland", 0 },
	QUOTA,
	OF_BOB,
};

static const struct fake_row one_way_rows[] = {
	QUOTA,
	{ "alice", HASH, OLD_HASH, 0 },
	{ "alice", STATE, OLD_STATE, 0 },
	OF_BOB,
};

#define EVERYTHING \
	{ "alice", PASSWORD, "wonderland", 0 }, \
	    { "alice", PASSWORD, "looking-glass", 0 }, \
	    { "alice", HASH, OLD_HASH, 0 }, \
	    { "alice", HASH, "{SHA}3hjoVZ1fSLjE2k1aU6l7LjEBmNg=", 0 }, QUOTA, \
	{ \
		"alice", STATE, OLD_STATE, 0 \
	}

static const struct fake_row everything_rows[] = { EVERYTHING, OF_BOB };

static const struct fake_row legacy_rows[] = {
	{ "alice", LEGACY, OLD_LEGACY, 0 },
	EVERYTHING,
	{ "bob", LEGACY, OLD_LEGACY, 0 },
	OF_BOB,
};

static const struct fake_row nothing_rows[] = { OF_BOB };

const struct fake_option setpass_options[] = {
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

const struct fake_option setpass_legacy_options[] = {
	{ "classic_hash_scheme", "ssha" },
	{ "classic_legacy_secrets", "yes" },
	{ NULL, NULL },
};

#define HAD(name, its_options) \
	const struct fake_setup setpass_had_##name = { \
		.rows = name##_rows, \
		.options = its_options, \
	}

HAD(plaintext, setpass_options);
HAD(one_way, setpass_options);
HAD(everything, setpass_options);
HAD(nothing, setpass_options);
HAD(legacy, setpass_legacy_options);

static struct store_watch *watch;

static void
note(const char *sign, const char *name)
{
	size_t len = strlen(watch->seen);

	assert_in_range(snprintf(watch->seen + len, STORE_TEXT - len, "%s%s%s",
			    len > 0 ? " " : "", sign, name),
	    1, STORE_TEXT - len - 1);
}

/* Store one property as if it had come alone. */
static int
store_one(sasl_conn_t *conn, const struct propval *v, const char *user)
{
	const char *names[] = { v->name, NULL };
	struct propctx *one = fake_prop_new(0);
	int result;

	assert_int_equal(fake_prop_request(one, names), SASL_OK);
	assert_non_null(v->values); /* deleted: a list with nothing in it */
	assert_int_equal(fake_prop_set(one, v->name, NULL, 0), SASL_OK);
	assert_int_equal(
	    fake_prop_setvals(one, v->name, (const char **)v->values), SASL_OK);
	result = fake_auxprop_store(conn, one, user);
	fake_prop_dispose(&one);
	return result;
}

/* How many properties are stored before it fails; -1: it does not. */
static int
failing_after(void)
{
	unsigned n = watch->operations;

	if (n < watch->fail_from || n > watch->fail_to)
		return -1;
	return (int)(n > watch->fail_from ? watch->fail_after_last
					  : watch->fail_after);
}

static int
store(sasl_conn_t *conn, struct propctx *ctx, const char *user)
{
	const struct propval *v = fake_prop_get(ctx);
	bool has_value;
	int left, result = SASL_OK;

	if (ctx == NULL) /* can anybody store? */
		return fake_auxprop_store(conn, ctx, user);
	if (watch->operations++ > 0)
		note(";", "");
	left = failing_after();
	for (; v->name != NULL && result == SASL_OK; v++) {
		if (left-- == 0)
			return watch->code;
		has_value = v->values != NULL && v->values[0] != NULL;
		note(has_value ? "+" : "-", v->name);
		if (!watch->silent && (watch->ignored == NULL ||
					  strcmp(watch->ignored, v->name) != 0))
			result = store_one(conn, v, user);
	}
	return left == 0 ? watch->code : result;
}

/* libsasl2 releases its memory as it is. */
static void
dispose(struct propctx **ctx)
{
	const struct propval *v;

	for (v = fake_prop_get(*ctx); v->name != NULL; v++)
		if (v->values != NULL && v->values[0] != NULL)
			fail_msg("%s was not erased", v->name);
	fake_prop_dispose(ctx);
}

/*
 * Until the connection is closed. A property context that still holds a value
 * when it is disposed of fails the test.
 */
static void
store_watch_begin(struct store_watch *w, struct fake_host *h)
{
	memset(w, 0, sizeof(*w));
	w->host = h;
	w->code = SASL_FAIL;
	watch = w;
	*fake_member(&h->conn, h->layout, MEMBER_AUXPROP_STORE) =
	    (uintptr_t)store;
	*fake_member(&h->conn, h->layout, MEMBER_PROP_DISPOSE) =
	    (uintptr_t)dispose;
}

const char *run_plugin;

void
setpass_open(struct setpass *p, const struct fake_layout *layout,
    const struct fake_setup *setup, unsigned set)
{
	plugin_set_use(set);
	setpass_open_here(p, layout, setup, set);
}

void
setpass_open_here(struct setpass *p, const struct fake_layout *layout,
    const struct fake_setup *setup, unsigned set)
{
	sasl_server_plug_t *list;
	int version, count;
	unsigned i;

	memset(p, 0, sizeof(*p));
	p->set = set;
	run_open(&p->run, layout, setup);
	for (i = 0; i < SET_COUNT; i++) {
		if (!(set & 1U << i))
			continue;
		assert_int_equal(
		    plugin_server_init(plugin_set_names[i])(
			fake_utils_of(&p->run.host.global),
			SASL_SERVER_PLUG_VERSION, &version, &list, &count),
		    SASL_OK);
		p->plug[i] = list;
	}
	fake_connect(&p->run.host);
	store_watch_begin(&p->store, &p->run.host);
}

void
setpass_close(struct setpass *p)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++)
		if (p->plug[i] != NULL && p->plug[i] != p->run.server)
			p->plug[i]->mech_free(p->plug[i]->glob_context,
			    fake_utils_of(&p->run.host.global));
	run_close(&p->run);
}

static __attribute__((noinline)) int
call(struct setpass *p, unsigned which, const char *user, const char *password,
    unsigned len, unsigned flags)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	return p->plug[which]->setpass(p->plug[which]->glob_context,
	    &p->run.host.server, user, password, len, NULL, 0, flags);
}

int
setpass_hook_of(struct setpass *p, unsigned which, const char *user,
    const char *password, unsigned len, unsigned flags)
{
	struct fake_host *h = &p->run.host;
	unsigned lines = h->log_count, errors = h->error_count;
	unsigned live = fake_alloc_live();
	int result;

	stack_paint();
	result = call(p, which, user, password, len, flags);
	stack_expect_no_secret();
	fake_alloc_expect_no_secret(NULL);
	assert_int_equal(fake_alloc_live(), live);
	if (fake_prop_unerased(h->server.propctx) != 0)
		fail_msg("a stored value was not erased");
	if (result == SASL_OK || result == SASL_NOCHANGE)
		return result;
	assert_in_range(h->log_count, lines + 1, FAKE_MAX_LOG);
	assert_non_null(fake_log_find(h, "setting a password: "));
	assert_true(h->error_count > errors);
	return result;
}

/* What libsasl2 does itself, which the plan of the store is not about. */
static void
store_plaintext(struct setpass *p, const char *password, unsigned flags)
{
	static const char *const ours[] = { "userPassword", "userPasswordHash",
		"cramMd5State", NULL };
	static const char *const plaintext[] = { "userPassword", NULL };
	static const char *const asked[] = { "userPassword", "*", NULL };
	bool deletes = flags & SASL_SET_DISABLE;
	const char *const *names = deletes ? ours : plaintext;
	struct propctx *ctx = fake_prop_new(0);

	assert_int_equal(fake_prop_request(ctx, (const char **)names), SASL_OK);
	for (; *names != NULL; names++)
		fake_prop_set(ctx, *names, deletes ? NULL : password, 0);
	if (deletes) /* and there they stay, until the connection ends */
		assert_int_equal(fake_prop_request(p->run.host.server.propctx,
				     (const char **)asked),
		    SASL_OK);
	assert_int_equal(fake_auxprop_store(
			     (sasl_conn_t *)(void *)&p->run.host, ctx, "alice"),
	    SASL_OK);
	fake_prop_dispose(&ctx);
}

int
setpass_call(struct setpass *p, const char *password, unsigned flags)
{
	size_t len = password == NULL ? 0 : strlen(password);
	char *copy = guarded_copy(password, len);
	int result = SASL_NOCHANGE, last;
	unsigned n, i;

	p->run.host.log_count = 0;
	if (password != NULL) {
		fake_secret(password, len);
		cram_secret_state(password);
	}
	if (!(flags & SASL_SET_NOPLAIN))
		store_plaintext(p, password, flags);
	for (n = 0; n < SET_COUNT; n++) {
		i = (p->first + n) % SET_COUNT;
		if (p->plug[i] == NULL)
			continue;
		last =
		    setpass_hook_of(p, i, "alice", copy, (unsigned)len, flags);
		p->result[i] = last;
		if (result == SASL_NOCHANGE ||
		    (result == SASL_OK && last != SASL_NOCHANGE))
			result = last;
	}
	if (flags & SASL_SET_DISABLE)
		fake_prop_reset(p->run.host.server.propctx);
	guarded_free(copy, len);
	return result;
}

const unsigned setpass_ways[SETPASS_WAYS] = { FLAGS_ONE_WAY, FLAGS_PLAINTEXT,
	FLAGS_DELETE };

static const char *
new_password(unsigned flags)
{
	return (flags & SASL_SET_DISABLE) != 0 ? NULL : "caterpillar";
}

int
setpass_hook(struct setpass *p, unsigned flags)
{
	const char *password = new_password(flags);

	return setpass_hook_of(p, setpass_speaker(p), "alice", password,
	    password == NULL ? 0 : (unsigned)strlen(password), flags);
}

int
setpass_set(struct setpass *p, unsigned flags)
{
	return setpass_call(p, new_password(flags), flags);
}

unsigned
setpass_speaker(const struct setpass *p)
{
	unsigned i = 0;

	while (p->plug[i] == NULL)
		i++;
	return i;
}

static int
say_all(struct run *r, const char *password)
{
	char text[CRAM_TEXT] = "\0alice\0";
	size_t len = strlen(password);

	if (!strcmp(run_plugin, "crammd5")) {
		assert_int_equal(run_server_step(r, NULL, 0), SASL_CONTINUE);
		cram_take(r, text);
		return cram_answer(r, text, password);
	}
	if (!strcmp(run_plugin, "login")) {
		assert_int_equal(run_server_step(r, "alice", 5), SASL_CONTINUE);
		return run_server_step(r, password, len);
	}
	memcpy(text + strlen("alice") + 2, password, len);
	return run_server_step(r, text, strlen("alice") + 2 + len);
}

int
setpass_login(struct setpass *p, unsigned which, const char *password)
{
	struct run *r = &p->run;
	int result;

	run_plugin = plugin_set_names[which];
	r->host.log_count = 0;
	r->server = p->plug[which];
	assert_int_equal(run_server(r), SASL_OK);
	result = say_all(r, password);
	r->server->mech_dispose(r->server_context, r->host.server.utils);
	r->server_context = NULL;
	r->server = NULL;
	memset(&r->host.out, 0, sizeof(r->host.out));
	return result;
}

static void
expect_logins(struct setpass *p, const char *password, int code)
{
	unsigned i;
	int result;

	for (i = 0; i < SET_COUNT; i++) {
		if (p->plug[i] == NULL)
			continue;
		result = setpass_login(p, i, password);
		if (result != code)
			fail_msg("%s gave %d for %s", plugin_set_names[i],
			    result, password);
	}
}

void
expect_valid(struct setpass *p, const char *password)
{
	expect_logins(p, password, SASL_OK);
}

void
expect_invalid(struct setpass *p, const char *password)
{
	expect_logins(p, password, SASL_BADAUTH);
}

void
expect_changed(struct setpass *p)
{
	expect_valid(p, "caterpillar");
	expect_invalid(p, "wonderland");
}

void
expect_unchanged(struct setpass *p)
{
	expect_valid(p, "wonderland");
	expect_invalid(p, "caterpillar");
}

void
expect_stored(const struct setpass *p, const char *property, const char *value)
{
	const char *found = fake_store_value(&p->run.host, "alice", property);

	if (value == NULL || found == NULL)
		assert_ptr_equal(found, value);
	else
		assert_string_equal(found, value);
}

void
expect_state(const struct setpass *p, const char *password)
{
	unsigned char state[CRAM_STATE];
	char text[2 * CRAM_STATE + 1];
	size_t i;

	cram_state(password, state);
	for (i = 0; i < sizeof(state); i++)
		snprintf(text + 2 * i, 3, "%02x", state[i]);
	expect_stored(p, "cramMd5State", text);
}

void
expect_hash(const struct setpass *p, const char *prefix)
{
	const char *found =
	    fake_store_value(&p->run.host, "alice", "userPasswordHash");

	assert_non_null(found);
	assert_memory_equal(found, prefix, strlen(prefix));
	assert_true(strlen(found) > strlen(prefix));
}

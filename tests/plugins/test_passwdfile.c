/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libpasswdfile.so as either libsasl2 calls it, 2.1 and 2.2: a lookup, a
 * change of the file, and both with each allocation failing once.
 */
#include "config.h"

#include <dlfcn.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host/fake_prop.h"
#include "host/module.h"
#include "support/place.h"
#include "support/plugin_file.h"
#include "support/stack_scan.h"

#define WONDERLAND_STATE \
	"721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"
#define OTHER_STATE \
	"cd3ba7deaad6e5ca23448ba42e379747a9e0f7f1fbc00c8a81bbaac395731b56"
#define SSHA	   "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4"
#define OTHER_SSHA "{SSHA}rH3ihNGrLttcP51MlTtfe8WKryRzYWx0"

static const char users[] = "# users\n"
			    "alice:{PLAIN}wonderland\n"
			    "alice:" SSHA "\n"
			    "alice:{CRAM-MD5}" WONDERLAND_STATE "\n"
			    "bob:{PLAIN}caterpillar\n";

static const struct fake_option options[] = {
	{ "auxprop_plugin", "passwdfile" },
	{ "passwdfile_path", path },
	{ NULL, NULL },
};
static const struct fake_setup setup = { .options = options };

TESTS_IN_A_PLACE

static struct module *m;
static sasl_auxprop_plug_t *plug;

static sasl_auxprop_init_t *
entry_point(void)
{
	void *library = dlopen(plugin_path("passwdfile"), RTLD_NOW), *symbol;
	sasl_auxprop_init_t *init;

	assert_non_null(library);
	symbol = dlsym(library, "sasl_auxprop_plug_init");
	assert_non_null(symbol);
	memcpy(&init, &symbol, sizeof(init));
	return init;
}

/* Before there is a connection. */
static int
load(int version)
{
	struct fake_utils connection = m->fake.conn;
	int out = 0, result;

	m->fake.conn.words = NULL;
	result = entry_point()(
	    fake_utils_of(&m->fake.global), version, &out, &plug, "passwdfile");
	m->fake.conn = connection;
	assert_true(result != SASL_OK || out <= version);
	return result;
}

static int
begin(void **state)
{
	module_setup(state);
	m = *state;
	m->fake.setup = &setup;
	fake_secret("wonderland", strlen("wonderland"));
	fake_secret(WONDERLAND_STATE, strlen(WONDERLAND_STATE));
	put_text(users);
	return 0;
}

static int
end(void **state)
{
	if (plug != NULL)
		plug->auxprop_free(
		    plug->glob_context, fake_utils_of(&m->fake.global));
	plug = NULL;
	m->fake.setup = &module_usual_setup;
	return module_teardown(state);
}

#define PASSWDFILE_TEST(f) LAYOUT_TEST_WITH(f, begin, end)

static const char *asked[] = { "*userPassword", "*userPasswordHash",
	"*cramMd5State", NULL };

static __attribute__((noinline)) int
call_look_up(const char *user)
{
	int result;

	STACK_SCAN_MARGIN;
	result = plug->auxprop_lookup(plug->glob_context, &m->fake.server, 0,
	    user, (unsigned)strlen(user));
	(void)margin;
	return result;
}

/* Nothing secret stays on the stack, whatever comes of it. */
static int
look_up(const char *user)
{
	int result;

	stack_paint();
	result = call_look_up(user);
	stack_expect_no_secret();
	return result;
}

static int
look_up_as(unsigned flags, const char *user)
{
	return plug->auxprop_lookup(plug->glob_context, &m->fake.server, flags,
	    user, (unsigned)strlen(user));
}

static void
forget(void)
{
	size_t i;

	for (i = 0; asked[i] != NULL; i++)
		fake_prop_erase(m->fake.server.propctx, asked[i]);
}

/* Of that property these values and no more; NULL ends them. */
static void
expect_values(unsigned which, const char *const *want)
{
	const struct propval *p = &fake_prop_get(m->fake.server.propctx)[which];
	unsigned i;

	assert_string_equal(p->name, asked[which]);
	for (i = 0; want[i] != NULL; i++) {
		assert_in_range(i + 1, 1, p->nvalues);
		assert_string_equal(p->values[i], want[i]);
	}
	assert_int_equal(p->nvalues, i);
}

PASSWDFILE_TEST(passwdfile__lookup__has_all_of_the_user)
{
	static const char *const text[] = { "wonderland", NULL };
	static const char *const hashes[] = { SSHA,
		"{CRAM-MD5}" WONDERLAND_STATE, "{DECOY}:", NULL };
	static const char *const states[] = { WONDERLAND_STATE,
		"{DECOY}:", NULL };

	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up("alice"), SASL_OK);
	expect_values(0, text);
	expect_values(1, hashes);
	expect_values(2, states);
	forget();
	assert_int_equal(look_up("mallory"), SASL_NOUSER);
	assert_int_equal(m->fake.log_count, 0);
}

static unsigned sets; /* so many go well, and all after the next one */

static int
set_some(struct propctx *ctx, const char *name, const char *value, int len)
{
	if (sets-- == 0)
		return SASL_NOMEM;
	return fake_prop_set(ctx, name, value, len);
}

/* Else a password would be missing, and be called wrong. */
PASSWDFILE_TEST(passwdfile__value_that_cannot_be_given__is_no_answer)
{
	static const char *const names[] = { "alice", "mallory" };
	unsigned i, n;
	int result;

	assert_int_equal(load(8), SASL_OK);
	module_replace(m, MEMBER_PROP_SET, AS(set_some));
	fake_prop_request(m->fake.server.propctx, asked);
	for (i = 0; i < COUNT_OF(names); i++) {
		for (n = 0, result = SASL_NOMEM; result == SASL_NOMEM; n++) {
			sets = n;
			result = look_up(names[i]);
			forget();
		}
		assert_int_equal(result, i == 0 ? SASL_OK : SASL_NOUSER);
		assert_int_equal(sets, 0);
		assert_in_range(n, 4, 20);
	}
}

/* What another store has given stays, but for SASL_AUXPROP_OVERRIDE. */
PASSWDFILE_TEST(passwdfile__lookup__fills_what_it_is_told_to)
{
	static const char *names[] = { "*userPassword", "userPassword", NULL };
	static const struct {
		unsigned flags;
		const char *want[2];
	} cases[] = {
		{ 0, { "caterpillar", NULL } },
		{ SASL_AUXPROP_OVERRIDE, { "wonderland", NULL } },
		{ SASL_AUXPROP_AUTHZID, { "caterpillar", "wonderland" } },
	};
	struct propctx *ctx = m->fake.server.propctx;
	const struct propval *p;
	size_t i, k;

	assert_int_equal(load(8), SASL_OK);
	for (i = 0; i < COUNT_OF(cases); i++) {
		fake_prop_request(ctx, names);
		fake_prop_set(ctx, names[0], "caterpillar", 11);
		assert_int_equal(look_up_as(cases[i].flags, "alice"), SASL_OK);
		for (k = 0; k < 2; k++) {
			p = &fake_prop_get(ctx)[k];
			assert_int_equal(p->nvalues, cases[i].want[k] != NULL);
			if (p->nvalues > 0)
				assert_string_equal(
				    p->values[0], cases[i].want[k]);
			fake_prop_erase(ctx, names[k]);
		}
	}
}

/* Before a change: all but labels and what is disabled; and no decoys. */
PASSWDFILE_TEST(passwdfile__asked_what_is_stored__has_that_alone)
{
	static const char *const texts[] = { "wonderland", "old", NULL };
	static const char *const hashes[] = { SSHA, NULL };
	static const char *const states[] = { WONDERLAND_STATE, NULL };

	put_text("alice:{PLAIN}wonderland\nalice:{PLAIN}x::::::label=phone\n"
		 "alice:{PLAIN}old::::::expires=2001-01-01\n"
		 "alice:{CRAM-MD5}" WONDERLAND_STATE "\nalice:" SSHA
		 "\nalice:!{PLAIN}z\n"
		 "bob:{PLAIN}1\nbob:{PLAIN}2\nbob:{PLAIN}3\nbob:" SSHA "\n");
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up_as(LOOKUP_STORED, "alice"), SASL_OK);
	expect_values(0, texts);
	expect_values(1, hashes);
	expect_values(2, states);
	forget();
}

/* As many as the one with the most has, of states and of plaintexts. */
PASSWDFILE_TEST(passwdfile__unknown_user__gets_decoys_of_all_that_some_have)
{
	static const char first[] = "{DECOY}:";
	const struct propval *p;

	put_text("alice:{CRAM-MD5}" WONDERLAND_STATE "\n"
		 "alice:{CRAM-MD5}" OTHER_STATE "\n"
		 "bob:{PLAIN}caterpillar\nbob:{PLAIN}white-rabbit\n"
		 "carol:" SSHA "\ncarol:" OTHER_SSHA "\n");
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up("mallory"), SASL_NOUSER);
	p = &fake_prop_get(m->fake.server.propctx)[2];
	assert_int_equal(p->nvalues, 3);
	assert_string_equal(p->values[0], "{DECOY}unknown-user:");
	assert_memory_equal(p->values[1], first, strlen(first));
	assert_int_equal(
	    strlen(p->values[1] + strlen(first)), strlen(WONDERLAND_STATE));
	assert_string_equal(p->values[2], "{DECOY}:-");
	forget();
}

#define W64 \
	"wonderland wonderland wonderland wonderland wonderland wonderlan" \
	"d wonderland wonderland wonderland wonderland wonderland wonderl"

/* Lines that are longer than what is read at once, coded, marked or recoded. */
static const char many_forms[] =
    "long:{PLAIN}" W64 W64 W64 W64 W64 "\n"
    "long:{PLAIN}" W64 W64 W64 W64 W64 "wonderland\n"
    "coded:{PLAIN.b64}d29uZGVybGFuZA==\n"
    "marked:{PLAIN}" SSHA "\n"
    "scram:{SCRAM-SHA-1}4096,QSXCR+Q6sek8bf92,"
    "6dlGYMOdZcOPutkcNY8U2g7vK9Y=,D+CSWLOshSulAsxiupA+qs2/fTE=\n"
    "slow:$1$saltsalt$6EHyM1GOLeCgyhNVKI6Dw1\n";

static void
keep_secrets(void)
{
	/* The decoy is of the same salt, and nearly the same. */
	fake_secret("6EHyM1GOLeCgyhNVK", 17);
	fake_secret("I5WKotre0k5ikBIpkfz76teWD9AcZyz4", 32);
	fake_secret("6dlGYMOdZcOPutkcNY8U2g7vK9Y=", 28);
}

PASSWDFILE_TEST(passwdfile__lookup__leaves_nothing_on_stack_or_heap)
{
	static const char *const names[] = { "long", "coded", "marked", "scram",
		"slow", "nobody" };
	static const char *wanted[] = { "*userPassword", "*userPasswordHash",
		"*cramMd5State", "*authPassword", NULL };
	size_t i, k;

	put_text(many_forms);
	assert_int_equal(load(8), SASL_OK);
	keep_secrets();
	fake_prop_request(m->fake.server.propctx, wanted);
	for (i = 0; i < COUNT_OF(names); i++) {
		assert_int_equal(look_up(names[i]),
		    strcmp(names[i], "nobody") == 0 ? SASL_NOUSER : SASL_OK);
		for (k = 0; wanted[k] != NULL; k++)
			fake_prop_erase(m->fake.server.propctx, wanted[k]);
	}
	fake_alloc_expect_no_secret(NULL);
}

static const struct fake_option exim_options[] = {
	{ "auxprop_plugin", "passwdfile" },
	{ "passwdfile_path", path },
	{ "passwdfile_format", "exim" },
	{ NULL, NULL },
};
static const struct fake_setup exim_setup = { .options = exim_options };

PASSWDFILE_TEST(passwdfile__third_field__leaves_nothing_on_the_stack)
{
	static const char *const states[] = { WONDERLAND_STATE,
		"{DECOY}:", NULL };
	static const char *const texts[] = { "wonderland", NULL };
	static const char *text_alone[] = { "*userPassword", NULL };
	/* The outer half of the key, as a little-endian machine has it. */
	static const char key[] = "\x72\x1a\x2d\xf7\x9b\xd8\xbf\x7c"
				  "\xff\x39\xc4\x91\x4f\x8c\x49\xb8";

	fake_secret(key, sizeof(key) - 1);
	m->fake.setup = &exim_setup;
	put_text("alice:$1$saltsalt$6EHyM1GOLeCgyhNVKI6Dw1:wonderland\n");
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up("alice"), SASL_OK);
	expect_values(2, states);
	forget();
	/* For stock mechanisms. */
	fake_prop_reset(m->fake.server.propctx);
	fake_prop_request(m->fake.server.propctx, text_alone);
	assert_int_equal(look_up("alice"), SASL_OK);
	expect_values(0, texts);
	fake_prop_erase(m->fake.server.propctx, asked[0]);
}

/* What is handed over: a password, or NULL; and the word for the log, or "". */
static void
expect_one_of(const char *text, const char *reason)
{
	const struct propval *p = fake_prop_get(m->fake.server.propctx);
	char decoy[80];

	assert_int_equal(p[0].nvalues, text != NULL);
	if (text != NULL)
		assert_string_equal(p[0].values[0], text);
	assert_int_equal(p[1].nvalues, 1);
	snprintf(decoy, sizeof(decoy), "{DECOY}%s:", reason);
	assert_string_equal(p[1].values[0], decoy);
	forget();
}

static void
make_date(long day, char text[16])
{
	time_t seconds = day * 24 * 60 * 60;
	struct tm tm;

	assert_non_null(gmtime_r(&seconds, &tm));
	strftime(text, 16, "%Y-%m-%d", &tm);
}

/* The line is good to the end of that day, UTC. */
PASSWDFILE_TEST(passwdfile__expired_line__is_refused_from_the_next_day_on)
{
	char line[80], date[16];
	long today, ago;

	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	for (ago = 0; ago < 2; ago++) {
		do {
			today = time(NULL) / (24 * 60 * 60);
			forget();
			make_date(today - ago, date);
			snprintf(line, sizeof(line),
			    "alice:{PLAIN}wonderland::::::expires=%s\n", date);
			put_text(line);
			assert_int_equal(look_up("alice"), SASL_OK);
		} while (time(NULL) / (24 * 60 * 60) != today);
		expect_one_of(ago == 0 ? "wonderland" : NULL,
		    ago == 0 ? "" : "expired-secret");
	}
}

/* Whichever comes first, the other one is no reason for a refusal. */
PASSWDFILE_TEST(passwdfile__one_good_line_of_two__is_what_counts)
{
	static const char *const lines[] = { "alice:{PLAIN}wonderland\n",
		"alice:{PLAIN}tulgey::::::label=l expires=2001-01-01\n" };
	char text[128];
	const struct propval *p;
	int first;

	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	for (first = 0; first < 2; first++) {
		forget();
		snprintf(
		    text, sizeof(text), "%s%s", lines[first], lines[1 - first]);
		put_text(text);
		assert_int_equal(look_up("alice"), SASL_OK);
		p = fake_prop_get(m->fake.server.propctx);
		assert_int_equal(p[0].nvalues, 1);
		assert_string_equal(p[0].values[0], "wonderland");
		assert_string_equal(p[1].values[0], "{DECOY}:");
	}
	forget();
}

PASSWDFILE_TEST(passwdfile__line_with_networks__is_good_from_these_alone)
{
	static const struct {
		const char *client;
		bool is_in;
	} cases[] = { { "192.0.2.7;12345", true }, { "192.0.3.7;12345", false },
		{ NULL, false } };
	size_t i;

	put_text("alice:{PLAIN}wonderland::::::allow_nets=192.0.2.0/24\n");
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	for (i = 0; i < COUNT_OF(cases); i++) {
		m->fake.server.ipremoteport = cases[i].client;
		assert_int_equal(look_up("alice"), SASL_OK);
		expect_one_of(cases[i].is_in ? "wonderland" : NULL,
		    cases[i].is_in ? "" : "wrong-network");
	}
}

PASSWDFILE_TEST(passwdfile__name_with_a_realm__is_of_that_realm)
{
	put_text("alice:{PLAIN}wonderland\nbob@lan:{PLAIN}caterpillar\n"
		 "carol@mail.example.org:{PLAIN}white-rabbit\n");
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up("carol"), SASL_OK);
	expect_one_of("white-rabbit", "");
	assert_int_equal(look_up("alice@mail.example.org"), SASL_OK);
	expect_one_of("wonderland", "");
	m->fake.server.user_realm = ""; /* as if there were none */
	assert_int_equal(look_up("carol"), SASL_OK);
	expect_one_of("white-rabbit", "");
	m->fake.server.user_realm = NULL;
	assert_int_equal(look_up("alice@lan"), SASL_NOUSER);
	expect_one_of(NULL, "unknown-user");
	assert_int_equal(look_up("bob"), SASL_NOUSER);
	expect_one_of(NULL, "unknown-user");
	assert_int_equal(look_up("bob@lan"), SASL_OK);
	expect_one_of("caterpillar", "");
}

/* The library would take SASL_OK for a password that was compared. */
PASSWDFILE_TEST(passwdfile__asked_to_compare__has_not)
{
	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up_as(SASL_AUXPROP_VERIFY_AGAINST_HASH, "alice"),
	    SASL_NOVERIFY);
	assert_int_equal(
	    look_up_as(SASL_AUXPROP_VERIFY_AGAINST_HASH, "mallory"),
	    SASL_NOUSER);
	forget();
}

static char elsewhere[sizeof(path) + 8];
static const struct fake_option elsewhere_options[] = {
	{ "auxprop_plugin", "passwdfile" },
	{ "passwdfile_path", elsewhere },
	{ NULL, NULL },
};
static const struct fake_setup elsewhere_setup = { .options =
						       elsewhere_options };

/* Connections of a process may name some files, but not any number of them. */
PASSWDFILE_TEST(passwdfile__one_file_too_many__is_said)
{
	unsigned i;

	assert_int_equal(load(8), SASL_OK);
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up("alice"), SASL_OK);
	forget();
	m->fake.setup = &elsewhere_setup;
	for (i = 1; i <= 8; i++) {
		module_forget(m);
		snprintf(elsewhere, sizeof(elsewhere), "%s.%u", path, i);
		assert_int_equal(look_up("alice"), SASL_UNAVAIL);
		expect_one_line(m, SASL_LOG_ERR,
		    i < 8 ? "does not exist" : "too many different files");
	}
	m->fake.setup = &setup;
	assert_int_equal(look_up("alice"), SASL_OK);
	forget();
}

static __attribute__((noinline)) int
call_store(const char *user, struct propctx *ctx)
{
	int result;

	STACK_SCAN_MARGIN;
	result = plug->auxprop_store(plug->glob_context, &m->fake.server, ctx,
	    user, (unsigned)strlen(user));
	(void)margin;
	return result;
}

/* A property of the question, with one value or none. */
static int
store_of(const char *user, const char *name, const char *value)
{
	const char *names[] = { name, NULL };
	const char *values[] = { value, NULL };
	struct propctx *ctx = fake_prop_new(0);
	int result;

	fake_prop_request(ctx, names);
	fake_prop_setvals(ctx, name, values);
	stack_paint();
	result = call_store(user, ctx);
	stack_expect_no_secret();
	fake_prop_erase(ctx, name);
	fake_prop_dispose(&ctx);
	return result;
}

static int
store(const char *name, const char *value)
{
	return store_of("alice", name, value);
}

/* Without values, it is asked whether it can. */
static int
ask_whether(void)
{
	return plug->auxprop_store(
	    plug->glob_context, &m->fake.server, NULL, NULL, 0);
}

#define SCRAM_LINE "{SCRAM-SHA-1}4096,c2FsdHNhbHQ=,a=,b="

/* In base64 it is decoded before it goes: "a-mad-tea-party". */
static const struct {
	const char *before; /* NULL: there is no file */
	const char *property, *value, *after;
} stored[] = {
	{ users, "userPasswordHash", NULL,
	    "# users\nalice:{PLAIN}wonderland\n"
	    "alice:{CRAM-MD5}" WONDERLAND_STATE "\nbob:{PLAIN}caterpillar\n" },
	{ users, "cramMd5State", NULL,
	    "# users\nalice:{PLAIN}wonderland\nalice:" SSHA
	    "\nbob:{PLAIN}caterpillar\n" },
	{ "alice:{PLAIN}wonderland\nbob:{PLAIN}caterpillar\n", "userPassword",
	    "looking-glass",
	    "alice:{PLAIN}looking-glass\nbob:{PLAIN}caterpillar\n" },
	{ "# users\nalice:{PLAIN.b64}YS1tYWQtdGVhLXBhcnR5\n"
	  "bob:{PLAIN}caterpillar\n",
	    "userPassword", NULL, "# users\nbob:{PLAIN}caterpillar\n" },
	{ "alice:{PLAIN}wonderland\n", "cramMd5State", OTHER_STATE,
	    "alice:{PLAIN}wonderland\nalice:{CRAM-MD5}" OTHER_STATE "\n" },
	{ "alice:" SSHA "\nalice:" SCRAM_LINE "\n", "authPassword",
	    "SCRAM-SHA-1$4096:c2FsdHNhbHQ=$c=:d=",
	    "alice:" SSHA "\nalice:{SCRAM-SHA-1}4096,c2FsdHNhbHQ=,c=,d=\n" },
	{ NULL, "userPassword", "looking-glass",
	    "alice:{PLAIN}looking-glass\n" },
	/* The line that is replaced lends its name and its limits. */
	{ "alice@mail.example.org:{PLAIN}x:1:2::::expires=2037-12-31\n"
	  "alice:{PLAIN}y::::::expires=2037-12-31\n",
	    "userPassword", "looking-glass",
	    "alice@mail.example.org:{PLAIN}looking-glass:1:2::::"
	    "expires=2037-12-31\n" },
	/* A label is of another password. */
	{ "alice:{PLAIN}x::::::label=phone expires=2037-12-31\n"
	  "alice:{PLAIN}wonderland\n",
	    "userPassword", "looking-glass",
	    "alice:{PLAIN}x::::::label=phone expires=2037-12-31\n"
	    "alice:{PLAIN}looking-glass\n" },
	/* Lines of which it is not clear which limits hold can be deleted. */
	{ "alice:{PLAIN}x\nalice:{PLAIN}y::::::expires=2037-12-31\n",
	    "userPassword", NULL,
	    "# passwdfile(5): name:secret, one line a secret\n" },
	/* Nothing, and a decoy, are no secrets. */
	{ "alice:{PLAIN}wonderland\n# end\n", "userPassword", "", "# end\n" },
	{ "alice:" SSHA "\n# end\n", "userPasswordHash", "{DECOY}:-",
	    "# end\n" },
	/* What disables the user goes for a secret alone. */
	{ "alice:*\n", "userPassword", NULL, "alice:*\n" },
	{ "alice:*\n", "userPassword", "looking-glass",
	    "alice:{PLAIN}looking-glass\n" },
	/* All of the user. */
	{ "alice:{PLAIN}wonderland\nalice:{PLAIN}x::::::label=phone\nalice:*\n"
	  "alice@mail.example.org:" SSHA "\nbob:{PLAIN}caterpillar\n",
	    "*", NULL, "bob:{PLAIN}caterpillar\n" },
};

PASSWDFILE_TEST(passwdfile__store__changes_the_lines_of_the_user)
{
	size_t i;

	assert_int_equal(load(8), SASL_OK);
	assert_int_equal(ask_whether(), SASL_OK);
	fake_secret("a-mad-tea-party", 15);
	for (i = 0; i < COUNT_OF(stored); i++) {
		unlink(path);
		if (stored[i].before != NULL)
			put_text(stored[i].before);
		assert_int_equal(
		    store(stored[i].property, stored[i].value), SASL_OK);
		expect_text(stored[i].after);
	}
	assert_int_equal(m->fake.log_count, 0);
}

/* Which limits hold, who has written the file, or whose line it would be. */
PASSWDFILE_TEST(passwdfile__store__of_what_is_not_clear_is_refused)
{
	static const char *const differ[] = {
		"alice:{PLAIN}x\nalice:{PLAIN}y::::::expires=2037-12-31\n",
		"alice:{PLAIN}x::::::allow_nets=::1\n"
		"alice:{PLAIN}y::::::allow_nets=::2\n"
	};
	static const char *const names[] = { "a:b", "#alice", "al\x01ice" };
	size_t i;

	assert_int_equal(load(8), SASL_OK);
	for (i = 0; i < COUNT_OF(differ); i++) {
		module_forget(m);
		put_text(differ[i]);
		assert_int_equal(store("userPassword", "x"), SASL_BADPARAM);
		expect_text(differ[i]);
		expect_one_line(m, SASL_LOG_ERR, "make them equal");
	}
	put_text(users);
	module_forget(m);
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(store("userPassword", "x"), SASL_UNAVAIL);
	expect_one_line(m, SASL_LOG_ERR, "can be written by others");
	assert_int_equal(chmod(path, 0600), 0);
	for (i = 0; i < COUNT_OF(names); i++) {
		module_forget(m);
		assert_int_equal(
		    store_of(names[i], "userPassword", "x"), SASL_BADPARAM);
		expect_text(users);
		expect_one_line(m, SASL_LOG_ERR, "such a name cannot stand");
	}
}

/* A realm that was named, and is not in the user's name, is in the line. */
PASSWDFILE_TEST(passwdfile__new_user__has_the_realm_that_was_named)
{
	static const struct {
		const char *realm, *line;
	} cases[] = { { NULL, "alice:{PLAIN}x\n" }, { "", "alice:{PLAIN}x\n" },
		{ "lan", "alice@lan:{PLAIN}x\n" } };
	size_t i;

	assert_int_equal(load(8), SASL_OK);
	for (i = 0; i < COUNT_OF(cases); i++) {
		unlink(path);
		m->fake.server.user_realm = cases[i].realm;
		assert_int_equal(store("userPassword", "x"), SASL_OK);
		expect_text(cases[i].line);
	}
}

/* What is not ours to store; but to have none of it is well. */
PASSWDFILE_TEST(passwdfile__store__of_another_property_is_refused)
{
	assert_int_equal(load(8), SASL_OK);
	assert_int_equal(store("mail", NULL), SASL_OK);
	assert_int_equal(store("*mail", "alice@lan"), SASL_OK);
	assert_int_equal(store("mail", "alice@lan"), SASL_CONSTRAINT_VIOLAT);
	assert_int_equal(m->fake.log_count, 0); /* another store may have it */
	assert_int_equal(store("userPasswordHash", "a:b"), SASL_BADPARAM);
	/* The application can print it, as saslpasswd2 does. */
	assert_non_null(
	    strstr(m->fake.error, "such a secret cannot stand in the file"));
	assert_non_null(
	    fake_log_find(&m->fake, "such a secret cannot stand in the file"));
	expect_text(users);
}

/* More than there is room for. */
PASSWDFILE_TEST(passwdfile__store__of_too_many_values_is_refused)
{
	static const char *names[] = { "userPassword", NULL };
	static const char *values[66];
	static char texts[65][8];
	struct propctx *ctx;
	size_t i, n;

	assert_int_equal(load(8), SASL_OK);
	for (n = 65; n >= 64; n--) {
		memset(values, 0, sizeof(values));
		for (i = 0; i < n; i++) {
			sprintf(texts[i], "x%zu", i);
			values[i] = texts[i];
		}
		ctx = fake_prop_new(0);
		fake_prop_request(ctx, names);
		fake_prop_setvals(ctx, names[0], values);
		assert_int_equal(call_store("alice", ctx),
		    n == 64 ? SASL_OK : SASL_BADPARAM);
		fake_prop_dispose(&ctx);
	}
	assert_non_null(
	    fake_log_find(&m->fake, "such a secret cannot stand in the file"));
}

PASSWDFILE_TEST(passwdfile__no_user_or_no_parameters__is_bad_parameter)
{
	sasl_server_params_t *params = &m->fake.server, deaf = *params;
	struct propctx *ctx = fake_prop_new(0);
	const struct {
		sasl_server_params_t *params;
		const char *user;
		unsigned len;
	} cases[] = { { NULL, "alice", 5 }, { params, NULL, 5 },
		{ params, "", 0 }, { &deaf, "alice", 5 } };
	size_t i;

	assert_int_equal(load(8), SASL_OK);
	deaf.utils = NULL;
	for (i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(
		    plug->auxprop_lookup(plug->glob_context, cases[i].params, 0,
			cases[i].user, cases[i].len),
		    SASL_BADPARAM);
		assert_int_equal(
		    plug->auxprop_store(plug->glob_context, cases[i].params,
			ctx, cases[i].user, cases[i].len),
		    SASL_BADPARAM);
	}
	fake_prop_dispose(&ctx);
}

PASSWDFILE_TEST(passwdfile__store__leaves_a_file_of_exims_alone)
{
	m->fake.setup = &exim_setup;
	put_text("alice:x:wonderland\n");
	assert_int_equal(load(8), SASL_OK);
	assert_int_equal(store("userPassword", "looking-glass"), SASL_UNAVAIL);
	expect_text("alice:x:wonderland\n");
	expect_one_line(m, SASL_LOG_ERR, "is only read");
}

static const struct fake_option transition_options[] = {
	{ "auxprop_plugin", "passwdfile" },
	{ "passwdfile_path", path },
	{ "auto_transition", "yes" },
	{ NULL, NULL },
};
static const struct fake_setup transition_setup = { .options =
							transition_options };

/* A login elsewhere stores, but does not undo what the administrator did. */
PASSWDFILE_TEST(passwdfile__transition__leaves_a_disabled_user_alone)
{
	static const char disabled[] = "alice:!{PLAIN}wonderland\n";

	m->fake.setup = &transition_setup;
	put_text(disabled);
	assert_int_equal(load(8), SASL_OK);
	assert_int_equal(store("userPassword", "looking-glass"), SASL_DISABLED);
	expect_text(disabled);
	expect_one_line(m, SASL_LOG_ERR, "a user who is disabled");
	put_text("# bob\nbob:*\nalice:{PLAIN}wonderland\n");
	assert_int_equal(store("userPassword", "looking-glass"), SASL_OK);
	expect_text("# bob\nbob:*\nalice:{PLAIN}looking-glass\n");
}

/* By what cannot be read there the user may be disabled, too. */
PASSWDFILE_TEST(passwdfile__transition__leaves_a_malformed_line_alone)
{
	static const char *const lines[] = {
		"alice:{PLAIN}wonderland::::::allow_nets=nowhere\n",
		"alice:{PLAIN}wonderland::::::expires=2099-13-01\n",
		"alice:{PLAIN}one\nalice:{PLAIN}two::::::expires=never\n",
		"alice:*\n",
		"alice\n",
		"alice\r\n",
		"alice:{SSHA}cut-short\n",
	};
	size_t i;

	m->fake.setup = &transition_setup;
	for (i = 0; i < COUNT_OF(lines); i++) {
		put_text(lines[i]);
		if (i == 0)
			assert_int_equal(load(8), SASL_OK);
		assert_int_equal(
		    store("userPassword", "looking-glass"), SASL_DISABLED);
		expect_text(lines[i]);
		module_forget(m);
	}
}

/* Whether it may store at all: where it would at each login, told once. */
PASSWDFILE_TEST(passwdfile__asked_whether_it_stores__says_why_not_once)
{
	static const struct fake_setup none = { .options = NULL };
	unsigned i;

	assert_int_equal(load(8), SASL_OK);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_int_equal(ask_whether(), SASL_OK);
	m->fake.setup = &transition_setup;
	for (i = 0; i < 2; i++) {
		assert_int_equal(ask_whether(), SASL_UNAVAIL);
		expect_one_line(m, SASL_LOG_ERR, "can be written by others");
	}
	assert_int_equal(chmod(directory, 0700), 0);
	assert_int_equal(ask_whether(), SASL_OK);
	m->fake.setup = &none;
	if (access("/etc/sasl2/passwd", F_OK) < 0)
		assert_int_equal(ask_whether(), SASL_CONSTRAINT_VIOLAT);
}

/* It is made by the first who stores; a login before that is trouble. */
PASSWDFILE_TEST(passwdfile__missing_file__is_trouble_for_logins_alone)
{
	assert_int_equal(load(8), SASL_OK);
	unlink(path);
	assert_int_equal(look_up("alice"), SASL_NOUSER); /* nothing is asked */
	fake_prop_request(m->fake.server.propctx, asked);
	assert_int_equal(look_up_as(LOOKUP_STORED, "alice"), SASL_NOUSER);
	assert_int_equal(m->fake.log_count, 0);
	assert_int_equal(look_up("alice"), SASL_UNAVAIL);
	expect_one_line(m, SASL_LOG_ERR, "does not exist");
}

/* All that is stored, or that it is not known. */
static void
expect_all_or_trouble(int result, unsigned texts)
{
	if (result == SASL_OK)
		assert_int_equal(
		    fake_prop_get(m->fake.server.propctx)[0].nvalues, texts);
	else
		assert_true(result == SASL_NOMEM || result == SASL_UNAVAIL);
}

static void
starve(const char *text, const char *user, unsigned texts)
{
	unsigned n = 0;
	bool failed = true;
	int result;

	put_text(text);
	for (; failed; n++) {
		fake_alloc_fail_at(fake_alloc_count() + n + 1);
		result = load(8);
		if (result == SASL_OK) {
			fake_prop_request(m->fake.server.propctx, asked);
			result = look_up(user);
			expect_all_or_trouble(result, texts);
			plug->auxprop_free(
			    plug->glob_context, fake_utils_of(&m->fake.global));
		}
		plug = NULL;
		failed = fake_alloc_failed();
		fake_alloc_fail_at(0);
		forget();
		module_forget(m);
		fake_prop_reset(m->fake.server.propctx);
	}
	assert_in_range(n, 3, 100);
	assert_int_equal(result, SASL_OK);
}

PASSWDFILE_TEST(passwdfile__no_memory__is_said_and_nothing_is_left)
{
	starve(users, "alice", 1);
	starve(many_forms, "long", 2);
}

PASSWDFILE_TEST(passwdfile__library_too_old_or_unknown__is_bad_version)
{
	const struct fake_layout *l = fake_unknown_layouts;
	struct fake_host unknown;

	assert_int_equal(entry_point()(fake_utils_of(&m->fake.global), 8,
			     &(int) { 0 }, NULL, "passwdfile"),
	    SASL_BADPARAM);
	assert_int_equal(load(SASL_AUXPROP_PLUG_VERSION - 1), SASL_BADVERS);
	assert_null(plug);
	fake_close(&m->fake);
	for (; l->name != NULL; l++) {
		fake_open(&unknown, l, &setup);
		assert_int_equal(entry_point()(fake_utils_of(&unknown.global),
				     8, &(int) { 0 }, &plug, "passwdfile"),
		    SASL_BADVERS);
		fake_close(&unknown);
	}
	fake_open(&m->fake, &fake_layout_2_1, &setup);
}

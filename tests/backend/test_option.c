/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Options: every one of them, in every spelling, good and bad.
 */
#include "config.h"

#include "backend/option.h"
#include "host/module.h"

struct spelling {
	const char *word; /* in lower case; NULL ends a list */
	int value;
};

static const struct spelling yes_or_no[] = { { "yes", 1 }, { "y", 1 },
	{ "true", 1 }, { "t", 1 }, { "on", 1 }, { "1", 1 }, { "no", 0 },
	{ "n", 0 }, { "false", 0 }, { "f", 0 }, { "off", 0 }, { "0", 0 },
	{ NULL, 0 } };
static const struct spelling secrets[] = { { "both", OPTION_SECRETS_BOTH },
	{ "plaintext", OPTION_SECRETS_PLAINTEXT },
	{ "hashed", OPTION_SECRETS_HASHED }, { NULL, 0 } };
static const struct spelling advertise[] = { { "auto", OPTION_ADVERTISE_AUTO },
	{ "yes", OPTION_ADVERTISE_YES }, { "no", OPTION_ADVERTISE_NO },
	{ NULL, 0 } };
static const struct spelling schemes[] = { { "yescrypt", 0 }, { "bcrypt", 1 },
	{ "sha512-crypt", 2 }, { "sha256-crypt", 3 },
#ifdef HAVE_LIBARGON2
	{ "argon2", 4 },
#endif
	{ "pbkdf2-sha512", 5 }, { "pbkdf2-sha256", 6 }, { "scram-sha-256", 7 },
	{ "scram-sha-1", 8 }, { "ssha512", 9 }, { "ssha256", 10 },
	{ "ssha", 11 }, { NULL, 0 } };

/* What doc/mechanisms.md promises, written down once more. */
static const struct known_option {
	const char *name;
	enum option which;
	const struct spelling *words; /* NULL: a number */
	int otherwise;
	const char *used; /* the same as it stands in the log */
	int least, most;  /* of a number */
} known_options[] = {
	{ "classic_secrets", OPTION_SECRETS, secrets, OPTION_SECRETS_BOTH,
	    "\"both\"", 0, 0 },
	{ "classic_hash_scheme", OPTION_HASH_SCHEME, schemes, 0, "\"yescrypt\"",
	    0, 0 },
	{ "classic_legacy_secrets", OPTION_LEGACY_SECRETS, yes_or_no, 0,
	    "\"no\"", 0, 0 },
	{ "classic_crammd5_advertise", OPTION_CRAMMD5_ADVERTISE, advertise,
	    OPTION_ADVERTISE_AUTO, "\"auto\"", 0, 0 },
	{ "classic_crammd5_state", OPTION_CRAMMD5_STATE, yes_or_no, 1,
	    "\"yes\"", 0, 0 },
	{ "classic_challenge_lifetime", OPTION_CHALLENGE_LIFETIME, NULL, 300,
	    "300", 1, 86400 },
	{ "classic_plain_trailing_nul", OPTION_PLAIN_TRAILING_NUL, yes_or_no, 0,
	    "\"no\"", 0, 0 },
	{ "classic_password_newline", OPTION_PASSWORD_NEWLINE, yes_or_no, 0,
	    "\"no\"", 0, 0 },
};

#define EACH_OPTION(o) \
	(o) = known_options; \
	(o) < known_options + COUNT_OF(known_options); \
	(o)++

/*
 * The value that the option has when `text` stands in the configuration, and
 * in the log what is said of it when a plugin is loaded, and only then.
 */
static int
value_with(struct module *m, const struct known_option *o, const char *text)
{
	const struct fake_option options[] = {
		{ "classic_unknown", "17" },
		{ o->name, text },
		{ NULL, NULL },
	};
	const struct fake_setup setup = { .options = options };
	int value;

	m->fake.setup = &setup;
	module_forget(m);
	value = option_value(&m->host, o->which);
	assert_int_equal(m->fake.log_count, 0);
	option_check(&m->host);
	m->fake.setup = &module_usual_setup;
	return value;
}

static void
expect_taken(
    struct module *m, const struct known_option *o, const char *text, int value)
{
	int got = value_with(m, o, text);

	assert_true(option_takes(o->which, text));
	if (got != value || m->fake.log_count != 0)
		fail_msg("%s: \"%s\" gave %d and %u lines in the log", o->name,
		    text, got, m->fake.log_count);
}

static void
expect_refused(struct module *m, const struct known_option *o, const char *text)
{
	int got = value_with(m, o, text);

	assert_false(option_takes(o->which, text));
	if (got != o->otherwise)
		fail_msg("%s: \"%s\" gave %d", o->name, text, got);
	expect_one_line(m, SASL_LOG_ERR, o->name);
	expect_one_line(m, SASL_LOG_ERR, o->used);
}

/* Upper and lower case in every mixture. */
static void
expect_mixtures(
    struct module *m, const struct known_option *o, const char *word, int value)
{
	size_t len = strlen(word), i;
	unsigned mixture;
	char text[16];

	for (mixture = 0; mixture < 1U << len; mixture++) {
		for (i = 0; i <= len; i++)
			text[i] = (char)(mixture >> i & 1 && word[i] >= 'a'
					     ? word[i] - 'a' + 'A'
					     : word[i]);
		expect_taken(m, o, text, value);
	}
}

TEST(option_value__this_test__knows_every_option)
{
	bool known[OPTION_COUNT] = { false };
	size_t i;

	for (i = 0; i < COUNT_OF(known_options); i++)
		known[known_options[i].which] = true;
	known[OPTION_DECOY] = true; /* neither a word nor a number: below */
	for (i = 0; i < OPTION_COUNT; i++)
		if (!known[i])
			fail_msg("option %zu has no row in known_options", i);
}

MODULE_TEST(option_value__not_set__is_the_default)
{
	struct module *m = *state;
	const struct known_option *o;

	for (EACH_OPTION(o)) {
		assert_string_equal(option_name(o->which), o->name);
		assert_int_equal(
		    option_value(&m->host, o->which), o->otherwise);
	}
	option_check(&m->host);
	assert_int_equal(m->fake.log_count, 0);
}

MODULE_TEST(option_value__every_spelling_of_every_word__is_understood)
{
	const struct known_option *o;
	const struct spelling *s;

	for (EACH_OPTION(o))
		for (s = o->words; s != NULL && s->word != NULL; s++)
			expect_mixtures(*state, o, s->word, s->value);
}

MODULE_TEST(option_value__a_number_within_its_bounds__is_the_number)
{
	const struct known_option *o;
	char text[16];
	int value;

	for (EACH_OPTION(o))
		for (value = o->least; value <= o->most && o->words == NULL;
		     value += value < o->most - 3 ? 3 : 1) {
			snprintf(text, sizeof(text), "%d", value);
			expect_taken(*state, o, text, value);
		}
}

MODULE_TEST(option_value__a_bad_number__is_named_and_the_default_used)
{
	static const char *const bad[] = { "", " ", "-", "+5", " 5", "5 ", "5s",
		"5,0", "5.0", "0x10", "five", "-1", "-300", "4294967301",
		"18446744073709551621", "99999999999999999999999", "%s%n" };
	const struct known_option *o;
	char text[16];
	size_t i;

	for (EACH_OPTION(o)) {
		if (o->words != NULL)
			continue;
		for (i = 0; i < COUNT_OF(bad); i++)
			expect_refused(*state, o, bad[i]);
		snprintf(text, sizeof(text), "%d", o->least - 1);
		expect_refused(*state, o, text);
		snprintf(text, sizeof(text), "%d", o->most + 1);
		expect_refused(*state, o, text);
	}
}

/* Parts and prolongations of every word among them. */
MODULE_TEST(option_value__a_bad_word__is_named_and_the_default_used)
{
	static const char *const bad[] = { "", " ", "2", "-1", "00", "o", "ja",
		"tr", "yes no", "%s%n" };
	const struct known_option *o;
	const struct spelling *s;
	char text[32];
	size_t i;

	for (EACH_OPTION(o)) {
		if (o->words == NULL)
			continue;
		for (i = 0; i < COUNT_OF(bad); i++)
			expect_refused(*state, o, bad[i]);
		for (s = o->words; s->word != NULL; s++) {
			snprintf(text, sizeof(text), "%s ", s->word);
			expect_refused(*state, o, text);
			snprintf(text, sizeof(text), " %s", s->word);
			expect_refused(*state, o, text);
			snprintf(text, sizeof(text), "%sx", s->word);
			expect_refused(*state, o, text);
		}
	}
}

/* A stored hash, or it is named and none is used. */
MODULE_TEST(option_decoy__a_stored_hash__is_it)
{
	static const struct {
		const char *text;
		bool is_hash;
	} cases[] = {
		{ "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4", true },
		{ "$2y$12$lKqkn4RAxd4Fb1PXOLm0Oetw.BXxavIqyKb8BiBcQmk3L",
		    true },
		{ "wonderland", false },
		{ "", false },
		{ "{SASL}alice", false },
		{ "!", false },
		{ "{CRAM-MD5}00", false },
	};
	struct fake_option options[] = { { "classic_decoy", NULL },
		{ NULL, NULL } };
	const struct fake_setup setup = { .options = options };
	struct module *m = *state;
	struct bytes decoy;
	size_t i;

	assert_int_equal(option_decoy(&m->host).len, 0);
	for (i = 0; i < COUNT_OF(cases); i++) {
		options[0].value = cases[i].text;
		module_reopen(m, &setup);
		decoy = option_decoy(&m->host);
		assert_true(option_is_set(&m->host, OPTION_DECOY));
		assert_false(option_is_set(&m->host, OPTION_SECRETS));
		assert_int_equal(option_takes(OPTION_DECOY, cases[i].text),
		    cases[i].is_hash);
		assert_true(bytes_equal(
		    decoy, bytes_str(cases[i].is_hash ? cases[i].text : NULL)));
		option_check(&m->host);
		if (cases[i].is_hash)
			assert_int_equal(m->fake.log_count, 0);
		else
			expect_one_line(m, SASL_LOG_ERR, "classic_decoy: not");
		module_reopen(m, &module_usual_setup);
	}
}

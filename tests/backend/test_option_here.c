/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * classic_hash_scheme, where this build or its libcrypt cannot make what it
 * says. This program stands in for a part of libcrypt.
 */
#include "config.h"

#include <crypt.h>
#include <errno.h>

#include "backend/option.h"
#include "host/module.h"
#include "support/stored.h"

#define NOT_HERE \
	"classic_hash_scheme: this build or its libraries do not have that, " \
	"\"yescrypt\" is used"

static const char *lacking; /* what libcrypt was built without */

char *
crypt_gensalt_rn(const char *prefix, unsigned long count, const char *random,
    int random_len, char *output, int size)
{
	char *made;

	if (lacking != NULL && !strcmp(prefix, lacking)) {
		errno = EINVAL;
		return NULL;
	}
	made = crypt_gensalt_ra(prefix, count, random, random_len);
	if (made == NULL)
		return NULL;
	snprintf(output, (size_t)size, "%s", made);
	free(made);
	return output;
}

/* What the option is when it says that; what is said of it is in the log. */
static int
value_with(struct module *m, const char *scheme)
{
	const struct fake_option options[] = {
		{ "classic_hash_scheme", scheme },
		{ NULL, NULL },
	};
	const struct fake_setup setup = { .options = options };
	int value;

	m->fake.setup = &setup;
	module_forget(m);
	value = option_value(&m->host, OPTION_HASH_SCHEME);
	assert_int_equal(m->fake.log_count, 0);
	option_check(&m->host);
	m->fake.setup = &module_usual_setup;
	return value;
}

static bool
is_offered(const char *scheme)
{
	char choices[256], word[32];

	option_choices(OPTION_HASH_SCHEME, choices, sizeof(choices));
	assert_memory_not_equal(choices, ", ", 2);
	snprintf(word, sizeof(word), ", %s,", scheme);
	return strstr(choices, word) != NULL ||
	       !strncmp(choices, scheme, strlen(scheme));
}

/* A decoy costs what is made then: the default, not what is missing. */
static void
expect_not_here(struct module *m, const char *scheme)
{
	char text[SCHEME_DECOY];
	struct bytes decoy;

	assert_int_equal(value_with(m, scheme), choice_of("yescrypt"));
	expect_one_line(m, SASL_LOG_ERR, NOT_HERE);
	assert_false(scheme_can_make(choice_of(scheme)));
	assert_false(option_takes(OPTION_HASH_SCHEME, scheme));
	assert_false(is_offered(scheme));
	decoy = scheme_decoy(value_with(m, scheme), text);
	assert_true(decoy.len > 10);
	assert_memory_equal(decoy.data, "{CRYPT}$y$", 10);
}

static void
expect_here(struct module *m, const char *scheme)
{
	assert_int_equal(value_with(m, scheme), choice_of(scheme));
	assert_int_equal(m->fake.log_count, 0);
	assert_true(scheme_can_make(choice_of(scheme)));
	assert_true(option_takes(OPTION_HASH_SCHEME, scheme));
	assert_true(is_offered(scheme));
}

MODULE_TEST(
    option_value__scheme_that_libcrypt_lacks__is_named_and_the_default_used)
{
	static const struct {
		const char *scheme, *prefix;
	} kinds[] = {
		{ "bcrypt", "$2b$" },
		{ "sha512-crypt", "$6$" },
		{ "sha256-crypt", "$5$" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(kinds); i++) {
		expect_here(*state, kinds[i].scheme);
		lacking = kinds[i].prefix;
		expect_not_here(*state, kinds[i].scheme);
		lacking = NULL;
	}
}

/* What comes then is not made in secret: there is nothing to be used. */
MODULE_TEST(option_value__default_that_libcrypt_lacks__is_not_offered)
{
	struct module *m = *state;

	lacking = "$y$";
	assert_false(is_offered("yescrypt"));
	assert_int_equal(value_with(m, NULL), choice_of("yescrypt"));
	expect_here(m, "bcrypt");
	lacking = NULL;
}

MODULE_TEST(option_value__argon2__needs_its_library)
{
#ifdef HAVE_LIBARGON2
	expect_here(*state, "argon2");
#else
	expect_not_here(*state, "argon2");
#endif
}

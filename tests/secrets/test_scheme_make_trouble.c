/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * New stored values that cannot be made.
 */
#include "config.h"

#include "base/secret.h"
#include "host/module.h"
#include "support/choice.h"
#include "support/stand_in.h"

enum { NOWHERE = 9999 };

static int
setup(void **state)
{
	stand_in_reset(state);
	return module_setup(state);
}

static int
make(struct module *m, int choice, struct secret *stored)
{
	return scheme_make(&m->host, choice, bytes_str("wonderland"), stored);
}

LAYOUT_TEST_ONCE(
    NULL, scheme_make__no_randomness__is_unavailable, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;

	assert_int_equal(make(m, choice_of("ssha"), &stored), SASL_OK);
	stand_in.random_fails = true;
	assert_int_equal(make(m, choice_of("ssha"), &stored), SASL_UNAVAIL);
	assert_null(stored.data);
	expect_one_line(m, SASL_LOG_ERR, "ssha was not made: no randomness");
	stand_in.random_fails = false;
	stand_in.random_short = true;
	assert_int_equal(make(m, 0, &stored), SASL_UNAVAIL);
	assert_null(stored.data);
}

/* A password of `len` octets, of which `nul` is a NUL if it is one of them. */
static int
make_long(struct module *m, const char *choice, size_t len, size_t nul)
{
	struct secret stored = { NULL, 0 };
	char password[1024];
	int result;

	memset(password, 'x', sizeof(password));
	if (nul < len)
		password[nul] = '\0';
	module_forget(m);
	result = scheme_make(
	    &m->host, choice_of(choice), bytes_of(password, len), &stored);
	assert_int_equal(m->fake.log_count, result != SASL_OK);
	assert_int_equal(stored.data == NULL, result != SASL_OK);
	secret_free(&m->host, &stored);
	return result;
}

LAYOUT_TEST_ONCE(NULL,
    scheme_make__password_that_does_not_fit__is_a_bad_parameter, setup,
    module_teardown)
{
	struct module *m = *state;

	assert_int_equal(make_long(m, "ssha", 1024, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "ssha", 0, NOWHERE), SASL_BADPARAM);
	assert_int_equal(make_long(m, "ssha", 10, 9), SASL_BADPARAM);
	assert_int_equal(make_long(m, "ssha", 10, 0), SASL_BADPARAM);
	assert_int_equal(make_long(m, "yescrypt", 511, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "yescrypt", 512, NOWHERE), SASL_BADPARAM);
	assert_int_equal(make_long(m, "bcrypt", 72, NOWHERE), SASL_OK);
	assert_int_equal(make_long(m, "bcrypt", 73, NOWHERE), SASL_BADPARAM);
	expect_one_line(
	    m, SASL_LOG_ERR, "bcrypt was not made: the password is too long");
}

LAYOUT_TEST_ONCE(NULL, scheme_make__no_memory__is_said, setup, module_teardown)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	unsigned before, needed, n;
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++) {
		before = fake_alloc_count();
		if (make(m, i, &stored) != SASL_OK)
			continue; /* this build has no libargon2 */
		needed = fake_alloc_count() - before;
		assert_in_range(needed, 1, 2);
		for (n = 1; n <= needed; n++) {
			fake_alloc_fail_at(fake_alloc_count() + n);
			assert_int_equal(make(m, i, &stored), SASL_NOMEM);
			assert_null(stored.data);
		}
		fake_alloc_fail_at(0);
	}
	assert_true(m->fake.log_count <= 1);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What other programs stored: the right password is taken, and no other one.
 * test_scheme_sweep.c has what is nearly the same as what they stored.
 */
#include "config.h"

#include <ctype.h>

#include "host/module.h"
#include "base/secret.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"
#include "support/stack_scan.h"
#include "support/stored.h"
#include "support/vectors_scheme.h"

typedef void vector_fn(struct module *m, const struct scheme_vector *v);

static void
each_vector(struct module *m, vector_fn *check)
{
	size_t i;

	for (i = 0; i < COUNT_OF(crypt_vectors); i++)
		check(m, &crypt_vectors[i]);
	for (i = 0; i < COUNT_OF(scheme_vectors); i++)
		check(m, &scheme_vectors[i]);
}

static __attribute__((noinline)) enum verdict
ask(struct module *m, struct bytes value, const char *password)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	module_forget(m);
	return stored_check(&m->host, value, bytes_str(password));
}

static void
expect(struct module *m, enum verdict wanted, const char *value,
    const char *password)
{
	enum verdict got = ask(m, bytes_str(value), password);

	if (got != wanted)
		fail_msg("%d instead of %d for %s", got, wanted, value);
	assert_int_equal(m->fake.log_count, 0);
}

static void
right_password(struct module *m, const struct scheme_vector *v)
{
	fake_secret(v->password, strlen(v->password));
	stack_paint();
	expect(m, VERDICT_MATCHES, v->value, v->password);
	stack_expect_no_secret();
}

/* Nor is it left in memory that is released: the fake host looks for it. */
MODULE_TEST(scheme_check__right_password__matches_and_is_forgotten)
{
	each_vector(*state, right_password);
}

static __attribute__((noinline)) enum digest_result
derive(struct scheme_task *task)
{
	STACK_SCAN_MARGIN;

	(void)margin;
	return scheme_scram.derive(task);
}

/*
 * With either of them one can log in by SCRAM without the password. Looked for
 * before anything else is called, which could take their place.
 */
MODULE_TEST(scheme_check__scram__forgets_the_keys_of_the_client)
{
	static const char value[] =
	    "{SCRAM-SHA-1}4096,QSXCR+Q6sek8bf92,"
	    "6dlGYMOdZcOPutkcNY8U2g7vK9Y=,D+CSWLOshSulAsxiupA+qs2/fTE=";
	static char salted[20], client[20];
	struct module *m = *state;
	struct secret memory = { NULL, 0 };
	struct stored s = stored_of(bytes_str(value));
	struct scheme_task *task =
	    scheme_begin(&m->host, &s, bytes_str("pencil"), &memory);
	enum digest_result done;

	assert_int_equal(scheme_scram.parse(task), 0);
	assert_int_equal(
	    digest_pbkdf2(DIGEST_SHA1, task->password,
		bytes_of((char *)task->salt, task->salt_len), 4096, salted),
	    DIGEST_DONE);
	assert_int_equal(
	    digest_hmac(DIGEST_SHA1, bytes_of(salted, sizeof(salted)),
		bytes_str("Client Key"), client),
	    DIGEST_DONE);
	fake_secret(salted, sizeof(salted));
	fake_secret(client, sizeof(client));
	stack_paint();
	done = derive(task);
	stack_expect_no_secret();
	assert_int_equal(done, DIGEST_DONE);
	assert_memory_equal(task->given, task->stored, task->len);
	secret_free(&m->host, &memory);
}

/* One octet away, in the part that the oldest kinds look at too. */
static void
wrong_password(struct module *m, const struct scheme_vector *v)
{
	char *wrong = strdup(v->password);

	wrong[strlen(wrong) - 3] ^= 1;
	expect(m, VERDICT_DIFFERS, v->value, wrong);
	wrong[strlen(wrong) - 3] ^= 1;
	wrong[0] ^= 0x20;
	expect(m, VERDICT_DIFFERS, v->value, wrong);
	expect(m, VERDICT_DIFFERS, v->value, wrong + 1);
	free(wrong);
	expect(m, VERDICT_DIFFERS, v->value, "");
}

MODULE_TEST_ONCE(scheme_check__wrong_password__differs)
{
	each_vector(*state, wrong_password);
}

/* The last that counts: of the two keys of SCRAM, the client's. */
static void
another_digit(struct module *m, const struct scheme_vector *v)
{
	char *value = strdup(v->value), *at = value + strlen(value) - 1;

	if (strstr(value, "SCRAM") != NULL && strchr(value, ',') != NULL)
		at = strrchr(value, ',') - 1;
	while (!isalnum((unsigned char)*at))
		at--;
	*at = (char)(*at + (isalnum((unsigned char)*at - 1) ? -1 : 1));
	if (ask(m, bytes_str(value), v->password) == VERDICT_MATCHES)
		fail_msg("%s is as good as %s", value, v->value);
	free(value);
}

MODULE_TEST_ONCE(scheme_check__another_last_digit__does_not_match)
{
	each_vector(*state, another_digit);
}

static void
text_of_the_hash(struct module *m, const struct scheme_vector *v)
{
	const char *brace = strchr(v->value, '}');

	expect(m, VERDICT_DIFFERS, v->value, v->value);
	if (brace != NULL)
		expect(m, VERDICT_DIFFERS, v->value, brace + 1);
}

MODULE_TEST_ONCE(scheme_check__text_of_the_hash__differs)
{
	each_vector(*state, text_of_the_hash);
}

static void
no_memory(struct module *m, const struct scheme_vector *v)
{
	unsigned before = fake_alloc_count();

	right_password(m, v);
	assert_int_equal(fake_alloc_count(), before + 1);
	fake_alloc_fail_at(fake_alloc_count() + 1);
	expect(m, VERDICT_NO_MEMORY, v->value, v->password);
	fake_alloc_fail_at(0);
}

/* What is allocated is seen to be released by the end of each test. */
MODULE_TEST_ONCE(scheme_check__no_memory__is_said)
{
	each_vector(*state, no_memory);
}

/* A login has a budget: what a value costs must not hide behind its case. */
static void
prefix_in_any_case(struct module *m, const struct scheme_vector *v)
{
	struct stored s = stored_of(bytes_str(v->value)), other;
	char *text = strdup(v->value);
	size_t i, k, len = strlen(scheme_label(&s));

	for (k = 1; k < len; k++) {
		for (i = k; i < len; i++)
			if (isalpha((unsigned char)text[i]))
				text[i] ^= 0x20;
		other = stored_of(bytes_str(text));
		if (other.kind == s.kind &&
		    ask(m, bytes_str(text), v->password) == VERDICT_MATCHES &&
		    scheme_work(&other, 10) != scheme_work(&s, 10))
			fail_msg("%u microseconds for %s, but %u for %s",
			    scheme_work(&other, 10), text, scheme_work(&s, 10),
			    v->value);
	}
	free(text);
}

MODULE_TEST_ONCE(scheme_work__prefix_in_any_case__is_the_same)
{
	each_vector(*state, prefix_in_any_case);
}

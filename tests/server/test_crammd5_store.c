/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What CRAM-MD5 can use of a store: the key of each stored form, and nothing
 * for what is none.
 */
#include "config.h"

#include "backend/option.h"
#include "host/module.h"
#include "server/crammd5_store.h"
#include "support/crammd5_forms.h"
#include "support/stored.h"

static bool
same_key(const struct hmac_md5_key *key, const char *password)
{
	struct hmac_md5_key want;

	hmac_md5_key(&want, bytes_str(password));
	return !memcmp(key, &want, sizeof(want));
}

/* The value ends where memory ends. */
static const char *why; /* as crammd5_key() has left it */

static int
key_of(
    struct module *m, const struct crammd5_form *form, struct hmac_md5_key *key)
{
	char property[64], *copy = guarded_copy(form->value, form->len);
	struct stored stored = stored_of(bytes_of(copy, form->len));
	enum crammd5_kind kind;

	snprintf(property, sizeof(property), "*%s", form->property);
	(void)m;
	why = NULL;
	kind = crammd5_key(property, &stored, key, &why);
	guarded_free(copy, form->len);
	return kind == CRAMMD5_UNUSABLE ? -1 : 0;
}

MODULE_TEST(crammd5_key__each_form__is_the_key_of_its_password)
{
	struct hmac_md5_key key;
	size_t i;
	int result;

	for (i = 0; i < COUNT_OF(crammd5_forms); i++) {
		memset(&key, 0, sizeof(key));
		result = key_of(*state, &crammd5_forms[i], &key);
		if (result != (crammd5_forms[i].password == NULL ? -1 : 0))
			fail_msg("row %zu: %d", i, result);
		if (result == 0 && !same_key(&key, crammd5_forms[i].password))
			fail_msg("row %zu: another key", i);
	}
}

/* Every length but the two that there are, of what would be good otherwise. */
MODULE_TEST(crammd5_key__every_other_length__is_refused)
{
	struct crammd5_form form = { IN_LEGACY, CYRUS CYRUS, 0, NULL };
	struct hmac_md5_key key;
	size_t len;

	for (len = 0; len <= 128; len++) {
		form.len = len;
		form.property = IN_LEGACY;
		assert_int_equal(key_of(*state, &form, &key),
		    len == 32 || len == 64 ? 0 : -1);
		form.property = IN_STATE;
		assert_int_equal(
		    key_of(*state, &form, &key), len == 64 ? 0 : -1);
	}
}

/* One octet that is no digit, wherever it stands. */
MODULE_TEST(crammd5_key__every_octet_that_is_no_digit__is_refused)
{
	static const char bad[] = { 'g', 'G', '/', ':', '@', '`', ' ', '\0',
		'\xb0' };
	char value[] = STATE;
	struct crammd5_form form = { NULL, value, sizeof(value) - 1, NULL };
	struct hmac_md5_key key;
	size_t i, k;
	char good;

	for (i = 0; i < form.len; i++)
		for (k = 0; k < sizeof(bad); k++) {
			good = value[i];
			value[i] = bad[k];
			form.property = IN_STATE;
			assert_int_equal(key_of(*state, &form, &key), -1);
			form.property = IN_LEGACY;
			assert_int_equal(key_of(*state, &form, &key), -1);
			value[i] = good;
		}
}

/* The two orders are not the same, or one would pass for the other. */
MODULE_TEST(crammd5_key__one_form_in_the_place_of_the_other__is_another_key)
{
	static const struct crammd5_form forms[] = {
		FORM(IN_STATE, CYRUS, NULL),
		FORM(IN_LEGACY, STATE, NULL),
		FORM(IN_PASSWORD, "{Cram-MD5}" CYRUS, NULL),
	};
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(forms); i++) {
		assert_int_equal(key_of(*state, &forms[i], &key), 0);
		assert_false(same_key(&key, "wonderland"));
	}
}

MODULE_TEST(crammd5_key__name_of_the_scheme__is_read_in_either_case)
{
	static const struct crammd5_form forms[] = {
		FORM(IN_PASSWORD, "{CRAM-MD5}" STATE, "wonderland"),
		FORM(IN_PASSWORD, "{cram-md5}" STATE, "wonderland"),
		FORM(IN_PASSWORD, "{HMAC-MD5}" STATE, "wonderland"),
		FORM(IN_PASSWORD, "{hmac-Md5}" STATE, "wonderland"),
	};
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(forms); i++) {
		assert_int_equal(key_of(*state, &forms[i], &key), 0);
		assert_true(same_key(&key, forms[i].password));
	}
}

/* The words that PLAIN and LOGIN have for it (test_scheme.c), and one more. */
MODULE_TEST(crammd5_key__value_of_no_use__is_said)
{
	static const char hash[] =
	    "CRAM-MD5 needs the password in plaintext or its state";
	static const struct {
		struct crammd5_form form;
		const char *why;
	} cases[] = {
		{ FORM(IN_PASSWORD, "{SASL}alice@example.org", NULL),
		    "unknown scheme" },
		{ FORM(
		      IN_PASSWORD, "md50123456789abcdef0123456789abcdef", NULL),
		    "unknown scheme" },
		{ FORM(IN_PASSWORD, "!{SSHA}x", NULL), "locked" },
		{ FORM(IN_PASSWORD, "{SSHA}x", NULL), hash },
		{ FORM(IN_PASSWORD, "_J9..8vSULmZ6BNOZZ/g", NULL), hash },
		{ FORM(IN_PASSWORD, "wonderland", "wonderland"), NULL },
		{ FORM(IN_STATE, "{SASL}alice", NULL), NULL },
	};
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(key_of(*state, &cases[i].form, &key),
		    cases[i].form.password == NULL ? -1 : 0);
		if (cases[i].why == NULL)
			assert_null(why);
		else
			assert_string_equal(why, cases[i].why);
	}
}

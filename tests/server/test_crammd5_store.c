/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What CRAM-MD5 says of what it cannot use. The forms that it can use are in
 * test_crammd5_secrets.c, states of any length and octet in test_hmac_md5.c.
 */
#include "config.h"

#include "backend/option.h"
#include "host/fake_alloc.h"
#include "server/crammd5_store.h"
#include "support/crammd5_forms.h"
#include "support/stored.h"

/* The value ends where memory ends. */
static const char *why; /* as crammd5_key() has left it */

static int
key_of(const struct crammd5_form *form)
{
	char property[64], *copy = guarded_copy(form->value, form->len);
	struct hmac_md5_key key;
	struct stored stored = stored_of(bytes_of(copy, form->len));
	enum crammd5_kind kind;

	snprintf(property, sizeof(property), "*%s", form->property);
	why = NULL;
	kind = crammd5_key(property, &stored, &key, &why);
	guarded_free(copy, form->len);
	return kind == CRAMMD5_UNUSABLE ? -1 : 0;
}

/*
 * The words that PLAIN and LOGIN have for it (test_scheme_classify.c), and one
 * more.
 */
TEST(crammd5_key__value_of_no_use__is_said)
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
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(key_of(&cases[i].form),
		    cases[i].form.password == NULL ? -1 : 0);
		if (cases[i].why == NULL)
			assert_null(why);
		else
			assert_string_equal(why, cases[i].why);
	}
}

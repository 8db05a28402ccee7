/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins by the real libsasl2 over a passwdfile, for each form of a secret that
 * other programs make: the lists of support/ are those of the other tests. Each
 * user has two passwords, as while one takes the other's place.
 */
#include "config.h"

#include "library/library.h"
#include "passwdfile/parse.h"
#undef STATE /* there it is a value, and no property */
#include "support/crammd5_forms.h"
#include "support/stored.h"
#include "support/vectors_scheme.h"

#define OTHER "looking-glass"

static void
open_file(void)
{
	static const struct library_option none[] = { { NULL, NULL } };

	assert_int_equal(setenv("LIBRARY_STORE", "passwdfile", 1), 0);
	library_open(SET_ALL, none);
}

/* alice's lines: that secret, and one in another form. */
static void
hold(const char *secret)
{
	const struct library_row rows[] = {
		{ "alice", HASH, secret },
		{ "alice", HASH, "{PLAIN}" OTHER },
		{ NULL, NULL, NULL },
	};

	library_store_fill(rows);
}

static void
expect(unsigned set, const char *secret, const char *password, int code)
{
	unsigned which;
	int result;

	for (which = 0; which < SET_COUNT; which++) {
		if (!(set & 1U << which))
			continue;
		result =
		    library_login(library_mechanisms[which], "alice", password);
		if (result != code)
			fail_msg("%s, %s, password %s: %d",
			    library_mechanisms[which], secret, password,
			    result);
	}
}

static void
expect_refused(unsigned set, const char *secret, const char *password)
{
	const char *after = strchr(secret, '}');
	char wrong[2048];

	assert_in_range(strlen(password), 1, sizeof(wrong) - 1);
	strcpy(wrong, password);
	wrong[0] ^= 0x20;
	expect(set, secret, wrong, SASL_BADAUTH);
	/* Half of them with the name of the scheme, and half without. */
	expect(set, secret,
	    after != NULL && set == SET_PLAIN ? after + 1 : secret,
	    SASL_BADAUTH);
}

static void
try_vector(unsigned set, const struct scheme_vector *v)
{
	struct bytes value = bytes_str(v->value);
	char secret[2048];
	size_t len = value.len;
	bool is_state;

	assert_in_range(len, 1, sizeof(secret) - 2);
	memcpy(secret, v->value, len);
	if (passwdfile_is_scram(value))
		len = passwdfile_scram_line(value, secret);
	secret[len] = '\0';
	if (strchr("{$_", *secret) == NULL)
		return; /* Dovecot would take it for a DES string */
	hold(secret);
	is_state = stored_of(bytes_str(secret)).kind == STORED_STATE;
	expect(set, secret, v->password, SASL_OK);
	expect(set | SET_CRAMMD5, secret, OTHER, SASL_OK);
	expect(SET_CRAMMD5, secret, v->password,
	    is_state ? SASL_OK : SASL_BADAUTH);
	expect_refused(set, secret, v->password);
}

/* PLAIN and LOGIN check in the same way: each has every other one. */
static void
try_vectors(const struct scheme_vector *v, size_t count)
{
	for (; count > 0; count--)
		try_vector(count % 2 ? SET_PLAIN : SET_LOGIN, v++);
}

TEST(passwdfile__hashes_of_crypt__let_in_by_both_passwords)
{
	open_file();
	try_vectors(crypt_vectors, COUNT_OF(crypt_vectors));
	library_close();
}

TEST(passwdfile__other_hashes__let_in_by_both_passwords)
{
	open_file();
	try_vectors(scheme_vectors, COUNT_OF(scheme_vectors));
	library_close();
}

/* A line says {PLAIN} where another store says nothing. */
static const char *
line_of(const struct crammd5_form *f, char *room, size_t size)
{
	bool is_plain = f->password != NULL && !strcmp(f->password, f->value);

	if (strlen(f->value) != f->len || strchr(f->value, '\n') != NULL ||
	    !strcmp(f->property, IN_LEGACY) || !strcmp(f->value, "NULL"))
		return NULL;
	snprintf(room, size, "%s%s",
	    !strcmp(f->property, IN_STATE) ? "{CRAM-MD5}"
	    : is_plain			   ? "{PLAIN}"
					   : "",
	    f->value);
	return room;
}

TEST(passwdfile__forms_of_crammd5__let_in_by_both_passwords)
{
	const struct crammd5_form *f = crammd5_forms;
	const char *secret;
	char room[256];
	size_t tried = 0;

	open_file();
	for (; f < crammd5_forms + COUNT_OF(crammd5_forms); f++) {
		secret = line_of(f, room, sizeof(room));
		if (secret == NULL)
			continue;
		hold(secret);
		expect(SET_ALL, secret, OTHER, SASL_OK);
		expect(SET_CRAMMD5, secret,
		    f->password != NULL ? f->password : "wonderland",
		    f->password != NULL ? SASL_OK : SASL_BADAUTH);
		tried++;
	}
	assert_in_range(tried, 35, COUNT_OF(crammd5_forms));
	library_close();
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: stored values, which are input, too: of an administrator, of a
 * broken row, of users who may write their own entry. The slow hashes are
 * replaced by fast ones (tame.h).
 *
 * An even first octet: any value and any password. An odd one: a value that is
 * made of a password, and then damaged.
 */
#include "config.h"

#include <ctype.h>

#include "base/host.h"
#include "base/secret.h"
#include "fuzz.h"
#include "host/fake_host.h"
#include "secrets/scheme.h"
#include "support/stored.h"
#include "tame.h"

const bool fuzz_is_cheap = false;

enum { LONGEST_LABEL = 32 };

/* A host that holds no secrets which an input might spell. */
static const struct fake_row no_rows[] = { { NULL, NULL, NULL, 0 } };
static const struct fake_answer no_answers[] = { { 0, NULL, BY_CALLBACK, 0 } };
static const struct fake_setup setup = {
	.rows = no_rows,
	.answers = no_answers,
};

static struct fake_host fake;
static struct host host;

/* An exact copy, so that one octet more cannot be read. */
static enum verdict
check(struct bytes stored, struct bytes password)
{
	char *s = guarded_copy(stored.data, stored.len);
	char *p = guarded_copy(password.data, password.len);
	enum verdict result;

	fake.log_count = 0;
	result = stored_check(
	    &host, bytes_of(s, stored.len), bytes_of(p, password.len));
	guarded_free(s, stored.len);
	guarded_free(p, password.len);
	assert_in_range(result, VERDICT_DIFFERS, VERDICT_NO_MEMORY);
	assert_int_not_equal(result, VERDICT_NO_MEMORY);
	assert_int_equal(fake.log_count, 0);
	return result;
}

static bool
is_printable(const char *text)
{
	for (; *text != '\0'; text++)
		if (!isprint((unsigned char)*text))
			return false;
	return true;
}

/* What takes a password takes neither another one nor its own text. */
static void
check_any(struct bytes stored, struct bytes password)
{
	enum verdict result = check(stored, password);

	struct stored s = stored_of(stored);

	assert_true(is_printable(scheme_label(&s)));
	assert_true(strlen(scheme_label(&s)) < LONGEST_LABEL);
	assert_int_not_equal(check(stored, bytes_of(NULL, 0)), VERDICT_MATCHES);
	assert_int_not_equal(check(stored, stored), VERDICT_MATCHES);
	if (result != VERDICT_MATCHES || password.data[--password.len] == '\0')
		return;
	assert_int_not_equal(check(stored, password), VERDICT_MATCHES);
}

/* Octets of a value in plaintext that are not the password. */
static size_t
not_password(struct bytes stored)
{
	static const char *const prefixes[] = { "{PLAIN}", "{CLEAR}",
		"{CLEARTEXT}", "{PLAINTEXT}", "{NOOP}" };
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (bytes_begin(stored, prefixes[i]))
			return strlen(prefixes[i]);
	return bytes_equal(stored, bytes_str("NULL")) ? stored.len : 0;
}

static void
judge_value(struct fuzz_input *in)
{
	struct bytes stored = fuzz_run(in, 255);
	struct stored s = stored_of(stored);
	bool plain = stored_is_plaintext(stored);
	bool state = s.kind == STORED_STATE;

	if (plain)
		assert_int_equal(
		    stored.len - s.value.len, not_password(stored));
	assert_int_equal(state, bytes_begin(stored, "{CRAM-MD5}") ||
				    bytes_begin(stored, "{HMAC-MD5}"));
	assert_false(plain && state);
	if (!plain)
		check_any(stored, fuzz_rest(in));
}

/* A prefix may be written in either case; all else counts. */
static void
check_damaged(
    const struct secret *made, struct bytes password, size_t at, unsigned mask)
{
	char *copy = guarded_copy(made->data, made->len);
	struct bytes damaged = bytes_of(copy, made->len);

	at %= made->len;
	copy[at] = (char)((unsigned char)copy[at] ^ mask);
	if (!bytes_begin(damaged, made->data) ||
	    memchr(made->data, '}', at) != NULL)
		if (copy[at] != made->data[at] && !stored_is_plaintext(damaged))
			assert_int_not_equal(
			    check(damaged, password), VERDICT_MATCHES);
	guarded_free(copy, made->len);
	damaged = bytes_of(made->data, at);
	if (!stored_is_plaintext(damaged))
		assert_int_not_equal(check(damaged, password), VERDICT_MATCHES);
}

/*
 * HMAC fills keys up with NULs, and none of them comes over the wire; if it
 * has one it must do no harm.
 */
static void
check_other(struct bytes value, struct bytes password, struct bytes other)
{
	enum verdict result = check(value, other);

	if (other.len > 0 && memchr(other.data, '\0', other.len) != NULL)
		return;
	assert_int_equal(result,
	    bytes_equal(password, other) ? VERDICT_MATCHES : VERDICT_DIFFERS);
}

static void
make_value(struct fuzz_input *in)
{
	struct secret made = { NULL, 0 };
	struct bytes password, other, value;
	char text[SCHEME_DECOY];
	struct stored s;
	size_t count = 0, at;
	int choice;

	while (scheme_choices[count] != NULL)
		count++;
	choice = (int)(fuzz_octet(in) % count);
	at = fuzz_octet(in);
	password = fuzz_run(in, 255);
	other = fuzz_rest(in);
	stored_check(&host, scheme_decoy(choice, text), password);
	if (scheme_make(&host, choice, password, &made) != SASL_OK) {
		assert_null(made.data);
		assert_int_equal(fake.log_count, 1);
		return;
	}
	value = secret_bytes(&made);
	s = stored_of(value);
	assert_true(scheme_is_choice(&s, choice));
	assert_false(stored_is_plaintext(value));
	assert_int_equal(check(value, password), VERDICT_MATCHES);
	check_other(value, password, other);
	check_damaged(&made, password, at,
	    other.len == 0 ? 1 : (unsigned char)other.data[0]);
	secret_free(&host, &made);
}

void
fuzz_one(struct fuzz_input *in)
{
	unsigned first = fuzz_octet(in);

	fuzz_tame();
	fake_open(&fake, fake_layouts[first >> 7], &setup);
	fake_connect(&fake);
	assert_int_equal(host_open(&host, fake_utils_of(&fake.conn)), SASL_OK);
	if (first & 1)
		make_value(in);
	else
		judge_value(in);
	fake_close(&fake);
}

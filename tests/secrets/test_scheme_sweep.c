/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What other programs stored, changed in an octet, cut short or continued: no
 * password is right for it any more.
 */
#include "config.h"

#include <ctype.h>
#include <limits.h>

#include "host/module.h"
#include "secrets/scheme_family.h"
#include "support/stored.h"
#include "support/vectors_crypt.h"
#include "support/vectors_scheme.h"

/* What follows the name. */
static const char *
sweep_id(const struct scheme_vector *v)
{
	static const struct scheme_vector *last;
	static struct stored s;

	if (v != last)
		s = stored_of(bytes_str(v->value));
	last = v;
	return s.value.data;
}

/* Is that octet a digit in hex, of which the case does not matter? */
static bool
is_hex(const struct scheme_vector *v, size_t at)
{
	static const char *const kinds[] = { "{CRAM-MD5}", "{HMAC-MD5}",
		"{PLAIN-MD5}", "{MD5RAW}", "{MD5}4c", "{SHA}b6", "pbkdf2:sha",
		"{PBKDF2}$1$" };
	const char *last = strrchr(v->value, '$');
	size_t i;

	if (last == NULL)
		last = strchr(v->value, '}');
	for (i = 0; i < COUNT_OF(kinds); i++)
		if (!strncmp(v->value, kinds[i], strlen(kinds[i])))
			return v->value + at > last;
	return false;
}

/* Is it the letter of bcrypt's ids? In ASCII they all mean the same. */
static bool
is_bcrypt_letter(const struct scheme_vector *v, size_t at, char octet)
{
	const char *id = sweep_id(v);

	return !strncmp(id, "$2", 2) && v->value + at == id + 2 &&
	       octet != '\0' && strchr("abxy", octet) != NULL;
}

/* Nothing else means the same but the letters of a name, in either case. */
static bool
is_the_same(const struct scheme_vector *v, size_t at, char octet)
{
	const char *name_end = strpbrk(v->value, "}$");

	if (is_bcrypt_letter(v, at, octet))
		return true;
	if ((v->value[at] ^ octet) != 0x20 || !isalpha((unsigned char)octet))
		return false;
	return (name_end != NULL && v->value + at < name_end) ||
	       v->value + at < sweep_id(v) || is_hex(v, at);
}

/*
 * Digits of crypt(3) that stand for a power of the cost: what would make it
 * much slower is left out, up to where it is refused for that
 * (test_scheme_cost.c). It takes up to some seconds and a gibibyte each time.
 * A traditional string that begins with '_' has rounds instead of a digest.
 */
static const struct {
	const char *id;
	size_t at;
	char first, last;
} powers[] = {
	{ "$y$", 4, '9', 'Z' },
	{ "$gy$", 5, '9', 'Z' },
	{ "$7$", 3, '4', 'Z' },
	{ "$7$", 5, '5', 'z' },
	{ "$7$", 6, '/', 'z' },
	{ "$7$", 7, '/', '0' },
	{ "$7$", 10, '5', 'z' },
	{ "$7$", 11, '/', 'z' },
	{ "$7$", 12, '/', '6' },
	{ "$2", 4, '1', '1' },
	{ "_", 3, '0', 'z' },
	{ "_", 4, '0', 'z' },
	{ "s6", 0, '_', '_' },
	{ "6M", 0, '_', '_' },
};

static bool
is_too_dear(const struct scheme_vector *v, size_t at, char octet)
{
	const char *id = sweep_id(v);
	size_t i;

	for (i = 0; i < COUNT_OF(powers); i++)
		if (!strncmp(id, powers[i].id, strlen(powers[i].id)) &&
		    v->value + at == id + powers[i].at &&
		    octet >= powers[i].first && octet <= powers[i].last)
			return isalnum((unsigned char)octet) ||
			       strchr("./_", octet) != NULL;
	return false;
}

/* All of the head and all that separates; else one bit. */
static bool
is_wanted(const struct scheme_vector *v, size_t at, char octet)
{
	return at < v->sweep || strchr("{}$,:=", v->value[at]) != NULL ||
	       (unsigned char)(v->value[at] ^ octet) == 1 << at % 8;
}

/*
 * Is that vector tried with `octet` in the place of the one at `at`? Not if it
 * means the same, or costs seconds; and of the salt and the digest of a slow
 * one only one bit is changed.
 */
static bool
sweep_has(const struct scheme_vector *v, size_t at, char octet)
{
	return is_wanted(v, at, octet) && !is_the_same(v, at, octet) &&
	       !is_too_dear(v, at, octet);
}

/*
 * No hashes: doveadm pw -s PLAIN, -s CLEAR, -s CLEARTEXT, passlib's
 * roundup_plaintext, Spring.
 */
static const struct scheme_vector plain_vectors[] = {
	{ "wonderland", SWEEP_ALL, WONDERLAND },
	{ "{PLAIN}wonderland", SWEEP_ALL, WONDERLAND },
	{ "{CLEAR}wonderland", SWEEP_ALL, WONDERLAND },
	{ "{CLEARTEXT}wonderland", SWEEP_ALL, WONDERLAND },
	{ "{plaintext}wonderland", SWEEP_ALL, WONDERLAND },
	{ "{noop}wonderland", SWEEP_ALL, WONDERLAND },
};

static const struct {
	const struct scheme_vector *vectors;
	size_t count;
} lists[] = {
	{ crypt_vectors, COUNT_OF(crypt_vectors) },
	{ scheme_vectors, COUNT_OF(scheme_vectors) },
	{ plain_vectors, COUNT_OF(plain_vectors) },
};

typedef void vector_fn(struct module *m, const struct scheme_vector *v);

/* Those that are swept. */
static void
each_vector(struct module *m, vector_fn *check)
{
	size_t i, k;

	for (i = 0; i < COUNT_OF(lists); i++)
		for (k = 0; k < lists[i].count; k++)
			if (lists[i].vectors[k].sweep != SWEEP_NONE)
				check(m, &lists[i].vectors[k]);
}

static enum verdict
ask(struct module *m, struct bytes value, const char *password)
{
	module_forget(m);
	return stored_check(&m->host, value, bytes_str(password));
}

static void
expect_refusal(struct module *m, const struct scheme_vector *v,
    struct bytes value, size_t at)
{
	enum verdict got = ask(m, value, v->password);

	if (got != VERDICT_DIFFERS && got != VERDICT_UNUSABLE)
		fail_msg("%d for %.*s\nchanged at %zu from %s", got,
		    (int)value.len, value.data, at, v->value);
	assert_int_equal(m->fake.log_count, 0);
}

static void
cut(struct module *m, const struct scheme_vector *v)
{
	size_t len = strlen(v->value), left;
	char *value = guarded_copy(v->value, len);

	for (left = len - 1; left > 0; left--) {
		memmove(value + len - left, v->value, left);
		expect_refusal(m, v, bytes_of(value + len - left, left), left);
	}
	guarded_free(value, len);
}

MODULE_TEST_ONCE(scheme_check__every_truncation__is_refused)
{
	each_vector(*state, cut);
}

static void
change(struct module *m, const struct scheme_vector *v, size_t at, char *value)
{
	struct bytes whole = bytes_of(value, strlen(v->value));
	unsigned n;

	for (n = 1; n <= UCHAR_MAX; n++) {
		value[at] = (char)(v->value[at] ^ (int)n);
		if (sweep_has(v, at, value[at]))
			expect_refusal(m, v, whole, at);
	}
	value[at] = v->value[at];
}

static void
changed(struct module *m, const struct scheme_vector *v)
{
	size_t len = strlen(v->value), at;
	char *value = guarded_copy(v->value, len);

	for (at = 0; at < len; at++)
		change(m, v, at, value);
	guarded_free(value, len);
}

MODULE_TEST_ONCE(scheme_check__every_change_of_an_octet__is_refused)
{
	each_vector(*state, changed);
}

/* Behind the value nothing may stand either. */
static void
longer(struct module *m, const struct scheme_vector *v)
{
	static const char more[] = { '\0', '=', 'A', '$', ',', ':' };
	size_t len = strlen(v->value), i;
	char *value = strdup(v->value); /* has room for one more */

	for (i = 0; i < sizeof(more); i++) {
		value[len] = more[i];
		expect_refusal(m, v, bytes_of(value, len + 1), len);
	}
	free(value);
}

MODULE_TEST_ONCE(scheme_check__value_with_more_behind_it__is_refused)
{
	each_vector(*state, longer);
}

/* The kinds that crypt(3) has here, and the notations of other schemes. */
static const char *const notations[] = { "$y$", "$gy$", "$7$", "$2a$", "$2b$",
	"$2x$", "$2y$", "$6$", "$5$", "$sha1$", "$md5$", "$md5,", "$1$", "$3$",
	"$apr1$", "_", "{CRYPT}_", "{CRYPT}s", "{PBKDF2}7$", "{PBKDF2}$1$",
	"{SCRAM-SHA-1}7:", "{SCRAM-SHA-1}7,",
	"{SCRAM-SHA-256}7:", "{SCRAM-SHA-256}7,",
#ifdef HAVE_LIBARGON2
	"$argon2d$v=16$", "$argon2d$v=19$", "$argon2i$v=16$", "$argon2i$v=19$",
	"$argon2i$m=", "$argon2id$v=16$", "$argon2id$v=19$"
#endif
};

static bool
is_of(const struct scheme_vector *v, const char *kind)
{
	return !strncmp(v->value, kind, strlen(kind)) ||
	       !strncmp(sweep_id(v), kind, strlen(kind));
}

static void
expect_swept(const char *kind)
{
	size_t i, k;

	for (i = 0; i < COUNT_OF(lists); i++)
		for (k = 0; k < lists[i].count; k++)
			if (lists[i].vectors[k].sweep != SWEEP_NONE &&
			    is_of(&lists[i].vectors[k], kind))
				return;
	fail_msg("nothing of %s is changed", kind);
}

static void
expect_all_swept(const struct scheme_form *form)
{
	for (; *form->prefix != '\0'; form++) {
		if (scheme_family_of(form) == NULL)
			continue;
#ifndef HAVE_LIBARGON2
		if (scheme_family_of(form) != &scheme_argon2)
#endif
			expect_swept(form->prefix);
	}
}

TEST(scheme_vectors__every_form__is_swept)
{
	size_t i;

	expect_all_swept(scheme_forms);
	expect_all_swept(scheme_bare_forms);
	for (i = 0; i < COUNT_OF(notations); i++)
		expect_swept(notations[i]);
}

/* What the ids have in common is not enough: "{CRYPT}" says nothing. */
TEST(scheme_vectors__one_left_out__is_of_a_kind_that_is_swept)
{
	const struct scheme_vector *v = crypt_vectors;
	size_t i;

	for (; v < crypt_vectors + COUNT_OF(crypt_vectors); v++) {
		for (i = 0; i < COUNT_OF(notations); i++)
			if (is_of(v, notations[i]))
				break;
		if (v->sweep == SWEEP_NONE && i == COUNT_OF(notations))
			fail_msg("nothing like %s is changed", v->value);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The octets that are changed, and into what: see sweep.h.
 */
#include "config.h"

#include <ctype.h>
#include <stdint.h>

#include "support/sweep.h"
#include "support/test.h"
#include "support/vectors_crypt.h"

const char *
sweep_id(const struct scheme_vector *v)
{
	const char *brace = strchr(v->value, '}');

	return brace == NULL ? v->value : brace + 1;
}

/* Is that octet a digit in hex, of which the case does not matter? */
static bool
is_hex(const struct scheme_vector *v, size_t at)
{
	static const char *const kinds[] = { "{CRAM-MD5}", "{HMAC-MD5}",
		"{PLAIN-MD5}", "{PBKDF2}$1$" };
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
	return (name_end != NULL && v->value + at < name_end) || is_hex(v, at);
}

/*
 * Digits of crypt(3) that stand for a power of the cost: what would make it
 * much dearer is left out, up to where it is refused for that
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

bool
sweep_has(const struct scheme_vector *v, size_t at, char octet)
{
	return is_wanted(v, at, octet) && !is_the_same(v, at, octet) &&
	       !is_too_dear(v, at, octet);
}

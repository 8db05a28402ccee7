/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is, by its first octets.
 */
#include "config.h"

#include "base/consttime.h"
#include "secrets/scheme_form.h"

/*
 * The first row whose prefix fits, in either case but for the first octet. The
 * longer names of crypt(3) and Argon2, {SHA1}, {PLAIN-MD5} and {LDAP-MD5} are
 * Dovecot's. So is {MD5} for what others have as {CRYPT}: the value tells them
 * apart.
 */
const struct scheme_form scheme_forms[] = {
	{ "{CRYPT}", &scheme_crypt, 0 },
	{ "{BLF-CRYPT}", &scheme_crypt, 0 },
	{ "{SHA512-CRYPT}", &scheme_crypt, 0 },
	{ "{SHA256-CRYPT}", &scheme_crypt, 0 },
	{ "{MD5-CRYPT}", &scheme_crypt, 0 },
	{ "{DES-CRYPT}", &scheme_crypt, 0 },
	{ "{SSHA}", &scheme_salted, DIGEST_SHA1 },
	{ "{SSHA256}", &scheme_salted, DIGEST_SHA256 },
	{ "{SSHA384}", &scheme_salted, DIGEST_SHA384 },
	{ "{SSHA512}", &scheme_salted, DIGEST_SHA512 },
	{ "{SMD5}", &scheme_salted, DIGEST_MD5 },
	{ "{SHA}", &scheme_unsalted, DIGEST_SHA1 },
	{ "{SHA1}", &scheme_unsalted, DIGEST_SHA1 },
	{ "{SHA256}", &scheme_unsalted, DIGEST_SHA256 },
	{ "{SHA384}", &scheme_unsalted, DIGEST_SHA384 },
	{ "{SHA512}", &scheme_unsalted, DIGEST_SHA512 },
	{ "{MD5}$1$", &scheme_crypt, 0 },
	{ "{MD5}", &scheme_unsalted, DIGEST_MD5 },
	{ "{LDAP-MD5}", &scheme_unsalted, DIGEST_MD5 },
	{ "{PLAIN-MD5}", &scheme_hex, DIGEST_MD5 },
	{ "{PBKDF2}", &scheme_pbkdf2, DIGEST_SHA1 },
	{ "{PBKDF2-SHA1}", &scheme_pbkdf2, DIGEST_SHA1 },
	{ "{PBKDF2-SHA256}", &scheme_pbkdf2, DIGEST_SHA256 },
	{ "{PBKDF2-SHA512}", &scheme_pbkdf2, DIGEST_SHA512 },
	{ "{SCRAM-SHA-1}", &scheme_scram, DIGEST_SHA1 },
	{ "{SCRAM-SHA-256}", &scheme_scram, DIGEST_SHA256 },
	{ "SCRAM-SHA-1$", &scheme_scram, DIGEST_SHA1 },
	{ "SCRAM-SHA-256$", &scheme_scram, DIGEST_SHA256 },
	{ "{ARGON2}", &scheme_argon2, 0 },
	{ "{ARGON2I}", &scheme_argon2, 0 },
	{ "{ARGON2ID}", &scheme_argon2, 0 },
	{ "$argon2id$", &scheme_argon2, 0 },
	{ "$argon2i$", &scheme_argon2, 0 },
	{ "$argon2d$", &scheme_argon2, 0 },
	{ "{CRAM-MD5}", &scheme_hmac_md5, 0 },
	{ "{HMAC-MD5}", &scheme_hmac_md5, 0 },
	{ NULL, NULL, 0 },
};

/* crypt(5): "$id$" and what belongs to it, and what BSDI had before that. */
static const struct scheme_form crypt_string = { "$", &scheme_crypt, 0 };
static const struct scheme_form bsdi_string = { "_", &scheme_crypt, 0 };

static int
lower(char letter)
{
	int c = (unsigned char)letter;

	return c | (consttime_between(c, 'A', 'Z') & ('a' - 'A'));
}

/* Behind its first octet, which decides most, a password tells nothing. */
static bool
begins_with(struct bytes value, const char *prefix)
{
	int differ = 0;
	size_t n, i;

	if (value.len == 0 || value.data[0] != prefix[0])
		return false;
	n = strlen(prefix);
	if (value.len < n)
		return false;
	for (i = 1; i < n; i++)
		differ |= lower(value.data[i]) ^ lower(prefix[i]);
	return differ == 0;
}

/* Octets of a leading "{NAME}", 0 if there is none. RFC 2307, section 5.3. */
static size_t
braces(struct bytes value)
{
	const char *end;

	if (value.len == 0 || value.data[0] != '{')
		return 0;
	end = memchr(value.data, '}', value.len);
	return end == NULL ? 0 : (size_t)(end - value.data) + 1;
}

static bool
is_crypt_string(struct bytes value)
{
	return value.len > 1 && value.data[0] == '$' &&
	       memchr(value.data + 1, '$', value.len - 1) != NULL;
}

/* Rounds, salt and digest in 19 digits of crypt(3)'s own base64. */
static bool
is_bsdi_string(struct bytes value)
{
	int c, bad = 0;
	size_t i;

	if (value.len != 20 || value.data[0] != '_')
		return false;
	for (i = 1; i < value.len; i++) {
		c = lower(value.data[i]);
		bad |= ~(consttime_between(c, '.', '9') |
			 consttime_between(c, 'a', 'z'));
	}
	return bad == 0;
}

const struct scheme_form *
scheme_form_of(struct bytes value)
{
	const struct scheme_form *form;

	for (form = scheme_forms; form->prefix != NULL; form++)
		if (begins_with(value, form->prefix))
			return form;
	if (is_bsdi_string(value))
		return &bsdi_string;
	return is_crypt_string(value) ? &crypt_string : NULL;
}

static bool
is_hex_behind(const char *prefix, size_t digits, struct bytes value)
{
	size_t i = strlen(prefix);
	int c, bad = 0;

	if (value.len != i + digits || memcmp(value.data, prefix, i) != 0)
		return false;
	for (; i < value.len; i++) {
		c = lower(value.data[i]);
		bad |= ~(consttime_between(c, '0', '9') |
			 consttime_between(c, 'a', 'f'));
	}
	return bad == 0;
}

/* Of PostgreSQL before SCRAM, with a user's name in it; of MySQL; of SCRAM. */
static const char *
foreign(struct bytes value)
{
	if (is_hex_behind("md5", 32, value))
		return "md5";
	if (is_hex_behind("*", 40, value))
		return "*";
	return begins_with(value, "SCRAM-") &&
		       memchr(value.data, '$', value.len) != NULL
		   ? "SCRAM-"
		   : NULL;
}

static bool
is_hash(struct bytes value)
{
	return braces(value) != 0 || scheme_form_of(value) != NULL ||
	       foreign(value) != NULL;
}

bool
scheme_is_locked(struct bytes value)
{
	static const char lock[] = "!*";
	size_t n = 0;

	while (n < value.len && memchr(lock, value.data[n], 2) != NULL)
		n++;
	if (n == 0)
		return false;
	value = bytes_after(value, n);
	if (value.len >= 3 &&
	    (!memcmp(value.data, "LK*", 3) || !memcmp(value.data, "NP*", 3)))
		return true;
	return value.len == 0 || is_hash(value);
}

bool
scheme_is_nothing(struct bytes value)
{
	return value.len == 0 ||
	       (value.len == 4 && secret_same(value.data, "NULL", 4));
}

bool
scheme_plaintext(struct bytes *value)
{
	static const char *const plain[] = { "{PLAIN}", "{CLEAR}",
		"{CLEARTEXT}" };
	size_t i;

	if (scheme_is_nothing(*value)) {
		value->len = 0;
		return true;
	}
	if (memchr("{$_Sm!*", value->data[0], 7) == NULL)
		return true; /* no prefix begins like this */
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (begins_with(*value, plain[i])) {
			*value = bytes_after(*value, strlen(plain[i]));
			return true;
		}
	return !is_hash(*value) && !scheme_is_locked(*value);
}

bool
scheme_resembles(struct bytes text)
{
	struct bytes plain = text;

	return !scheme_plaintext(&plain) || plain.len < text.len;
}

bool
scheme_is_slow(struct bytes value)
{
	const struct scheme_form *form = scheme_form_of(value);

	return form != NULL && form->family->is_slow;
}

const char *
scheme_shown(struct bytes value)
{
	static const char *const known[] = { "{DIGEST-MD5}", "{GSSAPI}",
		"{KERBEROS}", "{LANMAN}", "{NT}", "{NTLM}", "{OTP}",
		"{PLAIN-MD4}", "{PLAIN-TRUNC}", "{RPA}", "{SASL}", "{SKEY}",
		"{TOTP}", "{X-NTHASH}" };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (begins_with(value, known[i]))
			return known[i];
	return braces(value) != 0 ? "{...}" : foreign(value);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is: see scheme.h.
 */
#include "config.h"

#include "base/consttime.h"
#include "secrets/scheme_form.h"

enum {
	HASH_LEAST = 21, /* octets of a value, by the general rules */
	ID_MAX = 16,	 /* octets of an id between two '$' */
	BEHIND_ID_LEAST = 13,
	BEHIND_NAME_LEAST = 16,
};

/* A known name in braces says enough. */
#define NAME(text, family, digest) \
	{ \
		"{" text "}", sizeof(text) + 1, sizeof(text) + 1, family, \
		    digest, SHAPE_ANY, 0, 0 \
	}
/* A short one needs something after it, or a password could begin so. */
#define SHORT(text, family, digest) \
	{ \
		"{" text "}", sizeof(text) + 1, sizeof(text) + 1, family, \
		    digest, SHAPE_HASH, sizeof(text) + 1 + 8, 0 \
	}
/* One without braces, with what follows it: "$id$" of crypt(5), and others. */
#define BARE(text, family, digest, shape, least, most) \
	{ \
		text, sizeof(text) - 1, 0, family, digest, shape, least, most \
	}
#define CRYPT(text, family) BARE(text, family, 0, SHAPE_HASH, HASH_LEAST, 0)
/* What others store and nobody here can check. */
#define FOREIGN(text)	    NAME(text, NULL, 0)

/*
 * The first row that fits; prefixes are taken in either case but for the first
 * octet. Names are OpenLDAP's and Dovecot's, some of 389 Directory Server,
 * Spring and others. {MD5} is also Dovecot's for what others have as {CRYPT}.
 * A crypt(3) of the kind of DES has no sign and needs {CRYPT}.
 */
/* clang-format off */
const struct scheme_form scheme_forms[] = {
	NAME("CRYPT", &scheme_crypt, 0),
	NAME("BCRYPT", &scheme_crypt, 0),
	NAME("BLF-CRYPT", &scheme_crypt, 0),
	NAME("SHA512-CRYPT", &scheme_crypt, 0),
	NAME("SHA256-CRYPT", &scheme_crypt, 0),
	NAME("MD5-CRYPT", &scheme_crypt, 0),
	NAME("DES-CRYPT", &scheme_crypt, 0),
	NAME("CRYPT-MD5", &scheme_crypt, 0),
	NAME("CRYPT-SHA256", &scheme_crypt, 0),
	NAME("CRYPT-SHA512", &scheme_crypt, 0),
	NAME("SSHA", &scheme_salted, DIGEST_SHA1),
	NAME("SSHA256", &scheme_salted, DIGEST_SHA256),
	NAME("SSHA384", &scheme_salted, DIGEST_SHA384),
	NAME("SSHA512", &scheme_salted, DIGEST_SHA512),
	NAME("SMD5", &scheme_salted, DIGEST_MD5),
	SHORT("SHA", &scheme_unsalted, DIGEST_SHA1),
	NAME("SHA1", &scheme_unsalted, DIGEST_SHA1),
	NAME("SHA256", &scheme_unsalted, DIGEST_SHA256),
	NAME("SHA384", &scheme_unsalted, DIGEST_SHA384),
	NAME("SHA512", &scheme_unsalted, DIGEST_SHA512),
	{ "{MD5}$1$", 8, 5, &scheme_crypt, 0, SHAPE_ANY, 0, 0 },
	SHORT("MD5", &scheme_unsalted, DIGEST_MD5),
	NAME("LDAP-MD5", &scheme_unsalted, DIGEST_MD5),
	NAME("PLAIN-MD5", &scheme_hex, DIGEST_MD5),
	NAME("PBKDF2", &scheme_pbkdf2, DIGEST_SHA1),
	NAME("PBKDF2-SHA1", &scheme_pbkdf2, DIGEST_SHA1),
	NAME("PBKDF2-SHA256", &scheme_pbkdf2, DIGEST_SHA256),
	NAME("PBKDF2-SHA512", &scheme_pbkdf2, DIGEST_SHA512),
	NAME("SCRAM-SHA-1", &scheme_scram, DIGEST_SHA1),
	NAME("SCRAM-SHA-256", &scheme_scram, DIGEST_SHA256),
	BARE("SCRAM-SHA-1$", &scheme_scram, DIGEST_SHA1, SHAPE_ANY, 0, 0),
	BARE("SCRAM-SHA-256$", &scheme_scram, DIGEST_SHA256, SHAPE_ANY, 0, 0),
	NAME("ARGON2", &scheme_argon2, 0),
	NAME("ARGON2I", &scheme_argon2, 0),
	NAME("ARGON2ID", &scheme_argon2, 0),
	CRYPT("$argon2id$", &scheme_argon2),
	CRYPT("$argon2i$", &scheme_argon2),
	CRYPT("$argon2d$", &scheme_argon2),
	NAME("CRAM-MD5", &scheme_hmac_md5, 0),
	NAME("HMAC-MD5", &scheme_hmac_md5, 0),
	CRYPT("$y$", &scheme_crypt), CRYPT("$gy$", &scheme_crypt),
	CRYPT("$7$", &scheme_crypt),
	CRYPT("$2a$", &scheme_crypt), CRYPT("$2b$", &scheme_crypt),
	CRYPT("$2x$", &scheme_crypt), CRYPT("$2y$", &scheme_crypt),
	CRYPT("$6$", &scheme_crypt), CRYPT("$5$", &scheme_crypt),
	CRYPT("$sha1$", &scheme_crypt),
	CRYPT("$md5$", &scheme_crypt), CRYPT("$md5,", &scheme_crypt),
	CRYPT("$1$", &scheme_crypt), CRYPT("$3$", &scheme_crypt),
	CRYPT("$apr1$", &scheme_apr1),
	BARE("_", &scheme_crypt, 0, SHAPE_BSDI, 20, 20),

	BARE("SCRAM-SHA-512$", NULL, 0, SHAPE_ANY, 0, 0),
	BARE("md5", NULL, 0, SHAPE_HEX, 35, 35), /* PostgreSQL, before SCRAM */
	BARE("*", NULL, 0, SHAPE_HEX, 41, 41),	 /* MySQL; 8.0 has the next */
	BARE("$A$005$", NULL, 0, SHAPE_ANY, 0, 0),
	CRYPT("$P$", NULL), CRYPT("$H$", NULL), /* phpass */
	CRYPT("$S$", NULL),			/* Drupal */
	CRYPT("$wp$", NULL),			/* WordPress */
	CRYPT("$scrypt$", NULL),		/* passlib */
	CRYPT("$pbkdf2-sha1$", NULL), CRYPT("$pbkdf2-sha256$", NULL),
	CRYPT("$pbkdf2-sha512$", NULL), CRYPT("$bcrypt-sha256$", NULL),
	CRYPT("pbkdf2_sha256$", NULL), CRYPT("pbkdf2_sha1$", NULL), /* Django */
	CRYPT("bcrypt_sha256$", NULL), CRYPT("bcrypt$$2", NULL),
	CRYPT("argon2$argon2", NULL), CRYPT("scrypt$", NULL),
	CRYPT("pbkdf2:sha", NULL), CRYPT("scrypt:", NULL), /* Werkzeug */
	{ "{NT}", 4, 4, NULL, 0, SHAPE_HEX, 36, 36 },
	SHORT("OTP", NULL, 0), SHORT("RPA", NULL, 0), SHORT("DES", NULL, 0),
	FOREIGN("APR1"), FOREIGN("BSDMD5"), FOREIGN("DIGEST-MD5"),
	FOREIGN("GSSAPI"), FOREIGN("KERBEROS"), FOREIGN("LANMAN"),
	FOREIGN("NETSCAPE_MTA"), FOREIGN("NS-MTA-MD5"), FOREIGN("NTLM"),
	FOREIGN("PBKDF2_SHA256"), FOREIGN("PLAIN-MD4"), FOREIGN("PLAIN-TRUNC"),
	FOREIGN("RADIUS"), FOREIGN("SASL"), FOREIGN("SCRAM-SHA-512"),
	FOREIGN("SCRYPT"), FOREIGN("SKEY"), FOREIGN("TOTP"), FOREIGN("TOTP1"),
	FOREIGN("TOTP256"), FOREIGN("TOTP512"), FOREIGN("X-NTHASH"),
	{ NULL, 0, 0, NULL, 0, SHAPE_ANY, 0, 0 },
};
/* clang-format on */

/* What some row begins with; '!' is for locks. */
static const char first_octets[] = "{$_Smpbas*!";

/* By the general rules. What they are called may be half of a password. */
static const struct scheme_form crypt_string = { "$...$", 0, 0, &scheme_crypt,
	0, SHAPE_HASH, HASH_LEAST, 0 };
static const struct scheme_form braced = { "{...}", 0, 0, NULL, 0, SHAPE_HASH,
	HASH_LEAST, 0 };

static int
lower(char letter)
{
	int c = (unsigned char)letter;

	return c | (consttime_between(c, 'A', 'Z') & ('a' - 'A'));
}

/* Behind its first octet, which decides most, a password tells nothing. */
static bool
begins_with(struct bytes value, const char *prefix, size_t len)
{
	int differ = 0;
	size_t i;

	if (value.len < len || value.data[0] != prefix[0])
		return false;
	for (i = 1; i < len; i++)
		differ |= lower(value.data[i]) ^ lower(prefix[i]);
	return differ == 0;
}

/* Octets of a leading "{NAME}", 0 if there is none. RFC 2307, section 5.3. */
static size_t
braces(struct bytes value)
{
	const char *end;

	if (value.data[0] != '{')
		return 0;
	end = memchr(value.data, '}', value.len);
	return end == NULL ? 0 : (size_t)(end - value.data) + 1;
}

static const struct scheme_form *
known_form(struct bytes value, size_t name)
{
	const struct scheme_form *form;

	for (form = scheme_forms; form->prefix != NULL; form++)
		if (form->name == name && value.len >= form->least &&
		    (form->most == 0 || value.len <= form->most) &&
		    begins_with(value, form->prefix, form->len) &&
		    scheme_has_shape(
			form->shape, bytes_after(value, form->len)))
			return form;
	return NULL;
}

/* "$id$", as crypt(5) recommends it for schemes to come. */
static bool
is_crypt_string(struct bytes value)
{
	size_t i;
	int c;

	if (value.data[0] != '$')
		return false;
	for (i = 1; i < value.len && value.data[i] != '$'; i++) {
		c = (unsigned char)value.data[i];
		if (!(consttime_between(c, 'a', 'z') |
			consttime_between(c, '0', '9') |
			consttime_between(c, '-', '-')))
			return false;
	}
	return i > 1 && i <= ID_MAX + 1 && value.len > i + BEHIND_ID_LEAST &&
	       scheme_has_shape(SHAPE_HASH, bytes_after(value, i));
}

/* "{NAME}" of at least two of A-Z0-9./_-, or of a-z0-9./_-. */
static bool
is_braced(struct bytes value, size_t name)
{
	int c, upper = 0, small = 0;
	size_t i;

	if (name < 4 || value.len < name + BEHIND_NAME_LEAST)
		return false;
	for (i = 1; i < name - 1; i++) {
		c = (unsigned char)value.data[i];
		upper |= consttime_between(c, 'A', 'Z');
		small |= consttime_between(c, 'a', 'z');
		if (!(consttime_between(lower(value.data[i]), 'a', 'z') |
			consttime_between(c, '-', '9') |
			consttime_between(c, '_', '_')))
			return false;
	}
	return !(upper && small) &&
	       scheme_has_shape(SHAPE_HASH, bytes_after(value, name));
}

/* The row of what has the look of a hash; NULL for anything else. */
static const struct scheme_form *
form_of(struct bytes value)
{
	size_t name;
	const struct scheme_form *form;

	if (value.len == 0)
		return NULL;
	name = braces(value);
	form = known_form(value, name);
	if (form != NULL || value.len < HASH_LEAST)
		return form;
	if (is_crypt_string(value))
		return &crypt_string;
	return is_braced(value, name) ? &braced : NULL;
}

/* Octets of a name that says that the password follows. */
static size_t
plaintext_name(struct bytes value)
{
	static const char *const names[] = { "{PLAIN}", "{CLEAR}",
		"{CLEARTEXT}" };
	size_t i, len;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		len = strlen(names[i]);
		if (begins_with(value, names[i], len))
			return len;
	}
	return 0;
}

static size_t
lock_signs(struct bytes value)
{
	size_t n = 0;

	while (n < value.len && (value.data[n] == '!' || value.data[n] == '*'))
		n++;
	return n;
}

/*
 * A stored value after '!' or '*', as passwd(1) and others put it to lock a
 * user out, or no more than that; "*LK*" and "*NP*" are Solaris's.
 */
static bool
is_locked(struct bytes value)
{
	size_t n = lock_signs(value);

	if (n == 0)
		return false;
	value = bytes_after(value, n);
	if (value.len >= 3 &&
	    (!memcmp(value.data, "LK*", 3) || !memcmp(value.data, "NP*", 3)))
		value = bytes_after(value, 3);
	return value.len == 0 || form_of(value) != NULL ||
	       plaintext_name(value) > 0;
}

/* After "{PLAIN}" and its like. */
static bool
take_plaintext(struct stored *s)
{
	size_t len = plaintext_name(s->octets);

	if (len == 0)
		return false;
	s->value = bytes_after(s->octets, len);
	s->kind = s->value.len > 0 ? STORED_PLAINTEXT : STORED_NOTHING;
	return true;
}

/* {DECOY}REASON:STORED: see scheme.h. Only what is known reaches the log. */
static bool
take_decoy(struct stored *s)
{
	static const char prefix[] = "{DECOY}";
	static const char *const reasons[] = { "expired-secret",
		"wrong-network", "disabled" };
	struct bytes rest;
	const char *colon;
	size_t i, len = strlen(prefix);

	if (s->octets.len < len || memcmp(s->octets.data, prefix, len) != 0)
		return false;
	s->kind = STORED_DECOY;
	s->value.len = 0;
	rest = bytes_after(s->octets, len);
	colon = rest.len > 0 ? memchr(rest.data, ':', rest.len) : NULL;
	if (colon == NULL)
		return true;
	s->value = bytes_after(rest, (size_t)(colon + 1 - rest.data));
	rest.len = (size_t)(colon - rest.data);
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (bytes_equal(rest, bytes_str(reasons[i])))
			s->reason = reasons[i];
	return true;
}

/* What looks like a hash, or like a lock. */
static bool
take_hash(struct stored *s)
{
	struct bytes text = scheme_trim(s->octets);

	s->form = form_of(text);
	if (s->form == NULL && !is_locked(text))
		return false;
	s->text = text;
	if (s->form == NULL) {
		s->kind = STORED_LOCKED;
		return true;
	}
	s->value = bytes_after(text, s->form->name);
	if (s->form->family == &scheme_crypt && lock_signs(s->value) > 0)
		s->kind = STORED_LOCKED;
	else if (s->form->family == &scheme_hmac_md5)
		s->kind = STORED_STATE;
	else
		s->kind =
		    s->form->family != NULL ? STORED_HASH : STORED_UNKNOWN;
	return true;
}

void
scheme_classify(struct bytes octets, struct stored *s)
{
	*s = (struct stored) {
		.kind = STORED_PLAINTEXT,
		.value = octets,
		.text = octets,
		.octets = octets,
	};
	if (octets.len == 0 ||
	    (octets.len == 4 && secret_same(octets.data, "NULL", 4))) {
		s->kind = STORED_NOTHING;
		s->value.len = 0;
		return;
	}
	if (memchr(first_octets, octets.data[0], sizeof(first_octets) - 1) ==
	    NULL)
		return; /* no prefix begins like this */
	if (octets.data[0] == '{' && (take_plaintext(s) || take_decoy(s)))
		return;
	(void)take_hash(s);
}

const char *
scheme_label(const struct stored *s)
{
	static const char *const labels[] = {
		[STORED_NOTHING] = "empty",
		[STORED_PLAINTEXT] = "plaintext",
		[STORED_LOCKED] = "locked",
		[STORED_DECOY] = "decoy",
	};

	if (s->kind == STORED_HASH || s->kind == STORED_STATE ||
	    s->kind == STORED_UNKNOWN)
		return s->form->prefix;
	return labels[s->kind];
}

bool
scheme_is_slow(const struct stored *s)
{
	return s->kind == STORED_HASH && s->form->family->is_slow;
}

bool
scheme_is_nothing(struct bytes octets)
{
	struct stored s;

	scheme_classify(octets, &s);
	return s.kind == STORED_DECOY ||
	       (s.kind == STORED_NOTHING && octets.len <= strlen("NULL"));
}

bool
scheme_resembles(struct bytes text)
{
	struct stored s;

	scheme_classify(text, &s);
	return s.kind != STORED_PLAINTEXT || s.value.len < s.text.len;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a known hash begins with, and what it is made of.
 */
#include "config.h"

#include "base/scan.h"
#include "secrets/scheme_family.h"

enum { HASH_LEAST = 21 }; /* octets of one that has no braces */

bool
scheme_is_hash_text(struct bytes rest)
{
	return scan_made_of(rest, "*:azAZ==$$__"); /* "*+,-./0-9:" and more */
}

/*
 * Four digits of rounds, the lowest first; four of salt; eleven of digest, 64
 * bits. Less than 8,192 rounds: 725 are usual, and more look like a password.
 */
static bool
is_bsdi(struct bytes rest)
{
	return scan_made_of(rest, ".9AZaz") &
	       scan_made_of(bytes_of(rest.data + 2, 1), "./") &
	       scan_made_of(bytes_of(rest.data + 3, 1), "..") &
	       scan_made_of(bytes_after(rest, rest.len - 1),
		   "..2266AAEEIIMMQQUUYYccggkkoossww");
}

#define ROW(text, name, family, digest, shape, least, most) \
	{ \
		text, sizeof(text) - 1, name, family, digest, shape, least, \
		    most \
	}
/* A known name in braces says enough. */
#define BRACED(text, family, digest) \
	ROW("{" text "}", sizeof(text) + 1, family, digest, SHAPE_ANY, 0, 0)
#define NAME(text, family, digest) \
	BRACED(text, FAMILY_##family, DIGEST_##digest)
#define CRYPT(text)   BRACED(text, FAMILY_CRYPT, 0)
#define FOREIGN(text) BRACED(text, 0, 0) /* nobody here can check it */
/* A short one needs more after it, or a password could begin so. */
#define SHORT(text, family, digest) \
	ROW("{" text "}", sizeof(text) + 1, family, digest, SHAPE_HASH, \
	    sizeof(text) + 1 + 8, 0)
/* "$id$" of crypt(5), and others without braces. */
#define BARE(text, family) ROW(text, 0, family, 0, SHAPE_HASH, HASH_LEAST, 0)
#define DOLLAR(text)	   BARE(text, FAMILY_CRYPT)

/*
 * The first row that fits; prefixes are taken in either case but for the first
 * octet. {MD5} is also Dovecot's for what others have as {CRYPT}. A crypt(3) of
 * the kind of DES has no sign and needs {CRYPT}.
 */
/* clang-format off */
const struct scheme_form scheme_forms[] = {
	NAME("CRAM-MD5", HMAC_MD5, MD5), NAME("HMAC-MD5", HMAC_MD5, MD5),
	ROW("{NT}", 4, 0, 0, SHAPE_HEX, 36, 36),
	CRYPT("CRYPT"), CRYPT("BCRYPT"), CRYPT("BLF-CRYPT"),
	CRYPT("SHA512-CRYPT"), CRYPT("SHA256-CRYPT"), CRYPT("MD5-CRYPT"),
	CRYPT("DES-CRYPT"), CRYPT("CRYPT-MD5"), CRYPT("CRYPT-SHA256"),
	CRYPT("CRYPT-SHA512"),
	NAME("SSHA", SALTED, SHA1), NAME("SSHA256", SALTED, SHA256),
	NAME("SSHA384", SALTED, SHA384), NAME("SSHA512", SALTED, SHA512),
	NAME("SMD5", SALTED, MD5),
	SHORT("SHA", FAMILY_UNSALTED, DIGEST_SHA1),
	NAME("SHA1", UNSALTED, SHA1), NAME("SHA256", UNSALTED, SHA256),
	NAME("SHA384", UNSALTED, SHA384), NAME("SHA512", UNSALTED, SHA512),
	ROW("{MD5}$1$", 5, FAMILY_CRYPT, 0, SHAPE_ANY, 0, 0),
	SHORT("MD5", FAMILY_UNSALTED, DIGEST_MD5),
	NAME("LDAP-MD5", UNSALTED, MD5), NAME("PLAIN-MD5", HEX, MD5),
	NAME("PBKDF2", PBKDF2, SHA1), NAME("PBKDF2-SHA1", PBKDF2, SHA1),
	NAME("PBKDF2-SHA256", PBKDF2, SHA256),
	NAME("PBKDF2-SHA512", PBKDF2, SHA512),
	NAME("SCRAM-SHA-1", SCRAM, SHA1), NAME("SCRAM-SHA-256", SCRAM, SHA256),
	BRACED("ARGON2", FAMILY_ARGON2, 0),
	BRACED("ARGON2I", FAMILY_ARGON2, 0),
	BRACED("ARGON2ID", FAMILY_ARGON2, 0),
	SHORT("OTP", 0, 0), SHORT("RPA", 0, 0), SHORT("DES", 0, 0),
	FOREIGN("APR1"), FOREIGN("BSDMD5"), FOREIGN("DIGEST-MD5"),
	FOREIGN("GSSAPI"), FOREIGN("KERBEROS"), FOREIGN("LANMAN"),
	FOREIGN("NETSCAPE_MTA"), FOREIGN("NS-MTA-MD5"), FOREIGN("NTLM"),
	FOREIGN("PBKDF2_SHA256"), FOREIGN("PLAIN-MD4"), FOREIGN("PLAIN-TRUNC"),
	FOREIGN("RADIUS"), FOREIGN("SASL"), FOREIGN("SCRAM-SHA-512"),
	FOREIGN("SCRYPT"), FOREIGN("SKEY"), FOREIGN("TOTP"), FOREIGN("TOTP1"),
	FOREIGN("TOTP256"), FOREIGN("TOTP512"), FOREIGN("X-NTHASH"),
	{ .prefix = "" },
};

const struct scheme_form scheme_bare_forms[] = {
	ROW("SCRAM-SHA-1$", 0, FAMILY_SCRAM, DIGEST_SHA1, SHAPE_ANY, 0, 0),
	ROW("SCRAM-SHA-256$", 0, FAMILY_SCRAM, DIGEST_SHA256, SHAPE_ANY, 0, 0),
	BARE("$argon2id$", FAMILY_ARGON2), BARE("$argon2i$", FAMILY_ARGON2),
	BARE("$argon2d$", FAMILY_ARGON2),
	DOLLAR("$y$"), DOLLAR("$gy$"), DOLLAR("$7$"), DOLLAR("$2a$"),
	DOLLAR("$2b$"), DOLLAR("$2x$"), DOLLAR("$2y$"), DOLLAR("$6$"),
	DOLLAR("$5$"), DOLLAR("$sha1$"), DOLLAR("$md5$"), DOLLAR("$md5,"),
	DOLLAR("$1$"), DOLLAR("$3$"), BARE("$apr1$", FAMILY_APR1),
	ROW("_", 0, FAMILY_CRYPT, 0, SHAPE_BSDI, 20, 20),
	ROW("SCRAM-SHA-512$", 0, 0, 0, SHAPE_ANY, 0, 0),
	ROW("md5", 0, 0, 0, SHAPE_HEX, 35, 35), /* PostgreSQL, before SCRAM */
	ROW("*", 0, 0, 0, SHAPE_HEX, 41, 41),	/* MySQL; 8.0 has the next */
	ROW("$A$005$", 0, 0, 0, SHAPE_ANY, 0, 0),
	BARE("$P$", 0), BARE("$H$", 0), BARE("$S$", 0), /* phpass, Drupal */
	BARE("$wp$", 0), /* WordPress; then passlib, and Django */
	BARE("$scrypt$", 0), BARE("$pbkdf2-sha1$", 0),
	BARE("$pbkdf2-sha256$", 0), BARE("$pbkdf2-sha512$", 0),
	BARE("$bcrypt-sha256$", 0), BARE("bcrypt_sha256$", 0),
	BARE("pbkdf2_sha256$", 0), BARE("pbkdf2_sha1$", 0),
	BARE("bcrypt$$2", 0), BARE("argon2$argon2", 0), BARE("scrypt$", 0),
	BARE("pbkdf2:sha", 0), BARE("scrypt:", 0), /* Werkzeug */
	{ .prefix = "" },
};
/* clang-format on */

bool
scheme_fits(const struct scheme_form *form, struct bytes rest)
{
	switch (form->shape) {
	case SHAPE_HASH:
		return scheme_is_hash_text(rest);
	case SHAPE_HEX:
		return scan_made_of(rest, "09afAF");
	case SHAPE_BSDI:
		return is_bsdi(rest);
	default:
		return true;
	}
}

const struct scheme_family *
scheme_family_of(const struct scheme_form *form)
{
	/* By FAMILY_CRYPT and so on. */
	static const struct scheme_family *const families[] = { NULL,
		&scheme_crypt, &scheme_apr1, &scheme_salted, &scheme_unsalted,
		&scheme_hex, &scheme_pbkdf2, &scheme_scram, &scheme_argon2,
		&scheme_hmac_md5 };

	return families[form->family];
}

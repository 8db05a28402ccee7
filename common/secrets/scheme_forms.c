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

static bool
is_hex(struct bytes rest)
{
	return scan_made_of(rest, "09afAF");
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
	ROW("{" text "}", sizeof(text) + 1, family, digest, NULL, 0, 0)
#define NAME(text, family, digest) \
	BRACED(text, &scheme_##family, DIGEST_##digest)
#define CRYPT(text)   BRACED(text, &scheme_crypt, 0)
#define FOREIGN(text) BRACED(text, NULL, 0) /* nobody here can check it */
/* A short one needs something after it, or a password could begin so. */
#define SHORT(text, family, digest) \
	ROW("{" text "}", sizeof(text) + 1, family, digest, \
	    scheme_is_hash_text, sizeof(text) + 1 + 8, 0)
/* "$id$" of crypt(5), and others without braces. */
#define BARE(text, family) \
	ROW(text, 0, family, 0, scheme_is_hash_text, HASH_LEAST, 0)

/*
 * The first row that fits; prefixes are taken in either case but for the first
 * octet. {MD5} is also Dovecot's for what others have as {CRYPT}. A crypt(3) of
 * the kind of DES has no sign and needs {CRYPT}.
 */
/* clang-format off */
const struct scheme_form scheme_forms[] = {
	NAME("CRAM-MD5", hmac_md5, MD5), NAME("HMAC-MD5", hmac_md5, MD5),
	ROW("{NT}", 4, NULL, 0, is_hex, 36, 36),
	CRYPT("CRYPT"), CRYPT("BCRYPT"), CRYPT("BLF-CRYPT"),
	CRYPT("SHA512-CRYPT"), CRYPT("SHA256-CRYPT"), CRYPT("MD5-CRYPT"),
	CRYPT("DES-CRYPT"), CRYPT("CRYPT-MD5"), CRYPT("CRYPT-SHA256"),
	CRYPT("CRYPT-SHA512"),
	NAME("SSHA", salted, SHA1), NAME("SSHA256", salted, SHA256),
	NAME("SSHA384", salted, SHA384), NAME("SSHA512", salted, SHA512),
	NAME("SMD5", salted, MD5),
	SHORT("SHA", &scheme_unsalted, DIGEST_SHA1),
	NAME("SHA1", unsalted, SHA1), NAME("SHA256", unsalted, SHA256),
	NAME("SHA384", unsalted, SHA384), NAME("SHA512", unsalted, SHA512),
	ROW("{MD5}$1$", 5, &scheme_crypt, 0, NULL, 0, 0),
	SHORT("MD5", &scheme_unsalted, DIGEST_MD5),
	NAME("LDAP-MD5", unsalted, MD5), NAME("PLAIN-MD5", hex, MD5),
	NAME("PBKDF2", pbkdf2, SHA1), NAME("PBKDF2-SHA1", pbkdf2, SHA1),
	NAME("PBKDF2-SHA256", pbkdf2, SHA256),
	NAME("PBKDF2-SHA512", pbkdf2, SHA512),
	NAME("SCRAM-SHA-1", scram, SHA1), NAME("SCRAM-SHA-256", scram, SHA256),
	BRACED("ARGON2", &scheme_argon2, 0),
	BRACED("ARGON2I", &scheme_argon2, 0),
	BRACED("ARGON2ID", &scheme_argon2, 0),
	SHORT("OTP", NULL, 0), SHORT("RPA", NULL, 0), SHORT("DES", NULL, 0),
	FOREIGN("APR1"), FOREIGN("BSDMD5"), FOREIGN("DIGEST-MD5"),
	FOREIGN("GSSAPI"), FOREIGN("KERBEROS"), FOREIGN("LANMAN"),
	FOREIGN("NETSCAPE_MTA"), FOREIGN("NS-MTA-MD5"), FOREIGN("NTLM"),
	FOREIGN("PBKDF2_SHA256"), FOREIGN("PLAIN-MD4"), FOREIGN("PLAIN-TRUNC"),
	FOREIGN("RADIUS"), FOREIGN("SASL"), FOREIGN("SCRAM-SHA-512"),
	FOREIGN("SCRYPT"), FOREIGN("SKEY"), FOREIGN("TOTP"), FOREIGN("TOTP1"),
	FOREIGN("TOTP256"), FOREIGN("TOTP512"), FOREIGN("X-NTHASH"),
	{ .prefix = NULL },
};

const struct scheme_form scheme_bare_forms[] = {
	ROW("SCRAM-SHA-1$", 0, &scheme_scram, DIGEST_SHA1, NULL, 0, 0),
	ROW("SCRAM-SHA-256$", 0, &scheme_scram, DIGEST_SHA256, NULL, 0, 0),
	BARE("$argon2id$", &scheme_argon2), BARE("$argon2i$", &scheme_argon2),
	BARE("$argon2d$", &scheme_argon2),
	BARE("$y$", &scheme_crypt), BARE("$gy$", &scheme_crypt),
	BARE("$7$", &scheme_crypt),
	BARE("$2a$", &scheme_crypt), BARE("$2b$", &scheme_crypt),
	BARE("$2x$", &scheme_crypt), BARE("$2y$", &scheme_crypt),
	BARE("$6$", &scheme_crypt), BARE("$5$", &scheme_crypt),
	BARE("$sha1$", &scheme_crypt),
	BARE("$md5$", &scheme_crypt), BARE("$md5,", &scheme_crypt),
	BARE("$1$", &scheme_crypt), BARE("$3$", &scheme_crypt),
	BARE("$apr1$", &scheme_apr1),
	ROW("_", 0, &scheme_crypt, 0, is_bsdi, 20, 20),
	ROW("SCRAM-SHA-512$", 0, NULL, 0, NULL, 0, 0),
	ROW("md5", 0, NULL, 0, is_hex, 35, 35), /* PostgreSQL, before SCRAM */
	ROW("*", 0, NULL, 0, is_hex, 41, 41),	/* MySQL; 8.0 has the next */
	ROW("$A$005$", 0, NULL, 0, NULL, 0, 0),
	BARE("$P$", NULL), BARE("$H$", NULL),	/* phpass */
	BARE("$S$", NULL), BARE("$wp$", NULL),	/* Drupal, WordPress */
	BARE("$scrypt$", NULL), BARE("$pbkdf2-sha1$", NULL),	/* passlib */
	BARE("$pbkdf2-sha256$", NULL), BARE("$pbkdf2-sha512$", NULL),
	BARE("$bcrypt-sha256$", NULL),
	BARE("pbkdf2_sha256$", NULL), BARE("pbkdf2_sha1$", NULL), /* Django */
	BARE("bcrypt_sha256$", NULL), BARE("bcrypt$$2", NULL),
	BARE("argon2$argon2", NULL), BARE("scrypt$", NULL),
	BARE("pbkdf2:sha", NULL), BARE("scrypt:", NULL), /* Werkzeug */
	{ .prefix = NULL },
};
/* clang-format on */

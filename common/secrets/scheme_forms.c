/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a known hash begins with, and what it is made of.
 */
#include "config.h"

#include "base/scan.h"
#include "secrets/scheme.h"
#include "secrets/scheme_family.h"

enum { HASH_LEAST = 21 }; /* octets of one that has no braces */

bool
scheme_is_hash_text(struct bytes rest)
{
	return scan_made_of(rest, "*:azAZ==$$__"); /* "*+,-./0-9:" and more */
}

bool
scheme_is_made_of(struct bytes rest, const char *ranges)
{
	int fits = scan_made_of(rest, ranges);

	if (rest.len > SCAN_START)
		fits &= scan_made_of(
		    bytes_after(rest, rest.len - SCAN_START), ranges);
	return fits != 0;
}

/*
 * Four digits of rounds, the lowest first; four of salt; eleven of digest, 64
 * bits. Less than 8,192 rounds: 725 are usual, and more look like a password.
 */
static bool
is_bsdi(struct bytes rest)
{
	int fits = scan_made_of(rest, ".9AZaz");

	fits &= scan_made_of(bytes_of(rest.data + 2, 1), "./");
	fits &= scan_made_of(bytes_of(rest.data + 3, 1), "..");
	fits &= scan_made_of(bytes_after(rest, rest.len - 1),
	    "..2266AAEEIIMMQQUUYYccggkkoossww");
	return fits != 0;
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
#define CRYPT(text) BRACED(text, FAMILY_CRYPT, 0)
/* The password follows. */
#define TEXT(text) \
	ROW("{" text "}", sizeof(text) + 1, FAMILY_PLAINTEXT, 0, SHAPE_TEXT, \
	    0, 0)
#define FOREIGN(text) BRACED(text, 0, 0) /* nobody here can check it */
/* A short one needs more after it, or a password could begin so. */
#define SHORT(text, family, digest) \
	ROW("{" text "}", sizeof(text) + 1, family, digest, SHAPE_HASH, \
	    sizeof(text) + 1 + 8, 0)
/* More stands in the braces, such as a number. */
#define OPEN(text, least)  ROW("{" text, 0, 0, 0, SHAPE_ANY, least, 0)
/* "$id$" of crypt(5), and others without braces. */
#define BARE(text, family) ROW(text, 0, family, 0, SHAPE_HASH, HASH_LEAST, 0)
#define DOLLAR(text)	   BARE(text, FAMILY_CRYPT)
/* The first `name` octets stand before what another form is. */
#define BEFORE(text, name, family) \
	ROW(text, name, family, 0, SHAPE_HASH, HASH_LEAST - 1, 0)
#define ITERATED(text, digest) \
	ROW(text, sizeof(text) - 1, FAMILY_PBKDF2, DIGEST_##digest, \
	    SHAPE_HASH, HASH_LEAST, 0)
/* It is so long that no password looks like it. */
#define LONG(text, shape, least) ROW(text, 0, 0, 0, shape, least, 0)
#define EXACT(text, shape, len)	 ROW(text, 0, 0, 0, shape, len, len)

/*
 * In the order of scheme_two(), and then the first row that fits. Prefixes are
 * taken in either case but for the first octet. Who writes them is in
 * doc/mechanisms.md. {MD5} is also Dovecot's for what others have as {CRYPT}. A
 * crypt(3) of the kind of DES has no sign and needs {CRYPT}.
 */
/* clang-format off */
const struct scheme_form scheme_forms[] = {
	SHORT("3DES", 0, 0), SHORT("AES", 0, 0), FOREIGN("APR1"),
	BRACED("ARGON2", FAMILY_ARGON2, 0),
	BRACED("ARGON2I", FAMILY_ARGON2, 0),
	BRACED("ARGON2ID", FAMILY_ARGON2, 0), OPEN("ARGON2@SPRING", 40),
	FOREIGN("BASE64"), CRYPT("BCRYPT"), CRYPT("BLF-CRYPT"),
	FOREIGN("BLOWFISH"), FOREIGN("BSDMD5"), TEXT("CLEAR"),
	TEXT("CLEARTEXT"), NAME("CRAM-MD5", HMAC_MD5, MD5), CRYPT("CRYPT"),
	CRYPT("CRYPT-MD5"), CRYPT("CRYPT-SHA256"), CRYPT("CRYPT-SHA512"),
	FOREIGN("CRYPT16"), CRYPT("DES-CRYPT"), SHORT("DES", 0, 0),
	FOREIGN("DIGEST-MD5"), OPEN("FSHP", 30), CRYPT("GOST_YESCRYPT"),
	FOREIGN("GSSAPI"), NAME("HMAC-MD5", HMAC_MD5, MD5), FOREIGN("K5KEY"),
	FOREIGN("KERBEROS"), FOREIGN("LANMAN"),
	NAME("LDAP-MD5", UNSALTED, MD5), FOREIGN("LDAP"), CRYPT("MD5-CRYPT"),
	ROW("{MD5}$1$", 5, FAMILY_CRYPT, 0, SHAPE_ANY, 0, 0),
	LONG("{MD5}{", SHAPE_ANY, 39),
	SHORT("MD5", FAMILY_UNSALTED, DIGEST_MD5),
	NAME("MD5RAW", UNSALTED, MD5), SHORT("MD4", 0, 0),
	FOREIGN("NETSCAPE_MTA"), TEXT("NOOP"), FOREIGN("NS-MTA-MD5"),
	ROW("{NT}", 4, 0, 0, SHAPE_HEX, 36, 36), FOREIGN("NTHASH"),
	FOREIGN("NTLM"), ROW("{OTP}", 5, 0, 0, SHAPE_OTP, 21, 0),
	NAME("PBKDF2", PBKDF2, SHA1), NAME("PBKDF2-SHA1", PBKDF2, SHA1),
	NAME("PBKDF2-SHA256", PBKDF2, SHA256),
	NAME("PBKDF2-SHA512", PBKDF2, SHA512), FOREIGN("PBKDF2_SHA256"),
	FOREIGN("PBKDF2_SHA512"), OPEN("PBKDF2-HMAC-", 40),
	OPEN("PBKDF2@SPRING", 40), FOREIGN("PKCS5S2"),
	NAME("PLAIN-MD5", UNSALTED, MD5), FOREIGN("PLAIN-MD4"),
	FOREIGN("PLAIN-TRUNC"), TEXT("PLAIN"), TEXT("PLAINTEXT"),
	FOREIGN("RADIUS"), SHORT("RC4", 0, 0), FOREIGN("RMD160"),
	SHORT("RPA", 0, 0), FOREIGN("SASL"), FOREIGN("SBLOWFISH"),
	NAME("SCRAM-SHA-1", SCRAM, SHA1), NAME("SCRAM-SHA-256", SCRAM, SHA256),
	FOREIGN("SCRAM-SHA-512"), OPEN("SCRYPT@SPRING", 40), FOREIGN("SCRYPT"),
	CRYPT("SHA512-CRYPT"), CRYPT("SHA256-CRYPT"),
	SHORT("SHA", FAMILY_UNSALTED, DIGEST_SHA1),
	NAME("SHA1", UNSALTED, SHA1), NAME("SHA-1", UNSALTED, SHA1),
	NAME("SHA-256", UNSALTED, SHA256), NAME("SHA-384", UNSALTED, SHA384),
	NAME("SHA-512", UNSALTED, SHA512), NAME("SHA256", UNSALTED, SHA256),
	FOREIGN("SHA2"), NAME("SHA384", UNSALTED, SHA384), FOREIGN("SHA224"),
	NAME("SHA512", UNSALTED, SHA512), OPEN("SHA3-", 30), FOREIGN("SKEY"),
	NAME("SMD5", SALTED, MD5), NAME("SSHA", SALTED, SHA1),
	NAME("SSHA256", SALTED, SHA256), NAME("SSHA384", SALTED, SHA384),
	NAME("SSHA512", SALTED, SHA512), NAME("SSHA-256", SALTED, SHA256),
	NAME("SSHA-384", SALTED, SHA384), NAME("SSHA-512", SALTED, SHA512),
	FOREIGN("SSHA224"), OPEN("SSHA3-", 30), FOREIGN("SSHA1"),
	FOREIGN("TOTP1"), FOREIGN("TOTP256"), FOREIGN("TOTP512"),
	FOREIGN("TOTP1ANDPW"), FOREIGN("TOTP256ANDPW"),
	FOREIGN("TOTP512ANDPW"), FOREIGN("TOTP"), SHORT("UNIX", 0, 0),
	FOREIGN("X-NTHASH"), OPEN("X- ORCL", 18), OPEN("X-ISSHA", 30),
	FOREIGN("X-PBKDF2"),
	{ .prefix = "" },
};

const struct scheme_form scheme_bare_forms[] = {
	DOLLAR("$1$"), DOLLAR("$2a$"), DOLLAR("$2b$"), DOLLAR("$2x$"),
	DOLLAR("$2y$"), DOLLAR("$3$"), DOLLAR("$5$"), DOLLAR("$6$"),
	DOLLAR("$7$"), BARE("$8$", 0), BARE("$9$", 0),
	BARE("$argon2id$", FAMILY_ARGON2), BARE("$argon2i$", FAMILY_ARGON2),
	BARE("$argon2d$", FAMILY_ARGON2), BARE("$apr1$", FAMILY_APR1),
	ROW("$A$005$", 0, 0, 0, SHAPE_ANY, 0, 0), BARE("$bcrypt-sha256$", 0),
	DOLLAR("$gy$"), BARE("$H$", 0), DOLLAR("$md5$"), DOLLAR("$md5,"),
	ITERATED("$pbkdf2$", SHA1), ITERATED("$pbkdf2-sha256$", SHA256),
	ITERATED("$pbkdf2-sha512$", SHA512), BARE("$p5k2$", 0),
	BARE("$pbkdf2-sha1$", 0), BARE("$P$", 0), DOLLAR("$sha1$"),
	BARE("$scram$", 0), BARE("$scrypt$", 0), BARE("$S$", 0),
	BARE("$shiro1$", 0), BARE("$sm3$", 0), BARE("$wp$", 0), DOLLAR("$y$"),
	EXACT("*", SHAPE_HEX, 41), LONG("0x0100", SHAPE_HEX, 54),
	EXACT("0x0200", SHAPE_HEX, 142), BEFORE("1|$2", 2, FAMILY_CRYPT),
	BEFORE("2|$argon2i$", 2, FAMILY_ARGON2),
	BEFORE("3|$argon2id$", 2, FAMILY_ARGON2), EXACT(":A:", SHAPE_HEX, 35),
	BARE(":argon2:", 0), LONG(":B:", SHAPE_HASH, 37), BARE(":bcrypt:", 0),
	LONG(":pbkdf2", SHAPE_ANY, 40), EXACT("A", SHAPE_HASH, 68),
	EXACT("AQAAAA", SHAPE_HASH, 84), LONG("S:", SHAPE_ORACLE, 62),
	ROW("SCRAM-SHA-1$", 0, FAMILY_SCRAM, DIGEST_SHA1, SHAPE_ANY, 0, 0),
	ROW("SCRAM-SHA-256$", 0, FAMILY_SCRAM, DIGEST_SHA256, SHAPE_ANY, 0, 0),
	ROW("SCRAM-SHA-512$", 0, 0, 0, SHAPE_ANY, 0, 0),
	LONG("T:", SHAPE_ORACLE, 162), BARE("U$S$", 0), BARE("U$P$", 0),
	BARE("U$H$", 0), ROW("_", 0, FAMILY_CRYPT, 0, SHAPE_BSDI, 20, 20),
	BEFORE("argon2$argon2", 6, FAMILY_ARGON2),
	BEFORE("bcrypt$$2", 7, FAMILY_CRYPT), BARE("bcrypt_sha256$", 0),
	BEFORE("crypt$$", 7, FAMILY_CRYPT), BEFORE("crypt$", 0, 0),
	BARE("grub.pbkdf2.", 0), LONG("md5$", SHAPE_HASH, 37),
	EXACT("md5", SHAPE_HEX, 35), ITERATED("pbkdf2_sha1$", SHA1),
	ITERATED("pbkdf2_sha256$", SHA256), ITERATED("pbkdf2:sha1:", SHA1),
	ITERATED("pbkdf2:sha256:", SHA256), ITERATED("pbkdf2:sha512:", SHA512),
	BARE("pbkdf2:sha", 0), LONG("pbkdf2(", SHAPE_ANY, 40),
	BARE("scrypt$", 0), BARE("scrypt:", 0), LONG("sha1$", SHAPE_HASH, 46),
	LONG("sha256$", SHAPE_HASH, 72), LONG("sha512$", SHAPE_HASH, 136),
	{ .prefix = "" },
};
/* clang-format on */

const struct scheme_form *
scheme_first(bool braced, unsigned two)
{
	const struct scheme_form *rows = scheme_bare_forms;
	size_t low = 0, middle,
	       high = sizeof(scheme_bare_forms) / sizeof(*rows) - 1;

	if (braced) {
		rows = scheme_forms;
		high = sizeof(scheme_forms) / sizeof(*rows) - 1;
	}
	while (low < high) {
		middle = (low + high) / 2;
		if (scheme_two(braced, rows[middle].prefix) < two)
			low = middle + 1;
		else
			high = middle;
	}
	return &rows[low];
}

bool
scheme_fits(const struct scheme_form *form, struct bytes rest)
{
	switch (form->shape) {
	case SHAPE_HASH:
		return scheme_is_hash_text(rest);
	case SHAPE_HEX:
		return scheme_is_made_of(rest, "09afAF");
	case SHAPE_BSDI:
		return is_bsdi(rest);
	case SHAPE_ORACLE: /* "S:HEX;H:HEX;T:HEX" */
		return scan_made_of(rest, "0;AFHHSSTTaf");
	case SHAPE_OTP: /* "sha1 1024 seed hex" */
		return scan_made_of(rest, "  ..09AZaz");
	case SHAPE_TEXT:
		return true;
	default: /* anything, and it takes as long */
		return scheme_is_hash_text(rest) | true;
	}
}

const struct scheme_family *
scheme_family_of(const struct scheme_form *form)
{
	/* By FAMILY_CRYPT and so on. */
	static const struct scheme_family *const families[] = { NULL,
		&scheme_crypt, &scheme_apr1, &scheme_salted, &scheme_unsalted,
		&scheme_pbkdf2, &scheme_scram, &scheme_argon2, &scheme_hmac_md5,
		NULL };

	return families[form->family];
}

void
scheme_malformed(struct stored *s)
{
	static const struct scheme_form form = NAME("SSHA256", SALTED, SHA256);
	static const char text[] = "!";

	*s = (struct stored) { .kind = STORED_HASH, .form = &form };
	s->value = s->text = s->octets = bytes_str(text);
}

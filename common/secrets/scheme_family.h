/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What scheme_classify.c and scheme_make.c have beneath them: families of
 * stored values, each of which reads its values and computes the same from a
 * password. No other file includes this.
 */
#ifndef CLASSIC_SCHEME_FAMILY_H
#define CLASSIC_SCHEME_FAMILY_H

#include <sys/types.h>

#include "base/encode.h"
#include "secrets/digest.h"

enum {
	SCHEME_MAX_SALT = 128,		  /* octets */
	SCHEME_MAX_ITERATIONS = 10000000, /* of PBKDF2: some seconds */
	SCHEME_MAX_DIGEST = 400,	  /* octets; a string of crypt(3) */
};

/* A value and a password. It comes zeroed, and is wiped in the end. */
struct scheme_task {
	const struct scheme_form *form;
	struct bytes value;    /* after the scheme's name, if it has one */
	struct bytes password; /* not empty */

	/* What parse() reads. */
	unsigned iterations, kibibytes, lanes, type, version;
	size_t salt_len, len; /* octets */
	unsigned char salt[SCHEME_MAX_SALT];
	_Alignas(8) unsigned char stored[SCHEME_MAX_DIGEST]; /* `len` of them */

	/* What derive() computes, as long; and why it cannot, or NULL. */
	_Alignas(8) unsigned char given[SCHEME_MAX_DIGEST];
	const char *why;

	_Alignas(16) char scratch[]; /* the family's own */
};

struct scheme_family {
	bool is_slow;	/* it is meant to take long */
	size_t scratch; /* octets */

	/* Read the value, without scratch. 0, or -1 if it is malformed. */
	int (*parse)(struct scheme_task *task);

	/*
	 * About how many microseconds derive() takes; NULL: a few. It need
	 * not be right for a value that is malformed.
	 */
	unsigned (*work)(const struct scheme_form *form, struct bytes value,
	    size_t password_len);

	enum digest_result (*derive)(struct scheme_task *task);

	/* How a value ends: its salt, and then its keys, each in base64. */
	enum base64 base64;
	unsigned char keys; /* 0: one digest, and the salt in the same base64 */
};

extern const struct scheme_family scheme_crypt, scheme_apr1, scheme_salted,
    scheme_unsalted, scheme_pbkdf2, scheme_scram, scheme_argon2,
    scheme_hmac_md5;

enum { SCHEME_PREFIX = 16 }; /* octets of a prefix and of its NULs */

/*
 * A row of the table. It has no pointers: with them the table would be memory
 * of its own, and not shared, for each plugin of each process.
 */
struct scheme_form {
	char prefix[SCHEME_PREFIX];
	unsigned char len;	   /* octets of the prefix */
	unsigned char name;	   /* those of them that are no part of value */
	unsigned char family;	   /* 0: nobody here checks it */
	unsigned char digest;	   /* enum digest */
	unsigned char shape;	   /* of what follows */
	unsigned char least, most; /* octets of the whole value; most 0: any */
};

enum {
	FAMILY_CRYPT = 1,
	FAMILY_APR1,
	FAMILY_SALTED,
	FAMILY_UNSALTED,
	FAMILY_PBKDF2,
	FAMILY_SCRAM,
	FAMILY_ARGON2,
	FAMILY_HMAC_MD5,
	FAMILY_PLAINTEXT, /* what follows is the password */
};

enum {
	SHAPE_ANY,
	SHAPE_TEXT,
	SHAPE_HASH,
	SHAPE_HEX,
	SHAPE_BSDI,
	SHAPE_ORACLE,
	SHAPE_OTP,
};

/* Its family, or NULL. */
const struct scheme_family *scheme_family_of(const struct scheme_form *form);

/* Has what follows the prefix the shape for it? */
bool scheme_fits(const struct scheme_form *form, struct bytes rest);

/* The known prefixes, with braces and without; each list ends with "". */
extern const struct scheme_form scheme_forms[], scheme_bare_forms[];

/*
 * What rows are sorted by: the two octets after the brace, or the first two of
 * what has none; letters in either case, but for the first one without a brace.
 */
static inline unsigned
scheme_two(bool braced, const char *prefix)
{
	const unsigned char *two = (const unsigned char *)prefix + braced;

	return ((unsigned)two[0] << 8 | two[1]) | (braced ? 0x2020 : 0x20);
}

/* The first row that has these or comes after it; or else the last. */
const struct scheme_form *scheme_first(bool braced, unsigned two);

/* Of what a hash of any kind is made, after the prefix, as far as is looked. */
bool scheme_is_hash_text(struct bytes rest);

/* As scan_made_of(), and of the last SCAN_START octets as well. */
bool scheme_is_made_of(struct bytes rest, const char *ranges);

struct host;
struct secret;
struct stored;

/* A task of scheme_classify()'s hash in new `memory`; NULL without any. */
struct scheme_task *scheme_begin(const struct host *h, const struct stored *s,
    struct bytes password, struct secret *memory);

/*
 * The octets of memory that `crypt`, a whole string of crypt(3), wants for its
 * cost: 0 for most kinds, at most a gibibyte. -1 if it wants more than that or,
 * for a short password, more than some seconds, or if what it wants cannot be
 * told. *microseconds is about what it takes for a password of that length.
 */
ssize_t scheme_cost(
    struct bytes crypt, size_t password_len, unsigned *microseconds);

/*
 * The string of crypt(3) without its digest for a new value of the kind that
 * begins with `prefix`, into the 192 octets at `out`. 0, or -1 with errno
 * if libcrypt has not got that kind.
 */
int scheme_crypt_setting(
    const char *prefix, unsigned long count, struct bytes salt, char *out);

extern const bool scheme_has_argon2; /* in this build */

#endif

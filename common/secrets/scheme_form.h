/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What scheme.c and scheme_make.c have beneath them: one file for each family
 * of stored values, which reads and prints them. Nobody else includes this.
 */
#ifndef CLASSIC_SCHEME_FORM_H
#define CLASSIC_SCHEME_FORM_H

#include <sys/types.h>

#include "base/base64.h"
#include "base/host.h"
#include "base/secret.h"
#include "secrets/digest.h"
#include "secrets/scheme.h"

enum {
	SCHEME_MAX_SALT = 128,		  /* octets */
	SCHEME_MAX_ITERATIONS = 10000000, /* of PBKDF2: some seconds */
	SCHEME_NEW_SALT = 16,		  /* octets */
};

/* --- Checking ------------------------------------------------------------- */

/* What is to be done: a password against what follows the prefix. */
struct scheme_task {
	const struct host *host;
	const struct scheme_form *form;
	struct bytes value;    /* after the scheme's name, if it has one */
	struct bytes password; /* not empty */
	const char *why;       /* set along with VERDICT_UNUSABLE */
};

struct scheme_family {
	bool is_slow; /* it is meant to take long */

	/* Memory for the next two; it comes unset and is wiped at the end. */
	size_t scratch;

	/* Read the value. 0, or -1 if it is malformed. */
	int (*parse)(const struct scheme_task *task, void *scratch);

	/*
	 * About how many microseconds compare() takes; NULL: a few. It need
	 * not be right for a value that is malformed.
	 */
	unsigned (*work)(struct bytes value, size_t password_len);

	/* What was read against the password. */
	enum verdict (*compare)(struct scheme_task *task, void *scratch);
};

extern const struct scheme_family scheme_crypt, scheme_apr1, scheme_salted,
    scheme_unsalted, scheme_hex, scheme_pbkdf2, scheme_scram, scheme_argon2,
    scheme_hmac_md5;

/* What a hash is made of, after the prefix. */
enum scheme_shape {
	SHAPE_ANY,  /* the prefix says enough */
	SHAPE_HEX,  /* hex digits of either case */
	SHAPE_HASH, /* base64, hex, crypt(3), and what stands between them */
	SHAPE_BSDI, /* rounds below 2^18, salt, and a digest of 64 bits */
};

/* Is `rest`, which follows a prefix, made of that? */
bool scheme_has_shape(enum scheme_shape shape, struct bytes rest);

/* A row of the table. */
struct scheme_form {
	const char *prefix;
	unsigned char len;  /* octets of the prefix */
	unsigned char name; /* those of them that are "{NAME}" */
	const struct scheme_family *family; /* NULL: nobody here checks it */
	enum digest digest;
	enum scheme_shape shape;
	size_t least, most; /* octets of the whole value; most 0: any number */
};

/* The known prefixes; ends with NULL. */
extern const struct scheme_form scheme_forms[];

/*
 * The octets of memory that `crypt`, a whole string of crypt(3), wants for its
 * cost: 0 for most kinds, at most a gibibyte. -1 if it wants more than that or,
 * for a short password, more than some seconds, or if what it wants cannot be
 * told. *microseconds is about what it takes for a password of that length.
 */
ssize_t scheme_cost(
    struct bytes crypt, size_t password_len, unsigned *microseconds);

/* VERDICT_UNUSABLE, for the reason `why`, of a few words. */
enum verdict scheme_unusable(struct scheme_task *task, const char *why);

/*
 * The end of a comparison: VERDICT_MATCHES or VERDICT_DIFFERS for two runs of
 * `len` octets, or what it means that `done` is not DIGEST_DONE.
 */
enum verdict scheme_verdict(struct scheme_task *task, enum digest_result done,
    const void *stored, const void *given, size_t len);

/* --- Making --------------------------------------------------------------- */

struct scheme_job;

/* SASL_OK, SASL_NOMEM, or SASL_UNAVAIL: the library below cannot do it. */
typedef int scheme_make_fn(const struct scheme_job *job, struct secret *stored);

scheme_make_fn scheme_crypt_make, scheme_salted_make, scheme_unsalted_make,
    scheme_pbkdf2_make, scheme_scram_make, scheme_argon2_make;

extern const bool scheme_has_argon2; /* in this build */

/*
 * How a choice is made. The head is all that stands before the salt, costs
 * included; of crypt(3) it is the kind of string.
 */
struct scheme_recipe {
	scheme_make_fn *make;
	const char *head;
	const char
	    *decoy; /* no password has it; choices but crypt(3) have one */
	enum digest digest;
	unsigned long
	    count;   /* iterations; or of crypt_gensalt(3), 0: its own */
	size_t most; /* octets of a password; 0: any number */
};

/*
 * A value of crypt(3) that ends where the digest would begin, which costs the
 * same to be checked. 0, or -1 if libcrypt has not got this kind.
 */
int scheme_crypt_decoy(
    const struct scheme_recipe *recipe, char out[SCHEME_DECOY]);

/* What is to be made. */
struct scheme_job {
	const struct host *host;
	const struct scheme_recipe *recipe;
	struct bytes salt; /* SCHEME_NEW_SALT octets */
	struct bytes password;
};

/* What follows a recipe's head: parts in base64 with something between them. */
struct scheme_text {
	enum base64 kind;
	char separator;
	struct bytes parts[3];
	size_t count; /* of parts */
};

/*
 * Print the whole value if `done` is DIGEST_DONE. SASL_OK, SASL_NOMEM or
 * SASL_UNAVAIL.
 */
int scheme_print(const struct scheme_job *job, enum digest_result done,
    const struct scheme_text *text, struct secret *stored);

#endif

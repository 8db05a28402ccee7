/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What scheme.c and scheme_make.c have beneath them: one file for each family
 * of stored values, which reads and prints them. Nobody else includes this.
 */
#ifndef CLASSIC_SCHEME_FORM_H
#define CLASSIC_SCHEME_FORM_H

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
	struct bytes value;    /* behind the scheme's name, if it has one */
	struct bytes password; /* not empty */
};

struct scheme_family {
	bool is_slow; /* it is meant to take long */

	/* Memory for the next two; it comes unset and is wiped at the end. */
	size_t scratch;

	/* Read the value. 0, or -1 if it is malformed. */
	int (*parse)(const struct scheme_task *task, void *scratch);

	/* What was read against the password. */
	enum verdict (*compare)(const struct scheme_task *task, void *scratch);
};

extern const struct scheme_family scheme_crypt, scheme_salted, scheme_unsalted,
    scheme_hex, scheme_pbkdf2, scheme_scram, scheme_argon2, scheme_hmac_md5;

/* A row of the table. */
struct scheme_form {
	const char *prefix;
	const struct scheme_family *family;
	enum digest digest;
};

/* All of them but the ids of crypt(3), which libcrypt knows; ends with NULL. */
extern const struct scheme_form scheme_forms[];

/* The row of a stored value; NULL for plaintext, and for what nobody knows. */
const struct scheme_form *scheme_form_of(struct bytes value);

/*
 * A hash behind '!' or '*', as passwd(1) and others put it to lock a user out,
 * or no more than that.
 */
bool scheme_is_locked(struct bytes value);

/*
 * A name for the log. What stands in braces may be half of a password that only
 * looks like a hash, so it is shown only if others are known to have it.
 */
const char *scheme_shown(struct bytes value);

/* VERDICT_UNUSABLE, after a line in the log that says why. */
enum verdict scheme_unusable(const struct scheme_task *task, const char *why);

/*
 * The end of a comparison: VERDICT_MATCHES or VERDICT_DIFFERS for two runs of
 * `len` octets, or what it means that `done` is not DIGEST_DONE.
 */
enum verdict scheme_verdict(const struct scheme_task *task,
    enum digest_result done, const void *stored, const void *given, size_t len);

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
	    *stranger; /* no password has it; choices but crypt(3) have one */
	enum digest digest;
	unsigned long
	    count;   /* iterations; or of crypt_gensalt(3), 0: its own */
	size_t most; /* octets of a password; 0: any number */
};

/* By choice: see scheme_name(). */
extern const struct scheme_recipe scheme_recipes[];

/*
 * A value of crypt(3) that ends where the digest would begin, which costs the
 * same to be checked. 0, or -1 if libcrypt has not got this kind.
 */
int scheme_crypt_stranger(
    const struct scheme_recipe *recipe, char out[SCHEME_STRANGER]);

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

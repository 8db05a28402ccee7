/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The forms in which a store holds a secret: the password itself, or one of
 * many hashes of it, told by a prefix such as {SSHA256} or $y$. The table in
 * scheme_forms.c has them all, doc/mechanisms.md says more about each.
 */
#ifndef CLASSIC_SCHEME_H
#define CLASSIC_SCHEME_H

#include "base/bytes.h"

struct host;
struct scheme_form;
struct secret;

/* --- What a stored value is ----------------------------------------------- */

enum stored_kind {
	STORED_NOTHING,	  /* empty, or "NULL", the sql plugin's word for it */
	STORED_PLAINTEXT, /* the password itself */
	STORED_HASH,	  /* of a known scheme */
	STORED_STATE,	  /* a key of CRAM-MD5, {CRAM-MD5} or {HMAC-MD5} */
	STORED_LOCKED,	  /* by '!' or '*' before a hash, or that alone */
	STORED_UNKNOWN,	  /* a hash of a scheme that the pack cannot check */
	STORED_DECOY,	  /* {DECOY}REASON:STORED, which matches nothing */
};

/* One stored value, taken apart. All of it points into the octets. */
struct stored {
	enum stored_kind kind;
	bool may_be_hash; /* by its start, so that it was work to tell */
	bool by_rules;	  /* of no known name: the general rules told it, too */
	const struct scheme_form *form; /* its row in the table, or NULL */
	/*
	 * Plaintext: the password. Hash and state: what follows the name of
	 * the scheme. Locked: what follows the signs that lock it. Decoy: the
	 * stored value to check, or empty.
	 */
	struct bytes value;
	struct bytes text;   /* all of it, without the blanks after a hash */
	struct bytes octets; /* all of it, as it is stored */
	const char *reason;  /* of a decoy, as the log has it; or NULL */
};

/*
 * Take a stored value apart. Blanks, CR and LF after a hash are no part of it.
 * A value is plaintext unless it has the shape of a hash, that is, a known
 * prefix or a general one, and what a hash is made of after it, as far as the
 * first SCAN_START octets tell (scan.h); {PLAIN},
 * {CLEAR} and so on say that plaintext follows. No password of at most 20
 * characters is taken for a hash by the general rules.
 *
 * The time depends on the first two octets, on the prefix, on the blanks at the
 * end, and on whether ':' stands where digits in hex would end; but on no other
 * octet, and little on the length and on which hash it is (tools/equal-work).
 * Of 64 octets that begin with a digit in hex, as a state does, on the first.
 */
void scheme_classify(struct bytes octets, struct stored *s);

/*
 * A name for people, without anything secret: "empty", "plaintext", "locked",
 * "decoy", or the prefix; "{...}" and "$...$" for a name that nobody is known
 * to use, as it may be half of a password.
 */
const char *scheme_label(const struct stored *s);

/* Is it meant to take long to check it? Crypt(3), PBKDF2, SCRAM, Argon2. */
bool scheme_is_slow(const struct stored *s);

/* Could it match a password, as far as can be told without one? */
bool scheme_is_whole(const struct stored *s);

/* Are they STORED_NOTHING or STORED_DECOY? */
bool scheme_is_nothing(struct bytes octets);

/*
 * Could `text` be a stored value, so that it must not be taken for a password
 * without a look, nor be stored as one without {PLAIN} before it?
 */
bool scheme_resembles(struct bytes text);

/* --- Checking ------------------------------------------------------------- */

/* What comparing a password, or a proof of it, with one value has shown. */
enum verdict {
	VERDICT_DIFFERS = 0, /* 0 and 1, to be had without a branch */
	VERDICT_MATCHES = 1,
	VERDICT_UNUSABLE,  /* malformed, unknown, or not for this mechanism */
	VERDICT_NO_MEMORY, /* to compare it */
};

/*
 * Check `password` against a stored value. An empty password matches nothing,
 * nor does one with a NUL or of more than 511 octets match a crypt(3) string.
 * VERDICT_UNUSABLE: nothing can match, and *why says so in a few words for the
 * log, or is NULL if there is nothing to say (STORED_NOTHING, STORED_DECOY).
 *
 * The time depends on the prefix, on the numbers and lengths in the value and
 * on the length of the password, as far as the libraries below keep to that.
 */
enum verdict scheme_check(const struct host *h, const struct stored *s,
    struct bytes password, const char **why);

/*
 * Values that match nothing, for the work that they are: a hash that is cut,
 * taken apart already; and one of no known name, of which scheme_classify()
 * does all, or without the table, or only looks at what the name is made of.
 */
enum scheme_look { SCHEME_ALL, SCHEME_RULES, SCHEME_NAME };
void scheme_malformed(struct stored *s);
void scheme_nameless(enum scheme_look look, struct stored *s);

/* About how many microseconds that takes, at least one; 0: nothing to check. */
unsigned scheme_work(const struct stored *s, size_t password_len);

enum {
	/*
	 * What a login may take of these, all values and decoys together: in a
	 * directory it is often the user himself who may write them. A value
	 * that would take more by itself is of no use.
	 */
	SCHEME_BUDGET = 1700000,
	SCHEME_USUAL_PASSWORD = 10, /* octets, where none is known */
};

/* --- Making --------------------------------------------------------------- */

/*
 * The schemes that can be made, as the option classic_hash_scheme names them;
 * ends with NULL. A choice is an index.
 */
extern const char *const scheme_choices[];

/* The first that this build can make: yescrypt, argon2 or pbkdf2-sha512. */
#if defined(HAVE_LIBCRYPT)
enum { SCHEME_DEFAULT = 0 };
#elif defined(HAVE_LIBARGON2)
enum { SCHEME_DEFAULT = 4 };
#else
enum { SCHEME_DEFAULT = 5 };
#endif

/*
 * The name of an index: those of scheme_choices[], and after them what is too
 * weak or too old for an option, and is made for other programs. NULL after the
 * last.
 */
const char *scheme_name(int choice);

/* Has this build what it needs for that choice, and this system's libcrypt? */
bool scheme_can_make(int choice);

/*
 * A new stored value of `password`, of scheme_name(choice), with fresh salt;
 * what `stored` held before is released. SASL_OK; SASL_NOMEM; SASL_UNAVAIL if
 * there is no randomness or a library cannot make it; SASL_BADPARAM if the
 * scheme would not take all of the password into account, or it is empty. All
 * but SASL_NOMEM leave a line in the log. On failure `stored` is empty.
 */
int scheme_make(const struct host *h, int choice, struct bytes password,
    struct secret *stored);

/* Octets of a decoy's value, with a NUL: any hash with the longest salt. */
enum { SCHEME_DECOY = 320 };

/*
 * A decoy: a value like those that scheme_make() makes of that choice, which
 * costs the same to be checked, but no password matches it. Points to `text` or
 * to a constant; empty if this system's libcrypt has no such scheme.
 */
struct bytes scheme_decoy(int choice, char text[SCHEME_DECOY]);

/* Does it begin as scheme_make() has it for that choice, costs included? */
bool scheme_is_choice(const struct stored *s, int choice);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The forms in which a store holds a secret: the password itself, or one of
 * many hashes of it, told by a prefix such as {SSHA256} or $y$. The table in
 * scheme_prefix.c has them all, doc/mechanisms.md says more about each.
 */
#ifndef CLASSIC_SCHEME_H
#define CLASSIC_SCHEME_H

#include "base/bytes.h"
#include "secrets/verdict.h"

struct host;
struct secret;

/*
 * True if `value` is a password in plaintext: it has no prefix, or one that
 * says so ({PLAIN}, {CLEARTEXT}, {CLEAR}), which is then taken off. What only
 * looks like a hash, in braces or by another sign that doc/mechanisms.md names,
 * is not: a hash is never a password, nor is one that is locked by '!' or '*'
 * before it, or that lock alone. What is nothing is an empty one.
 */
bool scheme_plaintext(struct bytes *value);

/*
 * True for what a store may give where nothing is stored: an empty value, and
 * the text "NULL", by which the sql plugin both reads and writes that.
 */
bool scheme_is_nothing(struct bytes value);

/*
 * True if `text` could be a stored value, so that it must not be taken for a
 * password without a look, nor be stored as one without {PLAIN} before it.
 */
bool scheme_resembles(struct bytes text);

/*
 * Is it meant to take long to check `value`? True for crypt(3), PBKDF2, SCRAM
 * and Argon2.
 */
bool scheme_is_slow(struct bytes value);

/*
 * True if `value` is a key of CRAM-MD5 ({CRAM-MD5}, {HMAC-MD5}); the prefix is
 * then taken off, and hmac_md5_key_parse() reads the rest.
 */
bool scheme_state(struct bytes *value);

/*
 * A line in the log if `value`, which scheme_plaintext() does not take, is of a
 * scheme that nobody knows, or is locked; with its prefix and nothing more.
 */
void scheme_complain(const struct host *h, struct bytes value);

/*
 * Check `password` against a stored value that scheme_plaintext() does not
 * take. An empty password matches nothing, nor does one with a NUL or of more
 * than 511 octets match a crypt(3) string. VERDICT_UNUSABLE has left a line in
 * the log, with the prefix of the value and nothing more of it.
 *
 * The time depends on the prefix, on the numbers and lengths in the value and
 * on the length of the password, as far as the libraries below keep to that.
 */
enum verdict scheme_check(
    const struct host *h, struct bytes stored, struct bytes password);

/*
 * The schemes that can be made, as the option classic_hash_scheme names them;
 * ends with NULL. A choice is an index; 0 is the default.
 */
extern const char *const scheme_choices[];

/*
 * The name of an index: those of scheme_choices[], and behind them what is too
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

enum { SCHEME_STRANGER = 256 }; /* octets of a stranger's value, with a NUL */

/*
 * The value that a stranger is checked against: like those that scheme_make()
 * makes of that choice, but no password matches it. Points to `text` or to a
 * constant; empty if this system's libcrypt has no such scheme.
 */
struct bytes scheme_stranger(int choice, char text[SCHEME_STRANGER]);

/*
 * Does `value` begin as one that scheme_make() makes of that choice, costs
 * included? If so, and if scheme_check() could use it, that was the work that
 * checking a stranger's value is.
 */
bool scheme_is_choice(struct bytes value, int choice);

#endif

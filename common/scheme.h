/*
 * The forms in which a store holds a secret: the password itself, or one of
 * many hashes of it, told by a prefix such as {SSHA256} or $y$.
 */
#ifndef CLASSIC_SCHEME_H
#define CLASSIC_SCHEME_H

#include "bytes.h"

/*
 * True if `value` is a password in plaintext: it has no prefix, or one that
 * says so ({PLAIN}, {CLEARTEXT}), which is then taken off. What only looks
 * like a hash, known or unknown, is not: a hash is never a password.
 */
bool scheme_plaintext(struct bytes *value);

#endif

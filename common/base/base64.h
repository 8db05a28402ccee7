/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Base64 (RFC 4648, section 4) in constant time, as stored digests are secrets.
 */
#ifndef CLASSIC_BASE64_H
#define CLASSIC_BASE64_H

#include "base/bytes.h"

enum base64 {
	BASE64_PADDED, /* with '+' and '/', filled up with '=' */
	BASE64_BARE,   /* the same without '=', as in the strings of Argon2 */
	BASE64_DOTTED, /* '.' for '+' and no '=', as OpenLDAP's PBKDF2 has it */
};

/* Digits, with what fills them up, that `len` octets make. */
size_t base64_encoded(enum base64 kind, size_t len);

/*
 * Write the octets of `text`, at most `room`, to `out`, and their number to
 * `len`. 0, or -1: another character, a wrong length, bits after the last octet
 * that are not zero, or no room.
 */
int base64_decode(enum base64 kind, struct bytes text, unsigned char *out,
    size_t room, size_t *len);

/* Write base64_encoded() digits to `out`, and no NUL. */
void base64_encode(enum base64 kind, struct bytes raw, char *out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Octets as hex digits and as base64 (RFC 4648, section 4), in constant time:
 * stored states and digests are secrets.
 */
#ifndef CLASSIC_ENCODE_H
#define CLASSIC_ENCODE_H

#include "base/bytes.h"

enum {
	HEX_DIGITS = 8, /* are read or written at a time */
	HEX_OCTETS = 4, /* the same, decoded */
};

/*
 * Write hex.len / 2 octets to `out`, from digits of either case. 0, or -1 if
 * the length is no multiple of HEX_DIGITS or something is no digit.
 */
int hex_decode(struct bytes hex, unsigned char *out);

/* Write 2 * raw.len digits, no NUL; raw.len is a multiple of HEX_OCTETS. */
void hex_encode(struct bytes raw, char *out);

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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * HMAC-MD5 (RFC 2104), in two parts: the key, which is all of the password
 * that a server needs to keep, and the computation that starts from it.
 */
#ifndef CLASSIC_HMAC_MD5_H
#define CLASSIC_HMAC_MD5_H

#include <stdint.h>

#include "base/bytes.h"

enum {
	HMAC_MD5_MAC = 16,	  /* octets of a result */
	HMAC_MD5_STORED = 32,	  /* octets of a stored key */
	HMAC_MD5_STORED_HEX = 64, /* the same in hex digits */
};

/*
 * MD5's state after the inner and after the outer key block. Equivalent to the
 * password for CRAM-MD5, and only for it; wipe it with secret_wipe().
 */
struct hmac_md5_key {
	uint32_t inner[4], outer[4];
};

/* The key of a password; one over 64 octets is replaced by its MD5. */
void hmac_md5_key(struct hmac_md5_key *key, struct bytes password);

/*
 * A key from where it is stored: 64 hex digits of either case, the outer state
 * before the inner, each of four little-endian words, as Dovecot and Courier
 * have it. 0, or -1 if `stored` is anything else.
 */
int hmac_md5_key_parse(struct hmac_md5_key *key, struct bytes stored);

/* The mirror of hmac_md5_key_parse(): lower case, no NUL. */
void hmac_md5_key_print(
    const struct hmac_md5_key *key, char out[HMAC_MD5_STORED_HEX]);

/*
 * A key as old versions of Cyrus SASL stored it: 32 octets or their 64 hex
 * digits, the inner state before the outer, each of four big-endian words.
 * 0, or -1 if `stored` is anything else.
 */
int hmac_md5_key_parse_legacy(struct hmac_md5_key *key, struct bytes stored);

/* HMAC-MD5 of `text`. */
void hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC]);

#endif

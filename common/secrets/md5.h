/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * MD5 (RFC 1321), for HMAC-MD5 and CRAM-MD5 alone. OpenSSL's cannot start from
 * a stored state, or is called deprecated. Neither time nor addresses depend
 * on the octets. What is left of a secret on the stack is the caller's to wipe,
 * with secret_wipe_frame().
 */
#ifndef CLASSIC_MD5_H
#define CLASSIC_MD5_H

#include <stdint.h>

#include "base/bytes.h"

enum {
	MD5_BLOCK = 64,	 /* octets of a block */
	MD5_WORDS = 4,	 /* of a state */
	MD5_DIGEST = 16, /* octets of a digest */
};

/* The state before the first block. */
void md5_start(uint32_t state[MD5_WORDS]);

/*
 * One block each into two states, at once: hardly slower than one block into
 * one, as each step of MD5 waits for the one before.
 */
void md5_pair(uint32_t left[MD5_WORDS], const unsigned char *left_block,
    uint32_t right[MD5_WORDS], const unsigned char *right_block);

/*
 * The digest of a message that ends with `rest`, and of which the `before`
 * octets in front of that, whole blocks, are in `state` already. `state` is
 * then of no use. `digest` may be where `rest` is.
 */
void md5_end(uint32_t state[MD5_WORDS], uint64_t before, struct bytes rest,
    unsigned char digest[MD5_DIGEST]);

#endif

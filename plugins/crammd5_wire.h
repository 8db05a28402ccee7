/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The messages of CRAM-MD5 (RFC 2195, section 2), parsed and printed. Knows
 * neither SASL nor OpenSSL; allocates nothing.
 *
 *	challenge = "<" nonce "." seconds "@" host ">"
 *	response  = authcid " " 32 hex digits
 */
#ifndef CLASSIC_CRAMMD5_WIRE_H
#define CLASSIC_CRAMMD5_WIRE_H

#include <stdint.h>

#include "base/bytes.h"

enum {
	CRAMMD5_DIGEST = 16,	/* octets of a digest */
	CRAMMD5_HEX = 32,	/* the same in hex digits */
	CRAMMD5_HOST_MAX = 255, /* octets of a host name (RFC 1035, 2.3.4) */
	CRAMMD5_ANSWERED_MAX = 1024,
	CRAMMD5_NONCE = 22, /* characters, for 128 bits */
	CRAMMD5_CHALLENGE_MAX =
	    1 + CRAMMD5_NONCE + 1 + 20 + 1 + CRAMMD5_HOST_MAX + 1,
};

/*
 * Where a challenge gets what is its own. All of the randomness is shown, in
 * letters, digits, "-" and "_": an atom of RFC 822. With a host name of up to
 * 19 octets the whole then is one block of MD5.
 */
struct crammd5_seed {
	uint64_t random[2];
	uint64_t seconds; /* since the epoch */
};

/*
 * Print a challenge. Its octets, or 0 if `host` is empty, too long, or cannot
 * stand in a msg-id (RFC 822): nothing is ever cut.
 */
size_t crammd5_print_challenge(const struct crammd5_seed *seed,
    struct bytes host, char out[CRAMMD5_CHALLENGE_MAX]);

/*
 * Can a client answer `in`? Yes for 1 to CRAMMD5_ANSWERED_MAX printable ASCII
 * characters. The form of a msg-id is not asked for: servers in the field send
 * others. An answer to an empty challenge could be looked up in a table.
 */
bool crammd5_is_challenge(struct bytes in);

struct crammd5_response {
	struct bytes authcid; /* before the last blank */
	unsigned char digest[CRAMMD5_DIGEST];
};

/*
 * Take `in` apart; authcid points into it. 0, or -1 unless it is a name, a
 * blank, and exactly 32 hex digits of either case. The name may hold blanks.
 */
int crammd5_parse_response(struct bytes in, struct crammd5_response *response);

/* Octets of a printed response. */
size_t crammd5_response_size(const struct crammd5_response *response);

/* Write them to `out`, hex digits in lower case. */
void crammd5_print_response(const struct crammd5_response *response, char *out);

#endif

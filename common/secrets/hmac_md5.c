/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * HMAC-MD5 and its keys, as stores hold them: see hmac_md5.h.
 */
#include "config.h"

#include <endian.h>

#include "base/encode.h"
#include "base/secret.h"
#include "secrets/hmac_md5.h"
#include "secrets/md5.h"

enum {
	INNER_PAD = 0x36,
	OUTER_PAD = 0x5c,
	STATE = 4 * MD5_WORDS, /* octets of a stored one */
};

/* All that holds a secret on the way to a key: to be wiped at once. */
struct scratch {
	unsigned char block[MD5_BLOCK]; /* the password, or its MD5 */
	unsigned char inner[MD5_BLOCK], outer[MD5_BLOCK]; /* under the pads */
};

static SECRET_LEAF void
pad(struct scratch *s)
{
	size_t i;

	for (i = 0; i < MD5_BLOCK; i++) {
		s->inner[i] = s->block[i] ^ INNER_PAD;
		s->outer[i] = s->block[i] ^ OUTER_PAD;
	}
}

void
hmac_md5_key(struct hmac_md5_key *key, struct bytes password)
{
	struct scratch s;

	memset(s.block, 0, sizeof(s.block));
	if (password.len > sizeof(s.block)) {
		md5_start(key->inner);
		md5_end(key->inner, 0, password, s.block);
	} else if (password.len > 0)
		memcpy(s.block, password.data, password.len);
	pad(&s);
	md5_start(key->inner);
	md5_start(key->outer);
	md5_pair(key->inner, s.inner, key->outer, s.outer);
	secret_wipe(&s, sizeof(s));
	secret_wipe_frame();
}

void
hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC])
{
	struct hmac_md5_key state = *key;

	md5_end(state.inner, MD5_BLOCK, text, mac);
	md5_end(state.outer, MD5_BLOCK,
	    bytes_of((const char *)mac, HMAC_MD5_MAC), mac);
	secret_wipe(&state, sizeof(state));
	secret_wipe_frame();
}

/*
 * The octets of a stored key, from hex. 0 or -1. hex_decode() has more words at
 * hand than there are registers, by -O3, and leaves them on the stack.
 */
static int
read_hex(struct bytes stored, unsigned char raw[HMAC_MD5_STORED])
{
	int result;

	if (stored.len != HMAC_MD5_STORED_HEX)
		return -1;
	result = hex_decode(stored, raw);
	secret_wipe_frame();
	return result;
}

SECRET_CLEARS int
hmac_md5_key_parse(struct hmac_md5_key *key, struct bytes stored)
{
	unsigned char raw[HMAC_MD5_STORED];
	int i, result = read_hex(stored, raw);

	if (result == 0) {
		memcpy(key->outer, raw, STATE);
		memcpy(key->inner, raw + STATE, STATE);
	}
	for (i = 0; i < MD5_WORDS && result == 0; i++) {
		key->outer[i] = le32toh(key->outer[i]);
		key->inner[i] = le32toh(key->inner[i]);
	}
	secret_wipe(raw, sizeof(raw));
	return result;
}

SECRET_CLEARS void
hmac_md5_key_print(
    const struct hmac_md5_key *key, char out[HMAC_MD5_STORED_HEX])
{
	uint32_t words[2 * MD5_WORDS];
	int i;

	for (i = 0; i < MD5_WORDS; i++) {
		words[i] = htole32(key->outer[i]);
		words[MD5_WORDS + i] = htole32(key->inner[i]);
	}
	hex_encode(bytes_of((const char *)words, sizeof(words)), out);
	secret_wipe(words, sizeof(words));
	secret_wipe_frame();
}

SECRET_CLEARS int
hmac_md5_key_parse_legacy(struct hmac_md5_key *key, struct bytes stored)
{
	unsigned char raw[HMAC_MD5_STORED];
	int i, result = 0;

	if (stored.len == sizeof(raw))
		memcpy(raw, stored.data, sizeof(raw));
	else
		result = read_hex(stored, raw);
	if (result == 0) {
		memcpy(key->inner, raw, STATE);
		memcpy(key->outer, raw + STATE, STATE);
	}
	for (i = 0; i < MD5_WORDS && result == 0; i++) {
		key->inner[i] = be32toh(key->inner[i]);
		key->outer[i] = be32toh(key->outer[i]);
	}
	secret_wipe(raw, sizeof(raw));
	return result;
}

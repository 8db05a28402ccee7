/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Keys of HMAC-MD5 as stores hold them. Two forms are in the field; they differ
 * in the order of the states and of the octets.
 */
#include "config.h"

#include "base/hex.h"
#include "base/secret.h"
#include "secrets/hmac_md5.h"

static uint32_t
little_endian(const unsigned char *octets)
{
	return (uint32_t)octets[0] | (uint32_t)octets[1] << 8 |
	       (uint32_t)octets[2] << 16 | (uint32_t)octets[3] << 24;
}

static uint32_t
big_endian(const unsigned char *octets)
{
	return (uint32_t)octets[3] | (uint32_t)octets[2] << 8 |
	       (uint32_t)octets[1] << 16 | (uint32_t)octets[0] << 24;
}

int
hmac_md5_key_parse(struct hmac_md5_key *key, struct bytes stored)
{
	unsigned char raw[HMAC_MD5_STORED];
	int i, result = -1;

	if (stored.len == HMAC_MD5_STORED_HEX)
		result = hex_decode(stored, raw);
	for (i = 0; i < 4 && result == 0; i++) {
		key->outer[i] = little_endian(raw + 4 * i);
		key->inner[i] = little_endian(raw + 16 + 4 * i);
	}
	secret_wipe(raw, sizeof(raw));
	return result;
}

static void
put_little_endian(uint32_t word, unsigned char *octets)
{
	int i;

	for (i = 0; i < 4; i++)
		octets[i] = (unsigned char)(word >> 8 * i);
}

void
hmac_md5_key_print(
    const struct hmac_md5_key *key, char out[HMAC_MD5_STORED_HEX])
{
	unsigned char raw[HMAC_MD5_STORED];
	int i;

	for (i = 0; i < 4; i++) {
		put_little_endian(key->outer[i], raw + 4 * i);
		put_little_endian(key->inner[i], raw + 16 + 4 * i);
	}
	hex_encode(bytes_of((const char *)raw, sizeof(raw)), out);
	secret_wipe(raw, sizeof(raw));
}

int
hmac_md5_key_parse_legacy(struct hmac_md5_key *key, struct bytes stored)
{
	unsigned char raw[HMAC_MD5_STORED];
	int i, result = -1;

	if (stored.len == HMAC_MD5_STORED_HEX)
		result = hex_decode(stored, raw);
	else if (stored.len == HMAC_MD5_STORED) {
		memcpy(raw, stored.data, sizeof(raw));
		result = 0;
	}
	for (i = 0; i < 4 && result == 0; i++) {
		key->inner[i] = big_endian(raw + 4 * i);
		key->outer[i] = big_endian(raw + 16 + 4 * i);
	}
	secret_wipe(raw, sizeof(raw));
	return result;
}

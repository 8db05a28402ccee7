/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * HMAC-MD5 on OpenSSL's MD5.
 */
#include "config.h"

/*
 * OpenSSL calls MD5_Init() and its kind deprecated. EVP offers no way to start
 * from a stored state, which is the whole point of a key of ours, and its
 * first use would cost every process 0.65 ms. These functions do, work without
 * the library being initialised, and cannot fail.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>

#include "base/secret.h"
#include "secrets/hmac_md5.h"

enum {
	INNER_PAD = 0x36,
	OUTER_PAD = 0x5c,
};

/* All that holds a secret on the way to a key: to be wiped at once. */
struct scratch {
	unsigned char block[MD5_CBLOCK];  /* the password, or its MD5 */
	unsigned char padded[MD5_CBLOCK]; /* the same under a pad */
	MD5_CTX md5;
};

static void
pad_state(struct scratch *s, unsigned char pad, uint32_t state[4])
{
	size_t i;

	for (i = 0; i < sizeof(s->padded); i++)
		s->padded[i] = s->block[i] ^ pad;
	MD5_Init(&s->md5);
	MD5_Transform(&s->md5, s->padded);
	state[0] = s->md5.A;
	state[1] = s->md5.B;
	state[2] = s->md5.C;
	state[3] = s->md5.D;
}

void
hmac_md5_key(struct hmac_md5_key *key, struct bytes password)
{
	struct scratch s;

	memset(s.block, 0, sizeof(s.block));
	if (password.len > sizeof(s.block)) {
		MD5_Init(&s.md5);
		MD5_Update(&s.md5, password.data, password.len);
		MD5_Final(s.block, &s.md5);
	} else if (password.len > 0)
		memcpy(s.block, password.data, password.len);
	pad_state(&s, INNER_PAD, key->inner);
	pad_state(&s, OUTER_PAD, key->outer);
	secret_wipe(&s, sizeof(s));
}

/* Start as if one block had been digested already. */
static void
resume(MD5_CTX *md5, const uint32_t state[4])
{
	MD5_Init(md5);
	md5->A = state[0];
	md5->B = state[1];
	md5->C = state[2];
	md5->D = state[3];
	md5->Nl = MD5_CBLOCK * 8;
}

void
hmac_md5(const struct hmac_md5_key *key, struct bytes text,
    unsigned char mac[HMAC_MD5_MAC])
{
	MD5_CTX md5;

	resume(&md5, key->inner);
	MD5_Update(&md5, text.data, text.len);
	MD5_Final(mac, &md5);
	resume(&md5, key->outer);
	MD5_Update(&md5, mac, HMAC_MD5_MAC);
	MD5_Final(mac, &md5);
	secret_wipe(&md5, sizeof(md5));
}

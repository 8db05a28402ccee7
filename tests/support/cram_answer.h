/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 once more, on other roads than the plugin's: OpenSSL's HMAC() for
 * the answer, and for the keyed state one block of MD5 as the RFC tells it.
 */
#ifndef CLASSIC_CRAM_ANSWER_H
#define CLASSIC_CRAM_ANSWER_H

#include <stddef.h>

enum { CRAM_DIGEST = 16, CRAM_HEX = 32, CRAM_STATE = 32 };

/* The 32 lower-case hex digits (and a NUL) that answer `challenge`. */
void cram_digest(const char *challenge, size_t challenge_len,
    const char *password, char hex[CRAM_HEX + 1]);

/*
 * Outer and inner state of a password's key, little-endian words: Dovecot's
 * and Courier's form before it is written in hex.
 */
void cram_state(const char *password, unsigned char state[CRAM_STATE]);

/*
 * Make a keyed state, or a digest, a secret of the fake host, in the forms in
 * which it stands in memory.
 */
void cram_secret_state(const char *password);
void cram_secret_digest(
    const char *challenge, size_t challenge_len, const char *password);

#endif

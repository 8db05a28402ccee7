/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * crypt(3) that costs nothing and counts. A program that links this file stands
 * in for crypt_rn() of libcrypt.
 */
#ifndef CLASSIC_CHEAP_CRYPT_H
#define CLASSIC_CHEAP_CRYPT_H

enum { CHEAP_TEXT = 512, CHEAP_HASH = 80 };

/* What each call hashed for, in order: "$6$" and so on, nothing between. */
extern char cheap_crypt_seen[CHEAP_TEXT];

/* What such a store holds of a password; `setting` ends with a '$'. */
void cheap_crypt_hash(
    const char *setting, const char *password, char out[CHEAP_HASH]);

#endif

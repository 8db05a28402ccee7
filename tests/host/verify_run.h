/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins of alice by a password, with what is stored for her, the answer, and
 * the hashes that it cost. The program that links this stands in for crypt_rn()
 * of libcrypt: its hashes cost nothing, and are counted.
 */
#ifndef CLASSIC_VERIFY_RUN_H
#define CLASSIC_VERIFY_RUN_H

#include "host/module.h"

enum { CHEAP_TEXT = 512, CHEAP_HASH = 80 };

/* What each call hashed for, in order: "$6$" and so on, nothing between. */
extern char cheap_crypt_seen[CHEAP_TEXT];

/* What such a store holds of a password; `setting` ends with a '$'. */
void cheap_crypt_hash(
    const char *setting, const char *password, char out[CHEAP_HASH]);

enum { VERIFY_MOST = 19 }; /* values that alice may have */

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"

#define CHOICE "$6$rounds=100000$saltsalt$" /* as sha512-crypt makes it */
#define OTHER  "$5$rounds=100000$saltsalt$" /* another one */

#define OPTIONS(name, ...) \
	static const struct fake_option name[] = { \
		{ "classic_hash_scheme", "sha512-crypt" }, \
		__VA_ARGS__, \
		{ NULL, NULL }, \
	}

/* Lines that the last login has left in the log. */
extern unsigned verify_lines;

/* The store has bob alone. The setup, without rows or options, or NULL. */
void verify_begin(void **state, const struct fake_option *options,
    const struct fake_setup *setup);

/* One more value of alice; with `of`, it is the setting of a hash of that. */
void verify_add(const char *property, const char *value, const char *of);

/*
 * What alice is told, and the hashes that it cost, as "$6$$5$". The name is for
 * the message if it is not so.
 */
void verify_expect(
    const char *name, const char *password, int code, const char *cost);

#endif

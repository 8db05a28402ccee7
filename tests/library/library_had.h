/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What alice has in the store before a password is set: see library_had.c. Her
 * password is always wonderland.
 */
#ifndef CLASSIC_LIBRARY_HAD_H
#define CLASSIC_LIBRARY_HAD_H

#include "library/library.h"

#define PASSWORD "userPassword"
#define HASH	 "userPasswordHash"
#define STATE	 "cramMd5State"

/* As saslpasswd2 has them. */
enum {
	ONE_WAY = SASL_SET_CREATE | SASL_SET_NOPLAIN,
	PLAINTEXT = SASL_SET_CREATE,
	DELETE = SASL_SET_DISABLE,
};

enum { LIBRARY_HAD = 2 };

extern const struct library_row library_had_plaintext[],
    library_had_one_way[], *const library_had[LIBRARY_HAD];

/* The library with some of our plugins, the store, and these in it. */
void library_begin(unsigned set, const struct library_row *rows);

#endif

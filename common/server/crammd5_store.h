/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What CRAM-MD5 can use of all that is stored for a user.
 */
#ifndef CLASSIC_CRAMMD5_STORE_H
#define CLASSIC_CRAMMD5_STORE_H

#include "backend/lookup.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"

/* The properties to ask for, as classic_secrets and others say. */
lookup_names *crammd5_names(const struct host *h);

enum crammd5_kind {
	CRAMMD5_UNUSABLE = -1,
	CRAMMD5_FROM_PASSWORD, /* computed */
	CRAMMD5_FROM_STATE,    /* read */
};

/*
 * The key of one stored value of `property`: from a password in plaintext, or
 * from a state in one of its forms. Any other hash is of no use, and its text
 * is no key; *why is set then, and for a lock.
 * Wipe the key.
 */
enum crammd5_kind crammd5_key(const char *property, const struct stored *value,
    struct hmac_md5_key *key, const char **why);

#endif

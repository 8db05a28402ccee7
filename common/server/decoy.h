/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Decoys: what a refused login checks in the place of what is not stored, so
 * that its time does not tell what is. A store may hand them with its values,
 * as {DECOY}REASON:STORED (scheme.h); of other stores the configuration may
 * name one. even_out() of password.c and of crammd5.c check them.
 */
#ifndef CLASSIC_DECOY_H
#define CLASSIC_DECOY_H

#include "secrets/scheme.h"

enum { DECOYS = 8 }; /* different ones */

/* Those of a store, copied, as a copy outlives what the store gave. */
struct decoys {
	bool is_told; /* the store has handed some; or, without any: none */
	const char *reason; /* for the refusal, or NULL */
	size_t count;
	unsigned times[DECOYS]; /* how often each is to be checked */
	size_t len[DECOYS];
	char text[DECOYS][SCHEME_DECOY];
};

/* Nothing yet. What is for the copies is large, and stays as it is. */
static inline void
decoy_start(struct decoys *decoys)
{
	memset(decoys, 0, offsetof(struct decoys, text));
}

/*
 * One more, a value that is STORED_DECOY. Equal ones come one after the other.
 * What is too long is no hash, and left out; so is what comes after DECOYS.
 */
void decoy_note(struct decoys *decoys, const struct stored *value);

static inline struct bytes
decoy_octets(const struct decoys *decoys, size_t which)
{
	return bytes_of(decoys->text[which], decoys->len[which]);
}

/* Is that decoy for a password? Such a one has one octet. */
static inline bool
decoy_is_password(const struct decoys *decoys, size_t which)
{
	return decoys->len[which] == 1;
}

/*
 * The decoy that is configured, where classic_secrets is `secrets`: a value, or
 * one of the scheme that is set, for which there is `text`. Empty otherwise:
 * the pack must not make a plaintext store slow.
 */
struct bytes decoy_configured(
    const struct host *h, int secrets, char text[SCHEME_DECOY]);

#endif

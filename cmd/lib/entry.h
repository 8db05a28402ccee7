/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A user's entry in a sasldb, read and rewritten through libsasl2 and our
 * plugins: nobody else is to know how it looks.
 */
#ifndef CLASSIC_ENTRY_H
#define CLASSIC_ENTRY_H

#include <stdbool.h>

#include "base/bytes.h"
#include "lib/secret_label.h"

enum entry_state {
	ENTRY_PLAINTEXT,  /* to be migrated */
	ENTRY_ONE_WAY,	  /* has been */
	ENTRY_HASHED,	  /* userPassword is a hash already */
	ENTRY_CONFLICT,	  /* plaintext, and one-way secrets of another one */
	ENTRY_EMPTY,	  /* userPassword is empty */
	ENTRY_NULL,	  /* it is the text NULL, which counts as nothing */
	ENTRY_MISPLACED,  /* plaintext where a hash belongs */
	ENTRY_NOTHING,	  /* no secret of those that the pack uses */
	ENTRY_UNREADABLE, /* libsasl2 cannot look it up */
	ENTRY_STATES
};

/* The last one is read only if the service has CRAM-MD5 take it. */
enum { ENTRY_PASSWORD, ENTRY_HASH, ENTRY_STATE, ENTRY_LEGACY, ENTRY_VALUES };

struct entry {
	enum entry_state state;
	char form[FORM_LABEL]; /* of userPassword; "" if there is none */
	struct bytes password; /* the plaintext, within the first value */
	struct {
		char *data; /* NULL if there is none */
		size_t len;
	} values[ENTRY_VALUES];
};

/* Of "user@realm"; whatever comes of it, entry_free() wipes and releases. */
void entry_read(const char *file, const char *user, struct entry *e);
void entry_free(struct entry *e);

/* Are the same values stored? */
bool entry_same(const struct entry *a, const struct entry *b);

/*
 * Give the user one-way secrets of the password of `e`, in the place of the
 * plaintext; `mechanism` is one of ours. NULL, or why not, for people; the text
 * lives until the next call.
 */
const char *entry_migrate(const char *file, const char *user,
    const struct entry *e, const char *mechanism);

#endif

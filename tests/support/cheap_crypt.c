/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A stand-in for libcrypt: see cheap_crypt.h.
 */
#include "config.h"

#include <crypt.h>

#include "support/cheap_crypt.h"
#include "support/test.h"

char cheap_crypt_seen[CHEAP_TEXT];

void
cheap_crypt_hash(
    const char *setting, const char *password, char out[CHEAP_HASH])
{
	uint32_t sum = 5381;

	for (; *password != '\0'; password++)
		sum = sum * 33 ^ (unsigned char)*password;
	assert_in_range(
	    snprintf(out, CHEAP_HASH, "%s%08x", setting, (unsigned)sum), 9,
	    CHEAP_HASH - 1);
}

/* Up to the next '$', both included. */
static void
note(const char *setting)
{
	size_t len = strlen(cheap_crypt_seen);
	size_t id = 1 + strcspn(setting + 1, "$") + 1;

	assert_true(len + id < sizeof(cheap_crypt_seen));
	memcpy(cheap_crypt_seen + len, setting, id);
	cheap_crypt_seen[len + id] = '\0';
}

char *
crypt_rn(const char *phrase, const char *setting, void *data, int size)
{
	char start[CHEAP_HASH];

	assert_int_equal(setting[0], '$');
	note(setting);
	snprintf(start, sizeof(start), "%s", setting);
	*(strrchr(start, '$') + 1) = '\0';
	assert_true(size >= CHEAP_HASH);
	cheap_crypt_hash(start, phrase, data);
	return data;
}

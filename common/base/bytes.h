/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A run of octets with its length: owns nothing, and no NUL need follow it.
 */
#ifndef CLASSIC_BYTES_H
#define CLASSIC_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bytes {
	const char *data; /* not NULL when len > 0 */
	size_t len;	  /* octets */
};

static inline struct bytes
bytes_of(const char *data, size_t len)
{
	return (struct bytes) { data, len };
}

/* The octets of a C string, without its NUL; NULL gives the empty run. */
static inline struct bytes
bytes_str(const char *text)
{
	return bytes_of(text, text == NULL ? 0 : strlen(text));
}

/* What follows the first `n` octets; n <= b.len. */
static inline struct bytes
bytes_after(struct bytes b, size_t n)
{
	return bytes_of(b.data + n, b.len - n);
}

/* Equality of what is public. Secrets go through secret_equal(). */
static inline bool
bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

#endif

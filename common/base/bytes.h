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

/* Those of a literal, for a constant. */
#define BYTES(literal) \
	{ \
		literal, sizeof(literal) - 1 \
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

/*
 * Does `b` begin with `text`? The case of ASCII letters does not count. Of what
 * is public. strncasecmp(3) must not be asked about octets after which
 * no others follow: on ppc64el glibc's reads one more.
 */
static inline bool
bytes_begin(struct bytes b, const char *text)
{
	size_t i;

	for (i = 0; text[i] != '\0'; i++) {
		unsigned char want = (unsigned char)text[i];
		unsigned char c = i < b.len ? (unsigned char)b.data[i] : '\0';

		if (c != want && ((c ^ want) != 0x20 || (c | 0x20) < 'a' ||
				     (c | 0x20) > 'z'))
			return false;
	}
	return true;
}

#endif

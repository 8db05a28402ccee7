/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets: see secret.h for the contracts.
 */
#include "config.h"

#include "base/host.h"
#include "base/secret.h"

enum { STACK = 8192 };

int
secret_alloc(const struct host *h, struct secret *to, size_t len)
{
	secret_free(h, to);
	to->data = host_alloc(h, len + 1);
	if (to->data == NULL)
		return -1;
	to->data[len] = '\0';
	to->len = len;
	return 0;
}

int
secret_copy(const struct host *h, struct secret *to, struct bytes from)
{
	if (secret_alloc(h, to, from.len) < 0)
		return -1;
	if (from.len > 0)
		memcpy(to->data, from.data, from.len);
	return 0;
}

void
secret_free(const struct host *h, struct secret *s)
{
	if (s->data != NULL) {
		secret_wipe(s->data, s->len);
		host_free(h, s->data);
	}
	s->data = NULL;
	s->len = 0;
}

__attribute__((noinline)) void
secret_wipe_stack(void)
{
	char below[STACK];

	secret_wipe(below, sizeof(below));
}

int
secret_equal(struct bytes want, struct bytes got)
{
	size_t differ, i, inside;

	if (want.len == 0)
		return 0;
	differ = want.len ^ got.len;
	for (i = 0; i < got.len; i++) {
		/* All ones within `want`, else 0: no branch, no over-read. */
		inside = (size_t)0 - (size_t)(i < want.len);
		differ |= (unsigned char)want.data[i & inside] ^
			  (unsigned char)got.data[i];
	}
	return differ == 0;
}

int
secret_same(const void *a, const void *b, size_t len)
{
	const unsigned char *left = a, *right = b;
	unsigned char differ = 0;
	size_t i;

	for (i = 0; i < len; i++)
		differ |= left[i] ^ right[i];
	return differ == 0;
}

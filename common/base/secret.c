/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets: see secret.h for the contracts.
 */
#include "config.h"

#include <stdint.h>

#include "base/host.h"
#include "base/secret.h"

enum { STACK = 8192, FRAME = 512 };

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

SECRET_CLEARS int
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

SECRET_ALL void
secret_wipe_stack(void)
{
	char below[STACK];

	secret_wipe(below, sizeof(below));
}

SECRET_CLEARS void
secret_wipe_frame(void)
{
	char below[FRAME];

	secret_wipe(below, sizeof(below));
}

int
secret_equal(struct bytes want, struct bytes got)
{
	/* Of another length, it is compared with itself: no over-read. */
	const char *with[] = { got.data, want.data };
	size_t same = want.len == got.len;

	if (want.len == 0)
		return 0;
	return secret_same(with[same], got.data, got.len) & (int)same;
}

int
secret_same(const void *a, const void *b, size_t len)
{
	const unsigned char *left = a, *right = b;
	uint64_t differ = 0, l, r;
	size_t i;

	for (i = 0; i + sizeof(l) <= len; i += sizeof(l)) {
		memcpy(&l, left + i, sizeof(l));
		memcpy(&r, right + i, sizeof(r));
		differ |= l ^ r;
	}
	for (; i < len; i++)
		differ |= left[i] ^ right[i];
	return differ == 0;
}

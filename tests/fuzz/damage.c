/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Damages: see damage.h.
 */
#include "config.h"

#include "damage.h"

enum { MOST = 4096 }; /* octets of a message */

void
heard_add(struct heard *h, const struct message *m)
{
	if (h->count < HEARD)
		h->messages[h->count++] = *m;
}

typedef void damage_fn(
    struct message *m, struct fuzz_input *in, const struct heard *h);

static void
none(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	(void)m;
	(void)in;
	(void)h;
}

static void
empty(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	(void)in;
	(void)h;
	m->len = 0;
}

/* At its end, or at its begin. */
static void
cut(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	size_t n = fuzz_octet(in);
	bool front = n & 0x80;

	(void)h;
	n &= 0x7f;
	if (n > m->len)
		n = m->len;
	m->len -= n;
	if (front)
		memmove(m->data, m->data + n, m->len);
}

static void
append(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	struct bytes run = fuzz_run(in, 255);

	(void)h;
	if (m->len + run.len > MOST)
		return;
	if (run.len > 0)
		memcpy(m->data + m->len, run.data, run.len);
	m->len += run.len;
}

static void
replace(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	m->len = 0;
	append(m, in, h);
}

static void
change(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	size_t at = fuzz_octet(in);
	unsigned mask = fuzz_octet(in);

	(void)h;
	if (m->len > 0)
		m->data[at % m->len] ^= (char)mask;
}

/* Long ones are made of themselves. */
static void
twice(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	unsigned times = fuzz_octet(in) % 8;

	(void)h;
	for (; times > 0 && 2 * m->len <= MOST; times--) {
		memcpy(m->data + m->len, m->data, m->len);
		m->len *= 2;
	}
}

static void
repeat(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	unsigned which = fuzz_octet(in);

	if (h->count > 0)
		*m = h->messages[which % h->count];
}

void
damage(struct message *m, struct fuzz_input *in, const struct heard *h)
{
	static damage_fn *const kinds[] = { none, none, empty, cut, append,
		replace, change, twice, repeat };

	kinds[fuzz_octet(in) % COUNT_OF(kinds)](m, in, h);
}

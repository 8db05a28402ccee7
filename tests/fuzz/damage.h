/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What can happen to a message on its way.
 */
#ifndef CLASSIC_DAMAGE_H
#define CLASSIC_DAMAGE_H

#include "fuzz.h"
#include "host/talk.h"

/* The messages that have been under way, for those who repeat them. */
enum { HEARD = 16 };

struct heard {
	struct message messages[HEARD];
	unsigned count;
};

/* Remember it, as long as there is room. */
void heard_add(struct heard *h, const struct message *m);

/*
 * Do to `m` what the next octets say: nothing, or cut, lengthen, replace,
 * empty it, change an octet, or put another one in its place.
 */
void damage(struct message *m, struct fuzz_input *in, const struct heard *h);

#endif

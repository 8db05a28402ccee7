/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The one message of PLAIN (RFC 4616, section 2), parsed and printed. Knows
 * neither SASL nor who is asking; allocates nothing.
 *
 *	message = [authzid] NUL authcid NUL password
 */
#ifndef CLASSIC_PLAIN_WIRE_H
#define CLASSIC_PLAIN_WIRE_H

#include "base/bytes.h"

struct plain_message {
	struct bytes authzid;  /* may be empty; a NUL follows it */
	struct bytes authcid;  /* a NUL follows it */
	struct bytes password; /* the rest */
};

/*
 * Take `in` apart; the parts point into it. 0, or -1 unless there are exactly
 * two NULs. What the parts may hold is for name.h to say.
 */
int plain_parse(struct bytes in, struct plain_message *message);

/* Octets of the printed message. */
size_t plain_size(const struct plain_message *message);

/* Write plain_size() octets to `out`: the mirror of plain_parse(). */
void plain_print(const struct plain_message *message, char *out);

#endif

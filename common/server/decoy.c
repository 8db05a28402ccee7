/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a refused login checks in the place of what is not stored: see decoy.h.
 */
#include "config.h"

#include "backend/option.h"
#include "server/decoy.h"

void
decoy_note(struct decoys *decoys, const struct stored *value)
{
	size_t n = decoys->count;

	decoys->is_told = true;
	if (decoys->reason == NULL)
		decoys->reason = value->reason;
	if (value->value.len == 0 || value->value.len >= SCHEME_DECOY)
		return;
	if (n > 0 && bytes_equal(decoy_octets(decoys, n - 1), value->value)) {
		decoys->times[n - 1]++;
		return;
	}
	if (n == DECOYS)
		return;
	decoys->times[n] = 1;
	decoys->len[n] = value->value.len;
	memcpy(decoys->text[n], value->value.data, value->value.len);
	decoys->count++;
}

struct bytes
decoy_configured(const struct host *h, int secrets, char text[SCHEME_DECOY])
{
	struct bytes decoy = option_decoy(h);

	if (secrets == OPTION_SECRETS_PLAINTEXT)
		return bytes_str(NULL);
	if (decoy.len == 0 && (option_is_set(h, OPTION_SECRETS) ||
				  option_is_set(h, OPTION_HASH_SCHEME)))
		return scheme_decoy(option_value(h, OPTION_HASH_SCHEME), text);
	return decoy;
}

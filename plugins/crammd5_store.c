/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Keys for CRAM-MD5 from a store: see crammd5_store.h.
 */
#include "config.h"

#include "backend/option.h"
#include "crammd5_store.h"
#include "secrets/scheme.h"

lookup_names *
crammd5_names(const struct host *h)
{
	static lookup_names by_secrets[][OPTION_SECRETS_COUNT] = {
		{
		    [OPTION_SECRETS_BOTH] = { PROPERTY_PASSWORD,
			PROPERTY_STATE },
		    [OPTION_SECRETS_PLAINTEXT] = { PROPERTY_PASSWORD },
		    [OPTION_SECRETS_HASHED] = { PROPERTY_STATE },
		},
		{
		    [OPTION_SECRETS_BOTH] = { PROPERTY_PASSWORD, PROPERTY_STATE,
			PROPERTY_LEGACY },
		    [OPTION_SECRETS_PLAINTEXT] = { PROPERTY_PASSWORD,
			PROPERTY_LEGACY },
		    [OPTION_SECRETS_HASHED] = { PROPERTY_STATE,
			PROPERTY_LEGACY },
		},
	};
	int legacy = option_value(h, OPTION_LEGACY_SECRETS);

	return &by_secrets[legacy][option_value(h, OPTION_SECRETS)];
}

static enum crammd5_kind
read_state(int result)
{
	return result < 0 ? CRAMMD5_UNUSABLE : CRAMMD5_FROM_STATE;
}

enum crammd5_kind
crammd5_key(const struct host *h, const struct lookup_value *stored,
    struct hmac_md5_key *key)
{
	struct bytes value = stored->value;

	if (!strcmp(stored->property, PROPERTY_STATE))
		return read_state(hmac_md5_key_parse(key, value));
	if (!strcmp(stored->property, PROPERTY_LEGACY))
		return read_state(hmac_md5_key_parse_legacy(key, value));
	if (scheme_plaintext(&value)) {
		if (value.len == 0)
			return CRAMMD5_UNUSABLE;
		hmac_md5_key(key, value);
		return CRAMMD5_FROM_PASSWORD;
	}
	if (scheme_state(&value))
		return read_state(hmac_md5_key_parse(key, value));
	scheme_complain(h, value);
	return CRAMMD5_UNUSABLE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Keys for CRAM-MD5 from a store: see crammd5_store.h.
 */
#include "config.h"

#include "backend/option.h"
#include "base/scan.h"
#include "secrets/scheme.h"
#include "server/crammd5_store.h"

lookup_names *
crammd5_names(const struct host *h)
{
	/* By enum option_secrets, and then with what old Cyrus SASL stored. */
	static lookup_names names[] = {
		{ PROPERTY_PASSWORD, PROPERTY_STATE },
		{ PROPERTY_PASSWORD },
		{ PROPERTY_STATE },
		{ PROPERTY_PASSWORD, PROPERTY_STATE, PROPERTY_LEGACY },
		{ PROPERTY_PASSWORD, PROPERTY_LEGACY },
		{ PROPERTY_STATE, PROPERTY_LEGACY },
	};
	int legacy = option_value(h, OPTION_LEGACY_SECRETS);

	return &names[3 * legacy + option_value(h, OPTION_SECRETS)];
}

static enum crammd5_kind
read_state(int result)
{
	return result < 0 ? CRAMMD5_UNUSABLE : CRAMMD5_FROM_STATE;
}

/* A state in octets has as many, blank or not. */
static struct bytes
trimmed(const struct stored *value)
{
	return value->octets.len > HMAC_MD5_STORED_HEX
		   ? scan_trim(value->octets)
		   : value->octets;
}

enum crammd5_kind
crammd5_key(const char *property, const struct stored *value,
    struct hmac_md5_key *key, const char **why)
{
	if (!strcmp(property, PROPERTY_STATE))
		return read_state(hmac_md5_key_parse(key, trimmed(value)));
	if (!strcmp(property, PROPERTY_LEGACY))
		return read_state(
		    hmac_md5_key_parse_legacy(key, trimmed(value)));
	switch (value->kind) {
	case STORED_PLAINTEXT:
		hmac_md5_key(key, value->value);
		return CRAMMD5_FROM_PASSWORD;
	case STORED_STATE:
		return read_state(hmac_md5_key_parse(key, value->value));
	case STORED_HASH:
		*why = "CRAM-MD5 needs the password in plaintext or its state";
		return CRAMMD5_UNUSABLE;
	case STORED_UNKNOWN:
		*why = "unknown scheme";
		return CRAMMD5_UNUSABLE;
	case STORED_LOCKED:
		*why = "locked";
		return CRAMMD5_UNUSABLE;
	default:
		return CRAMMD5_UNUSABLE;
	}
}

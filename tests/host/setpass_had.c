/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored before a password is set: see setpass_run.h.
 */
#include "config.h"

#include "host/setpass_run.h"
#include "support/test.h"

#define OF_BOB \
	{ "bob", PASSWORD, "builder-of-it", 0 }, { "bob", HASH, OLD_HASH, 0 }, \
	    { "bob", STATE, OLD_STATE, 0 }, \
	{ \
		NULL, NULL, NULL, 0 \
	}
#define QUOTA \
	{ \
		"alice", "quota", "hundred", 0 \
	}

static const struct fake_row plaintext_rows[] = {
	{ "alice", PASSWORD, "wonderland", 0 },
	QUOTA,
	OF_BOB,
};

static const struct fake_row one_way_rows[] = {
	QUOTA,
	{ "alice", HASH, OLD_HASH, 0 },
	{ "alice", STATE, OLD_STATE, 0 },
	OF_BOB,
};

#define EVERYTHING \
	{ "alice", PASSWORD, "wonderland", 0 }, \
	    { "alice", PASSWORD, "looking-glass", 0 }, \
	    { "alice", HASH, OLD_HASH, 0 }, \
	    { "alice", HASH, "{SHA}3hjoVZ1fSLjE2k1aU6l7LjEBmNg=", 0 }, QUOTA, \
	{ \
		"alice", STATE, OLD_STATE, 0 \
	}

static const struct fake_row everything_rows[] = { EVERYTHING, OF_BOB };

static const struct fake_row legacy_rows[] = {
	{ "alice", LEGACY, OLD_LEGACY, 0 },
	EVERYTHING,
	{ "bob", LEGACY, OLD_LEGACY, 0 },
	OF_BOB,
};

static const struct fake_row nothing_rows[] = { OF_BOB };

const struct fake_option setpass_options[] = {
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

const struct fake_option setpass_legacy_options[] = {
	{ "classic_hash_scheme", "ssha" },
	{ "classic_legacy_secrets", "yes" },
	{ NULL, NULL },
};

#define HAD(name, its_options) \
	const struct fake_setup setpass_had_##name = { \
		.rows = name##_rows, \
		.options = its_options, \
	}

HAD(plaintext, setpass_options);
HAD(one_way, setpass_options);
HAD(everything, setpass_options);
HAD(nothing, setpass_options);
HAD(legacy, setpass_legacy_options);

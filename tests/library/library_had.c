/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What alice had: see library_had.h.
 */
#include "config.h"

#include "library/library_had.h"
#include "library/library_store.h"
#include "support/test.h"

static const struct library_option options[] = {
	{ "auxprop_plugin", LIBRARY_STORE },
	{ "classic_hash_scheme", "ssha" },
	{ NULL, NULL },
};

const struct library_row library_had_plaintext[] = {
	{ "alice", PASSWORD, "wonderland" },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};

/* Of wonderland. */
const struct library_row library_had_one_way[] = {
	{ "alice", HASH, "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==" },
	{ "alice", STATE,
	    "721a2df79bd8bf7cff39c4914f8c49b8"
	    "979ad5122813c64e75f91b8a6a09b88a" },
	{ "bob", PASSWORD, "builder-of-it" },
	{ NULL, NULL, NULL },
};

const struct library_row *const library_had[] = { library_had_plaintext,
	library_had_one_way };

void
library_begin(unsigned set, const struct library_row *rows)
{
	library_open(set, options);
	library_store_fill(rows);
}

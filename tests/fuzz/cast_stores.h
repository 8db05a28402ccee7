/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stores of fuzzed conversations: what stands in them, and by which passwords
 * alice and tim may be let in.
 */
#ifndef CLASSIC_CAST_STORES_H
#define CLASSIC_CAST_STORES_H

#include "host/fake_host.h"

#define STATE "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"
#define CYRUS_STATE \
	"12d59a974ec613288a1bf9758ab8096af72d1a727cbfd89b91c439ffb8498c4f"
#define SALTED "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA=="
#define SALTED_256 \
	"{SSHA256}" \
	"rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXBwZXJwZXBwZXI="

enum { MOST_ROWS = 4, MOST_PASSWORDS = 2 };

/*
 * Forms of "wonderland", made with python's hashlib; the states are what
 * Dovecot and old Cyrus make of it.
 */
static const struct cast_store {
	struct fake_row rows[MOST_ROWS];
	const char *alice[MOST_PASSWORDS + 1], *tim[MOST_PASSWORDS + 1];
	bool simple;
} stores[] = {
	{
	    .rows = { { "alice", "userPassword", "wonderland", 0 },
		{ "tim", "userPassword", "slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPassword", "looking-glass", 0 },
		{ "alice", "userPassword", "wonderland", 0 } },
	    .alice = { "wonderland", "looking-glass" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPasswordHash", SALTED_256, 0 },
		{ "alice", "cramMd5State", STATE, 0 },
		{ "tim", "userPassword", "slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	},
	{
	    .rows = { { "alice", "userPassword", SALTED, 0 },
		{ "alice", "userPassword", "{HMAC-MD5}" STATE, 0 },
		{ "tim", "userPassword", "{PLAIN}slithy-toves", 0 } },
	    .alice = { "wonderland" },
	    .tim = { "slithy-toves" },
	},
	{
	    .rows = { { "alice", "userPassword", "{ROT13}jbaqreynaqjbaqreynaq",
			  0 },
		{ "alice", "cmusaslsecretCRAM-MD5", CYRUS_STATE, 0 },
		{ "tim", "userPassword", "{SSHA}broken", 0 } },
	    .alice = { "wonderland" },
	},
	{
	    .rows = { { "alice", NULL, NULL, 0 },
		{ "tim", "userPassword", NULL, 0 },
		{ "tim", "userPassword", "", 0 } },
	},
};

/* What passwd(1) and others make of a value, and what only begins like it. */
static const struct cast_store locked[] = {
	{
	    .rows = { { "alice", "userPassword", "!" SALTED, 0 },
		{ "tim", "userPassword", "*LK*$6$rabbit$hole0123456789", 0 },
		{ "tim", "userPassword", "!$nobody$knows0123456789", 0 } },
	},
	{
	    .rows = { { "alice", "userPassword", "!", 0 },
		{ "alice", "userPassword", "*", 0 },
		{ "tim", "userPassword", "!!", 0 } },
	},
	{
	    .rows = { { "alice", "userPasswordHash", "*" SALTED_256, 0 },
		{ "alice", "cramMd5State", STATE, 0 },
		{ "tim", "userPassword", "!{PLAIN}slithy-toves", 0 } },
	    .alice = { "wonderland" },
	},
	{
	    .rows = { { "alice", "userPassword", "!wonderland", 0 },
		{ "tim", "userPassword", "*slithy-toves*", 0 } },
	    .alice = { "!wonderland" },
	    .tim = { "*slithy-toves*" },
	    .simple = true,
	},
	{
	    .rows = { { "alice", "userPassword", "{PLAIN}!", 0 },
		{ "tim", "userPassword", "{CLEARTEXT}*" SALTED, 0 } },
	    .alice = { "!" },
	    .tim = { "*" SALTED },
	},
};

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stored forms of CRAM-MD5 secrets, for tests: which of them give the key of
 * which password. The states were made by `doveadm pw -s CRAM-MD5`; those of
 * old Cyrus SASL are the same words in its own order, inner first, big-endian.
 * The name of the scheme is spelt otherwise than the mechanism's: the fake host
 * would take each line in the log for the stored secret.
 */
#ifndef CLASSIC_CRAMMD5_FORMS_H
#define CLASSIC_CRAMMD5_FORMS_H

#include "support/test.h"
#include "support/vectors.h"

#define STATE_A "721a2df79bd8bf7cff39c4914f8c49b8"
#define STATE_B "979ad5122813c64e75f91b8a6a09b88a"
#define UPPER_A "721A2DF79BD8BF7CFF39C4914F8C49B8"
#define UPPER_B "979AD5122813C64E75F91B8A6A09B88A"
#define STATE	STATE_A STATE_B /* of wonderland */
#define CYRUS \
	"12d59a974ec613288a1bf9758ab8096a" \
	"f72d1a727cbfd89b91c439ffb8498c4f"
#define CYRUS_RAW \
	"\x12\xd5\x9a\x97\x4e\xc6\x13\x28\x8a\x1b\xf9\x75\x8a\xb8\x09\x6a" \
	"\xf7\x2d\x1a\x72\x7c\xbf\xd8\x9b\x91\xc4\x39\xff\xb8\x49\x8c\x4f"

#define IN_PASSWORD "userPassword"
#define IN_STATE    "cramMd5State"
#define IN_LEGACY   "cmusaslsecretCRAM-MD5"

struct crammd5_form {
	const char *property; /* without '*' */
	const char *value;
	size_t len;
	const char *password; /* whose key it is; NULL: of no use */
};

#define FORM(property, value, password) \
	{ \
		property, value, sizeof(value) - 1, password \
	}

static const struct crammd5_form crammd5_forms[] = {
	FORM(IN_PASSWORD, "wonderland", "wonderland"),
	FORM(IN_PASSWORD, "{PLAIN}wonderland", "wonderland"),
	FORM(IN_PASSWORD, "{CLEARTEXT}wonderland", "wonderland"),
	FORM(IN_PASSWORD, "{CLEAR}wonderland", "wonderland"),
	FORM(IN_PASSWORD, "{Plain}wonderland", "wonderland"),
	FORM(IN_PASSWORD, "{PLAIN}{SSHA}not-a-hash", "{SSHA}not-a-hash"),
	FORM(IN_PASSWORD, "{open", "{open"),
	FORM(IN_PASSWORD, "$open", "$open"),
	FORM(IN_PASSWORD, STATE, STATE), /* a password of 64 letters */
	FORM(IN_PASSWORD, STATE "!", STATE "!"),
	FORM(IN_PASSWORD, "", NULL),
	FORM(IN_PASSWORD, "{PLAIN}", NULL),
	FORM(IN_PASSWORD, "NULL", NULL),
	FORM(IN_PASSWORD, "{PLAIN}NULL", "NULL"),

	/* States, as Dovecot has them. */
	FORM(IN_PASSWORD, "{Cram-MD5}" STATE, "wonderland"),
	FORM(IN_PASSWORD, "{HMAC-MD5}" STATE, "wonderland"),
	FORM(IN_PASSWORD, "{cram-md5}" STATE, "wonderland"),
	FORM(IN_PASSWORD, "{hmac-Md5}" STATE, "wonderland"),
	FORM(IN_PASSWORD, "{Cram-MD5}" UPPER_A UPPER_B, "wonderland"),
	FORM(IN_STATE, STATE, "wonderland"),
	FORM(IN_STATE, UPPER_A STATE_B, "wonderland"),
	FORM(IN_PASSWORD, "{Cram-MD5}", NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}wonderland", NULL),
	FORM(IN_PASSWORD, "{Cram-MD5} " STATE, NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}" STATE " ", "wonderland"),
	FORM(IN_STATE, STATE "\r\n", "wonderland"),
	FORM(IN_LEGACY, CYRUS "\n", "wonderland"),
	FORM(IN_PASSWORD, "{Cram-MD5}" STATE "\0", NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}" STATE "00", NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}" STATE_A, NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}{Cram-MD5}" STATE, NULL),
	FORM(IN_PASSWORD, "{Cram-MD5}" CYRUS_RAW, NULL),
	FORM(IN_STATE, "", NULL),
	FORM(IN_STATE, "NULL", NULL),
	FORM(IN_STATE, "wonderland", NULL),
	FORM(IN_STATE, "{PLAIN}wonderland", NULL),
	FORM(IN_STATE, "{Cram-MD5}" STATE, NULL),
	FORM(IN_STATE, STATE "0", NULL),
	FORM(IN_STATE, STATE_A "979ad5122813c64e75f91b8a6a09b88", NULL),
	FORM(IN_STATE, STATE_A "979ad5122813c64e75f91b8a6a09b88g", NULL),
	FORM(IN_STATE, STATE_A "979ad5122813c64e75f91b8a6a09b88\0", NULL),
	FORM(IN_STATE, CYRUS_RAW, NULL),

	/* As old Cyrus SASL had them. */
	FORM(IN_LEGACY, CYRUS_RAW, "wonderland"),
	FORM(IN_LEGACY, CYRUS, "wonderland"),
	FORM(IN_LEGACY, NUL_RAW, NUL_PASSWORD),
	FORM(IN_LEGACY, "", NULL),
	FORM(IN_LEGACY, "wonderland", NULL),
	FORM(IN_LEGACY, CYRUS_RAW "\0", NULL),
	FORM(IN_LEGACY, NUL_RAW "0", NULL),
	FORM(IN_LEGACY, "12d59a974ec613288a1bf9758ab8096", NULL), /* 31 */
	FORM(IN_LEGACY, CYRUS "0", NULL),
	FORM(IN_LEGACY,
	    "12d59a974ec613288a1bf9758ab8096a"
	    "f72d1a727cbfd89b91c439ffb8498c4",
	    NULL), /* 63 */
	FORM(IN_LEGACY, "{Cram-MD5}" STATE, NULL),

	/* Hashes that are good for PLAIN and LOGIN, and what nobody knows. */
	FORM(IN_PASSWORD,
	    "{SSHA}XcU7ZD+ozcY0NqLtsKNvy+uzXtpzYWx0c2FsdA==", NULL),
	FORM(IN_PASSWORD, "{SHA}3hjoVZ1fSLjE2k1aU6l7LjEBmNg=", NULL),
	FORM(IN_PASSWORD, "{CRYPT}ab01FAX.bQRSU", NULL),
	FORM(IN_PASSWORD, "_J9..8vSULmZ6BNOZZ/g", NULL),
	FORM(IN_PASSWORD, "$1$abcdefgh$irWbblnpmw.5z7wgBnprh0", NULL),
	FORM(IN_PASSWORD, "$y$j9T$c2FsdA$" STATE_A "00000000000", NULL),
	FORM(IN_PASSWORD, "{SCRAM-SHA-1}15000,c2FsdA==,x,y", NULL),
	FORM(IN_PASSWORD, "{ROT13}jbaqreynaqjbaqreynaq", NULL),
	FORM(IN_PASSWORD, "{cram-md5x}" STATE, NULL),
};

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The digests that stored secrets are made of, by OpenSSL's EVP. digest.c alone
 * knows OpenSSL.
 */
#ifndef CLASSIC_DIGEST_H
#define CLASSIC_DIGEST_H

#include "base/bytes.h"

enum digest {
	DIGEST_MD5,
	DIGEST_SHA1,
	DIGEST_SHA256,
	DIGEST_SHA384,
	DIGEST_SHA512
};

enum { DIGEST_MAX = 64 }; /* octets of the longest */

enum digest_result {
	DIGEST_DONE,
	DIGEST_REFUSED, /* OpenSSL has it not, or must not, as MD5 with FIPS */
	DIGEST_NO_MEMORY,
};

/* Octets of a result. */
size_t digest_size(enum digest which);

/*
 * All of these write digest_size(which) octets to `out`, and only if the
 * result is DIGEST_DONE is there something to be read. Whatever happens, the
 * application's queue of OpenSSL errors stays as it was.
 */

/* The digest of `head` and `tail`, one after the other. */
enum digest_result digest_of(
    enum digest which, struct bytes head, struct bytes tail, void *out);

/* HMAC, RFC 2104. `key` is not longer than INT_MAX. */
enum digest_result digest_hmac(
    enum digest which, struct bytes key, struct bytes text, void *out);

/*
 * PBKDF2 with HMAC, RFC 8018 section 5.2, of `iterations` > 0. Neither run is
 * longer than INT_MAX.
 */
enum digest_result digest_pbkdf2(enum digest which, struct bytes password,
    struct bytes salt, unsigned iterations, void *out);

/*
 * True if OpenSSL's configuration file asks for FIPS. OpenSSL itself, whose
 * start costs a process 0.65 ms, is asked only if that file speaks of FIPS or
 * includes others. Ask before a chroot(2).
 */
bool digest_fips(void);

/*
 * True if the kernel runs in FIPS mode. Reads /proc, so ask before a chroot(2).
 */
bool digest_kernel_fips(void);

#endif

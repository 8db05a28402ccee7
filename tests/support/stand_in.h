/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Randomness, time and the kernel's word about FIPS mode, as a test wants them.
 * A program that links this file stands in for getrandom(2), clock_gettime(2),
 * and, for that file of /proc, open(2) and read(2) of the C library, for itself
 * and for the plugins that it loads (it is linked with -rdynamic).
 */
#ifndef CLASSIC_STAND_IN_H
#define CLASSIC_STAND_IN_H

#include <stdbool.h>
#include <stddef.h>

#include "support/test.h"

struct stand_in {
	/* getrandom() */
	bool random_fails; /* -1, errno is ENOSYS */
	bool random_short; /* one octet too few */
	bool random_fixed; /* the same octets each time */
	unsigned char octets[16];
	unsigned calls; /* since the reset */
	size_t asked;	/* octets of the last call */

	/* clock_gettime(), of the clocks that are not set by hand */
	long later;	      /* seconds that are added */
	bool clock_fails;     /* -1, errno is EINVAL */
	long wall_later;      /* the same seconds, of CLOCK_REALTIME */
	struct timespec wall; /* where that stands still; 0: it does not */

	/* open(), read() of /proc/sys/crypto/fips_enabled */
	const char *fips_content; /* NULL: there is no such file */
	bool fips_read_fails;	  /* -1, errno is EIO */
	unsigned fips_opened;	  /* times, since the reset */
	int fips_flags, fips_fd;  /* of the last time */
};

extern struct stand_in stand_in;

/* Of a test that uses this: before it and after, nothing is changed. */
int stand_in_reset(void **state);
#define STAND_IN_TEST(f) TEST_WITH(f, stand_in_reset, stand_in_reset)

/* Fails the test if that file is still open. */
void stand_in_expect_closed(void);

#endif

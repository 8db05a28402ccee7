/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The kernel's word about FIPS mode under a test's control. A program that
 * links this file stands in for open(2) and read(2) of the C library where that
 * file of /proc is concerned, for itself and, linked with -rdynamic, for the
 * plugins that it loads.
 */
#ifndef CLASSIC_STAND_IN_FIPS_H
#define CLASSIC_STAND_IN_FIPS_H

#include <stdbool.h>

struct stand_in_fips {
	const char *content; /* of the file; NULL: there is none */
	bool read_fails;     /* -1, errno is EIO */
	unsigned opened;     /* times, since the reset */
	int flags;	     /* of the last time */
	int fd;		     /* of the last time, or -1 */
};

extern struct stand_in_fips stand_in_fips;

/* The setup of a test that uses this: there is no such file. */
int stand_in_fips_reset(void **state);

/* Fails the test if the file is still open. */
void stand_in_fips_expect_closed(void);

#endif

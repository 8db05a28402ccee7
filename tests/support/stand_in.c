/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stands in for two functions of the C library: see stand_in.h.
 */
#include "config.h"

#include <sys/random.h>
#include <sys/syscall.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "support/stand_in.h"
#include "support/test.h"

struct stand_in stand_in;

int
stand_in_reset(void **state)
{
	(void)state;
	memset(&stand_in, 0, sizeof(stand_in));
	return 0;
}

EXPORTED ssize_t
getrandom(void *buffer, size_t len, unsigned flags)
{
	size_t i;

	stand_in.calls++;
	stand_in.asked = len;
	if (stand_in.random_fails) {
		errno = ENOSYS;
		return -1;
	}
	if (stand_in.random_fixed) {
		for (i = 0; i < len; i++)
			((unsigned char *)buffer)[i] =
			    stand_in.octets[i % sizeof(stand_in.octets)];
		return (ssize_t)len;
	}
	if (stand_in.random_short)
		len--;
	return syscall(SYS_getrandom, buffer, len, flags);
}

EXPORTED int
clock_gettime(clockid_t clock, struct timespec *now)
{
	int result;

	if (stand_in.clock_fails && clock != CLOCK_REALTIME) {
		errno = EINVAL;
		return -1;
	}
	result = (int)syscall(SYS_clock_gettime, clock, now);
	if (result == 0 && clock != CLOCK_REALTIME &&
	    clock != CLOCK_REALTIME_COARSE)
		now->tv_sec += stand_in.later;
	return result;
}

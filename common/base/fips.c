/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The kernel's FIPS mode: see fips.h.
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/fips.h"

bool
fips_enabled(void)
{
	char answer = '0';
	int fd;

	fd = open("/proc/sys/crypto/fips_enabled", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false; /* a kernel that has no such mode */
	if (read(fd, &answer, 1) != 1)
		answer = '0';
	close(fd);
	return answer == '1';
}

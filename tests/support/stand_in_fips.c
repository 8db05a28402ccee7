/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stands in for two functions of the C library: see stand_in_fips.h.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/stand_in_fips.h"
#include "support/test.h"

struct stand_in_fips stand_in_fips;

int
stand_in_fips_reset(void **state)
{
	(void)state;
	memset(&stand_in_fips, 0, sizeof(stand_in_fips));
	stand_in_fips.fd = -1;
	return 0;
}

void
stand_in_fips_expect_closed(void)
{
	if (stand_in_fips.fd >= 0)
		assert_int_equal(fcntl(stand_in_fips.fd, F_GETFD), -1);
}

static int
open_file(int flags)
{
	size_t len;

	stand_in_fips.opened++;
	stand_in_fips.flags = flags;
	stand_in_fips.fd = -1;
	if (stand_in_fips.content == NULL) {
		errno = ENOENT;
		return -1;
	}
	len = strlen(stand_in_fips.content);
	stand_in_fips.fd = memfd_create("fips_enabled", MFD_CLOEXEC);
	assert_true(stand_in_fips.fd >= 0);
	assert_int_equal(
	    write(stand_in_fips.fd, stand_in_fips.content, len), len);
	assert_int_equal(lseek(stand_in_fips.fd, 0, SEEK_SET), 0);
	return stand_in_fips.fd;
}

EXPORTED int
open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode = 0;

	if (!strcmp(path, "/proc/sys/crypto/fips_enabled"))
		return open_file(flags);
	if (flags & O_CREAT) {
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

EXPORTED ssize_t
read(int fd, void *buffer, size_t len)
{
	if (fd == stand_in_fips.fd && stand_in_fips.read_fails) {
		errno = EIO;
		return -1;
	}
	return syscall(SYS_read, fd, buffer, len);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stands in for functions of the C library: see stand_in.h.
 */
#include "config.h"

#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "support/stand_in.h"
#include "support/test.h"

struct stand_in stand_in = { .fips_fd = -1 };

int
stand_in_reset(void **state)
{
	(void)state;
	memset(&stand_in, 0, sizeof(stand_in));
	stand_in.fips_fd = -1;
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
	/* With 64 bits for the time where long has 32 it is another one. */
	bool longer = sizeof(now->tv_sec) > sizeof(long);
	int result, (*libc)(clockid_t, struct timespec *);

	if (stand_in.clock_fails && clock != CLOCK_REALTIME) {
		errno = EINVAL;
		return -1;
	}
	*(void **)&libc =
	    dlsym(RTLD_NEXT, longer ? "__clock_gettime64" : "clock_gettime");
	result = libc(clock, now);
	if (clock == CLOCK_REALTIME && stand_in.wall.tv_sec != 0)
		*now = stand_in.wall;
	if (result == 0 && clock == CLOCK_REALTIME)
		now->tv_sec += stand_in.wall_later;
	else if (result == 0 && clock != CLOCK_REALTIME_COARSE)
		now->tv_sec += stand_in.later;
	return result;
}

void
stand_in_expect_closed(void)
{
	if (stand_in.fips_fd >= 0)
		assert_int_equal(fcntl(stand_in.fips_fd, F_GETFD), -1);
}

static int
open_file(int flags)
{
	size_t len;

	stand_in.fips_opened++;
	stand_in.fips_flags = flags;
	stand_in.fips_fd = -1;
	if (stand_in.fips_content == NULL) {
		errno = ENOENT;
		return -1;
	}
	len = strlen(stand_in.fips_content);
	stand_in.fips_fd = memfd_create("fips_enabled", MFD_CLOEXEC);
	assert_true(stand_in.fips_fd >= 0);
	assert_int_equal(
	    write(stand_in.fips_fd, stand_in.fips_content, len), len);
	assert_int_equal(lseek(stand_in.fips_fd, 0, SEEK_SET), 0);
	return stand_in.fips_fd;
}

static int
open_any(const char *path, int flags, mode_t mode)
{
	if (!strcmp(path, "/proc/sys/crypto/fips_enabled"))
		return open_file(flags);
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

EXPORTED int
open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode = 0;

	if (flags & O_CREAT) {
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	return open_any(path, flags, mode);
}

static ssize_t
read_any(int fd, void *buffer, size_t len)
{
	if (fd == stand_in.fips_fd && stand_in.fips_read_fails) {
		errno = EIO;
		return -1;
	}
	return syscall(SYS_read, fd, buffer, len);
}

EXPORTED ssize_t
read(int fd, void *buffer, size_t len)
{
	return read_any(fd, buffer, len);
}

/* As _FORTIFY_SOURCE has clang call them. */
EXPORTED int open_fortified(const char *path, int flags) __asm__("__open_2");
EXPORTED ssize_t read_fortified(
    int fd, void *buffer, size_t len, size_t room) __asm__("__read_chk");

int
open_fortified(const char *path, int flags)
{
	return open_any(path, flags, 0);
}

ssize_t
read_fortified(int fd, void *buffer, size_t len, size_t room)
{
	(void)room;
	return read_any(fd, buffer, len);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * libcrypt without the memory that yescrypt and scrypt want: that is no wrong
 * password, whatever it says.
 */
#include "config.h"

#include <sys/mman.h>
#include <dlfcn.h>
#include <errno.h>

#include "base/secret.h"
#include "host/module.h"
#include "support/stored.h"

enum {
	MUCH = 1 << 18, /* octets, which the cheapest of the values wants */
};

static bool starved;

/* In the place of libc's, as libcrypt looks in the program first. */
EXPORTED void *
mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
	void *(*libc)(void *, size_t, int, int, int, off_t);

	if (starved && size >= MUCH) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	/* Its system call is not the same on every architecture. */
	*(void **)&libc =
	    dlsym(RTLD_NEXT, sizeof(off_t) > sizeof(long) ? "mmap64" : "mmap");
	return libc(at, size, protection, flags, file, offset);
}

/* Of another password: `pw'. */
static const char *const memory_hard[] = {
	"$y$j6T$saltstri$HoSDUBhXNZXSnnpOPFhB.PcUo5vcvFzXKT5YLZ1GKL6",
	"$gy$j6T$saltstri$hYVFDXAmWOU.7eJMXdIis7RTKHt8Eo2Mo/s/tTE/PI7",
	"$7$8U..../....saltstring$PKPchzG0ORbkt8SJ9MnBwamOW6zm5zkQrrQHdVY.9B5",
};

static enum verdict
check(struct module *m, const char *value)
{
	module_forget(m);
	return stored_check(
	    &m->host, bytes_str(value), bytes_str("wonderland"));
}

MODULE_TEST(scheme_check__libcrypt_lacks_memory__is_no_memory)
{
	struct module *m = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(memory_hard); i++) {
		assert_int_equal(check(m, memory_hard[i]), VERDICT_DIFFERS);
		starved = true;
		assert_int_equal(check(m, memory_hard[i]), VERDICT_NO_MEMORY);
		starved = false;
		assert_int_equal(m->fake.log_count, 0);
	}
}

/* What libcrypt refuses for another reason goes on being said. */
MODULE_TEST(scheme_check__malformed_and_memory_is_there__is_unusable)
{
	struct module *m = *state;

	assert_int_equal(check(m, "{CRYPT}$y$j6T$a:b$c"), VERDICT_UNUSABLE);
	assert_int_equal(check(m, "{CRYPT}$6$a:b$c"), VERDICT_UNUSABLE);
}

MODULE_TEST(scheme_make__libcrypt_lacks_memory__is_no_memory)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	int result;

	starved = true;
	result = scheme_make(
	    &m->host, choice_of("yescrypt"), bytes_str("wonderland"), &stored);
	starved = false;
	assert_int_equal(result, SASL_NOMEM);
	assert_null(stored.data);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The memory of this process: see memory_scan.h.
 */
#include "config.h"

#include <sys/mman.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/memory_scan.h"
#include "support/test.h"

enum { WINDOW = 8, PAGE = 4096, MAPS = 64 * 1024 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_OURS 0
#else
#define IS_OURS 1
#endif

bool
memory_scan_works(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return IS_OURS &&
	       (preload == NULL || strstr(preload, "vgpreload") == NULL);
}

static bool
holds(const char *from, size_t size, const char *needle, size_t len)
{
	size_t window = len < WINDOW ? len : WINDOW, at;

	for (at = 0; at + window <= len; at++)
		if (memmem(from, size, needle + at, window) != NULL)
			return true;
	return false;
}

/* Without stdio, whose buffer could lie on what is looked for. */
static void
read_maps(char *to, size_t size)
{
	int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t got;

	assert_true(file >= 0);
	while ((got = read(file, to + len, size - len)) > 0)
		len += (size_t)got;
	close(file);
	assert_in_range(len, 1, size - 1);
	to[len] = '\0';
}

const char *
memory_scan(const void *needle, size_t len)
{
	static char maps[MAPS];
	unsigned long from, to;
	char *line, *rest = maps, mode[5];

	read_maps(maps, sizeof(maps));
	while ((line = strsep(&rest, "\n")) != NULL)
		if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) == 3 &&
		    !strncmp(mode, "rw", 2) &&
		    holds((const char *)from, to - from, needle, len))
			return line;
	return NULL;
}

/* A child may fill it. */
void *
memory_scan_page(void)
{
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(page, MAP_FAILED);
	return page;
}

void
memory_scan_seal(void *page)
{
	assert_int_equal(mprotect(page, PAGE, PROT_READ), 0);
}

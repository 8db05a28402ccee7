/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The memory of this process: see memory_scan.h.
 */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "support/memory_scan.h"
#include "support/test.h"

enum { WINDOW = 8, PAGE = 4096, LONGEST_LINE = 512 };

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

const char *
memory_scan(const void *needle, size_t len)
{
	static char line[LONGEST_LINE];
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long from, to;
	bool found = false;
	char mode[5];

	assert_non_null(maps);
	while (!found && fgets(line, sizeof(line), maps) != NULL)
		found = sscanf(line, "%lx-%lx %4s", &from, &to, mode) == 3 &&
			!strncmp(mode, "rw", 2) &&
			holds((const char *)from, to - from, needle, len);
	fclose(maps);
	return found ? line : NULL;
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

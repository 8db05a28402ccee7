/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The link to memcheck: see ct.h.
 */
#include "config.h"

#include <stdio.h>

#ifdef HAVE_VALGRIND_MEMCHECK_H
#include <valgrind/memcheck.h>
#else /* nothing can be told here */
#define RUNNING_ON_VALGRIND		     0
#define VALGRIND_MAKE_MEM_UNDEFINED(at, len) ((void)(at), (void)(len), 0)
#define VALGRIND_MAKE_MEM_DEFINED(at, len)   ((void)(at), (void)(len), 0)
#define VALGRIND_SET_VBITS(at, bits, len)    ((void)(at), (void)(len), 0)
#define VALGRIND_COUNT_ERRORS		     0
#endif

#include "ct.h"

enum { LONGEST = 4096 };

bool
ct_works(void)
{
	if (RUNNING_ON_VALGRIND)
		return true;
	puts("1..0 # SKIP not under valgrind, or built without its header");
	return false;
}

void
ct_poison(const void *secret, size_t len)
{
	(void)VALGRIND_MAKE_MEM_UNDEFINED(secret, len);
}

void
ct_poison_low(const void *secret, size_t len)
{
	static unsigned char bits[LONGEST];
	size_t i;

	for (i = 0; i < len && i < sizeof(bits); i++)
		bits[i] = 0x1f;
	(void)VALGRIND_SET_VBITS(secret, bits, len);
}

void
ct_declassify(const void *value, size_t len)
{
	(void)VALGRIND_MAKE_MEM_DEFINED(value, len);
}

int
ct_run(const struct ct_case *cases, size_t count)
{
	unsigned before;
	bool good, failed = false;
	size_t i;

	if (!ct_works())
		return 0;
	printf("1..%zu\n", count);
	for (i = 0; i < count; i++) {
		before = VALGRIND_COUNT_ERRORS;
		cases[i].run(cases[i].argument);
		good = (VALGRIND_COUNT_ERRORS != before) == cases[i].finds;
		printf("%s %zu - %s\n", good ? "ok" : "not ok", i + 1,
		    cases[i].name);
		fflush(stdout);
		failed |= !good;
	}
	return failed;
}

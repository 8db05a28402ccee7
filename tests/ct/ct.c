/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The link to memcheck: see ct.h.
 */
#include "config.h"

#include <stdio.h>

#ifdef HAVE_VALGRIND_MEMCHECK_H
#include <valgrind/memcheck.h>
#endif

#include "ct.h"

enum { LONGEST = 4096 };

#ifdef HAVE_VALGRIND_MEMCHECK_H

bool
ct_works(void)
{
	if (RUNNING_ON_VALGRIND)
		return true;
	puts("1..0 # SKIP not under valgrind");
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

static unsigned
error_count(void)
{
	return VALGRIND_COUNT_ERRORS;
}

#else

bool
ct_works(void)
{
	puts("1..0 # SKIP built without valgrind/memcheck.h");
	return false;
}

void
ct_poison(const void *secret, size_t len)
{
	(void)secret;
	(void)len;
}

void
ct_poison_low(const void *secret, size_t len)
{
	ct_poison(secret, len);
}

void
ct_declassify(const void *value, size_t len)
{
	ct_poison(value, len);
}

static unsigned
error_count(void)
{
	return 0;
}

#endif

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
		before = error_count();
		cases[i].run(cases[i].argument);
		good = (error_count() > before) == cases[i].finds;
		printf("%s %zu - %s\n", good ? "ok" : "not ok", i + 1,
		    cases[i].name);
		fflush(stdout);
		failed |= !good;
	}
	return failed;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Secrets that valgrind's memcheck takes for unset memory: whatever branches or
 * indexes by one of them is an error. What these tests show is that the time
 * does not depend on secrets, on the very machine code that is installed.
 */
#ifndef CLASSIC_CT_H
#define CLASSIC_CT_H

#include <stdbool.h>
#include <stddef.h>

/* Is there memcheck to tell? If not, this prints why the test is skipped. */
bool ct_works(void);

/* From now on `len` octets are secret; or only the low five bits of each. */
void ct_poison(const void *secret, size_t len);
void ct_poison_low(const void *secret, size_t len);

/* These are no secret any more: a verdict, or what goes over the wire. */
void ct_declassify(const void *value, size_t len);

/* A test and its name. */
struct ct_case {
	const char *name;
	void (*run)(const void *argument);
	const void *argument;
	bool finds; /* shows that a branch would be seen: it must be */
};

/* Run them; the exit status of the program. */
int ct_run(const struct ct_case *cases, size_t count);

#endif

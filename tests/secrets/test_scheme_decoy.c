/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A stranger costs what a user of the configured scheme costs, and nothing
 * comes of it.
 */
#include "config.h"

#include <limits.h>
#include <time.h>

#include "base/secret.h"
#include "host/module.h"
#include "secrets/scheme.h"
#include "support/stored.h"

#define WRONG "looking-glass"

enum {
	LONG_ENOUGH = 1000, /* microseconds, to be measured */
	MANY = 1000,	    /* times, of what takes less */
	ROUNDS = 50,
};

static void
check(const struct host *h, const struct secret *stored, int choice)
{
	(void)choice;
	assert_int_equal(
	    stored_check(h, secret_bytes(stored), bytes_str(WRONG)),
	    VERDICT_DIFFERS);
}

static enum verdict
check_decoy(const struct host *h, int choice)
{
	char text[SCHEME_DECOY];

	return stored_check(h, scheme_decoy(choice, text), bytes_str(WRONG));
}

static void
decoy(const struct host *h, const struct secret *stored, int choice)
{
	(void)stored;
	assert_int_equal(check_decoy(h, choice), VERDICT_DIFFERS);
}

typedef void work_fn(
    const struct host *h, const struct secret *stored, int choice);

/* Of this process on the processor, whatever else the machine does. */
static long
microseconds(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The best of the time so far and of `count` times more. */
static void
measure(long *best, work_fn *work, struct module *m,
    const struct secret *stored, int choice, unsigned count)
{
	long start = microseconds(), took;
	unsigned i;

	for (i = 0; i < count; i++)
		work(&m->host, stored, choice);
	took = microseconds() - start;
	if (took < *best)
		*best = took;
}

static bool
are_alike(long one, long other)
{
	return one * 3 > other * 2 && other * 3 > one * 2;
}

/* Another may have used the machine: they are measured until they are alike. */
static void
expect_equal_work(struct module *m, const struct secret *stored, int choice)
{
	long real = LONG_MAX, made_up = LONG_MAX, once = LONG_MAX;
	unsigned count, round;

	measure(&once, check, m, stored, choice, 1);
	count = once < LONG_ENOUGH ? MANY : 1;
	for (round = 0; round < ROUNDS; round++) {
		measure(&real, check, m, stored, choice, count);
		measure(&made_up, decoy, m, stored, choice, count);
		if (are_alike(real, made_up))
			return;
	}
	fail_msg("%s: %ld us, a decoy %ld us", scheme_choices[choice], real,
	    made_up);
}

MODULE_TEST_ONCE(scheme_decoy__every_choice__costs_what_a_check_costs)
{
	struct secret stored = { NULL, 0 };
	struct module *m = *state;
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++)
		if (scheme_make(&m->host, i, bytes_str("wonderland"),
			&stored) == SASL_OK)
			expect_equal_work(m, &stored, i);
		else /* this build has no libargon2 */
			module_forget(m);
	assert_int_equal(m->fake.log_count, 0);
	secret_free(&m->host, &stored);
	assert_int_equal(fake_alloc_live(), 0);
}

MODULE_TEST(scheme_decoy__no_memory__is_said_as_by_a_check)
{
	struct module *m = *state;
	int i;

	for (i = 0; scheme_choices[i] != NULL; i++) {
		fake_alloc_fail_at(fake_alloc_count() + 1);
		assert_int_equal(check_decoy(&m->host, i), VERDICT_NO_MEMORY);
		fake_alloc_fail_at(0);
	}
	assert_int_equal(m->fake.log_count, 0);
}

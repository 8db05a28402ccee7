/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A process that lives long: its memory does not grow with logins, nor with
 * starts and ends of the library; its children log in as well; and it can lock
 * itself into an empty directory between start and login.
 *
 * SOAK_LOGINS and SOAK_CYCLES say how much of it (100,000 and 2,000).
 */
#include "config.h"

#include <malloc.h>
#include <unistd.h>

#include "library/library.h"
#include "support/child.h"
#include "support/test.h"

enum {
	LOGINS = 100000,
	CYCLES = 2000,
	CHILDREN = 8,
	SLACK = 8192, /* octets that malloc() may keep for itself, once */
};

static unsigned
wanted(const char *variable, unsigned otherwise)
{
	const char *text = getenv(variable);

	return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

/* What a process may run out of. Sanitizers have a malloc() of their own. */
struct usage {
	size_t memory; /* octets; 0 where malloc() does not tell */
	int files;     /* the next one to be opened */
};

static struct usage
usage(void)
{
	struct usage now = { 0, dup(STDOUT_FILENO) };
#ifdef HAVE_MALLINFO2
	struct mallinfo2 heap = mallinfo2();

	now.memory = heap.uordblks + heap.hblkhd;
#endif
	assert_true(now.files >= 0);
	close(now.files);
	return now;
}

static void
expect_no_growth(struct usage before)
{
	struct usage now = usage();

	assert_in_range(now.memory, 0, before.memory + SLACK);
	assert_int_equal(now.files, before.files);
}

/* Right and wrong, by one mechanism after the other. */
static void
log_in(unsigned n)
{
	const struct library_attempt *a =
	    &library_attempts[n / 3 % LIBRARY_ATTEMPTS];

	assert_int_equal(
	    library_login(library_mechanisms[n % 3], a->user, a->password),
	    a->code);
}

TEST(soak__many_logins__nothing_grows)
{
	unsigned count = wanted("SOAK_LOGINS", LOGINS), n;
	struct usage before;

	library_open_usual();
	for (n = 0; n < 120; n++)
		log_in(n);
	before = usage();
	for (n = 0; n < count; n++)
		log_in(n);
	expect_no_growth(before);
	library_close();
}

static void
cycle(void)
{
	unsigned n;

	library_open_usual();
	for (n = 0; n < 3; n++)
		log_in(n);
	library_close();
}

TEST(soak__many_starts_and_ends__nothing_grows)
{
	unsigned count = wanted("SOAK_CYCLES", CYCLES), n;
	struct usage before;

	for (n = 0; n < 4; n++)
		cycle();
	before = usage();
	for (n = 0; n < count; n++)
		cycle();
	expect_no_growth(before);
}

static void
log_in_child(void *logins)
{
	unsigned n;

	for (n = 0; n < 12; n++)
		log_in(n);
	*(unsigned *)logins = n;
}

/* As servers do that fork first, and serve then. */
TEST(soak__children_of_one_process__all_log_in)
{
	unsigned logins;
	int i;

	library_open_usual();
	for (i = 0; i < CHILDREN; i++) {
		logins = 0;
		child_fill(log_in_child, &logins, sizeof(logins));
		assert_int_equal(logins, 12);
		log_in((unsigned)i);
	}
	library_close();
}

static char jail[] = "/tmp/sasl-classic.XXXXXX";

static void
log_in_below(void *logins)
{
	assert_int_equal(chroot(jail), 0);
	assert_int_equal(chdir("/"), 0);
	assert_int_not_equal(access("/dev", F_OK), 0);
	assert_int_not_equal(access("/proc", F_OK), 0);
	log_in_child(logins);
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

/* As Postfix does it: libraries and plugins are there, files no longer. */
TEST_IF(is_root, soak__chroot_between_start_and_login__all_log_in, NULL, NULL)
{
	unsigned logins = 0;

	assert_non_null(mkdtemp(jail));
	library_open_usual();
	child_fill(log_in_below, &logins, sizeof(logins));
	rmdir(jail);
	assert_int_equal(logins, 12);
	library_close();
}

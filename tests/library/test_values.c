/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Whatever a store holds for a user, how much of it, and how long it is: a
 * login that is refused costs no more than two seconds of the processor and
 * three lines of the log. Slow hashes are counted in test_password_work.
 */
#include "config.h"

#include <time.h>

#include "library/library.h"
#include "support/test.h"

enum {
	MANY = 3900,  /* of short ones */
	SOME = 300,   /* of long ones, with */
	LONG = 65535, /* octets, which no line of a file has; and one of */
	ENORMOUS = 4 << 20, /* octets */
	SECONDS = 2,
	LINES = 3,
};

static const struct {
	const char *property;
	const char *start; /* of a value */
	char rest;	   /* what follows it, as often as it is long */
	unsigned count;
	size_t len; /* 0: the start alone, and its number */
} cases[] = {
	{ PASSWORD, "white-rabbit", 0, MANY, 0 },
	{ PASSWORD, "{PLAIN}white-rabbit", 0, MANY, 0 },
	{ PASSWORD, "{SSHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=", 0, MANY, 0 },
	{ PASSWORD, "{SSHA}?", 0, MANY, 0 },
	{ PASSWORD, "!{SSHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=", 0, MANY, 0 },
	{ PASSWORD, "{NOSUCH}tiY7sUhYKUwI5L3866kDY+ENcrQ=", 0, MANY, 0 },
	{ PASSWORD, "{DECOY}:$1$saltsalt$x", 0, MANY, 0 },
	{ PASSWORD, "x", 'x', SOME, LONG },
	{ PASSWORD, "{SSHA}", 'x', SOME, LONG },
	{ PASSWORD, "{", '{', SOME, LONG },
	{ PASSWORD, "!", '*', SOME, LONG },
	{ PASSWORD, "$6$", ' ', SOME, LONG },
	{ PASSWORD, "{DECOY}", 'x', SOME, LONG },
	{ PASSWORD, "x", 'x', 8, ENORMOUS },
	{ PASSWORD, "$6$", '$', 8, ENORMOUS },
	{ HASH, "{SSHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=", 0, MANY, 0 },
	{ HASH, "white-rabbit", 0, MANY, 0 },
	{ HASH, "{SSHA512}", 'x', SOME, LONG },
	{ HASH, "{SSHA512}", 'x', 8, ENORMOUS },
	{ STATE, WONDERLAND_STATE, 0, MANY, 0 },
	{ STATE, WONDERLAND_STATE, ' ', SOME, LONG },
	{ STATE, "0", '0', SOME, LONG },
	{ STATE, "0", '0', 8, ENORMOUS },
};

static struct library_row rows[MANY + 1];
static char *texts;

static void
fill(size_t n)
{
	size_t len = cases[n].len > 0 ? cases[n].len : strlen(cases[n].start);
	unsigned i, count = cases[n].len > 0 ? 1 : cases[n].count;
	size_t room = len + 16;

	texts = calloc(count, room);
	assert_non_null(texts);
	for (i = 0; i < count; i++) {
		memset(texts + i * room, cases[n].rest, len);
		memcpy(
		    texts + i * room, cases[n].start, strlen(cases[n].start));
		if (cases[n].len == 0 && strcmp(cases[n].property, STATE) != 0)
			sprintf(texts + i * room + len, "%u", i);
	}
	memset(rows, 0, sizeof(rows));
	for (i = 0; i < cases[n].count; i++)
		rows[i] = (struct library_row) { "alice", cases[n].property,
			texts + i % count * room };
	library_store_fill(rows);
}

/* The first login of a process reads a file, and says what is wrong there. */
static void
refused(size_t n, const char *mechanism)
{
	unsigned lines = library_lines;
	clock_t begun = clock();
	double seconds;

	assert_int_equal(
	    library_login(mechanism, "alice", "mock-turtle"), SASL_BADAUTH);
	seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
	if (seconds >= (double)SECONDS || library_lines - lines > LINES)
		fail_msg("%s, %u of %s %.20s: %.2f s, %u lines", mechanism,
		    cases[n].count, cases[n].property, cases[n].start, seconds,
		    library_lines - lines);
}

TEST(values__any_number_and_length__cost_two_seconds_and_three_lines)
{
	size_t i, n;

	library_open_usual();
	for (n = 0; n < COUNT_OF(cases); n++) {
		fill(n);
		for (i = 0; i < COUNT_OF(library_mechanisms); i++)
			if (library_mechanisms[i] != NULL)
				refused(n, library_mechanisms[i]);
		library_store_fill(library_store_usual);
		free(texts);
	}
	library_close();
}

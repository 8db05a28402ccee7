/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The costs of crypt(3)'s strings.
 */
#include "config.h"

#include <crypt.h>

#include "host/fake_alloc.h"
#include "secrets/scheme_family.h"
#include "support/stored.h"
#include "support/test.h"

#define MEBI   ((ssize_t)1 << 20)
#define ARGON2 "$argon2id$v=19$"

static const struct {
	const char *crypt;
	ssize_t cost;
} costs[] = {
	{ "s6wIRSixUZJBU", 0 },
	{ "_zzzzsaltNIAhpZUxv9w", 0 },
	{ "$1$saltstri$x", 0 },
	{ "$3$$x", 0 },
	{ "$2b$04$x", 0 },
	{ "$2b$16$x", 0 },
	{ "$2b$17$x", -1 },
	{ "$2a$31$x", -1 },
	{ "$2x$17$x", -1 },
	{ "$2y$99$x", -1 },
	{ "$2b$", -1 },
	{ "$2b$+5$x", -1 },
	{ "$2b$0:$x", -1 },
	{ "$5$salt$x", 0 },
	{ "$5$rounds=10000000$salt$x", 0 },
	{ "$5$rounds=10000001$salt$x", -1 },
	{ "$6$rounds=999999999$salt$x", -1 },
	{ "$6$rounds=5000", -1 },
	{ "$6$rounds=", -1 },
	{ "$6$rounds=+5000$salt$x", -1 },
	{ "$sha1$10000000$x", 0 },
	{ "$sha1$4294967295$x", -1 },
	{ "$sha1$+30000000$x", -1 },
	{ "$sha1$ 30000000$x", -1 },
	{ "$sha1$030000000$x", -1 },
	{ "$md5,rounds=2000000$x", 0 },
	{ "$md5,rounds=2000001$x", -1 },
	{ "$md5$rounds=2000000$x", 0 },
	{ "$md5$rounds=2000001$x", -1 },
	{ "$md5$x", 0 },
	{ "$nosuch$x", -1 },
	{ "$", -1 },
	{ "", -1 },
	{ "x", -1 },
	{ "x:xxxxxxxxxxx", -1 },

	/* Flavour, log2 N less 1, r less 1; r of 32 is a T. */
	{ "$y$j9T$x", 16 * MEBI },
	{ "$y$jFT$x", 1024 * MEBI },
	{ "$y$jGT$x", -1 },
	{ "$y$jF.$x", 32 * MEBI },
	{ "$y$jzT$x", -1 }, /* more digits than it needs */
	{ "$y$j9z$x", -1 },
	{ "$y$z9T$x", -1 },
	/* Then '.' and p less 2, '/' and t less 1, '0' and both. */
	{ "$y$jFT.0$x", 1024 * MEBI }, /* p of 4: 4 GiB in all */
	{ "$y$jFT.1$x", -1 },
	{ "$y$jFT/0$x", 1024 * MEBI }, /* t of 3 */
	{ "$y$jFT/1$x", -1 },
	{ "$y$jFT0..$x", 1024 * MEBI }, /* p of 2, t of 1 */
	{ "$y$jFT0./$x", -1 },
	{ "$y$jFT0/.$x", -1 },
	{ "$y$jFT0.i$x", -1 },
	{ "$y$j9T0.w.$x", -1 },
	{ "$y$j9T0.$x", -1 },
	{ "$y$j9T.z$x", -1 },
	{ "$y$j9T1.$x", -1 }, /* what crypt(3) has no use for */
	{ "$y$j9T1$x", -1 },
	{ "$y$j9T..", -1 },
	{ "$gy$jGT$x", -1 },
	{ "$y$", -1 },
	{ "$y$j9!$x", -1 },

	/* log2 N, then r and p of five digits. */
	{ "$7$CU..../....x", 64 * MEBI },
	{ "$7$GU..../....x", 1024 * MEBI },
	{ "$7$HU..../....x", -1 },
	{ "$7$GU....2....x", 1024 * MEBI }, /* p of 4: 4 GiB in all */
	{ "$7$GU....3....x", -1 },	    /* p of 5 */
	{ "$7$S/..../....x", -1 },	    /* N of 2^30 */
	{ "$7$zzzzzzzzzzzx", -1 },
	{ "$7$.zzzzz/....x", -1 }, /* r of 2^30 less 1 */
	{ "$7$C...../....x", -1 },
	{ "$7$CU....", -1 },
};

static ssize_t
cost_of(const char *text, size_t len)
{
	unsigned microseconds;

	return scheme_cost(bytes_of(text, len), 0, &microseconds);
}

TEST(scheme_cost__string_of_crypt__is_judged_by_its_cost)
{
	size_t i, len;
	char *exact;

	for (i = 0; i < COUNT_OF(costs); i++) {
		len = strlen(costs[i].crypt);
		exact = guarded_copy(costs[i].crypt, len);
		if (cost_of(exact, len) != costs[i].cost)
			fail_msg("wrong about %s", costs[i].crypt);
		guarded_free(exact, len);
	}
}

/* What libcrypt takes, and is cheap, is fair: it is read as libcrypt does. */
static const char *const cheap[] = { "$y$.5T$salt", "$y$/5T$salt",
	"$y$/5T/.$salt", "$y$j5T$salt", "$y$j5T..$salt", "$y$j5T.H$salt",
	"$y$j5T/.$salt", "$y$j5T/9$salt", "$y$j5T0./$salt", "$y$j5T0/9$salt",
	"$gy$j5T$salt", "$7$6U..../....salt", "$2b$04$abcdefghijklmnopqrstuu",
	"$sha1$100$salt", "$md5$salt", "$md5,rounds=100$salt",
	"$md5$rounds=100$salt", "$5$rounds=1000$salt", "$6$salt", "$1$salt",
	"$3$", "_zz..salt", "ab" };

TEST(scheme_cost__what_libcrypt_takes__is_fair)
{
	static struct crypt_data data;
	size_t i;

	for (i = 0; i < COUNT_OF(cheap); i++) {
		memset(&data, 0, sizeof(data));
		if (crypt_rn("wonderland", cheap[i], &data, sizeof(data)) ==
		    NULL)
			fail_msg("libcrypt does not take %s", cheap[i]);
		if (cost_of(data.output, strlen(data.output)) < 0)
			fail_msg("not fair: %s", data.output);
	}
}

/* About so long a hash takes, as was measured; with a password of 64 octets. */
TEST(scheme_cost__each_kind__takes_so_many_microseconds)
{
	static const struct {
		const char *crypt;
		unsigned empty, long_one;
	} cases[] = {
		{ "$y$.9T$x", 38797, 38797 },
		{ "$y$/9T$x", 38797, 38797 },
		{ "$y$j9T$x", 19398, 19398 },
		{ "$gy$j9T$x", 19398, 19398 },
		{ "$y$j9T/0$x", 77594, 77594 },
		{ "$y$j9T.0$x", 77594, 77594 },
		{ "$7$CU..../....x", 155189, 155189 },
		{ "$2a$10$x", 51200, 51200 },
		{ "$2b$10$x", 51200, 51200 },
		{ "$2x$10$x", 51200, 51200 },
		{ "$2y$10$x", 51200, 51200 },
		{ "$6$x$", 3000, 6000 },
		{ "$6$rounds=10000$x$", 6000, 12000 },
		{ "$5$x$", 3000, 6000 },
		{ "$5$rounds=10000$x$", 6000, 12000 },
		{ "$sha1$10000$x", 9000, 9000 },
		{ "$md5,rounds=10000$x", 70480, 70480 },
		{ "$md5$rounds=10000$x", 70480, 70480 },
		{ "$md5$x", 20480, 20480 },
		{ "$1$x$", 300, 600 },
		{ "$3$$x", 5, 5 },
		{ "_J9..x", 108, 108 },
		{ "s6wIRSixUZJBU", 30, 30 },
	};
	unsigned empty, long_one;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		scheme_cost(bytes_str(cases[i].crypt), 0, &empty);
		scheme_cost(bytes_str(cases[i].crypt), 64, &long_one);
		if (empty != cases[i].empty || long_one != cases[i].long_one)
			fail_msg("%s: %u, %u", cases[i].crypt, empty, long_one);
	}
}

/* Each was measured to take more than 2 s of CPU. */
TEST(scheme_work__what_takes_too_long__is_over_the_budget)
{
	static const char *const cases[] = {
		"$y$jK.$saltsaltsalt$0123456789", /* small blocks, all over */
		"$y$.FT$saltsaltsalt$0123456789", /* scrypt's own flavours */
		"$y$/FT$saltsaltsalt$0123456789",
		"$7$K/..../....SodiumChloride$0123456789",
		"$sha1$2800000$saltsalt$0123456789",
		"{PBKDF2}$1$saltsalt$5000000$c2FsdA", /* Dovecot's */
		"{PBKDF2-SHA512}3390000$c2FsdHNhbHQ$c2FsdA",
		"pbkdf2:sha512:3390000$saltsalt$c2FsdA",
		"pbkdf2_sha256$5000000$saltsalt$c2FsdA", /* Django's */
		"SCRAM-SHA-256$5000000:c2FsdHNhbHQ=$c2FsdA==:c2FsdA==",
	};
	struct stored s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		s = stored_of(bytes_str(cases[i]));
		assert_true(scheme_is_slow(&s));
		if (scheme_work(&s, SCHEME_USUAL_PASSWORD) <= SCHEME_BUDGET)
			fail_msg("%s would be checked", cases[i]);
	}
}

/* The highest number that is read, and one more. */
TEST(scheme_work__highest_number__is_the_last_that_is_read)
{
	static const char *const cases[][2] = {
		{ "{PBKDF2-SHA256}10000000$c2FsdHNhbHQ$c2FsdA",
		    "{PBKDF2-SHA256}10000001$c2FsdHNhbHQ$c2FsdA" },
		{ "{SCRAM-SHA-256}10000000,c2FsdHNhbHQ,c2FsdA",
		    "{SCRAM-SHA-256}10000001,c2FsdHNhbHQ,c2FsdA" },
		{ ARGON2 "m=1048576,t=4,p=1$c2FsdHNhbHQ$c2FsdA",
		    ARGON2 "m=1048576,t=5,p=1$c2FsdHNhbHQ$c2FsdA" },
		{ ARGON2 "m=1048576,t=1,p=1$c2FsdHNhbHQ$c2FsdA",
		    ARGON2 "m=1048577,t=1,p=1$c2FsdHNhbHQ$c2FsdA" },
		{ ARGON2 "m=2040,t=1,p=255$c2FsdHNhbHQ$c2FsdA",
		    ARGON2 "m=2048,t=1,p=256$c2FsdHNhbHQ$c2FsdA" },
	};
	struct stored s;
	size_t i, k;

	for (i = 0; i < COUNT_OF(cases); i++)
		for (k = 0; k < 2; k++) {
			s = stored_of(bytes_str(cases[i][k]));
			assert_true(scheme_is_slow(&s));
			if ((scheme_work(&s, 8) > 1) != (k == 0))
				fail_msg("wrong about %s", cases[i][k]);
		}
}

/* The rounds of these kinds hash the password again and again. */
TEST(scheme_work__long_password__counts_where_it_takes_longer)
{
	static const struct {
		const char *value;
		bool grows;
	} cases[] = {
		{ "$6$saltstring$0123456789", true },
		{ "$5$saltstring$0123456789", true },
		{ "$1$saltstri$0123456789abc", true },
		{ "$2b$10$0123456789abcdefghij", false },
		{ "$y$j9T$0123456789$abcdefghij", false },
	};
	struct stored s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		s = stored_of(bytes_str(cases[i].value));
		assert_int_equal(scheme_work(&s, 512) > 4 * scheme_work(&s, 8),
		    cases[i].grows);
	}
}

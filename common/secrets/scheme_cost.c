/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The costs that strings of crypt(3) begin with, as crypt(5) has them. libcrypt
 * does whatever a string says, and users of a directory may often write theirs.
 */
#include "config.h"

#include <limits.h>
#include <stdint.h>

#include "base/scan.h"
#include "secrets/scheme_family.h"

enum {
	MAX_DOUBLINGS = 16, /* of bcrypt */
	BLOCK = 128,	    /* octets; of scrypt there are 2^N of r of them */
	LATENCY = 640,	    /* octets that go by while one is waited for */
	ONE_DIGIT = 48,	    /* yescrypt: greater values have more digits */
};

enum { PREFIX = 8 }; /* octets, with a NUL */

/* A row of the table, without pointers: see struct scheme_form. */
struct cost {
	char prefix[PREFIX];
	unsigned char reader; /* of what follows */
	bool grows;	      /* with the length of the password */
	unsigned short work;  /* units of the kind, if none are named; and */
	unsigned short more;  /* those that come with the named ones */
	unsigned most;	      /* that may be named; or digits */
	unsigned nanoseconds; /* of a unit, about */
};

static ssize_t
rounds(struct bytes in, const struct cost *cost, uint64_t *work)
{
	unsigned n;

	if (scan_number(&in, cost->most, &n) < 0)
		return -1;
	*work = (uint64_t)n + cost->more;
	return scan_text(&in, "$");
}

static ssize_t
named_rounds(struct bytes in, const struct cost *cost, uint64_t *work)
{
	return scan_text(&in, "rounds=") < 0 ? 0 : rounds(in, cost, work);
}

static ssize_t
doublings(struct bytes in, const struct cost *cost, uint64_t *work)
{
	int n;

	(void)cost;
	if (in.len < 2 || !scan_made_of(bytes_of(in.data, 2), "09"))
		return -1;
	n = (in.data[0] - '0') * 10 + in.data[1] - '0';
	*work = UINT64_C(1) << (n & 63);
	return n > MAX_DOUBLINGS ? -1 : 0;
}

/* Take a number of `n` digits in crypt(3)'s own base64, the lowest first. */
static int
digits(struct bytes *in, int n, uint64_t *value)
{
	static const char all[] = "./0123456789"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz";
	const char *at;
	int i;

	*value = 0;
	for (i = 0; i < n; i++, *in = bytes_after(*in, 1)) {
		at = in->len > 0 ? memchr(all, *in->data, sizeof(all) - 1)
				 : NULL;
		if (at == NULL)
			return -1;
		*value |= (uint64_t)(at - all) << 6 * i;
	}
	return 0;
}

/* 2^n_log2 of r blocks, so many times. */
static ssize_t
blocks(uint64_t n_log2, uint64_t r, uint64_t passes, uint64_t *work)
{
	uint64_t most = (UINT64_C(1) << 30) / BLOCK; /* a gibibyte */
	uint64_t all = (UINT64_C(1) << 32) / BLOCK;  /* by passes over them */

	if (r == 0 || r > most >> n_log2 || passes > (all >> n_log2) / r)
		return -1;
	*work = ((r * BLOCK + LATENCY) << n_log2) * passes;
	return (ssize_t)((r << n_log2) * BLOCK);
}

static ssize_t
scrypt(struct bytes in, const struct cost *cost, uint64_t *work)
{
	uint64_t n_log2, r, p;

	(void)cost;
	if (digits(&in, 1, &n_log2) < 0 || digits(&in, 5, &r) < 0 ||
	    digits(&in, 5, &p) < 0)
		return -1;
	return blocks(n_log2, r, p, work);
}

/* One of yescrypt's numbers, which are stored less the least they can be. */
static int
number(struct bytes *in, uint64_t least, uint64_t *n)
{
	if (digits(in, 1, n) < 0 || *n >= ONE_DIGIT)
		return -1;
	*n += least;
	return 0;
}

static ssize_t
yescrypt(struct bytes in, const struct cost *cost, uint64_t *work)
{
	enum { HAS_P = 1, HAS_T = 2, FIRST_OWN = 2 };
	uint64_t flavour, n_log2, r, has = 0, p = 1, t = 0;
	ssize_t memory;

	(void)cost;
	if (number(&in, 0, &flavour) < 0 || number(&in, 1, &n_log2) < 0 ||
	    number(&in, 1, &r) < 0)
		return -1;
	if (scan_text(&in, "$") < 0 &&
	    (number(&in, 1, &has) < 0 || has > (HAS_P | HAS_T) ||
		((has & HAS_P) && number(&in, 2, &p) < 0) ||
		((has & HAS_T) && number(&in, 1, &t) < 0) ||
		scan_text(&in, "$") < 0))
		return -1;
	memory = blocks(n_log2, r, p * (t + 1), work);
	if (flavour < FIRST_OWN) /* scrypt, which is slower */
		*work *= 2;
	return memory;
}

/* Digits of rounds; or of salt, if the work is the same for every string. */
static ssize_t
first_digits(struct bytes in, const struct cost *cost, uint64_t *work)
{
	uint64_t salt;

	return digits(&in, (int)cost->most, cost->work == 0 ? work : &salt);
}

enum { YESCRYPT, SCRYPT, DOUBLINGS, ROUNDS, NAMED_ROUNDS, FIRST_DIGITS };

/* As scheme_cost(), of what follows the prefix; *work is set already. */
static ssize_t (*const readers[])(
    struct bytes in, const struct cost *cost, uint64_t *work) = {
	[YESCRYPT] = yescrypt,
	[SCRYPT] = scrypt,
	[DOUBLINGS] = doublings,
	[ROUNDS] = rounds,
	[NAMED_ROUNDS] = named_rounds,
	[FIRST_DIGITS] = first_digits,
};

static const struct cost costs[] = {
	{ "$y$", YESCRYPT, false, 0, 0, 0, 1 },
	{ "$gy$", YESCRYPT, false, 0, 0, 0, 1 },
	{ "$7$", SCRYPT, false, 0, 0, 0, 2 },
	{ "$2a$", DOUBLINGS, false, 0, 0, 0, 50000 },
	{ "$2b$", DOUBLINGS, false, 0, 0, 0, 50000 },
	{ "$2x$", DOUBLINGS, false, 0, 0, 0, 50000 },
	{ "$2y$", DOUBLINGS, false, 0, 0, 0, 50000 },
	{ "$6$", NAMED_ROUNDS, true, 5000, 0, 10000000, 600 },
	{ "$5$", NAMED_ROUNDS, true, 5000, 0, 10000000, 600 },
	{ "$sha1$", ROUNDS, false, 0, 0, 10000000, 900 },
	{ "$md5,", NAMED_ROUNDS, false, 4096, 4096, 2000000, 5000 },
	{ "$md5$", NAMED_ROUNDS, false, 4096, 4096, 2000000, 5000 },
	{ "$1$", FIRST_DIGITS, true, 1, 0, 0, 300000 },
	{ "$3$", FIRST_DIGITS, false, 1, 0, 0, 5000 },
	{ "_", FIRST_DIGITS, false, 0, 0, 4, 150 },
	{ "", FIRST_DIGITS, false, 1, 0, 2, 30000 },
};

ssize_t
scheme_cost(struct bytes crypt, size_t password_len, unsigned *microseconds)
{
	const struct cost *cost = costs;
	uint64_t work;
	ssize_t memory;

	while (scan_text(&crypt, cost->prefix) < 0)
		cost++;
	work = cost->work;
	memory = readers[cost->reader](crypt, cost, &work);
	work = work * cost->nanoseconds / 1000;
	if (cost->grows)
		work += work * password_len / 64;
	*microseconds = work < UINT_MAX ? (unsigned)work : UINT_MAX;
	return memory;
}

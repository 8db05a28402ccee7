/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The costs that strings of crypt(3) begin with, as crypt(5) has them. libcrypt
 * does whatever a string says, and users of a directory may often write their
 * own: one that says a week would keep a mail server busy for a week.
 */
#include "config.h"

#include <limits.h>
#include <stdint.h>

#include "base/scan.h"
#include "secrets/scheme_family.h"

enum {
	MAX_ROUNDS = 10000000,	  /* of a digest */
	MAX_SUN_ROUNDS = 2000000, /* each of them costs more */
	MAX_DOUBLINGS = 16,	  /* of bcrypt */
	SHA_ROUNDS = 5000,	  /* if none are named */
	SUN_ROUNDS = 4096,	  /* besides those that are named */
	MAX_MEMORY_LOG2 = 30,	  /* octets */
	MAX_WORK_LOG2 = 32,	  /* octets, by passes over them */

	SCRYPT_BLOCK = 128, /* octets; there are 2^N of r of them */
	SCRYPT_DIGITS = 5,  /* of a number of 30 bits */
	ONE_DIGIT = 48,	    /* yescrypt: greater values have more digits */

	HAS_P = 1,
	HAS_T = 2,
	HAS_BOTH = HAS_P | HAS_T, /* and there is no more that crypt(3) takes */
};

/*
 * As scheme_cost(), after the prefix. What is not understood costs too much.
 * *work is in units of the kind: see the table.
 */
typedef ssize_t cost_fn(struct bytes in, uint64_t *work);

static ssize_t
at_most(struct bytes in, unsigned most, uint64_t *work)
{
	unsigned n;

	if (scan_number(&in, most, &n) < 0)
		return -1;
	*work = n;
	return scan_text(&in, "$");
}

static ssize_t
rounds(struct bytes in, uint64_t *work)
{
	return at_most(in, MAX_ROUNDS, work);
}

static ssize_t
named_rounds(struct bytes in, uint64_t *work)
{
	*work = SHA_ROUNDS;
	return scan_text(&in, "rounds=") < 0 ? 0 : rounds(in, work);
}

static ssize_t
named_sun_rounds(struct bytes in, uint64_t *work)
{
	ssize_t memory = 0;

	*work = 0;
	if (scan_text(&in, "rounds=") == 0)
		memory = at_most(in, MAX_SUN_ROUNDS, work);
	*work += SUN_ROUNDS;
	return memory;
}

static bool
is_decimal(char c)
{
	return c >= '0' && c <= '9';
}

static ssize_t
doublings(struct bytes in, uint64_t *work)
{
	if (in.len < 2 || !is_decimal(in.data[0]) || !is_decimal(in.data[1]) ||
	    (in.data[0] - '0') * 10 + in.data[1] - '0' > MAX_DOUBLINGS)
		return -1;
	*work = UINT64_C(1) << ((in.data[0] - '0') * 10 + in.data[1] - '0');
	return 0;
}

/* The same for every string. */
static ssize_t
little(struct bytes in, uint64_t *work)
{
	(void)in;
	*work = 1;
	return 0;
}

/* crypt(3)'s own base64; -1 if it is none. */
static int
digit(struct bytes *in)
{
	static const char digits[] = "./0123456789"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz";
	const char *at;

	if (in->len == 0)
		return -1;
	at = memchr(digits, *in->data, sizeof(digits) - 1);
	*in = bytes_after(*in, 1);
	return at == NULL ? -1 : (int)(at - digits);
}

/* 2^n_log2 of r blocks, so many times. */
static ssize_t
blocks(int n_log2, uint64_t r, uint64_t passes, uint64_t *work)
{
	uint64_t most = (UINT64_C(1) << MAX_MEMORY_LOG2) / SCRYPT_BLOCK;
	uint64_t all = (UINT64_C(1) << MAX_WORK_LOG2) / SCRYPT_BLOCK;

	if (r == 0 || r > most >> n_log2 || passes > (all >> n_log2) / r)
		return -1;
	*work = (r << n_log2) * SCRYPT_BLOCK * passes;
	return (ssize_t)((r << n_log2) * SCRYPT_BLOCK);
}

/* N, then r and p of five digits, the lowest first. */
static ssize_t
scrypt(struct bytes in, uint64_t *work)
{
	int n_log2 = digit(&in), i, d;
	uint64_t numbers[2] = { 0, 0 };

	for (i = 0; i < 2 * SCRYPT_DIGITS; i++) {
		d = digit(&in);
		if (d < 0)
			return -1;
		numbers[i / SCRYPT_DIGITS] |= (uint64_t)d
					      << 6 * (i % SCRYPT_DIGITS);
	}
	if (n_log2 < 0)
		return -1;
	return blocks(n_log2, numbers[0], numbers[1], work);
}

/* One of yescrypt's numbers, which are stored less the least they can be. */
static int
number(struct bytes *in, int least, int *n)
{
	int d = digit(in);

	if (d < 0 || d >= ONE_DIGIT)
		return -1;
	*n = d + least;
	return 0;
}

/* Which of p and t there are, and these, if there is anything. */
static int
yescrypt_more(struct bytes *in, int *p, int *t)
{
	int has;

	if (in->len > 0 && *in->data == '$')
		return 0;
	if (number(in, 1, &has) < 0 || has > HAS_BOTH)
		return -1;
	if (has & HAS_P && number(in, 2, p) < 0)
		return -1;
	return has & HAS_T ? number(in, 1, t) : 0;
}

static ssize_t
yescrypt(struct bytes in, uint64_t *work)
{
	int flavour, n, r, p = 1, t = 0;

	if (number(&in, 0, &flavour) < 0 || number(&in, 1, &n) < 0 ||
	    number(&in, 1, &r) < 0 || yescrypt_more(&in, &p, &t) < 0 ||
	    scan_text(&in, "$") < 0)
		return -1;
	return blocks(n, (uint64_t)r, (uint64_t)p * ((uint64_t)t + 1), work);
}

/* 24 bits of rounds, the lowest first. */
static ssize_t
bsdi(struct bytes in, uint64_t *work)
{
	int i, d;

	*work = 0;
	for (i = 0; i < 4; i++) {
		d = digit(&in);
		*work |= (uint64_t)(d < 0 ? 0 : d) << 6 * i;
	}
	return 0;
}

/* Traditional ones begin with two digits of salt. */
static ssize_t
traditional(struct bytes in, uint64_t *work)
{
	int i;

	*work = 1;
	for (i = 0; i < 2; i++)
		if (digit(&in) < 0)
			return -1;
	return 0;
}

static const struct {
	const char *prefix;
	cost_fn *cost;
	unsigned nanoseconds; /* of a unit, about */
	bool grows;	      /* with the length of the password */
} costs[] = {
	{ "$y$", yescrypt, 1, false },
	{ "$gy$", yescrypt, 1, false },
	{ "$7$", scrypt, 3, false },
	{ "$2a$", doublings, 50000, false },
	{ "$2b$", doublings, 50000, false },
	{ "$2x$", doublings, 50000, false },
	{ "$2y$", doublings, 50000, false },
	{ "$6$", named_rounds, 600, true },
	{ "$5$", named_rounds, 600, true },
	{ "$sha1$", rounds, 600, false },
	{ "$md5,", named_sun_rounds, 5000, false },
	{ "$md5$", named_sun_rounds, 5000, false },
	{ "$1$", little, 300000, true },
	{ "$3$", little, 5000, false },
	{ "_", bsdi, 150, false },
	{ "", traditional, 30000, false },
};

ssize_t
scheme_cost(struct bytes crypt, size_t password_len, unsigned *microseconds)
{
	size_t i = 0;
	uint64_t work = 0;
	ssize_t memory;

	while (scan_text(&crypt, costs[i].prefix) < 0)
		i++;
	memory = costs[i].cost(crypt, &work);
	work = work * costs[i].nanoseconds / 1000;
	if (costs[i].grows)
		work += work * password_len / 64;
	*microseconds = work < UINT_MAX ? (unsigned)work : UINT_MAX;
	return memory;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The costs that strings of crypt(3) begin with, as crypt(5) has them.
 */
#include "config.h"

#include <stdint.h>

#include "base/scan.h"
#include "secrets/scheme_cost.h"

enum {
	MAX_ROUNDS = 10000000,	  /* of a digest */
	MAX_SUN_ROUNDS = 2000000, /* each of them is dearer */
	MAX_DOUBLINGS = 16,	  /* of bcrypt */
	MAX_MEMORY_LOG2 = 30,	  /* octets */
	MAX_WORK_LOG2 = 32,	  /* octets, by passes over them */

	SCRYPT_BLOCK = 128, /* octets; there are 2^N of r of them */
	SCRYPT_DIGITS = 5,  /* of a number of 30 bits */
	ONE_DIGIT = 48,	    /* yescrypt: greater values have more digits */

	HAS_P = 1,
	HAS_T = 2,
	HAS_BOTH = HAS_P | HAS_T, /* and there is no more that crypt(3) takes */
};

/* As scheme_cost(), behind the prefix. What is not understood is too dear. */
typedef ssize_t cost_fn(struct bytes in);

static ssize_t
at_most(struct bytes in, unsigned most)
{
	unsigned n;

	if (scan_number(&in, most, &n) < 0)
		return -1;
	return scan_text(&in, "$");
}

static ssize_t
rounds(struct bytes in)
{
	return at_most(in, MAX_ROUNDS);
}

static ssize_t
named_rounds(struct bytes in)
{
	return scan_text(&in, "rounds=") < 0 ? 0 : rounds(in);
}

static ssize_t
named_sun_rounds(struct bytes in)
{
	return scan_text(&in, "rounds=") < 0 ? 0 : at_most(in, MAX_SUN_ROUNDS);
}

static bool
is_decimal(char c)
{
	return c >= '0' && c <= '9';
}

static ssize_t
doublings(struct bytes in)
{
	if (in.len < 2 || !is_decimal(in.data[0]) || !is_decimal(in.data[1]) ||
	    (in.data[0] - '0') * 10 + in.data[1] - '0' > MAX_DOUBLINGS)
		return -1;
	return 0;
}

/* The same for every string, or two seconds at most, as the 24 bits of `_'. */
static ssize_t
little(struct bytes in)
{
	(void)in;
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
blocks(int n_log2, uint64_t r, uint64_t passes)
{
	uint64_t most = (UINT64_C(1) << MAX_MEMORY_LOG2) / SCRYPT_BLOCK;
	uint64_t work = (UINT64_C(1) << MAX_WORK_LOG2) / SCRYPT_BLOCK;

	if (r == 0 || r > most >> n_log2 || passes > (work >> n_log2) / r)
		return -1;
	return (ssize_t)((r << n_log2) * SCRYPT_BLOCK);
}

/* N, then r and p of five digits, the lowest first. */
static ssize_t
scrypt(struct bytes in)
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
	return blocks(n_log2, numbers[0], numbers[1]);
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
yescrypt(struct bytes in)
{
	int flavour, n, r, p = 1, t = 0;

	if (number(&in, 0, &flavour) < 0 || number(&in, 1, &n) < 0 ||
	    number(&in, 1, &r) < 0 || yescrypt_more(&in, &p, &t) < 0 ||
	    scan_text(&in, "$") < 0)
		return -1;
	return blocks(n, (uint64_t)r, (uint64_t)p * ((uint64_t)t + 1));
}

static const struct {
	const char *prefix;
	cost_fn *cost;
} costs[] = {
	{ "$y$", yescrypt },
	{ "$gy$", yescrypt },
	{ "$7$", scrypt },
	{ "$2a$", doublings },
	{ "$2b$", doublings },
	{ "$2x$", doublings },
	{ "$2y$", doublings },
	{ "$6$", named_rounds },
	{ "$5$", named_rounds },
	{ "$sha1$", rounds },
	{ "$md5,", named_sun_rounds },
	{ "$md5$", named_sun_rounds },
	{ "$1$", little },
	{ "$3$", little },
	{ "_", little },
};

/* Traditional ones begin with two digits of salt. */
static ssize_t
traditional(struct bytes in)
{
	int i;

	for (i = 0; i < 2; i++)
		if (digit(&in) < 0)
			return -1;
	return 0;
}

ssize_t
scheme_cost(struct bytes crypt)
{
	size_t i;

	for (i = 0; i < sizeof(costs) / sizeof(costs[0]); i++)
		if (scan_text(&crypt, costs[i].prefix) == 0)
			return costs[i].cost(crypt);
	return traditional(crypt);
}

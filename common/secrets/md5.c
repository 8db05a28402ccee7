/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * MD5: see md5.h. The names are those of RFC 1321, section 3.
 */
#include "config.h"

#include <endian.h>

#include "base/secret.h"
#include "secrets/md5.h"

enum { STEPS = 64, LENGTH = 8 /* octets of a length, after the padding */ };

/* The integer part of 2^32 * abs(sin(i)), for i from 1 on. */
static const uint32_t sines[STEPS] = { 0xd76aa478, 0xe8c7b756, 0x242070db,
	0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
	0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e,
	0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
	0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
	0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
	0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60,
	0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
	0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7,
	0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f,
	0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
	0xeb86d391 };

/* By how much each of a round's steps rotates. */
static const unsigned char turns[4][4] = {
	{ 7, 12, 17, 22 },
	{ 5, 9, 14, 20 },
	{ 4, 11, 16, 23 },
	{ 6, 10, 15, 21 },
};

/* Which word of the block each of a round's steps takes. */
static const unsigned char first[4] = { 0, 1, 5, 0 };
static const unsigned char stride[4] = { 1, 5, 3, 7 };

/*
 * One step. The sums stand so that as much as possible is done before `b`, the
 * result of the step before, is there; G is a sum, as its halves share no bit.
 */
static inline __attribute__((always_inline)) void
step(uint32_t v[MD5_WORDS], unsigned i, const unsigned char *block)
{
	unsigned round = i / 16, turn = turns[round][i % 4];
	uint32_t a = v[-i & 3], b = v[(1 - i) & 3];
	uint32_t c = v[(2 - i) & 3], d = v[(3 - i) & 3], word;

	memcpy(&word, block + 4 * ((first[round] + i * stride[round]) & 15), 4);
	a += sines[i] + le32toh(word);
	if (round == 0)
		a += d ^ (b & (c ^ d));
	else if (round == 1)
		a += (c & ~d) + (b & d);
	else if (round == 2)
		a += (c ^ d) ^ b;
	else
		a += c ^ (b | ~d);
	v[-i & 3] = (a << turn | a >> (32 - turn)) + b;
}

static inline __attribute__((always_inline)) void
add(uint32_t state[MD5_WORDS], const uint32_t v[MD5_WORDS])
{
	int i;

	for (i = 0; i < MD5_WORDS; i++)
		state[i] += v[i];
}

/* What the loops below unroll to has the tables' entries in its code. */
static SECRET_LEAF void
one(uint32_t state[MD5_WORDS], const unsigned char *block)
{
	uint32_t v[MD5_WORDS] = { state[0], state[1], state[2], state[3] };
	unsigned i;

#pragma GCC unroll 64
	for (i = 0; i < STEPS; i++)
		step(v, i, block);
	add(state, v);
}

SECRET_LEAF void
md5_pair(uint32_t left[MD5_WORDS], const unsigned char *left_block,
    uint32_t right[MD5_WORDS], const unsigned char *right_block)
{
	uint32_t l[MD5_WORDS] = { left[0], left[1], left[2], left[3] };
	uint32_t r[MD5_WORDS] = { right[0], right[1], right[2], right[3] };
	unsigned i;

#pragma GCC unroll 64
	for (i = 0; i < STEPS; i++) {
		step(l, i, left_block);
		step(r, i, right_block);
	}
	add(left, l);
	add(right, r);
}

void
md5_start(uint32_t state[MD5_WORDS])
{
	state[0] = 0x67452301;
	state[1] = 0xefcdab89;
	state[2] = 0x98badcfe;
	state[3] = 0x10325476;
}

void
md5_end(uint32_t state[MD5_WORDS], uint64_t before, struct bytes rest,
    unsigned char digest[MD5_DIGEST])
{
	uint64_t bits = htole64((before + rest.len) * 8);
	unsigned char last[MD5_BLOCK];
	int i;

	for (; rest.len >= MD5_BLOCK; rest = bytes_after(rest, MD5_BLOCK))
		one(state, (const unsigned char *)rest.data);
	memset(last, 0, sizeof(last));
	if (rest.len > 0)
		memcpy(last, rest.data, rest.len);
	last[rest.len] = 0x80;
	if (rest.len >= MD5_BLOCK - LENGTH) {
		one(state, last);
		memset(last, 0, sizeof(last));
	}
	memcpy(last + MD5_BLOCK - LENGTH, &bits, sizeof(bits));
	one(state, last);
	for (i = 0; i < MD5_WORDS; i++)
		state[i] = htole32(state[i]);
	memcpy(digest, state, MD5_DIGEST);
}

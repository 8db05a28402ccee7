/*
 * The costs that strings of crypt(3) begin with, as crypt(5) has them.
 */
#include "config.h"

#include <stdint.h>

#include "field.h"
#include "scheme_cost.h"

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
};

/* Behind the prefix: is it fair? */
typedef bool cost_fn(struct bytes in);

static bool
is_at_most(struct bytes in, unsigned most)
{
	unsigned n;

	return in.len == 0 || *in.data < '0' || *in.data > '9' ||
	       field_number(&in, most, &n) == 0;
}

static bool
rounds(struct bytes in)
{
	return is_at_most(in, MAX_ROUNDS);
}

static bool
named_rounds(struct bytes in)
{
	return field_text(&in, "rounds=") < 0 || rounds(in);
}

static bool
named_sun_rounds(struct bytes in)
{
	return field_text(&in, "rounds=") < 0 || is_at_most(in, MAX_SUN_ROUNDS);
}

static bool
doublings(struct bytes in)
{
	return in.len < 2 ||
	       (in.data[0] - '0') * 10 + in.data[1] - '0' <= MAX_DOUBLINGS;
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

static bool
scrypt_is_fair(int n_log2, uint64_t r, uint64_t passes)
{
	uint64_t most = (UINT64_C(1) << MAX_MEMORY_LOG2) / SCRYPT_BLOCK;
	uint64_t work = (UINT64_C(1) << MAX_WORK_LOG2) / SCRYPT_BLOCK;

	return r <= most >> n_log2 && passes <= (work >> n_log2) / r;
}

/* N, then r and p of five digits, the lowest first. */
static bool
scrypt(struct bytes in)
{
	int n_log2 = digit(&in), i, d;
	uint64_t numbers[2] = { 0, 0 };

	for (i = 0; i < 2 * SCRYPT_DIGITS; i++) {
		d = digit(&in);
		if (d < 0)
			return true;
		numbers[i / SCRYPT_DIGITS] |= (uint64_t)d
					      << 6 * (i % SCRYPT_DIGITS);
	}
	if (n_log2 < 0 || numbers[0] == 0)
		return true;
	return scrypt_is_fair(n_log2, numbers[0], numbers[1]);
}

/* The flavour, N and r, then p and t if there are any; each has an offset. */
static bool
yescrypt(struct bytes in)
{
	int flavour = digit(&in), n = digit(&in), r = digit(&in);
	int has = 0, p = 0, t = 0;

	if (in.len > 0 && *in.data != '$')
		has = digit(&in);
	if (flavour < 0 || n < 0 || r < 0 || has < 0)
		return true;
	if (has & HAS_P)
		p = digit(&in) + 1;
	if (has & HAS_T)
		t = digit(&in) + 1;
	if (flavour >= ONE_DIGIT || n >= ONE_DIGIT || r >= ONE_DIGIT ||
	    p > ONE_DIGIT || t > ONE_DIGIT)
		return false;
	return scrypt_is_fair(
	    n + 1, (uint64_t)r + 1, (uint64_t)(p + 1) * (uint64_t)(t + 1));
}

static const struct {
	const char *prefix;
	cost_fn *is_fair;
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
};

bool
scheme_cost_is_fair(struct bytes crypt)
{
	size_t i;

	for (i = 0; i < sizeof(costs) / sizeof(costs[0]); i++)
		if (field_text(&crypt, costs[i].prefix) == 0)
			return costs[i].is_fair(crypt);
	return true;
}

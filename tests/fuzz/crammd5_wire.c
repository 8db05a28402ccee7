/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: the messages of CRAM-MD5, checked a second time in other words.
 * The first octet chooses which. All of a seed's randomness is shown, so two of
 * them never make the same challenge.
 */
#include "config.h"

#include <ctype.h>

#include "crammd5_wire.h"
#include "fuzz.h"

const bool fuzz_is_cheap = true;

_Static_assert(CRAMMD5_HOST_MAX == 255, "RFC 1035, 2.3.4");
_Static_assert(CRAMMD5_ANSWERED_MAX == 1024, "as doc/mechanisms.md says");

/* With the key's block before it, and MD5's padding, they are one block. */
enum { SHORT_HOST = 19, ONE_BLOCK = 64 - 1 - 8 };

/* name SP 32HEXDIG */
static bool
is_response(struct bytes in)
{
	size_t i;

	if (in.len < 1 + CRAMMD5_HEX ||
	    in.data[in.len - CRAMMD5_HEX - 1] != ' ')
		return false;
	for (i = in.len - CRAMMD5_HEX; i < in.len; i++)
		if (strchr("0123456789abcdefABCDEF", in.data[i]) == NULL ||
		    in.data[i] == '\0')
			return false;
	return true;
}

static void
check_response(struct bytes in)
{
	struct crammd5_response response;
	char *out;
	size_t i;
	int result;

	result = crammd5_parse_response(in, &response);
	assert_int_equal(result, is_response(in) ? 0 : -1);
	if (result < 0)
		return;
	assert_ptr_equal(response.authcid.data, in.data);
	assert_int_equal(response.authcid.len, in.len - 1 - CRAMMD5_HEX);
	assert_int_equal(crammd5_response_size(&response), in.len);
	out = guarded_copy(in.data, in.len);
	memset(out, '#', in.len);
	crammd5_print_response(&response, out);
	assert_memory_equal(out, in.data, in.len - CRAMMD5_HEX);
	for (i = in.len - CRAMMD5_HEX; i < in.len; i++)
		assert_int_equal(out[i], tolower((unsigned char)in.data[i]));
	guarded_free(out, in.len);
}

/* Characters from `first` to '~', and none of `except`. */
static bool
has_only(struct bytes in, int first, const char *except)
{
	size_t i;

	for (i = 0; i < in.len; i++)
		if ((unsigned char)in.data[i] < first ||
		    (unsigned char)in.data[i] > '~' ||
		    strchr(except, in.data[i]) != NULL)
			return false;
	return true;
}

static void
check_what_is_answered(struct bytes in)
{
	assert_int_equal(crammd5_is_challenge(in),
	    in.len > 0 && in.len <= CRAMMD5_ANSWERED_MAX &&
		has_only(in, ' ', ""));
}

static void
check_challenge(struct bytes in)
{
	static const char atom[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789-_";
	char out[CRAMMD5_CHALLENGE_MAX], want[CRAMMD5_CHALLENGE_MAX + 1];
	char nonce[CRAMMD5_NONCE];
	struct crammd5_seed seed;
	size_t len, i;

	if (in.len < sizeof(seed))
		return;
	memcpy(&seed, in.data, sizeof(seed));
	in = bytes_after(in, sizeof(seed));
	len = crammd5_print_challenge(&seed, in, out);
	if (in.len == 0 || in.len > CRAMMD5_HOST_MAX ||
	    !has_only(in, '!', "<>")) {
		assert_int_equal(len, 0);
		return;
	}
	for (i = 0; i < CRAMMD5_NONCE; i++)
		nonce[i] = atom[seed.random[i / 11] >> i % 11 * 6 & 63];
	snprintf(want, sizeof(want), "<%.*s.%llu@%.*s>", CRAMMD5_NONCE, nonce,
	    (unsigned long long)seed.seconds, (int)in.len, in.data);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(out, want, len);
	assert_true(crammd5_is_challenge(bytes_of(out, len)));
	if (in.len <= SHORT_HOST && seed.seconds <= 9999999999)
		assert_in_range(len, 1, ONE_BLOCK);
}

void
fuzz_one(struct fuzz_input *in)
{
	static void (*const checks[])(struct bytes) = { check_response,
		check_what_is_answered, check_challenge };
	unsigned which = fuzz_octet(in) % COUNT_OF(checks);
	char *copy = guarded_copy(in->data, in->len);

	checks[which](bytes_of(copy, in->len));
	guarded_free(copy, in->len);
}

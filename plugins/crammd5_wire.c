/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5 on the wire: see crammd5_wire.h.
 */
#include "config.h"

#include "base/consttime.h"
#include "base/encode.h"
#include "crammd5_wire.h"

/* All 11 digits that 64 bits make: so the length says nothing. */
static char *
put_random(char *out, uint64_t bits)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789-_";
	int i;

	for (i = 0; i < CRAMMD5_NONCE / 2; i++, bits >>= 6)
		*out++ = digits[bits & 63];
	return out;
}

static char *
put_number(char *out, uint64_t value)
{
	char digits[20], *first = digits + sizeof(digits);
	size_t n;

	do {
		*--first = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	n = (size_t)(digits + sizeof(digits) - first);
	memcpy(out, first, n);
	return out + n;
}

bool
crammd5_is_challenge(struct bytes in)
{
	uint64_t word, bad = 0;

	if (in.len == 0 || in.len > CRAMMD5_ANSWERED_MAX)
		return false;
	for (; in.len >= sizeof(word); in = bytes_after(in, sizeof(word))) {
		memcpy(&word, in.data, sizeof(word));
		bad |= word | ~consttime_within(
				  word & CONSTTIME_OCTETS(0x7f), ' ', '~');
	}
	for (; in.len > 0; in = bytes_after(in, 1))
		if (in.data[0] < ' ' || in.data[0] > '~')
			return false;
	return (bad & CONSTTIME_OCTETS(0x80)) == 0;
}

/* Printable, and nothing that ends or nests a msg-id. */
static bool
is_host(struct bytes host)
{
	size_t i;
	char c;

	if (host.len == 0 || host.len > CRAMMD5_HOST_MAX)
		return false;
	for (i = 0; i < host.len; i++) {
		c = host.data[i];
		if (c <= ' ' || c > '~' || c == '<' || c == '>')
			return false;
	}
	return true;
}

size_t
crammd5_print_challenge(const struct crammd5_seed *seed, struct bytes host,
    char out[CRAMMD5_CHALLENGE_MAX])
{
	char *end = out;

	if (!is_host(host))
		return 0;
	*end++ = '<';
	end = put_random(end, seed->random[0]);
	end = put_random(end, seed->random[1]);
	*end++ = '.';
	end = put_number(end, seed->seconds);
	*end++ = '@';
	memcpy(end, host.data, host.len);
	end += host.len;
	*end++ = '>';
	return (size_t)(end - out);
}

int
crammd5_parse_response(struct bytes in, struct crammd5_response *response)
{
	const char *hex;

	if (in.len < 1 + CRAMMD5_HEX)
		return -1;
	hex = in.data + in.len - CRAMMD5_HEX;
	if (hex[-1] != ' ' ||
	    hex_decode(bytes_of(hex, CRAMMD5_HEX), response->digest) < 0)
		return -1;
	response->authcid = bytes_of(in.data, in.len - CRAMMD5_HEX - 1);
	return 0;
}

size_t
crammd5_response_size(const struct crammd5_response *response)
{
	return response->authcid.len + 1 + CRAMMD5_HEX;
}

void
crammd5_print_response(const struct crammd5_response *response, char *out)
{
	if (response->authcid.len > 0)
		memcpy(out, response->authcid.data, response->authcid.len);
	out += response->authcid.len;
	*out++ = ' ';
	hex_encode(
	    bytes_of((const char *)response->digest, CRAMMD5_DIGEST), out);
}

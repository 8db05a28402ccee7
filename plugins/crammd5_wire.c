/*
 * CRAM-MD5 on the wire: see crammd5_wire.h.
 */
#include "config.h"

#include "crammd5_wire.h"
#include "hex.h"

/* All 20 digits of a 64-bit number, so that the length says nothing. */
static char *
put_padded(char *out, uint64_t value)
{
	enum { DIGITS = 20 };
	int i;

	for (i = DIGITS - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + DIGITS;
}

static char *
put_number(char *out, uint64_t value)
{
	char digits[20], *first;

	put_padded(digits, value);
	for (first = digits; first < digits + sizeof(digits) - 1; first++)
		if (*first != '0')
			break;
	memcpy(out, first, (size_t)(digits + sizeof(digits) - first));
	return out + (digits + sizeof(digits) - first);
}

static bool
is_printable(struct bytes b, char least)
{
	size_t i;

	for (i = 0; i < b.len; i++)
		if (b.data[i] < least || b.data[i] > '~')
			return false;
	return true;
}

bool
crammd5_is_challenge(struct bytes in)
{
	return in.len > 0 && in.len <= CRAMMD5_ANSWERED_MAX &&
	       is_printable(in, ' ');
}

/* Printable, and nothing that ends or nests a msg-id. */
static bool
is_host(struct bytes host)
{
	return host.len > 0 && host.len <= CRAMMD5_HOST_MAX &&
	       is_printable(host, '!') &&
	       memchr(host.data, '<', host.len) == NULL &&
	       memchr(host.data, '>', host.len) == NULL;
}

size_t
crammd5_print_challenge(const struct crammd5_seed *seed, struct bytes host,
    char out[CRAMMD5_CHALLENGE_MAX])
{
	char *end = out;

	if (!is_host(host))
		return 0;
	*end++ = '<';
	end = put_padded(end, seed->random[0]);
	end = put_padded(end, seed->random[1]);
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

	if (in.len < 1 + 1 + CRAMMD5_HEX)
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

/*
 * Hex digits: see hex.h.
 */
#include "config.h"

#include <stdint.h>

#include "hex.h"

/* 1 if c < limit, else 0; both below 2^31. */
static uint32_t
is_below(uint32_t c, uint32_t limit)
{
	return (c - limit) >> 31;
}

/* The value of a digit; anything else sets `bad`. */
static uint32_t
nibble(char digit, uint32_t *bad)
{
	uint32_t c = (unsigned char)digit;
	uint32_t letter = ((c | 0x20) - 'a') & 0xff;

	*bad |= 1 ^ (is_below(c ^ '0', 10) | is_below(letter, 6));
	return (c & 15) + 9 * (c >> 6);
}

int
hex_decode(struct bytes hex, unsigned char *out)
{
	uint32_t bad = 0;
	size_t i;

	if (hex.len % 2 != 0)
		return -1;
	for (i = 0; i < hex.len; i += 2)
		*out++ = (unsigned char)(nibble(hex.data[i], &bad) << 4 |
					 nibble(hex.data[i + 1], &bad));
	return bad == 0 ? 0 : -1;
}

static char
digit(uint32_t value)
{
	return (
	    char)('0' + value + ('a' - '0' - 10) * (1 ^ is_below(value, 10)));
}

void
hex_encode(struct bytes raw, char *out)
{
	unsigned char octet;
	size_t i;

	for (i = 0; i < raw.len; i++) {
		octet = (unsigned char)raw.data[i];
		*out++ = digit(octet >> 4);
		*out++ = digit(octet & 15);
	}
}

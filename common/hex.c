/*
 * Hex digits: see hex.h.
 */
#include "config.h"

#include "hex.h"

/* All ones if first <= c <= last, else zero. */
static int
is_between(int c, int first, int last)
{
	return ((first - 1 - c) & (c - last - 1)) >> 16;
}

/* The value of a digit; anything else sets `bad`. */
static int
nibble(char digit, int *bad)
{
	int c = (unsigned char)digit;
	int decimal = is_between(c, '0', '9');
	int letter = is_between(c | 0x20, 'a', 'f');

	*bad |= ~(decimal | letter);
	return (decimal & (c - '0')) | (letter & ((c | 0x20) - 'a' + 10));
}

int
hex_decode(struct bytes hex, unsigned char *out)
{
	int bad = 0;
	size_t i;

	if (hex.len % 2 != 0)
		return -1;
	for (i = 0; i < hex.len; i += 2)
		*out++ = (unsigned char)(nibble(hex.data[i], &bad) << 4 |
					 nibble(hex.data[i + 1], &bad));
	return bad == 0 ? 0 : -1;
}

static char
digit(int value)
{
	return (
	    char)('0' + value + (is_between(value, 10, 15) & ('a' - '0' - 10)));
}

void
hex_encode(struct bytes raw, char *out)
{
	int octet;
	size_t i;

	for (i = 0; i < raw.len; i++) {
		octet = (unsigned char)raw.data[i];
		*out++ = digit(octet >> 4);
		*out++ = digit(octet & 15);
	}
}

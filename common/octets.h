/*
 * Eight octets in one word, judged at once and without a branch. Where they
 * stand in it is the same for all that is here.
 */
#ifndef CLASSIC_OCTETS_H
#define CLASSIC_OCTETS_H

#include <stdint.h>

/* The same in every octet of a word. */
#define OCTETS(octet) (UINT64_C(0x0101010101010101) * (octet))

/*
 * The top bit of each octet that is from `first` to `last`. Neither these nor
 * what is in the word may be 0x80 or more.
 */
static inline uint64_t
octets_within(uint64_t word, unsigned first, unsigned last)
{
	uint64_t least = word + OCTETS(0x80 - first);
	uint64_t more = word + OCTETS(0x7f - last);

	return (least ^ more) & OCTETS(0x80);
}

#endif

/*
 * Choices without a branch, for what is computed from secrets.
 */
#ifndef CLASSIC_MASK_H
#define CLASSIC_MASK_H

/* All ones if first <= c <= last, else zero; each is from 0 to 255. */
static inline int
mask_between(int c, int first, int last)
{
	return ((first - 1 - c) & (c - last - 1)) >> 16;
}

#endif

/*
 * Characters of UTF-8, one by one, in what may be anything.
 */
#ifndef CLASSIC_CHARACTER_H
#define CLASSIC_CHARACTER_H

#include <stdbool.h>

#include "bytes.h"

/*
 * Octets of the character that `text`, which is not empty, begins with; 0 if
 * it is none (RFC 3629). `is_control` says whether a terminal would do
 * something else than show it: U+0000 to U+001F, U+007F to U+009F.
 */
size_t character_length(struct bytes text, bool *is_control);

#endif

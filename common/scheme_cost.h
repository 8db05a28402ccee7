/*
 * How dear a string of crypt(3) is. libcrypt does whatever the string says,
 * and users of a directory may often write their own: one that says a week
 * would keep a mail server busy for a week.
 */
#ifndef CLASSIC_SCHEME_COST_H
#define CLASSIC_SCHEME_COST_H

#include "bytes.h"

/*
 * 0 if `crypt`, a whole string of crypt(3), wants no more than some seconds and
 * a gibibyte; -1 if it wants more, or what it wants cannot be told. `memory` is
 * set to the octets of it that grow with the cost, 0 for most kinds.
 */
int scheme_cost(struct bytes crypt, size_t *memory);

#endif

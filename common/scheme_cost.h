/*
 * How dear a string of crypt(3) is. libcrypt does whatever the string says,
 * and users of a directory may often write their own: one that says a week
 * would keep a mail server busy for a week.
 */
#ifndef CLASSIC_SCHEME_COST_H
#define CLASSIC_SCHEME_COST_H

#include "bytes.h"

/*
 * False if `crypt`, a whole string of crypt(3), wants more than some seconds
 * or more than a gibibyte. What is malformed is left to libcrypt: true.
 */
bool scheme_cost_is_fair(struct bytes crypt);

#endif

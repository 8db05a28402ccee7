/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * How dear a string of crypt(3) is. libcrypt does whatever the string says,
 * and users of a directory may often write their own: one that says a week
 * would keep a mail server busy for a week.
 */
#ifndef CLASSIC_SCHEME_COST_H
#define CLASSIC_SCHEME_COST_H

#include <sys/types.h>

#include "base/bytes.h"

/*
 * The octets of memory that `crypt`, a whole string of crypt(3), wants for its
 * cost: 0 for most kinds, at most a gibibyte. -1 if it wants more than that or,
 * for a short password, more than some seconds, or if what it wants cannot be
 * told. *microseconds is about what it takes for a password of that length.
 */
ssize_t scheme_cost(
    struct bytes crypt, size_t password_len, unsigned *microseconds);

#endif

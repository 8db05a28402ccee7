/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What to call a stored value without showing it.
 */
#ifndef CLASSIC_SECRET_LABEL_H
#define CLASSIC_SECRET_LABEL_H

#include "base/bytes.h"

enum { SECRET_LABEL = 32 }; /* octets of a label, with its NUL */

/*
 * "plaintext", "empty", "locked", or the prefix that says what it is, such as
 * {SSHA} or $y$; "{...}" or "$...$" if that is none that others are known to
 * have, since it may be half of a password.
 */
void secret_label(struct bytes value, char label[SECRET_LABEL]);

#endif

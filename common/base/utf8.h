/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * UTF-8 (RFC 3629), character by character.
 */
#ifndef CLASSIC_UTF8_H
#define CLASSIC_UTF8_H

#include "base/bytes.h"

/*
 * Octets of the character that `b`, which is not empty, begins with. 0 if it
 * is none: an overlong form, a surrogate, or beyond U+10FFFF (section 4).
 */
size_t utf8_length(struct bytes b);

/*
 * True for U+0000 to U+001F and U+007F to U+009F (Unicode category Cc).
 * `character` begins with a character that utf8_length() accepts.
 */
bool utf8_is_control(struct bytes character);

#endif

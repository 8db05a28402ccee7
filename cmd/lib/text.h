/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Texts from files, stores and the network, made fit to be shown: nothing in
 * them can move the cursor of a terminal, or end a word of a command to type.
 */
#ifndef CLASSIC_TEXT_H
#define CLASSIC_TEXT_H

#include "base/bytes.h"

/*
 * A copy for people: NUL is shown as \0; other controls, and what is not UTF-8,
 * as \xHH. Released with free().
 */
char *text_printable(struct bytes b);

/*
 * A copy for a command to type: one word of sh(1), quoted only if it needs to
 * be, that is `text` again, whatever octets that has. Released with free().
 */
char *text_quoted(const char *text);

/* Is it all letters, digits and what else means nothing to sh(1)? */
bool text_is_word(const char *text);

/*
 * Take the next line, without its LF, off `rest`; false if nothing is left.
 */
bool text_next_line(struct bytes *rest, struct bytes *line);

#endif

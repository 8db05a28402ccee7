/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * JSON (RFC 8259) on standard output, for scripts.
 */
#ifndef CLASSIC_JSON_H
#define CLASSIC_JSON_H

#include <stdbool.h>

/*
 * Everything has a key within an object, and NULL for a key within an array
 * and at the top. Texts that are not UTF-8 have U+FFFD for what is not.
 */
void json_open(const char *key, char bracket);	   /* '{' or '[' */
void json_close(void);				   /* what was opened last */
void json_text(const char *key, const char *text); /* null if NULL */
void json_number(const char *key, long number);
void json_bool(const char *key, bool value);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A directory of the program's own, and two files there that tests write and
 * read. A test that leaves a third one there, or a file open, makes the program
 * fail.
 */
#ifndef CLASSIC_PLACE_H
#define CLASSIC_PLACE_H

#include "support/test.h"

extern char directory[], path[64], other[64];

/* Once in a program. */
#define TESTS_IN_A_PLACE TESTS_AROUND(place_make, place_remove)
int place_make(void **state);
int place_remove(void **state);

/* A file that was not written just now, so that nobody can be writing to it. */
void put(const char *to, const char *text, size_t len);

/* The same of `path`, and what that has to hold. */
void put_text(const char *text);
void expect_text(const char *want);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What every test program begins with: cmocka, and the headers that cmocka
 * wants before itself.
 */
#ifndef CLASSIC_TEST_H
#define CLASSIC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* What is to be found in the program, before libc's of that name. */
#define EXPORTED __attribute__((visibility("default")))

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What must not differ from run to run, or would take too long: the clock and
 * randomness of a fuzzed program, and the slow hashes. tame.c defines them in
 * place of the libraries.
 */
#ifndef CLASSIC_TAME_H
#define CLASSIC_TAME_H

#include <time.h>

/* The time, seconds, and whether there is randomness. */
extern long fuzz_clock;
extern int fuzz_random_fails;

/* Stands in for clock_gettime(2) in the plugin alone: libFuzzer needs its. */
int fuzz_clock_gettime(clockid_t clock, struct timespec *now);

/* Start again, as at the beginning of every input. */
void fuzz_tame(void);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What holds for every step of every mechanism, whatever the test is about.
 */
#ifndef CLASSIC_RUN_CHECK_H
#define CLASSIC_RUN_CHECK_H

#include "host/run.h"

/* How it stood before the step. */
struct check {
	unsigned failures, errors, lookups;
	bool done;
};

void check_begin(struct check *c, const struct run *r);
void check_server(const struct check *before, const struct run *r, int result);
void check_client(const struct run *r, int result);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Must this machine do without MD5?
 */
#ifndef CLASSIC_FIPS_H
#define CLASSIC_FIPS_H

#include <stdbool.h>

/*
 * True if the kernel runs in FIPS mode. Reads /proc, so ask before a chroot(2).
 */
bool fips_enabled(void);

#endif

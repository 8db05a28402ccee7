/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which plugins of the pack are at work in this process.
 */
#ifndef CLASSIC_SIBLINGS_H
#define CLASSIC_SIBLINGS_H

#include <stdbool.h>

/*
 * True if `file`, a bare file name, was loaded from the directory that this
 * plugin itself was loaded from, and is of the pack by its version. Asks the
 * dynamic linker and not the disk, so it is right after a chroot(2), too.
 */
bool siblings_loaded(const char *file);

#endif

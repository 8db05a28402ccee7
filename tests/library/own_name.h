/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The name of this machine, as libsasl2 is to find it. It wants to know it for
 * each connection, and asks the name service about one that has no dot: slow,
 * and no loopback, wherever the name is in no file.
 */
#ifndef CLASSIC_OWN_NAME_H
#define CLASSIC_OWN_NAME_H

/* To be called before the library is; the text is not copied. */
void own_name(const char *name);

#endif

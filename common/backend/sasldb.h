/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The file of libsasl2's own sasldb plugin. Kept by gdbm or lmdb it has ways
 * that its answers do not tell.
 */
#ifndef CLASSIC_SASLDB_H
#define CLASSIC_SASLDB_H

#include "base/host.h"

/* Is it the one store of this service, so that it was it that answered? */
bool sasldb_is_asked(const struct host *h);

/* Is there no such file? False if that cannot be found out. */
bool sasldb_is_missing(const struct host *h);

/* Is there one that this process may not write? */
bool sasldb_is_read_only(const struct host *h);

/*
 * How this process holds the file open: O_RDONLY, O_RDWR, or -1 if it does not.
 * lmdb opens it once for all, as the first access wants it.
 */
int sasldb_held(const struct host *h);

#endif

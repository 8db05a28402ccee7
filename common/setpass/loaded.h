/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which plugins are at work in this process, by the dynamic linker and not by
 * the disk, so that it is right after a chroot(2), too.
 */
#ifndef CLASSIC_LOADED_H
#define CLASSIC_LOADED_H

#include <stdbool.h>

/* True if a file of that name, such as "libscram", is loaded; any ".so...". */
bool loaded_plugin(const char *name);

/*
 * True if the sasldb plugin that is loaded keeps its file by other means than
 * Berkeley DB. With lmdb, a process whose first look at the file was a lookup
 * cannot write to it any more, and crashes after it has tried; with gdbm,
 * nothing can be looked up in a file that is not there yet. In both, writing
 * first helps.
 */
bool loaded_sasldb_wants_write_first(void);

/* True if it keeps it by lmdb, as a shared library. */
bool loaded_sasldb_is_lmdb(void);

/*
 * True if `file`, a bare file name, was loaded from the directory that this
 * plugin itself was loaded from, and is of the pack by its version.
 */
bool loaded_sibling(const char *file);

#endif

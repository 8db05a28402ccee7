/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Is a plugin file one of ours? By the note that plugin.h leaves in each.
 */
#ifndef CLASSIC_PLUGIN_VERSION_H
#define CLASSIC_PLUGIN_VERSION_H

#include <stdbool.h>

enum { MARK_VERSION = 32 }; /* octets of a version, with its NUL */

/*
 * True if the ELF file at `path` carries the note; its text is then copied to
 * `version`. Loads nothing, and believes nothing that the file says of itself.
 */
bool mark_read(const char *path, char version[MARK_VERSION]);

#endif

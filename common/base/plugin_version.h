/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What tells a plugin file of the pack from any other: this text, with the
 * version after it. plugin.h puts it there.
 */
#ifndef CLASSIC_PLUGIN_VERSION_H
#define CLASSIC_PLUGIN_VERSION_H

#include "base/bytes.h"

#define PLUGIN_VERSION_TEXT "sasl-classic plugin "

enum { MAX_PLUGIN_VERSION = 32 }; /* octets of a version, with its NUL */

/*
 * The version that stands in `octets`, a file or a part of it, ended by a NUL
 * there, or NULL if there is none: it begins with a digit and has nothing but
 * letters, digits, '.', '+', '~' and '-'.
 */
const char *plugin_version_find(struct bytes octets);

#endif

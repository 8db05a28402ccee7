/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What tells a file of the pack from any other: an ELF note of this name whose
 * text is the version. plugin.h puts it there.
 */
#ifndef CLASSIC_ELF_NOTE_H
#define CLASSIC_ELF_NOTE_H

#include "base/bytes.h"

#define NOTE_NAME "sasl-classic"
#define NOTE_TYPE "1"

/*
 * Our note among `notes`, a whole PT_NOTE segment, in a file or in memory.
 * True if it is there; `version` is then its text, which ends with a NUL that
 * is counted, and lies in `notes`. What is malformed ends the search.
 */
bool note_find(struct bytes notes, struct bytes *version);

#endif

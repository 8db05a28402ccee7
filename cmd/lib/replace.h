/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A file takes the place of another that somebody else may be about to write
 * to, and what they write is not to be lost.
 */
#ifndef CLASSIC_REPLACE_H
#define CLASSIC_REPLACE_H

#include "lib/copy.h"

enum replace_result {
	REPLACE_DONE,
	REPLACE_WRITTEN, /* it was written to since `mark`, or is right now */
	REPLACE_FAILED,	 /* errno says why */
};

/*
 * Give `fresh` the name of `file`, which `mark` was made of. If that was not
 * done, both are what they were, with one exception: the old file was written
 * to meanwhile and cannot get back its name (REPLACE_FAILED). `file` is new
 * then, and the old one, with what was written, is at `spare`, a name beside
 * them that was not in use. It is there after a crash at that moment, too.
 *
 * Where the kernel grants no lease on the file, a process that has it open
 * already, and writes to it only after this, is not seen.
 */
enum replace_result replace_file(const char *fresh, const char *file,
    const char *spare, const struct copy_mark *mark);

#endif

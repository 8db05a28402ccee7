/*
 * A file takes the place of another that somebody else may be about to write
 * to, and what they write is not to be lost.
 */
#ifndef CLASSIC_REPLACE_H
#define CLASSIC_REPLACE_H

#include "copy.h"

enum replace_result {
	REPLACE_DONE,
	REPLACE_WRITTEN, /* it was written to since `mark`, or is right now */
	REPLACE_FAILED,	 /* errno says why */
};

/*
 * Give `fresh` the name of `file`, which `mark` was made of. Unless that is done,
 * `file` and `fresh` are still what they were. `spare` is a name beside them
 * that is not in use. The old file has it for a moment, and keeps it after a
 * crash, or if it was written to and cannot get back its name. Where the kernel
 * grants no lease on the file, a process that has it open already, and writes
 * to it only after this, is not seen.
 */
enum replace_result replace_file(const char *fresh, const char *file,
    const char *spare, const struct copy_mark *mark);

#endif

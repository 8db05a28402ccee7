/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Making sasldb files, see fill.h.
 */
#include "config.h"

#include "fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fail.h"

enum { PATH_SIZE = 512, NAME_SIZE = 64, BLOCK_SIZE = 1 << 16 };

static void
copy(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	static char block[BLOCK_SIZE];
	size_t n;

	if (in == NULL || out == NULL)
		fail("%s cannot be copied to %s", from, to);
	while ((n = fread(block, 1, sizeof block, in)) > 0)
		if (fwrite(block, 1, n, out) != n)
			break;
	if (ferror(in) || fclose(out) != 0)
		fail("%s cannot be copied to %s", from, to);
	fclose(in);
}

/*
 * sasldb waits for the disk after each user. Where there is a file system in
 * memory, that is no waiting: a million takes minutes instead of an hour.
 */
static void
make(const struct runner *r, const struct figure *f, const char *path)
{
	char dir[] = "/dev/shm/bench.XXXXXX", here[] = "bench.XXXXXX";
	char words[2 * NAME_SIZE], file[NAME_SIZE];
	const char *at = mkdtemp(dir);
	double done;

	if (at == NULL && (at = mkdtemp(here)) == NULL)
		fail("no directory to fill %s in", path);
	snprintf(file, sizeof file, "%s/users", at);
	snprintf(
	    words, sizeof words, "fill sasldb=%s users=%lu", file, f->users);
	if (run_words(r, words, TOOL_MEASURE, &done) != 0)
		fail("%s cannot be filled", path);
	copy(file, path);
	unlink(file);
	rmdir(at);
}

void
fill_users(const struct runner *r, const struct figure *f)
{
	char path[PATH_SIZE], part[PATH_SIZE + 8];

	if (f->users == 0)
		return;
	snprintf(path, sizeof path, "%s/users.%lu", r->users_dir, f->users);
	if (access(path, R_OK) == 0)
		return;
	snprintf(part, sizeof part, "%s.part", path);
	make(r, f, part);
	if (rename(part, path) < 0)
		fail("%s cannot be put in its place", path);
}

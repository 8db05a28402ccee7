/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A child and a pipe: see child.h.
 */
#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "support/child.h"
#include "support/test.h"

static void
run(void (*fill)(void *data), void *data, size_t len, int to)
{
	size_t done = 0;
	ssize_t n = 1;

	setenv("CMOCKA_TEST_ABORT", "1", 1);
	fill(data);
	for (; done < len && n > 0; done += (size_t)n)
		n = write(to, (char *)data + done, len - done);
	_exit(n < 0);
}

void
child_fill(void (*fill)(void *data), void *data, size_t len)
{
	int ends[2], status = -1;
	size_t done = 0;
	ssize_t n = 1;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		run(fill, data, len, ends[1]);
	close(ends[1]); /* so that its death is the end of the pipe */
	for (; done < len && n > 0; done += (size_t)n)
		n = read(ends[0], (char *)data + done, len - done);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(done, len);
}

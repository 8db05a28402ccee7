/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A place for files: see place.h.
 */
#include "config.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/place.h"

char directory[] = "/tmp/classic-XXXXXX", path[64], other[64];

static unsigned first_open; /* files, when the program began */

static unsigned
count_open(void)
{
	unsigned n = 0;
	int fd;

	for (fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

int
place_make(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/passwd", directory);
	snprintf(other, sizeof(other), "%s/other", directory);
	first_open = count_open();
	return 0;
}

int
place_remove(void **state)
{
	(void)state;
	unlink(path);
	unlink(other);
	return count_open() == first_open ? rmdir(directory) : -1;
}

void
put(const char *to, const char *text, size_t len)
{
	static const struct timespec old[2] = { { .tv_sec = 1700000000 },
		{ .tv_sec = 1700000000 } };
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	assert_int_equal(futimens(fd, old), 0);
	assert_int_equal(close(fd), 0);
}

void
put_text(const char *text)
{
	put(path, text, strlen(text));
}

void
expect_text(const char *want)
{
	char text[4096];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	assert_true(n >= 0);
	text[n] = '\0';
	assert_string_equal(text, want);
}

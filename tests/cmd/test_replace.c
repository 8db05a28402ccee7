/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One file in the place of another, with and without somebody who writes.
 */
#include "config.h"

#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "lib/replace.h"
#include "support/test.h"

struct names {
	char directory[64];
	char file[96], new[96], spare[96];
	struct copy_mark mark;
};

static void
put(const char *path, const char *text)
{
	FILE *out = fopen(path, "we");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static void
expect_content(const char *path, const char *text)
{
	char content[64] = "";
	FILE *in = fopen(path, "re");

	assert_non_null(in);
	assert_non_null(fgets(content, sizeof(content), in));
	fclose(in);
	assert_string_equal(content, text);
}

static int
setup(void **state)
{
	static struct names n;

	strcpy(n.directory, "/tmp/test_replace.XXXXXX");
	assert_non_null(mkdtemp(n.directory));
	snprintf(n.file, sizeof(n.file), "%s/file", n.directory);
	snprintf(n.new, sizeof(n.new), "%s/new", n.directory);
	snprintf(n.spare, sizeof(n.spare), "%s/spare", n.directory);
	put(n.file, "old");
	put(n.new, "new");
	assert_int_equal(copy_mark(n.file, &n.mark), 0);
	*state = &n;
	return 0;
}

static int
teardown(void **state)
{
	struct names *n = *state;

	unlink(n->file);
	unlink(n->new);
	unlink(n->spare);
	return rmdir(n->directory);
}

static enum replace_result
replace(struct names *n)
{
	return replace_file(n->new, n->file, n->spare, &n->mark);
}

static void
replace__nobody_else__is_done(void **state)
{
	struct names *n = *state;

	assert_int_equal(replace(n), REPLACE_DONE);
	expect_content(n->file, "new");
	assert_int_equal(access(n->new, F_OK), -1);
	assert_int_equal(access(n->spare, F_OK), -1);
}

static void
replace__written_to_since_the_mark__leaves_it(void **state)
{
	struct names *n = *state;

	put(n->file, "theirs");
	assert_int_equal(replace(n), REPLACE_WRITTEN);
	expect_content(n->file, "theirs");
	expect_content(n->new, "new");
	assert_int_equal(access(n->spare, F_OK), -1);
}

static void
replace__no_new_file__leaves_it(void **state)
{
	struct names *n = *state;

	unlink(n->new);
	assert_int_equal(replace(n), REPLACE_FAILED);
	assert_int_equal(errno, ENOENT);
	expect_content(n->file, "old");
	assert_int_equal(access(n->spare, F_OK), -1);
}

/* A process that has the file open, and writes only when it is asked to. */
static pid_t
start_writer(const struct names *n, int *order)
{
	int to[2], from[2];
	char c;
	pid_t pid;

	assert_int_equal(pipe(to), 0);
	assert_int_equal(pipe(from), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int fd = open(n->file, O_RDWR);
		ssize_t done = write(from[1], "o", 1);

		close(to[1]);
		done += read(to[0], &c, 1);
		done += write(fd, "THEIRS", 6);
		_exit(done == 8 ? 0 : 1);
	}
	close(to[0]);
	close(from[1]);
	assert_int_equal(read(from[0], &c, 1), 1);
	close(from[0]);
	*order = to[1];
	return pid;
}

static void
replace__somebody_about_to_write__waits_and_leaves_it(void **state)
{
	struct names *n = *state;
	int order, status;
	pid_t writer;

	writer = start_writer(n, &order);
	if (fork() == 0) {
		/* In the midst of the wait, it writes and goes. */
		poll(NULL, 0, 300);
		_exit(write(order, "w", 1) == 1 ? 0 : 1);
	}
	assert_int_equal(replace(n), REPLACE_WRITTEN);
	close(order);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
	wait(NULL);
	expect_content(n->file, "THEIRS");
	expect_content(n->new, "new");
}

static void
replace__somebody_who_stays__gives_up(void **state)
{
	struct names *n = *state;
	pid_t writer;
	int order;

	writer = start_writer(n, &order);
	assert_int_equal(replace(n), REPLACE_WRITTEN);
	expect_content(n->file, "old");
	kill(writer, SIGKILL);
	waitpid(writer, NULL, 0);
	close(order);
	assert_int_equal(replace(n), REPLACE_DONE);
}

/* Does this file system grant leases at all? */
static bool
has_leases(void)
{
	char path[] = "/tmp/test_replace.XXXXXX";
	int fd = mkstemp(path);
	bool has;

	close(fd);
	fd = open(path, O_RDONLY);
	has = fd >= 0 && fcntl(fd, F_SETLEASE, F_RDLCK) == 0;
	close(fd);
	unlink(path);
	return has;
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(replace__nobody_else__is_done),
		TEST(replace__written_to_since_the_mark__leaves_it),
		TEST(replace__no_new_file__leaves_it),
		TEST(replace__somebody_about_to_write__waits_and_leaves_it),
		TEST(replace__somebody_who_stays__gives_up),
	};

	/* The last two are about leases. */
	const size_t left_out = has_leases() ? 0 : 2;

	if (left_out > 0)
		puts("# no leases on /tmp: not tested");
	return _cmocka_run_group_tests(
	    "replace", tests, COUNT_OF(tests) - left_out, NULL, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other processes: what they are, what they have, and how it is told that they
 * came to no good end.
 */
#include "config.h"

#include <grp.h>
#include <signal.h>
#include <unistd.h>

#include "host/fake_alloc.h"
#include "lib/process.h"
#include "lib/util.h"
#include "support/stack_scan.h"
#include "support/test.h"

/* Each line or record, one after the other. */
static void
take(void *all, char *line)
{
	strcat(all, line);
	strcat(all, "\n");
}

static int
run_shell(const char *script, char all[1024])
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	*all = '\0';
	return process_run(NULL, argv, take, all);
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

static void
tell_who(void *context)
{
	gid_t groups[64];
	int count = getgroups(COUNT_OF(groups), groups);
	bool is_in_4242 = false;

	(void)context;
	while (count-- > 0)
		is_in_4242 |= groups[count] == 4242;
	run_as_tell(geteuid() == 0 || getuid() == 0 ? "root" : "another",
	    getegid() == 0 ? "root's group" : "another",
	    is_in_4242 ? "root's groups" : "others", NULL);
}

TEST_IF(is_root, run_as__another_user__has_no_right_of_root, NULL, NULL)
{
	const struct run_as where = { .user = "nobody" };
	gid_t ours[64], one = 4242;
	int count = getgroups(COUNT_OF(ours), ours), end;
	char all[1024] = "";

	assert_true(count >= 0);
	assert_int_equal(setgroups(1, &one), 0);
	end = run_as(&where, tell_who, take, all);
	assert_int_equal(setgroups((size_t)count, ours), 0);
	assert_int_equal(end, RUN_AS_DONE);
	assert_string_equal(all, "another\tanother\tothers\t\n");
}

static void
tell_where(void *context)
{
	char here[64];

	(void)context;
	run_as_tell(getcwd(here, sizeof(here)) != NULL ? here : "nowhere",
	    access("/usr", F_OK) == 0 ? "outside" : "inside", NULL);
}

TEST_IF(is_root, run_as__chroot__is_where_it_stands, NULL, NULL)
{
	struct run_as where = { .chroot = "/usr" };
	char all[1024] = "";

	assert_int_equal(run_as(&where, tell_where, take, all), RUN_AS_DONE);
	assert_string_equal(all, "/\tinside\t\n");
	where.chroot = "/nowhere/at/all";
	assert_int_equal(
	    run_as(&where, tell_where, NULL, NULL), RUN_AS_IMPOSSIBLE);
}

TEST(run_as__user_who_is_not_there__is_impossible)
{
	const struct run_as where = { .user = "no such user" };

	assert_int_equal(
	    run_as(&where, tell_who, NULL, NULL), RUN_AS_IMPOSSIBLE);
}

static void
tell_and_exit(void *context)
{
	run_as_tell("callooh", NULL);
	_exit(*(const int *)context);
}

static void
tell_and_wait(void *context)
{
	(void)context;
	run_as_tell("callooh", NULL);
	sleep(20);
}

TEST(run_as__end_before_its_time__is_told_with_what_was_said)
{
	const struct run_as where = { .seconds = 1 };
	int status = 7;
	char all[1024] = "";

	assert_string_equal(
	    run_as_end(run_as(&where, tell_and_exit, NULL, &status)),
	    "with exit status 7");
	assert_int_equal(run_as(&where, tell_and_wait, take, all), SIGALRM);
	assert_string_equal(all, "callooh\t\n");
	assert_non_null(strstr(run_as_end(SIGALRM), "by signal 14 ("));
}

static void
tell_time(void *context)
{
	unsigned left = alarm(0);

	(void)context;
	run_as_tell(left > 1 && left <= 30 ? "some" : "none", NULL);
}

TEST(run_as__no_time__is_not_for_ever)
{
	static const struct run_as here = { .user = NULL };
	char all[1024] = "";

	assert_int_equal(run_as(&here, tell_time, take, all), RUN_AS_DONE);
	assert_string_equal(all, "some\t\n");
}

static const char *const texts[] = { "", "\t\r\n\\", "\\t\\x", "trn\\\\" };

static void
tell_texts(void *context)
{
	(void)context;
	run_as_tell(texts[0], texts[1], texts[2], texts[3], NULL);
}

static void
take_texts(void *count, char *line)
{
	size_t i;

	for (i = 0; i < COUNT_OF(texts); i++)
		assert_string_equal(run_as_next(&line), texts[i]);
	assert_string_equal(run_as_next(&line), ""); /* of the end */
	assert_string_equal(run_as_next(&line), "");
	++*(int *)count;
}

TEST(run_as_tell__any_texts__come_as_they_are)
{
	const struct run_as here = { .user = NULL };
	int count = 0;

	assert_int_equal(
	    run_as(&here, tell_texts, take_texts, &count), RUN_AS_DONE);
	assert_int_equal(count, 1);
}

static void
tell_secret(void *context)
{
	(void)context;
	run_as_tell("the slithy toves", NULL);
}

static void
hear(void)
{
	static const struct run_as here = { .user = NULL };
	STACK_SCAN_MARGIN;

	assert_int_equal(run_as(&here, tell_secret, NULL, NULL), RUN_AS_DONE);
}

TEST(run_as__what_is_told__is_not_left_on_the_stack)
{
	fake_alloc_reset();
	fake_secret("the slithy toves", 16);
	stack_paint();
	hear();
	stack_expect_no_secret();
	fake_alloc_reset();
}

/* Its own end of the pipe is standard output, and no other descriptor. */
TEST(process_run__program__has_no_descriptor_of_ours)
{
	char all[1024];

	assert_int_equal(run_shell("out=$(readlink /proc/$$/fd/1)\n"
				   "for fd in /proc/$$/fd/*; do\n"
				   "[ \"$(readlink \"$fd\")\" != \"$out\" ] ||"
				   " echo \"${fd##*/}\"; done",
			     all),
	    0);
	assert_string_equal(all, "1\n");
}

TEST(process_run__program__reads_nothing_and_finds_those_of_root)
{
	char all[1024];

	assert_non_null(freopen("/dev/zero", "r", stdin));
	assert_int_equal(run_shell("readlink /proc/$$/fd/0 /proc/$$/fd/2\n"
				   "echo \"${PATH#\"${PATH%:*:*}\"}\"",
			     all),
	    0);
	assert_string_equal(all, "/dev/null\n/dev/null\n:/usr/sbin:/sbin\n");
}

TEST(process_run__program_that_was_killed__has_no_status)
{
	const char *const missing[] = { "/nowhere/at/all", NULL };
	char all[1024];

	assert_int_equal(run_shell("exit 7", all), 7);
	assert_int_equal(run_shell("kill -9 $$", all), -1);
	assert_int_equal(process_run(NULL, missing, NULL, NULL), 127);
}

TEST(process_run__user_who_is_not_there__runs_nothing)
{
	const struct run_as where = { .user = "no such user" };
	const char *const argv[] = { "true", NULL };

	assert_int_equal(process_run(&where, argv, NULL, NULL), 125);
}

TEST(process_run__program_whose_end_is_lost__has_no_status)
{
	void (*before)(int) = signal(SIGCHLD, SIG_IGN);
	char all[1024];
	int status = run_shell("true", all);

	signal(SIGCHLD, before);
	assert_int_equal(status, -1);
}

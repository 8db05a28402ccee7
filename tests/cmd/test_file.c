/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Files in the hands of root: what others can change is refused.
 */
#include "config.h"

#include <sys/stat.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/process.h"
#include "support/test.h"

static char directory[] = "/tmp/test_file.XXXXXX", path[64];

static int
make_directory(void **state)
{
	(void)state;
	strcpy(directory + strlen(directory) - 6, "XXXXXX");
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/file", directory);
	return 0;
}

static int
remove_directory(void **state)
{
	char other[80];

	(void)state;
	chmod(directory, 0700);
	unlink(path);
	snprintf(other, sizeof(other), "%s/link", directory);
	unlink(other);
	return rmdir(directory);
}

/* A file with that text, in the mode. */
static void
put(const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static char *
read_path(const char *from, size_t *len)
{
	struct stat st;
	int fd = file_open(from, &st);

	return fd < 0 ? NULL : file_read(fd, &st, from, len);
}

static void
expect(const char *want)
{
	size_t len;
	char *text = read_path(path, &len);

	assert_non_null(text);
	assert_int_equal(len, strlen(want));
	assert_string_equal(text, want);
}

TEST_WITH(file_open__what_others_can_change__is_refused, make_directory,
    remove_directory)
{
	struct file_breach breach;

	put("tulgey", 0602);
	assert_int_equal(file_open(path, NULL), -1);
	assert_false(file_is_trusted(path, 0, &breach));
	assert_non_null(strstr(breach.who, "everybody may write to"));
	assert_non_null(strstr(breach.advice, "chmod o-w"));
	put("tulgey", 01602); /* the sticky bit is one of directories */
	assert_false(file_is_trusted(path, 0, &breach));
	put("tulgey", 0644);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_int_equal(file_open(path, NULL), -1);
	assert_int_equal(chdir(directory), 0);
	assert_false(file_is_trusted("file", 0, &breach));
	assert_int_equal(chmod(directory, 0755), 0);
	assert_true(file_is_trusted("file", 0, &breach));
	assert_int_equal(chdir("/"), 0);
	expect("tulgey");
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

/* An account that is root at this place anyway. Another's stays refused. */
TEST_IF(is_root, file_is_trusted__of_the_other_account__counts_as_roots,
    make_directory, remove_directory)
{
	struct file_breach breach;

	put("tulgey", 0644);
	assert_int_equal(chown(path, 65534, 0), 0);
	assert_true(file_is_trusted(path, 65534, &breach));
	assert_false(file_is_trusted(path, 65533, &breach));
	assert_int_equal(file_open(path, NULL), -1);
	assert_int_equal(chmod(path, 0646), 0);
	assert_false(file_is_trusted(path, 65534, &breach));
}

/* Who can change it, and the command that ends that. */
TEST_IF(is_root, file_is_trusted__what_others_can_change__is_told,
    make_directory, remove_directory)
{
	static const struct {
		mode_t mode;
		uid_t user;
		gid_t group;
		const char *who, *advice;
	} rows[] = {
		{ 0602, 0, 0, "everybody may write to ", "chmod o-w " },
		{ 0622, 0, 0, "everybody may write to ", "chmod go-w " },
		{ 0620, 0, 0, "the group root may write to ", "chmod g-w " },
		{ 0620, 0, 4711, "the group that it is of may write to ",
		    "chmod g-w " },
		{ 0600, 4711, 0, " is of the user 4711", "chown -h root " },
	};
	struct file_breach breach;
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++) {
		put("tulgey", 0600);
		assert_int_equal(chown(path, rows[i].user, rows[i].group), 0);
		assert_int_equal(chmod(path, rows[i].mode), 0);
		assert_false(file_is_trusted(path, 0, &breach));
		assert_non_null(strstr(breach.who, rows[i].who));
		assert_memory_equal(
		    breach.advice, rows[i].advice, strlen(rows[i].advice));
		assert_int_equal(file_open(path, NULL), -1);
	}
}

static void
tell_trust(void *file)
{
	struct file_breach breach;

	run_as_tell(
	    file_is_trusted(file, 0, &breach) ? "trusted" : breach.who, NULL);
}

static char answer[128];

static void
take(void *context, char *line)
{
	(void)context;
	strcpy(answer, run_as_next(&line));
}

TEST_IF(is_root, file_is_trusted__root_where_all_may_write__is_refused,
    make_directory, remove_directory)
{
	const struct run_as where = { .chroot = directory };
	char file[] = "/file";

	put("tulgey", 0600);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_int_equal(run_as(&where, tell_trust, take, file), RUN_AS_DONE);
	assert_string_equal(answer, "everybody may write to /");
}

/* Who is not root may have a group of his own, and write by it. */
TEST_IF(is_root, file_is_trusted__group_of_who_is_not_root__is_his_own,
    make_directory, remove_directory)
{
	const struct run_as where = { .user = "nobody" };
	const struct passwd *who = getpwnam("nobody");

	put("tulgey", 0620);
	assert_int_equal(chmod(directory, 0755), 0);
	assert_int_equal(chown(path, who->pw_uid, 4711), 0);
	assert_int_equal(run_as(&where, tell_trust, take, path), RUN_AS_DONE);
	assert_non_null(strstr(answer, "the group "));
	assert_int_equal(chown(path, who->pw_uid, who->pw_gid), 0);
	assert_int_equal(run_as(&where, tell_trust, take, path), RUN_AS_DONE);
	assert_string_equal(answer, "trusted");
}

TEST_WITH(
    file_open__no_regular_file__is_refused, make_directory, remove_directory)
{
	assert_int_equal(file_open(path, NULL), -1);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(file_open(path, NULL), -1);
	assert_int_equal(file_open(directory, NULL), -1);
}

TEST_WITH(file_open__link__is_followed, make_directory, remove_directory)
{
	char other[80];
	int fd;

	put("tulgey", 0600);
	snprintf(other, sizeof(other), "%s/link", directory);
	assert_int_equal(symlink("file", other), 0);
	fd = file_open(other, NULL);
	assert_true(fd >= 0);
	close(fd);
	put("tulgey", 0620);
	if (geteuid() == 0)
		assert_int_equal(file_open(other, NULL), -1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("link", path), 0); /* in a circle */
	assert_int_equal(file_open(other, NULL), -1);
}

TEST(file_is_trusted__directly_in_tmp__is_to_be_moved)
{
	struct file_breach breach;

	assert_false(file_is_trusted("/tmp/libplain.so", 0, &breach));
	assert_string_equal(breach.advice, "# move it out of /tmp");
}

TEST_WITH(file_is_trusted__link_to_where_all_may_write__is_refused,
    make_directory, remove_directory)
{
	static const char *const targets[] = { "/tmp", ".." };
	struct file_breach breach;
	char link[80], other[90];
	size_t i;

	for (i = 0; i < COUNT_OF(targets); i++) {
		snprintf(link, sizeof(link), "%s/away", directory);
		snprintf(other, sizeof(other), "%s/file", link);
		assert_int_equal(symlink(targets[i], link), 0);
		assert_false(file_is_trusted(other, 0, &breach));
		assert_non_null(strstr(breach.who, "everybody may write to"));
		assert_int_equal(unlink(link), 0);
	}
}

/* Somebody could make it, or a way to elsewhere, before it is opened. */
TEST_WITH(file_is_trusted__directory_is_missing__is_refused, make_directory,
    remove_directory)
{
	struct file_breach breach;
	char other[80], link[80];

	put("tulgey", 0600);
	snprintf(other, sizeof(other), "%s/missing", directory);
	assert_true(file_is_trusted(other, 0, &breach)); /* the file alone is */
	/* Nor is where our own link leads to. */
	snprintf(link, sizeof(link), "%s/link", directory);
	assert_int_equal(symlink("missing", link), 0);
	assert_false(file_is_trusted(link, 0, &breach));
	assert_int_equal(unlink(link), 0);
	snprintf(other, sizeof(other), "%s/missing/file", directory);
	assert_false(file_is_trusted(other, 0, &breach));
	assert_non_null(strstr(breach.who, "/missing is not there"));
	assert_int_equal(file_open(other, NULL), -1);
}

/* Those of sysfs have a size of 4096, and less to read. */
TEST(file_read__file_that_ends_before_its_size__is_refused)
{
	size_t len;

	assert_null(read_path("/sys/kernel/uevent_seqnum", &len));
}

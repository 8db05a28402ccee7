/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Files in the hands of root: what others can change is refused, and a new one
 * is there whole or not at all.
 */
#include "config.h"

#include <sys/stat.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/file.h"
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

static void
expect(const char *want)
{
	size_t len;
	char *text = file_read(path, &len);

	assert_non_null(text);
	assert_int_equal(len, strlen(want));
	assert_string_equal(text, want);
	free(text);
}

static size_t
count_entries(void)
{
	DIR *all = opendir(directory);
	size_t n = 0;

	while (readdir(all) != NULL)
		n++;
	closedir(all);
	return n - 2;
}

static void
begin(struct file_new *f, const char *text)
{
	assert_int_equal(file_create(path, f), 0);
	assert_int_equal(write(f->fd, text, strlen(text)), strlen(text));
}

TEST_WITH(
    file_commit__new_file__appears_whole, make_directory, remove_directory)
{
	struct file_new f;
	struct stat st;

	begin(&f, "tulgey");
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(fstat(f.fd, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(file_commit(&f, 0640, geteuid(), getegid(), false), 0);
	expect("tulgey");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(count_entries(), 1);
}

TEST_WITH(file_commit__file_is_there__stays_unless_replaced, make_directory,
    remove_directory)
{
	struct file_new f;

	put("old", 0600);
	begin(&f, "new");
	assert_int_equal(
	    file_commit(&f, 0600, geteuid(), getegid(), false), -1);
	expect("old");
	assert_int_equal(count_entries(), 1);
	begin(&f, "new");
	assert_int_equal(file_commit(&f, 0600, geteuid(), getegid(), true), 0);
	expect("new");
	assert_int_equal(count_entries(), 1);
}

TEST_WITH(file_abandon__begun__leaves_nothing, make_directory, remove_directory)
{
	struct file_new f;

	begin(&f, "tulgey");
	file_abandon(&f);
	assert_int_equal(count_entries(), 0);
}

TEST_WITH(file_create__directory_of_everybody__is_refused, make_directory,
    remove_directory)
{
	struct file_new f;

	assert_int_equal(chmod(directory, 0777), 0);
	assert_int_equal(file_create(path, &f), -1);
	assert_int_equal(chmod(directory, 01777), 0);
	assert_int_equal(file_create(path, &f), -1);
	assert_int_equal(count_entries(), 0);
}

TEST_WITH(file_open__what_others_can_change__is_refused, make_directory,
    remove_directory)
{
	struct file_breach breach;

	put("tulgey", 0602);
	assert_int_equal(file_open(path, NULL), -1);
	assert_false(file_is_trusted(path, &breach));
	assert_non_null(strstr(breach.who, "everybody may write to"));
	assert_non_null(strstr(breach.advice, "chmod o-w"));
	file_breach_free(&breach);
	put("tulgey", 0644);
	assert_int_equal(chmod(directory, 0777), 0);
	assert_int_equal(file_open(path, NULL), -1);
	assert_int_equal(chmod(directory, 0755), 0);
	expect("tulgey");
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
}

TEST(file_is_trusted__directly_in_tmp__is_to_be_moved)
{
	struct file_breach breach;

	assert_false(file_is_trusted("/tmp/libplain.so", &breach));
	assert_string_equal(breach.advice, "# move it out of /tmp");
	file_breach_free(&breach);
}

/* Whatever lies where the new file begins is not written to. */
TEST_WITH(
    file_create__name_is_taken__is_refused, make_directory, remove_directory)
{
	struct file_new f;
	char other[96];

	put("tulgey", 0600);
	snprintf(other, sizeof(other), "%s/.file.%ld.new", directory,
	    (long)getpid());
	assert_int_equal(link(path, other), 0);
	assert_int_equal(file_create(path, &f), -1);
	expect("tulgey");
	assert_int_equal(unlink(other), 0);
}

/* Those of sysfs have a size of 4096, and less to read. */
TEST(file_read__file_that_ends_before_its_size__is_refused)
{
	size_t len;

	assert_null(file_read("/sys/kernel/uevent_seqnum", &len));
}

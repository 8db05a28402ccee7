/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of users in files of all kinds: by way of an index, and of which file.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/module.h"
#include "passwdfile/find_user.h"
#include "support/place.h"
#include "support/stand_in.h"

TESTS_IN_A_PLACE

static struct module *m;
static struct passwdfile *file;

static void
open_file(void)
{
	file = passwdfile_new(&m->host, path, PASSWDFILE_DOVECOT);
	assert_non_null(file);
}

static void
close_file(void)
{
	passwdfile_free(&m->host, file);
	unlink(path);
}

/* Of a FIND_TEST: there is no file yet. */
static int
begin(void **state)
{
	module_setup(state);
	m = *state;
	open_file();
	return 0;
}

static int
end(void **state)
{
	close_file();
	return module_teardown(state);
}

#define FIND_TEST(f)	     LAYOUT_TEST_WITH(f, begin, end)
#define FIND_TEST_OF_ROOT(f) LAYOUT_TEST_ONCE(is_root, f, begin, end)

/* The lines of a name, with a blank after each; or the result's number. */
static const char *
lines_of(const char *name)
{
	static char text[16 * 1024];
	struct bytes names = bytes_str(name);
	struct found_lines found;
	size_t i, n = 0;
	int result;

	result = passwdfile_find(file, &m->host, &names, 1, &found);
	if (result != SASL_OK)
		snprintf(text, sizeof(text), "%d", result);
	else
		text[0] = '\0';
	for (i = 0; result == SASL_OK && i < found.count; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%.*s ",
		    (int)found.lines[i].len, found.lines[i].data);
	found_free(&m->host, &found);
	return text;
}

static void
finds(const char *name, const char *lines)
{
	assert_string_equal(lines_of(name), lines);
}

static void
expect_logged(const char *text)
{
	assert_non_null(fake_log_find(&m->fake, text));
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

#define UNAVAILABLE "-24"
#define NO_FILE	    "-20"
#define NO_MEMORY   "-2"

FIND_TEST(find__several_lines__in_their_order)
{
	put_text("\xef\xbb\xbf"
		 "alice:{PLAIN}a\nbob:{PLAIN}b\r\n\n# alice:{PLAIN}c\n"
		 "alice:{PLAIN}d\nalicea:{PLAIN}x\nalice:{PLAIN}e");
	finds("alice", "alice:{PLAIN}a alice:{PLAIN}d alice:{PLAIN}e ");
	finds("bob", "bob:{PLAIN}b\r ");
	finds("alic", "");
	finds("# alice", "");
	finds("", "");
	finds("alice:{PLAIN}a", "");
}

/* Each one is found, whatever the size; names of 1 to 40 octets. */
static void
find_each(unsigned count)
{
	char *text = calloc(count, 128), name[64], want[128];
	unsigned i;
	size_t n = 0;

	for (i = 0; i < count; i++)
		n += (size_t)sprintf(text + n, "%.*s%u:{PLAIN}password%u\n",
		    (int)(i % 32), "abcdefghijklmnopqrstuvwxyzabcdefghijklmn",
		    i, i);
	put(path, text, n);
	free(text);
	for (i = 0; i < count; i += 1 + count / 1000) {
		snprintf(name, sizeof(name), "%.*s%u", (int)(i % 32),
		    "abcdefghijklmnopqrstuvwxyzabcdefghijklmn", i);
		snprintf(want, sizeof(want), "%s:{PLAIN}password%u ", name, i);
		assert_string_equal(lines_of(name), want);
	}
	finds("nobody", "");
	close_file();
	open_file();
}

FIND_TEST(find__any_number_of_lines__each_is_found)
{
	find_each(1);
	find_each(9);
	find_each(1000);
	find_each(30000);
}

/* So many of the lines are the user's own, and these come after them. */
static void
others_of(const char *name, size_t own, const char *const *others)
{
	struct bytes names = bytes_str(name);
	struct found_lines found;
	size_t i;

	assert_int_equal(
	    passwdfile_find(file, &m->host, &names, 1, &found), SASL_OK);
	assert_int_equal(found.count, own);
	for (i = own; others[i - own] != NULL; i++)
		assert_true(
		    bytes_equal(found.lines[i], bytes_str(others[i - own])));
	assert_int_equal(found.total, i);
	found_free(&m->host, &found);
}

FIND_TEST(find__any_user__has_the_work_of_the_one_with_the_most_lines)
{
	static const char *const one[] = { "alice:{PLAIN}a", NULL };
	static const char *const all[] = { "bob:{PLAIN}1", "bob:{PLAIN}2",
		"bob:{PLAIN}3", NULL };

	put_text("alice:{PLAIN}a\n");
	others_of("nobody", 0, one);
	others_of("alice", 1, one + 1);
	put_text("alice:{PLAIN}a\nbob:{PLAIN}1\nalice:{PLAIN}b\n"
		 "bob:{PLAIN}2\nbob:{PLAIN}3\ncarol:{PLAIN}c\n");
	others_of("nobody", 0, all);
	others_of("carol", 1, all + 1);
	others_of("alice", 2, all + 2);
	others_of("bob", 3, all + 3);
	put_text("# nobody\n");
	others_of("nobody", 0, all + 3);
}

/* Of a user without limits as many are read as of the one with the most. */
FIND_TEST(find__limits__come_with_any_user)
{
	static const char rest[] = "::::::allow_nets=192.0.2.1,::1";
	struct bytes names = bytes_str("nobody");
	struct found_lines found;

	put_text("alice:{PLAIN}a::::::allow_nets=192.0.2.1,::1\n");
	assert_int_equal(
	    passwdfile_find(file, &m->host, &names, 1, &found), SASL_OK);
	assert_true(bytes_equal(found.limits, bytes_str(rest)));
	assert_true(bytes_equal(found.nets, bytes_str("192.0.2.1,::1")));
	found_free(&m->host, &found);
}

/* Of INDEX_MOST lines at most. */
FIND_TEST(find__user_with_many_lines__does_not_slow_down_all)
{
	struct bytes names = bytes_str("nobody");
	struct found_lines found;
	char text[1024];
	unsigned i, n = 0;

	for (i = 0; i < 2 * INDEX_MOST; i++)
		n += (unsigned)sprintf(text + n, "bob:{PLAIN}%u\n", i);
	put_text(text);
	assert_int_equal(
	    passwdfile_find(file, &m->host, &names, 1, &found), SASL_OK);
	assert_int_equal(found.total, INDEX_MOST);
	assert_int_equal(found.texts, INDEX_MOST);
	found_free(&m->host, &found);
}

/* A line at the end of a chunk, and the longest that there may be. */
FIND_TEST(find__long_lines__are_found_up_to_the_limit)
{
	size_t size = 700 * 1024, n = 0;
	char *text = malloc(size);
	unsigned i;

	for (i = 0; n < size - 40 * 1024; i++) {
		n += (size_t)sprintf(text + n, "user%u:{PLAIN}", i);
		memset(text + n, 'x', i % 3 == 0 ? 8000 : 100);
		n += i % 3 == 0 ? 8000 : 100;
		text[n++] = '\n';
	}
	n += (size_t)sprintf(text + n, "long:{PLAIN}");
	memset(text + n, 'y', PASSWDFILE_LINE - 12);
	n += PASSWDFILE_LINE - 12;
	n += (size_t)sprintf(text + n, "\nlonger:{PLAIN}");
	memset(text + n, 'z', PASSWDFILE_LINE);
	n += PASSWDFILE_LINE;
	n += (size_t)sprintf(text + n, "\nlast:{PLAIN}last");
	put(path, text, n);
	free(text);
	assert_int_equal(strlen(lines_of("long")), PASSWDFILE_LINE + 1);
	expect_one_line(m, SASL_LOG_ERR, "longer than 8192 octets");
	finds("longer", "");
	finds("last", "last:{PLAIN}last ");
	assert_int_equal(
	    strlen(lines_of("user0")), strlen("user0:{PLAIN} ") + 8000);
}

/* More room is needed for them than there was, twice. */
FIND_TEST(find__several_long_lines__are_all_found)
{
	char text[6 * 640], want[sizeof(text)];
	size_t n = 0;
	unsigned i;

	for (i = 0; i < 6; i++)
		n += (size_t)sprintf(text + n, "alice:{PLAIN}%0600u\n", i);
	put_text(text);
	fake_secret("{PLAIN}0", 8); /* is in no block that is freed */
	strcpy(want, text);
	for (i = 0; want[i] != '\0'; i++)
		if (want[i] == '\n')
			want[i] = ' ';
	finds("alice", want);
}

FIND_TEST(find__no_memory_for_an_index__is_said)
{
	struct rlimit before, none;
	const char *text;

	put_text("alice:{PLAIN}a\n");
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
	text = lines_of("alice");
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	assert_string_equal(text, NO_MEMORY);
	expect_one_line(m, SASL_LOG_ERR, "cannot be read");
	finds("alice", "alice:{PLAIN}a ");
}

/* The first lines let expect far fewer of them, and none is told of twice. */
FIND_TEST(find__lines_that_become_shorter__are_all_found)
{
	char *text = malloc(1024 * 1024), name[16], want[32];
	size_t n = (size_t)sprintf(text, "bad\n");
	unsigned i;

	for (i = 0; i < 30000; i++)
		n += (size_t)sprintf(
		    text + n, "u%u:{PLAIN}%0*u\n", i, i < 30 ? 4000 : 1, i);
	put(path, text, n);
	free(text);
	for (i = 30; i < 30000; i += 97) {
		sprintf(name, "u%u", i);
		sprintf(want, "u%u:{PLAIN}%u ", i, i);
		assert_string_equal(lines_of(name), want);
	}
	expect_one_line(m, SASL_LOG_ERR, "line 1 is not used");
}

/* A chunk without a single LF. */
FIND_TEST(find__line_of_a_megabyte__is_skipped)
{
	size_t size = 1024 * 1024;
	char *text = malloc(size + 64);
	size_t n;

	memset(text, 'x', size);
	put(path, text, size); /* and nothing else */
	finds("alice", "");
	expect_one_line(m, SASL_LOG_ERR, "line 1 is not used");
	module_forget(m);
	n = size + (size_t)sprintf(text + size, "\nalice:{PLAIN}a\n");
	put(path, text, n);
	free(text);
	finds("alice", "alice:{PLAIN}a ");
	expect_one_line(m, SASL_LOG_ERR, "line 1 is not used");
}

FIND_TEST(find__faults__are_named_once_a_reading)
{
	put_text("# one\nbad\nalice:{PLAIN}a\nalice:{PLAIN}b:::::\n"
		 "eve:\nalice:{PLAIN}a\nfox:{PLAIN}f\r\nfox:{PLAIN}f\r\n");
	finds("eve", "");
	expect_logged("passwd, line 2 is not used: there is no colon");
	expect_logged("passwd: not used, either, are lines 5, 6, 8: \"sasl");
	assert_int_equal(m->fake.log_count, 2);
	module_forget(m);
	finds("bad", "");
	assert_int_equal(m->fake.log_count, 0);
}

/*
 * So many names that some share a hash, of 32 bits. All have the same secret.
 */
FIND_TEST(find__names_of_one_hash__are_not_the_same_line)
{
	enum { LINES = 400000, SIZE = 40 };
	struct bytes nobody = bytes_str("nobody");
	struct found_lines found;
	char *text = malloc(LINES * SIZE);
	size_t at = 0;

	assert_non_null(text);
	for (unsigned i = 0; i < LINES; i++)
		at += (size_t)sprintf(
		    text + at, "user%06u:{PLAIN}sixteen-or-more\n", i);
	put(path, text, at);
	free(text);
	finds("user399999", "user399999:{PLAIN}sixteen-or-more ");
	assert_int_equal(
	    passwdfile_find(file, &m->host, &nobody, 1, &found), SASL_OK);
	assert_int_equal(found.total, 1);
	assert_int_equal(found.texts, 1);
	found_free(&m->host, &found);
	assert_int_equal(m->fake.log_count, 0);
}

/* Those after them are of no use, and the log says it. */
FIND_TEST(find__more_lines_than_a_name_may_have__are_named)
{
	char text[70 * 24], *at = text;
	unsigned i;

	for (i = 1; i <= 66; i++)
		at += sprintf(at, "alice:{PLAIN}number%02u\n", i);
	put_text(text);
	assert_non_null(strstr(lines_of("alice"), "number64 "));
	assert_null(strstr(lines_of("alice"), "number65"));
	expect_logged("line 65 is not used: there are 64 lines");
	expect_logged("either, are lines 66: ");
	assert_int_equal(m->fake.log_count, 2);
}

/* A login costs no more lines than these, whatever is in the file. */
FIND_TEST(find__many_faults__cost_two_lines)
{
	char text[8 * 1000];
	size_t i;

	for (i = 0; i < 1000; i++)
		memcpy(text + 8 * i, "no-line\n", 8);
	put(path, text, sizeof(text));
	finds("alice", "");
	assert_int_equal(m->fake.log_count, 2);
	expect_logged("line 1 is not used: there is no colon");
	expect_logged("are lines 2, 3, 4, 5, 6, 7, 8, 9, 10, ");
	expect_logged(", 16, 17, 18 and more: \"sasl-classic doctor\" says");
	module_forget(m);
	finds("alice", "");
	assert_int_equal(m->fake.log_count, 0);
}

/* --- Changes -------------------------------------------------------------- */

FIND_TEST(find__replaced_file__is_seen_at_once)
{
	put_text("alice:{PLAIN}a\n");
	finds("alice", "alice:{PLAIN}a ");
	put(other, "alice:{PLAIN}b\n", 15);
	assert_int_equal(rename(other, path), 0);
	finds("alice", "alice:{PLAIN}b ");
}

/* In pages, as proc(5) has it. */
static unsigned long
mapped(void)
{
	FILE *in = fopen("/proc/self/statm", "r");
	unsigned long pages;

	assert_non_null(in);
	assert_int_equal(fscanf(in, "%lu", &pages), 1);
	fclose(in);
	return pages;
}

FIND_TEST(find__file_replaced_often__takes_no_more_memory)
{
	unsigned long before = 0;
	unsigned i;

	for (i = 0; i < 110; i++) {
		put(other, "alice:{PLAIN}b\n", 15);
		assert_int_equal(rename(other, path), 0);
		finds("alice", "alice:{PLAIN}b ");
		if (i == 10)
			before = mapped();
	}
	assert_in_range(mapped(), 0, before + 50);
}

FIND_TEST(find__file_made_later__is_seen)
{
	char away[80];

	finds("alice", NO_FILE);
	assert_int_equal(m->fake.log_count, 0);
	put_text("alice:{PLAIN}a\n");
	finds("alice", "alice:{PLAIN}a ");
	unlink(path);
	finds("alice", NO_FILE);
	put_text("alice:{PLAIN}a\n");
	finds("alice", "alice:{PLAIN}a ");
	/* Nothing of the file changes. */
	snprintf(away, sizeof(away), "%s.away", directory);
	assert_int_equal(rename(directory, away), 0);
	finds("alice", NO_FILE);
	assert_int_equal(rename(away, directory), 0);
}

static int
open_for_writing(int flags)
{
	int fd = open(path, O_WRONLY | flags);

	assert_true(fd >= 0);
	return fd;
}

/* It is `ms` (less than 1,000) after the last write, however slow we are. */
static void
stop_clock(long ms)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	stand_in.wall = st.st_mtim;
	stand_in.wall.tv_nsec += ms * 1000000;
	if (stand_in.wall.tv_nsec >= 1000000000) {
		stand_in.wall.tv_nsec -= 1000000000;
		stand_in.wall.tv_sec++;
	}
}

/* The writer has the file open, half of the line is there. */
FIND_TEST(find__torn_line__lets_nobody_in)
{
	int fd;

	put_text("alice:{PLAIN}secret\n");
	finds("alice", "alice:{PLAIN}secret ");
	fd = open_for_writing(O_TRUNC);
	finds("alice", UNAVAILABLE);
	expect_one_line(m, SASL_LOG_ERR, "is empty");
	assert_int_equal(write(fd, "alice:{PLAIN}new", 16), 16);
	module_forget(m);
	finds("alice", UNAVAILABLE);
	expect_one_line(m, SASL_LOG_ERR, "is being written to");
	assert_int_equal(write(fd, "-secret\n", 8), 8);
	stop_clock(900);
	finds("alice", UNAVAILABLE);
	close(fd);
	finds("alice", "alice:{PLAIN}new-secret ");
}

/* It has been for long, and whoever writes it has not gone. */
FIND_TEST(find__torn_line_that_waits_for_its_end__lets_nobody_in)
{
	int fd;

	put_text("bob:{PLAIN}b\nalice:{PLAIN}new");
	fd = open_for_writing(O_APPEND);
	finds("alice", UNAVAILABLE);
	finds("bob", UNAVAILABLE);
	close(fd);
	finds("alice", "alice:{PLAIN}new ");
}

/* As a server that may read the file of root, `seconds` from now. */
static const char *
lines_of_later(long seconds)
{
	const char *text;

	assert_int_equal(seteuid(65534), 0);
	stand_in.wall_later = seconds;
	text = lines_of("alice");
	stand_in.wall_later = 0;
	assert_int_equal(seteuid(0), 0);
	return text;
}

static void
begin_to_write(const char *text, int *fd)
{
	assert_int_equal(chmod(directory, 0755), 0);
	put_text("");
	assert_int_equal(chmod(path, 0644), 0);
	*fd = open_for_writing(0);
	assert_int_equal(write(*fd, text, strlen(text)), strlen(text));
}

/* So that its ctime is another than its mtime, but in the same second. */
static void
rename_later(void)
{
	struct stat st;

	do {
		assert_int_equal(rename(path, other), 0);
		assert_int_equal(rename(other, path), 0);
		assert_int_equal(stat(path, &st), 0);
	} while (st.st_ctim.tv_nsec == st.st_mtim.tv_nsec);
}

/* Only the owner and root may ask whether somebody has it open. */
FIND_TEST_OF_ROOT(find__written_by_whom_one_cannot_see__waits)
{
	int fd;

	begin_to_write("alice:{PLAIN}old\n", &fd);
	stop_clock(900);
	assert_string_equal(lines_of_later(0), UNAVAILABLE);
	expect_one_line(m, SASL_LOG_ERR, "is being written to");
	assert_string_equal(lines_of_later(2), "alice:{PLAIN}old ");
	/* The clock was set back since. */
	assert_int_equal(truncate(path, 17), 0);
	stop_clock(0);
	assert_string_equal(lines_of_later(-60), "alice:{PLAIN}old ");
	/* It was renamed after it was written, and so is whole. */
	assert_int_equal(truncate(path, 17), 0);
	rename_later();
	stop_clock(0);
	assert_string_equal(lines_of_later(0), "alice:{PLAIN}old ");
	close(fd);
}

FIND_TEST_OF_ROOT(find__torn_line_of_whom_one_cannot_see__waits)
{
	int fd;

	begin_to_write("alice:{PLAIN}new", &fd);
	stop_clock(0);
	assert_string_equal(lines_of_later(100), UNAVAILABLE);
	expect_one_line(m, SASL_LOG_ERR, "the last line has no end");
	assert_string_equal(lines_of_later(200), "alice:{PLAIN}new ");
	assert_int_equal(write(fd, "-secret\n", 8), 8);
	close(fd);
	stop_clock(0);
	assert_string_equal(lines_of_later(2), "alice:{PLAIN}new-secret ");
}

FIND_TEST(find__last_line_without_end__counts_when_it_is_written)
{
	int fd;

	put_text("");
	fd = open_for_writing(0);
	assert_int_equal(write(fd, "alice:{PLAIN}a", 14), 14);
	close(fd);
	finds("alice", "alice:{PLAIN}a ");
}

FIND_TEST(find__edited_in_place__is_seen)
{
	int fd;

	put_text("alice:{PLAIN}aaaa\nbob:{PLAIN}b\n");
	finds("alice", "alice:{PLAIN}aaaa ");
	fd = open_for_writing(0);
	assert_int_equal(pwrite(fd, "cccc", 4, 13), 4);
	close(fd);
	finds("alice", "alice:{PLAIN}cccc ");
	finds("bob", "bob:{PLAIN}b ");
}

/* Nothing is read by way of memory that could be gone. */
FIND_TEST(find__truncated_file__is_an_answer)
{
	put_text("alice:{PLAIN}a\nbob:{PLAIN}b\n");
	finds("bob", "bob:{PLAIN}b ");
	assert_int_equal(truncate(path, 15), 0);
	finds("bob", "");
	finds("alice", "alice:{PLAIN}a ");
	put_text("alice:{PLAIN}a\nbob:{PLAIN}b\n");
	finds("bob", "bob:{PLAIN}b ");
	assert_int_equal(truncate(path, 0), 0);
	finds("bob", UNAVAILABLE);
}

/* Its number may be another file's now, which must not be read, nor closed. */
FIND_TEST(find__descriptor_closed_by_the_application__is_opened_anew)
{
	int fd, last;

	put_text("alice:{PLAIN}a\n");
	last = open("/dev/null", O_RDONLY);
	close(last);
	finds("alice", "alice:{PLAIN}a ");
	put(other, "alice:{PLAIN}b\n", 15);
	assert_int_equal(close(last), 0);
	fd = open(other, O_RDONLY);
	assert_int_equal(fd, last);
	finds("alice", "alice:{PLAIN}a ");
	assert_int_equal(fcntl(fd, F_GETFD), 0);
	close(fd);
}

/* --- What is no file of users --------------------------------------------- */

static void
expect_trouble(const char *text)
{
	module_forget(m);
	finds("alice", UNAVAILABLE);
	expect_one_line(m, SASL_LOG_ERR, text);
	assert_non_null(fake_log_find(&m->fake, path));
}

static void
try_trouble(const char *text)
{
	expect_trouble(text);
	expect_trouble(text);
	passwdfile_free(&m->host, file);
	open_file();
}

FIND_TEST(find__not_a_sound_file__is_unavailable)
{
	assert_int_equal(mkdir(path, 0700), 0);
	try_trouble("no regular file");
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	try_trouble("no regular file");
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	try_trouble("no regular file");
	unlink(path);
	assert_int_equal(symlink(path, path), 0);
	try_trouble("link");
	unlink(path);
	put_text("alice:{PLAIN}a\n");
	assert_int_equal(chmod(path, 0620), 0);
	try_trouble("chmod go-w");
	assert_int_equal(chmod(path, 0602), 0);
	try_trouble("chmod go-w");
	assert_int_equal(chmod(path, 0600), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(path, 4242, 0), 0);
		try_trouble("belongs to user 4242");
	}
	unlink(path);
	put_text("");
	try_trouble("is empty");
	assert_int_equal(truncate(path, (off_t)4 << 30), 0);
	try_trouble("larger than 1 GiB");
	unlink(path);
}

TEST(passwdfile_say__no_right_to_read__says_what_to_do)
{
	char why[PASSWDFILE_WHY];

	passwdfile_say("/etc/sasl2/passwd", EACCES, why);
	assert_non_null(strstr(why, "reload the service"));
	assert_non_null(strstr(why, "chmod 640"));
	passwdfile_say("/etc/sasl2/passwd", EIO, why);
	assert_null(strstr(why, "chmod"));
}

/* It was right when it was opened, and is not any more. */
FIND_TEST(find__rights_changed_under_way__are_seen)
{
	put_text("alice:{PLAIN}a\n");
	finds("alice", "alice:{PLAIN}a ");
	assert_int_equal(chmod(path, 0666), 0);
	expect_trouble("chmod go-w");
	assert_int_equal(chmod(path, 0600), 0);
	finds("alice", "alice:{PLAIN}a ");
}

FIND_TEST(find__symbolic_link__is_followed)
{
	char third[80];

	put(other, "alice:{PLAIN}a\n", 15);
	assert_int_equal(symlink(other, path), 0);
	finds("alice", "alice:{PLAIN}a ");
	put(other, "alice:{PLAIN}b\n", 15);
	finds("alice", "alice:{PLAIN}b ");
	/* Nothing of the file that is open changes. */
	snprintf(third, sizeof(third), "%s.third", path);
	put(third, "alice:{PLAIN}c\n", 15);
	unlink(path);
	assert_int_equal(symlink(third, path), 0);
	errno = 0;
	finds("alice", "alice:{PLAIN}c ");
	unlink(third);
}

/* A service that has given up its rights goes on with what it has open. */
FIND_TEST_OF_ROOT(find__path_out_of_reach__goes_on_until_it_is_replaced)
{
	assert_int_equal(chmod(directory, 0700), 0);
	put_text("alice:{PLAIN}a\n");
	finds("alice", "alice:{PLAIN}a ");
	put(other, "alice:{PLAIN}b\n", 15);
	assert_int_equal(seteuid(65534), 0);
	finds("alice", "alice:{PLAIN}a ");
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(seteuid(65534), 0);
	expect_trouble("reload the service");
	assert_int_equal(seteuid(0), 0);
	finds("alice", "alice:{PLAIN}b ");
}

/* In a child, as there is no way back. The number of the check that failed. */
static int
in_chroot(void)
{
	if (chdir("/var/empty") != 0 && chdir("/proc/self/fdinfo") != 0)
		return 1;
	if (chroot(".") != 0 || setgid(65534) != 0 || setuid(65534) != 0)
		return 2;
	if (strcmp(lines_of("alice"), "alice:{PLAIN}a ") != 0)
		return 3;
	return 0;
}

/* `kept`: the old file has that name then; or NULL. */
static void
expect_reload_after_replacement(const char *kept)
{
	int ends[2], status;
	char go = 0;
	pid_t pid;

	put_text("alice:{PLAIN}a\n");
	passwdfile_free(&m->host, file);
	open_file(); /* before the chroot */
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		status = in_chroot();
		close(ends[0]);
		if (status == 0 &&
		    (write(ends[1], &go, 1) != 1 || read(ends[1], &go, 1) != 1))
			status = 4;
		module_forget(m);
		if (status == 0 && strcmp(lines_of("alice"), UNAVAILABLE) != 0)
			status = 5;
		if (status == 0 &&
		    fake_log_find(&m->fake, "reload the service") == NULL)
			status = 6;
		_exit(status);
	}
	close(ends[1]);
	(void)!read(ends[0], &go, 1); /* it has looked, or has failed */
	put(other, "alice:{PLAIN}b\n", 15);
	if (kept != NULL)
		assert_int_equal(rename(path, kept), 0);
	assert_int_equal(rename(other, path), 0);
	(void)!send(ends[0], &go, 1, MSG_NOSIGNAL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(ends[0]);
	if (kept != NULL)
		unlink(kept);
}

FIND_TEST_OF_ROOT(find__in_a_chroot__goes_on_until_it_is_replaced)
{
	expect_reload_after_replacement(NULL);
}

FIND_TEST_OF_ROOT(find__in_a_chroot__uses_no_backup)
{
	char kept[256];

	snprintf(kept, sizeof(kept), "%s.kept", path);
	expect_reload_after_replacement(kept);
}

/* --- Threads -------------------------------------------------------------- */

enum { THREADS = 4, REPLACED = 1000 };

struct reader {
	pthread_t thread;
	const bool *stop;
	unsigned answers, torn;
};

/* Both lines of the answer have the same number, or it is of two files. */
static bool
is_whole(const struct found_lines *found)
{
	return found->count == 2 &&
	       bytes_equal(found->lines[0],
		   bytes_of(found->lines[1].data, found->lines[0].len));
}

static void *
read_all_the_time(void *context)
{
	struct reader *r = context;
	struct bytes name = bytes_str("alice");
	struct found_lines found;

	while (!__atomic_load_n(r->stop, __ATOMIC_ACQUIRE)) {
		if (passwdfile_find(file, &m->host, &name, 1, &found) !=
			SASL_OK ||
		    !is_whole(&found))
			r->torn++;
		r->answers++;
		found_free(&m->host, &found);
	}
	return NULL;
}

LAYOUT_TEST_ONCE(
    NULL, find__replaced_under_threads__each_answer_is_of_one_file, begin, end)
{
	struct reader readers[THREADS];
	bool stop = false;
	char text[128];
	unsigned i;

	put_text("alice:{PLAIN}1000\nbob:{PLAIN}b\nalice:{PLAIN}1000x\n");
	for (i = 0; i < THREADS; i++) {
		readers[i] = (struct reader) { .stop = &stop };
		assert_int_equal(pthread_create(&readers[i].thread, NULL,
				     read_all_the_time, &readers[i]),
		    0);
	}
	for (i = 0; i < REPLACED; i++) {
		snprintf(text, sizeof(text),
		    "alice:{PLAIN}%u\nbob:{PLAIN}b%.*s\nalice:{PLAIN}%ux\n",
		    1000 + i, (int)(i % 9), "xxxxxxxxx", 1000 + i);
		put(other, text, strlen(text));
		assert_int_equal(rename(other, path), 0);
	}
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
		assert_true(readers[i].answers > 0);
		assert_int_equal(readers[i].torn, 0);
	}
}

FIND_TEST(passwdfile_open__missing_file__is_no_descriptor)
{
	char why[PASSWDFILE_WHY];
	struct stat st;

	unlink(path);
	assert_int_equal(passwdfile_open(path, &st, why), -1);
	assert_int_equal(errno, ENOENT);
	put_text("");
}

/* What this process runs has no business with the file, nor waits for it. */
FIND_TEST(passwdfile_open__descriptor__is_of_this_process_alone)
{
	char why[PASSWDFILE_WHY];
	struct stat st;
	int fd;

	put_text("alice:{PLAIN}secret\n");
	fd = passwdfile_open(path, &st, why);
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(passwdfile_has_writer(fd), 0);
	assert_int_equal(fcntl(fd, F_GETLEASE), F_UNLCK);
	close(fd);
}

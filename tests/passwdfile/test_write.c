/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Changes of a passwdfile: what changes and what does not, and when nothing
 * may.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sasl/sasl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "passwdfile/write.h"
#include "support/place.h"

static char why[PASSWDFILE_WHY];

TESTS_IN_A_PLACE

static struct passwdfile_edit *
open_edit(void)
{
	struct passwdfile_edit *edit;

	assert_int_equal(
	    passwdfile_edit_open(path, PASSWDFILE_MAY_BE_MISSING, &edit, why),
	    SASL_OK);
	return edit;
}

static void
commit(struct passwdfile_edit *edit)
{
	assert_int_equal(passwdfile_edit_commit(edit, why), SASL_OK);
	passwdfile_edit_close(edit);
}

/* It cannot be opened so, and this is why. */
static void
refuse(enum passwdfile_missing how, int code, const char *reason)
{
	struct passwdfile_edit *edit;

	assert_int_equal(passwdfile_edit_open(path, how, &edit, why), code);
	assert_null(edit);
	assert_non_null(strstr(why, reason));
}

static void
expect_mode(mode_t mode)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, mode);
}

static bool
is_called(void *name, const struct passwdfile_line *line)
{
	return bytes_equal(line->name, bytes_str(name));
}

static void
replace(char *name, const char *first, const char *second)
{
	struct bytes lines[2] = { bytes_str(first), bytes_str(second) };
	size_t count = first == NULL ? 0 : second == NULL ? 1 : 2;
	struct passwdfile_edit *edit = open_edit();

	assert_true(
	    passwdfile_edit_replace(edit, is_called, name, lines, count) >= 0);
	commit(edit);
}

static char alice[] = "alice", bob[] = "bob", carol[] = "carol";

static const struct {
	const char *before, *name, *first, *second, *after;
} changes[] = {
	{ "alice:{PLAIN}a\nbob:{PLAIN}b\n", alice, "alice:{PLAIN}x", NULL,
	    "alice:{PLAIN}x\nbob:{PLAIN}b\n" },
	{ "alice:{PLAIN}a\nbob:{PLAIN}b\nalice:{PLAIN}c\n", alice,
	    "alice:{PLAIN}x", "alice:{PLAIN}y",
	    "alice:{PLAIN}x\nalice:{PLAIN}y\nbob:{PLAIN}b\n" },
	{ "alice:{PLAIN}a\nbob:{PLAIN}b\n", bob, NULL, NULL,
	    "alice:{PLAIN}a\n" },
	{ "alice:{PLAIN}a\nbob:{PLAIN}b\n", carol, "carol:{PLAIN}c", NULL,
	    "alice:{PLAIN}a\nbob:{PLAIN}b\ncarol:{PLAIN}c\n" },
	/* Other lines are as they are, whatever they are. */
	{ "# alice:{PLAIN}a\n\n \nalice\nalice:\nbob:{PLAIN}b:x::::  k=v\n"
	  "alice:{PLAIN}a\n:\n",
	    alice, "alice:{PLAIN}x", NULL,
	    "# alice:{PLAIN}a\n\n \nalice\nalice:\nbob:{PLAIN}b:x::::  k=v\n"
	    "alice:{PLAIN}x\n:\n" },
	/* Ends of lines, and of the file. */
	{ "bob:{PLAIN}b\r\nalice:{PLAIN}a\r\n", alice, "alice:{PLAIN}x", NULL,
	    "bob:{PLAIN}b\r\nalice:{PLAIN}x\r\n" },
	{ "alice:{PLAIN}a\nbob:{PLAIN}b", alice, "alice:{PLAIN}x", NULL,
	    "alice:{PLAIN}x\nbob:{PLAIN}b" },
	{ "alice:{PLAIN}a\nbob:{PLAIN}b", carol, "carol:{PLAIN}c", NULL,
	    "alice:{PLAIN}a\nbob:{PLAIN}b\ncarol:{PLAIN}c\n" },
	{ "\xef\xbb\xbf"
	  "alice:{PLAIN}a\n",
	    alice, "alice:{PLAIN}x", NULL,
	    "\xef\xbb\xbf"
	    "alice:{PLAIN}x\n" },
	{ "", alice, "alice:{PLAIN}x", NULL, "alice:{PLAIN}x\n" },
};

TEST(edit_replace__lines__others_stay_to_the_octet)
{
	size_t i;

	for (i = 0; i < COUNT_OF(changes); i++) {
		put_text(changes[i].before);
		replace((char *)changes[i].name, changes[i].first,
		    changes[i].second);
		expect_text(changes[i].after);
	}
}

/* A file without an octet would be taken for one that is being written. */
TEST(edit_commit__last_line_gone__leaves_a_comment)
{
	put_text("alice:{PLAIN}a\n");
	replace(alice, NULL, NULL);
	expect_text("# passwdfile(5): name:secret, one line a secret\n");
}

/* A process in a chroot would have to be reloaded for another one. */
TEST(edit_commit__nothing_changed__leaves_the_file_itself)
{
	struct passwdfile_edit *edit;
	struct stat before, after;

	put_text("alice:{PLAIN}a\n");
	assert_int_equal(stat(path, &before), 0);
	replace(bob, NULL, NULL);
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_disable(edit, is_called, alice, false), 0);
	commit(edit);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(after.st_ino, before.st_ino);
	assert_int_equal(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
}

/* By these times readers tell it from a file that is edited in place. */
TEST(edit_commit__new_file__was_renamed_after_it_was_written)
{
	struct stat st;
	int i;

	for (i = 0; i < 20; i++) {
		unlink(path);
		replace(alice, "alice:{PLAIN}b", NULL);
		assert_int_equal(stat(path, &st), 0);
		assert_true(st.st_ctim.tv_sec > st.st_mtim.tv_sec ||
			    st.st_ctim.tv_nsec > st.st_mtim.tv_nsec);
	}
}

/* By another program, which alone knows why; and a line that is malformed. */
#define LOCKED \
	"alice:!\nalice:{CRYPT}!$1$salt$qJH7.N4xYta3aEG/dfqo/0\n" \
	"alice:{PLAIN}d::::::expires=soon\n"

TEST(edit_disable__lines__get_a_sign_and_lose_it)
{
	struct passwdfile_edit *edit;

	put_text(
	    "alice:{PLAIN}a\nbob:{PLAIN}b\nalice:!{PLAIN}c\nalice:*\n" LOCKED);
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_disable(edit, is_called, alice, true), 1);
	commit(edit);
	expect_text(
	    "alice:!{PLAIN}a\nbob:{PLAIN}b\nalice:!{PLAIN}c\nalice:*\n" LOCKED);
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_disable(edit, is_called, alice, false), 2);
	commit(edit);
	expect_text(
	    "alice:{PLAIN}a\nbob:{PLAIN}b\nalice:{PLAIN}c\nalice:*\n" LOCKED);
}

TEST(edit_open__missing_file__as_wanted)
{
	struct passwdfile_edit *edit;

	unlink(path);
	refuse(PASSWDFILE_MUST_BE, SASL_NOUSER, "does not exist");
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_append(edit, bytes_str("alice:{PLAIN}a")), 0);
	assert_int_equal(
	    passwdfile_edit_append(edit, bytes_str("bob:{PLAIN}b")), 0);
	commit(edit);
	expect_text("alice:{PLAIN}a\nbob:{PLAIN}b\n");
	expect_mode(0600);
	refuse(PASSWDFILE_MUST_BE_MISSING, SASL_UNAVAIL, "is there already");
}

TEST(edit_close__without_commit__changes_nothing)
{
	struct passwdfile_edit *edit;
	struct stat st;
	char name[80];

	put_text("alice:{PLAIN}a\n");
	edit = open_edit();
	assert_true(
	    passwdfile_edit_replace(edit, is_called, alice, NULL, 0) == 1);
	/* Whoever can open the lock can keep it. */
	snprintf(name, sizeof(name), "%s.lock", path);
	assert_int_equal(stat(name, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	passwdfile_edit_close(edit);
	assert_int_equal(stat(name, &st), -1);
	expect_text("alice:{PLAIN}a\n");
}

/* What cannot be written whole is not put in the place of the old one. */
TEST(edit_commit__no_room_for_all__keeps_the_old_file)
{
	struct passwdfile_edit *edit;
	struct rlimit before, small;

	put_text("alice:{PLAIN}a\n");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 8;
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_append(edit, bytes_str("bob:{PLAIN}b")), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(passwdfile_edit_commit(edit, why), SASL_UNAVAIL);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	passwdfile_edit_close(edit);
	expect_text("alice:{PLAIN}a\n");
}

/* He would go on writing to the old file. */
TEST(edit_open__another_is_writing__is_refused)
{
	struct passwdfile_edit *edit;
	int fd;

	put_text("alice:{PLAIN}a\n");
	fd = open(path, O_WRONLY);
	refuse(PASSWDFILE_MUST_BE, SASL_UNAVAIL, "is being written to");
	close(fd);
	edit = open_edit();
	assert_int_equal(
	    passwdfile_edit_append(edit, bytes_str("bob:{PLAIN}b")), 0);
	fd = open(path, O_WRONLY);
	assert_int_equal(passwdfile_edit_commit(edit, why), SASL_CONTINUE);
	close(fd);
	passwdfile_edit_close(edit);
	expect_text("alice:{PLAIN}a\n");
}

/* One who edits by hand knows of no lock. */
static const struct {
	const char *before, *meanwhile; /* NULL: there is no file */
} by_hand[] = {
	{ "alice:{PLAIN}a\n", "alice:{PLAIN}a\nbob:{PLAIN}b\n" },
	{ "alice:{PLAIN}a\n", "alice:{PLAIN}b\n" },
	{ "alice:{PLAIN}a\n", NULL },
	{ NULL, "alice:{PLAIN}b\n" },
};

static void
write_by_hand(const char *text)
{
	unlink(path);
	if (text != NULL)
		put_text(text);
}

TEST(edit_commit__file_changed_meanwhile__says_so)
{
	struct passwdfile_edit *edit;
	char name[80];
	size_t i;

	snprintf(name, sizeof(name), "%s.new", path);
	for (i = 0; i < COUNT_OF(by_hand); i++) {
		write_by_hand(by_hand[i].before);
		edit = open_edit();
		assert_int_equal(
		    passwdfile_edit_append(edit, bytes_str("carol:{PLAIN}c")),
		    0);
		write_by_hand(by_hand[i].meanwhile);
		assert_int_equal(
		    passwdfile_edit_commit(edit, why), SASL_CONTINUE);
		assert_int_equal(access(name, F_OK), -1);
		passwdfile_edit_close(edit);
		if (by_hand[i].meanwhile != NULL)
			expect_text(by_hand[i].meanwhile);
		else
			assert_int_equal(access(path, F_OK), -1);
	}
}

/* The owner may read and write, user 65534 and nobody else may read. */
static const struct {
	uint32_t version;
	struct {
		uint16_t tag, rights;
		uint32_t id;
	} entries[5];
} acl = { 2, { { 1, 6, UINT32_MAX }, { 2, 4, 65534 }, { 4, 0, UINT32_MAX },
		 { 0x10, 4, UINT32_MAX }, { 0x20, 0, UINT32_MAX } } };

static const struct {
	const char *name;
	const void *value;
	size_t len;
} attributes[] = {
	{ "system.posix_acl_access", &acl, sizeof(acl) },
	{ "security.selinux", "system_u:object_r:etc_t:s0", 27 },
	{ "user.test", "here", 4 },
};

TEST(edit_commit__owner_mode_attributes_link__are_kept)
{
	bool has[COUNT_OF(attributes)];
	char value[256];
	struct stat st;
	size_t i;

	unlink(path);
	put_text("alice:{PLAIN}a\n");
	assert_int_equal(rename(path, other), 0);
	assert_int_equal(symlink("other", path), 0);
	assert_int_equal(chmod(other, 0640), 0);
	if (geteuid() == 0)
		assert_int_equal(chown(other, 0, 4242), 0);
	for (i = 0; i < COUNT_OF(attributes); i++)
		has[i] = setxattr(other, attributes[i].name,
			     attributes[i].value, attributes[i].len, 0) == 0;
	replace(alice, "alice:{PLAIN}x", NULL);
	expect_text("alice:{PLAIN}x\n");
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	expect_mode(0640);
	assert_int_equal(stat(path, &st), 0);
	if (geteuid() == 0)
		assert_int_equal(st.st_gid, 4242);
	for (i = 0; i < COUNT_OF(attributes); i++) {
		if (!has[i])
			continue;
		assert_int_equal(
		    getxattr(other, attributes[i].name, value, sizeof(value)),
		    attributes[i].len);
		assert_memory_equal(
		    value, attributes[i].value, attributes[i].len);
	}
	unlink(path);
	unlink(other);
}

/* What a directory has for new files does not open the one that was there. */
TEST(edit_commit__acl_of_the_directory__is_not_taken)
{
	put_text("alice:{PLAIN}a\n");
	assert_int_equal(chmod(path, 0640), 0);
	if (setxattr(directory, "system.posix_acl_default", &acl, sizeof(acl),
		0) < 0)
		return; /* the file system has none */
	replace(alice, "alice:{PLAIN}x", NULL);
	assert_int_equal(removexattr(directory, "system.posix_acl_default"), 0);
	expect_text("alice:{PLAIN}x\n");
	assert_int_equal(
	    getxattr(path, "system.posix_acl_access", NULL, 0), -1);
	expect_mode(0640);
}

/* Whoever owns it, or may write to it, can put another one in its place. */
TEST(edit_open__directory_above_of_others__is_refused)
{
	static const struct {
		mode_t mode;
		uid_t owner;
		int result;
	} cases[] = { { 0770, 0, SASL_UNAVAIL }, { 0707, 0, SASL_UNAVAIL },
		{ 01777, 0, SASL_OK }, { 0755, 4242, SASL_UNAVAIL },
		{ 0700, 0, SASL_OK } };
	char below[64], file[80];
	size_t i;

	snprintf(below, sizeof(below), "%s/below", directory);
	snprintf(file, sizeof(file), "%s/passwd", below);
	assert_int_equal(mkdir(below, 0700), 0);
	for (i = 0; i < COUNT_OF(cases); i++) {
		if (geteuid() != 0 && cases[i].owner != 0)
			continue;
		if (geteuid() == 0)
			assert_int_equal(
			    chown(directory, cases[i].owner, 0), 0);
		assert_int_equal(chmod(directory, cases[i].mode), 0);
		assert_int_equal(
		    passwdfile_can_write(file, why), cases[i].result);
		if (cases[i].result != SASL_OK)
			assert_non_null(strstr(why, directory));
	}
	if (geteuid() == 0)
		assert_int_equal(chown(directory, 0, 0), 0);
	assert_int_equal(rmdir(below), 0);
}

TEST(edit_open__directory__is_no_name_of_a_file)
{
	struct passwdfile_edit *edit;

	assert_int_equal(
	    passwdfile_edit_open("/", PASSWDFILE_MAY_BE_MISSING, &edit, why),
	    SASL_UNAVAIL);
	assert_non_null(strstr(why, "is no name of a file"));
}

static bool
is_root(void)
{
	return geteuid() == 0;
}

TEST_IF(is_root, edit_open__missing_file_in_the_root_directory__is_opened, NULL,
    NULL)
{
	struct passwdfile_edit *edit;
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (chroot(directory) < 0 || chdir("/") < 0 ||
		    passwdfile_edit_open("/file", PASSWDFILE_MAY_BE_MISSING,
			&edit, why) != SASL_OK)
			_exit(1);
		passwdfile_edit_close(edit);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

TEST(edit_open__directory_of_others__is_refused)
{
	static const mode_t open_modes[] = { 0770, 0707, 01777 };
	size_t i;

	put_text("alice:{PLAIN}a\n");
	for (i = 0; i < COUNT_OF(open_modes); i++) {
		assert_int_equal(chmod(directory, open_modes[i]), 0);
		refuse(PASSWDFILE_MAY_BE_MISSING, SASL_UNAVAIL,
		    "can be written by others");
		assert_int_equal(passwdfile_can_write(path, why), SASL_UNAVAIL);
	}
	assert_int_equal(chmod(directory, 0700), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown(directory, 4242, 0), 0);
		assert_int_equal(passwdfile_can_write(path, why), SASL_UNAVAIL);
		assert_non_null(strstr(why, "belongs to another user"));
		assert_int_equal(chmod(directory, 0500), 0);
		assert_int_equal(seteuid(4242), 0);
		assert_int_equal(passwdfile_can_write(path, why), SASL_UNAVAIL);
		assert_int_equal(seteuid(0), 0);
		assert_int_equal(chmod(directory, 0700), 0);
		assert_int_equal(chown(directory, 0, 0), 0);
	}
	assert_int_equal(passwdfile_can_write(path, why), SASL_OK);
	assert_int_equal(chmod(path, 0666), 0);
	refuse(PASSWDFILE_MAY_BE_MISSING, SASL_UNAVAIL, path);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	refuse(PASSWDFILE_MAY_BE_MISSING, SASL_UNAVAIL, path);
	unlink(path);
}

/*
 * A link in the place of what is made beside the file leads nobody elsewhere.
 */
TEST(edit_commit__links_beside_the_file__are_not_followed)
{
	char name[80];
	struct stat st;

	put_text("alice:{PLAIN}a\n");
	snprintf(name, sizeof(name), "%s.new", path);
	assert_int_equal(symlink(other, name), 0);
	replace(alice, "alice:{PLAIN}x", NULL);
	expect_text("alice:{PLAIN}x\n");
	assert_int_equal(stat(other, &st), -1);
	snprintf(name, sizeof(name), "%s.lock", path);
	assert_int_equal(symlink(other, name), 0);
	refuse(PASSWDFILE_MAY_BE_MISSING, SASL_UNAVAIL, path);
	assert_int_equal(stat(other, &st), -1);
	unlink(name);
}

enum { WRITERS = 20, LINES = 10 };

static int
append_lines(int writer)
{
	struct passwdfile_edit *edit;
	char line[64];
	int i;

	for (i = 0; i < LINES; i++) {
		if (passwdfile_edit_open(
			path, PASSWDFILE_MUST_BE, &edit, why) != SASL_OK)
			return 1;
		snprintf(line, sizeof(line), "user%d-%d:{PLAIN}x", writer, i);
		if (passwdfile_edit_append(edit, bytes_str(line)) != 0 ||
		    passwdfile_edit_commit(edit, why) != SASL_OK)
			return 2;
		passwdfile_edit_close(edit);
	}
	return 0;
}

TEST(edit_commit__twenty_writers__lose_nothing)
{
	struct passwdfile_edit *edit;
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	struct bytes text;
	size_t at = 0, count = 0;
	int i, status;

	put_text("# users\n");
	for (i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(append_lines(i));
	for (i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	edit = open_edit();
	while (passwdfile_edit_next(edit, &at, &text, &line, &fault))
		count += fault == PASSWDFILE_FINE;
	passwdfile_edit_close(edit);
	assert_int_equal(count, WRITERS * LINES);
}

static const struct {
	const char *password, *secret;
} secrets[] = {
	{ "secret", "{PLAIN}secret" },
	{ "$6$x", "{PLAIN}$6$x" },
	{ " x", "{PLAIN} x" },
	{ "x ", "{PLAIN.b64}eCA=" },
	{ "a:b", "{PLAIN.b64}YTpi" },
	{ "a\nb", "{PLAIN.b64}YQpi" },
	{ "a\x7f", "{PLAIN.b64}YX8=" },
	{ "p\xc3\xa4", "{PLAIN}p\xc3\xa4" },
};

TEST(passwdfile_secret__any_password__can_be_read_again)
{
	struct passwdfile_value value;
	struct passwdfile_line line;
	char room[PASSWDFILE_VALUE], text[128], *secret;
	size_t i, len;

	for (i = 0; i < COUNT_OF(secrets); i++) {
		secret =
		    passwdfile_secret(bytes_str(secrets[i].password), &len);
		assert_string_equal(secret, secrets[i].secret);
		assert_int_equal(len, strlen(secret));
		snprintf(text, sizeof(text), "alice:%s", secret);
		passwdfile_free_text(secret, len);
		assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
				     bytes_str(text), &line),
		    PASSWDFILE_FINE);
		assert_int_equal(
		    passwdfile_value(&line, room, &value), PASSWDFILE_FINE);
		assert_true(
		    bytes_equal(value.octets, bytes_str(secrets[i].password)));
	}
}

static const struct {
	struct passwdfile_new new;
	const char *line; /* NULL: it cannot be one */
} news[] = {
#define B(text) \
	{ \
		text, sizeof(text) - 1 \
	}
	{ { .name = B("alice"), .secret = B("{PLAIN}x") }, "alice:{PLAIN}x" },
	{ { .name = B("alice"),
	      .secret = B("{PLAIN}x"),
	      .label = B("phone"),
	      .expires = B("2027-12-31"),
	      .allow_nets = B("192.0.2.0/24,2001:db8::/32") },
	    "alice:{PLAIN}x::::::label=phone expires=2027-12-31 "
	    "allow_nets=192.0.2.0/24,2001:db8::/32" },
	{ { .name = B("alice"),
	      .secret = B("{PLAIN}x"),
	      .allow_nets = B("::1") },
	    "alice:{PLAIN}x::::::allow_nets=::1" },
	{ { .name = B("alice"), .secret = B("{PLAIN}x"), .is_disabled = true },
	    "alice:!{PLAIN}x" },
	{ { .name = B("al:ice"), .secret = B("{PLAIN}x") }, NULL },
	{ { .name = B("#alice"), .secret = B("{PLAIN}x") }, NULL },
	{ { .name = B("alice"), .secret = B("{PLAIN}x:y") }, NULL },
	{ { .name = B("alice:{PLAIN}x"), .secret = B("{PLAIN}x") }, NULL },
	{ { .name = B("alice"),
	      .secret = B("{PLAIN}x"),
	      .label = B("my phone") },
	    NULL },
	{ { .name = B("alice"), .secret = B("{PLAIN}x\nroot:{PLAIN}y") },
	    NULL },
	{ { .name = B("alice"), .secret = B("{PLAIN}x"), .expires = B("soon") },
	    NULL },
	{ { .name = B("alice"),
	      .secret = B("{PLAIN}x"),
	      .allow_nets = B("::1 nice") },
	    NULL },
	{ { .name = B("alice"), .secret = B("!{PLAIN}x") }, NULL },
	{ { .name = B("alice"), .secret = B("{PLAIN}x\n") }, NULL },
};

/* glibc's malloc() fills what it gives with this. */
static void
perturb(int octet)
{
#ifdef HAVE_MALLOPT
	mallopt(M_PERTURB, octet);
#else
	(void)octet;
#endif
}

TEST(passwdfile_print__new_line__is_read_as_it_was_meant)
{
	size_t i, len;
	char *text;

	perturb(1); /* no NUL by chance */
	for (i = 0; i < COUNT_OF(news); i++) {
		text = passwdfile_print(&news[i].new, &len);
		if (news[i].line == NULL) {
			assert_null(text);
			assert_int_equal(errno, EINVAL);
			assert_int_equal(len, 0);
			continue;
		}
		assert_string_equal(text, news[i].line);
		assert_int_equal(len, strlen(text));
		passwdfile_free_text(text, len);
	}
	perturb(0);
}

/* A line in the place of another one: what is not given stays. */
static const struct {
	const char *rest, *expires, *nets, *want;
} olds[] = {
	{ "", NULL, NULL, "" },
	{ "", "2027-12-31", NULL, "::::::expires=2027-12-31" },
	{ ":8:8::/home:/sh", NULL, NULL, ":8:8::/home:/sh" },
	{ ":8:8::/home:/sh", NULL, "::1", ":8:8::/home:/sh:allow_nets=::1" },
	{ ":8", "2027-12-31", NULL, ":8:::::expires=2027-12-31" },
	{ "::::::allow_nets=::1", "2027-12-31", NULL,
	    "::::::allow_nets=::1 expires=2027-12-31" },
	{ "::::::allow_nets=::1", NULL, "::2", "::::::allow_nets=::2" },
	{ ":8:8::/h::a=b:\tlabel=fax expires=2020-02-29  nice", "2027-12-31",
	    NULL, ":8:8::/h::a=b:\tlabel=fax  nice expires=2027-12-31" },
	{ "::::::expires=2020-02-29 mail=x:", "2027-12-31", "::1",
	    "::::::mail=x: expires=2027-12-31 allow_nets=::1" },
	{ "::::::nice ", "soon", NULL, NULL },
	{ ":8:8::/h::nice expires=2020-02-29 allow_nets=::1", "", NULL,
	    ":8:8::/h::nice allow_nets=::1" },
	{ "::::::expires=2020-02-29 nice allow_nets=::1", "2027-12-31", "",
	    "::::::nice expires=2027-12-31" },
	{ "::::::allow_nets=::1", "", "", "::::::" },
};

TEST(passwdfile_print__line_is_replaced__keeps_what_is_not_given)
{
	char *text, want[256];
	size_t i, len;

	for (i = 0; i < COUNT_OF(olds); i++) {
		text = passwdfile_print(
		    &(struct passwdfile_new) { .name = bytes_str("alice"),
			.secret = bytes_str("{PLAIN}x"),
			.expires = bytes_str(olds[i].expires),
			.allow_nets = bytes_str(olds[i].nets),
			.rest = bytes_str(olds[i].rest) },
		    &len);
		if (olds[i].want == NULL) {
			assert_null(text);
			continue;
		}
		snprintf(want, sizeof(want), "alice:{PLAIN}x%s", olds[i].want);
		assert_string_equal(text, want);
		assert_int_equal(len, strlen(text));
		passwdfile_free_text(text, len);
	}
}

#ifdef WRAPS /* link-time optimisation passes the linker's --wrap by */

/* The linker puts these before the C library's. */
static unsigned starve_at; /* this allocation fails, from 1; 0: none */
static unsigned fsync_fails_at;
static bool sleeps_not;
static const char *lost_lock; /* goes when it is about to be locked; or NULL */

static bool
fails(unsigned *at, int error)
{
	if (*at == 0 || --*at > 0)
		return false;
	errno = error;
	return true;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_flock(int fd, int how);
int __wrap_flock(int fd, int how);
int __real_nanosleep(const struct timespec *time, struct timespec *rest);
int __wrap_nanosleep(const struct timespec *time, struct timespec *rest);

void *
__wrap_malloc(size_t size)
{
	return fails(&starve_at, ENOMEM) ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails(&starve_at, ENOMEM) ? NULL : __real_calloc(count, size);
}

int
__wrap_fsync(int fd)
{
	return fails(&fsync_fails_at, EIO) ? -1 : __real_fsync(fd);
}

int
__wrap_flock(int fd, int how)
{
	if (lost_lock != NULL)
		unlink(lost_lock);
	lost_lock = NULL;
	return __real_flock(fd, how);
}

int
__wrap_nanosleep(const struct timespec *time, struct timespec *rest)
{
	return sleeps_not ? 0 : __real_nanosleep(time, rest);
}

TEST(passwdfile_print__no_memory__is_told_from_what_cannot_stand_there)
{
	const struct passwdfile_new good = { .name = bytes_str("alice"),
		.secret = bytes_str("{PLAIN}x") };
	struct passwdfile_new bad = good;
	size_t len = 7;
	char *text;

	bad.name = bytes_str("al:ice");
	starve_at = 1;
	errno = 0;
	text = passwdfile_print(&good, &len);
	assert_null(text);
	assert_int_equal(errno, ENOMEM);
	assert_int_equal(len, 0);
	assert_null(passwdfile_print(&bad, &len));
	assert_int_equal(errno, EINVAL);
	text = passwdfile_print(&good, &len);
	assert_string_equal(text, "alice:{PLAIN}x");
	passwdfile_free_text(text, len);
}

/* Its last owner has gone: the next one to come takes another. */
TEST(edit_open__lock_that_has_gone__is_no_lock)
{
	struct passwdfile_edit *edit;
	char name[80];

	snprintf(name, sizeof(name), "%s.lock", path);
	put_text("alice:{PLAIN}a\n");
	lost_lock = name;
	edit = open_edit();
	assert_null(lost_lock);
	assert_int_equal(access(name, F_OK), 0);
	assert_int_equal(
	    passwdfile_edit_append(edit, bytes_str("bob:{PLAIN}b")), 0);
	commit(edit);
	expect_text("alice:{PLAIN}a\nbob:{PLAIN}b\n");
}

/* Nor is it taken from who has not given it back. */
TEST(edit_open__lock_of_another__is_waited_for_and_left)
{
	struct passwdfile_edit *edit;
	char name[80];

	snprintf(name, sizeof(name), "%s.lock", path);
	put_text("alice:{PLAIN}a\n");
	edit = open_edit();
	sleeps_not = true;
	refuse(PASSWDFILE_MUST_BE, SASL_UNAVAIL, "is being written by another");
	sleeps_not = false;
	assert_int_equal(access(name, F_OK), 0);
	passwdfile_edit_close(edit);
	assert_int_equal(access(name, F_OK), -1);
}

/* What is not known to be on the disk is no success, nor is it lost. */
TEST(edit_commit__not_flushed__says_so)
{
	static const char *const after[] = { "alice:{PLAIN}a\n",
		"alice:{PLAIN}a\nbob:{PLAIN}b\n" };
	struct passwdfile_edit *edit;
	unsigned i;

	put_text(after[0]);
	for (i = 0; i < COUNT_OF(after); i++) {
		edit = open_edit();
		assert_int_equal(
		    passwdfile_edit_append(edit, bytes_str("bob:{PLAIN}b")), 0);
		fsync_fails_at = i + 1; /* the file, the directory */
		assert_int_equal(
		    passwdfile_edit_commit(edit, why), SASL_UNAVAIL);
		passwdfile_edit_close(edit);
		expect_text(after[i]);
	}
}

/* Each kind of change; a line needs more room than there is. */
static int
change_all(struct passwdfile_edit *edit)
{
	static char text[8000];
	struct bytes line = bytes_of(text, sizeof(text));

	memset(text, 'x', sizeof(text));
	memcpy(text, "bob:{PLAIN}", 11);
	if (passwdfile_edit_append(edit, line) < 0 ||
	    passwdfile_edit_replace(edit, is_called, alice, &line, 1) < 0 ||
	    passwdfile_edit_disable(edit, is_called, bob, true) < 0)
		return SASL_NOMEM;
	return passwdfile_edit_commit(edit, why);
}

static int
open_and_change(void)
{
	struct passwdfile_edit *edit;
	int result = passwdfile_can_write(path, why);

	if (result == SASL_OK)
		result =
		    passwdfile_edit_open(path, PASSWDFILE_MUST_BE, &edit, why);
	if (result != SASL_OK)
		return result;
	result = change_all(edit);
	passwdfile_edit_close(edit);
	return result;
}

TEST(edit__no_memory__leaves_the_old_file)
{
	unsigned n = 0;
	int result;

	put_text("alice:{PLAIN}a\n");
	(void)setxattr(path, "user.test", "here", 4, 0);
	do {
		starve_at = ++n;
		result = open_and_change();
		if (starve_at == 0) {
			assert_int_not_equal(result, SASL_OK);
			expect_text("alice:{PLAIN}a\n");
		}
	} while (starve_at == 0);
	starve_at = 0;
	assert_int_equal(result, SASL_OK);
	assert_in_range(n, 6, 12);
}

#endif

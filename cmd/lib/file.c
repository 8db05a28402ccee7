/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Files that are root's alone: see file.h.
 */
#include "config.h"

#include <sys/stat.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>

#include "base/secret.h"
#include "lib/file.h"
#include "lib/util.h"

enum { LINKS_MOST = 40 }; /* as Linux has it */

/* A walk along a path, from the root to the file. */
struct walk {
	struct file_breach *breach;
	uid_t also; /* trusted like root */
	int links;
};

static bool trust_path(struct walk *w, const char *path, bool is_leaf);

static void
report_owner(struct file_breach *breach, const char *path, uid_t owner)
{
	const struct passwd *user = getpwuid(owner);

	breach->who = util_format("%s is of the user %s", path,
	    user != NULL ? user->pw_name
			 : util_format("%lu", (unsigned long)owner));
	breach->advice = util_format("chown -h root %s", text_quoted(path));
}

static void
report_mode(struct file_breach *breach, const char *path, const struct stat *st)
{
	const struct group *group = getgrgid(st->st_gid);
	bool all = (st->st_mode & S_IWOTH) != 0;

	breach->who = util_format("%s%s may write to %s",
	    all ? "everybody" : "the group ",
	    all		    ? ""
	    : group != NULL ? group->gr_name
			    : "that it is of",
	    path);
	if (!strcmp(path, "/tmp") || !strcmp(path, "/var/tmp"))
		breach->advice = util_format("# move it out of %s", path);
	else
		breach->advice = util_format("chmod %s%s-w %s",
		    st->st_mode & S_IWGRP ? "g" : "", all ? "o" : "",
		    text_quoted(path));
}

/*
 * In a directory with the sticky bit others can replace nothing that is not
 * theirs; but they can add to it, and plugins need no more.
 */
static bool
trust_mode(const struct stat *st, bool is_leaf)
{
	bool own_group = geteuid() != 0 && st->st_gid == getegid();

	if (S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX) && !is_leaf)
		return true;
	return !(st->st_mode & S_IWOTH) &&
	       (!(st->st_mode & S_IWGRP) || own_group);
}

static bool
trust_link(struct walk *w, const char *path, bool is_leaf)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target) - 1);

	if (len < 0 || ++w->links > LINKS_MOST)
		return true; /* nobody gets anywhere by it */
	target[len] = '\0';
	if (*target == '/')
		return trust_path(w, target, is_leaf);
	return trust_path(w,
	    util_format(
		"%.*s/%s", (int)(strrchr(path, '/') - path), path, target),
	    is_leaf);
}

/*
 * The last component of a path whose others are trusted. These are root's or
 * ours, and stay what they are, so the path may be used by its name.
 */
static bool
trust_entry(struct walk *w, const char *path, bool is_leaf)
{
	struct stat st;

	if (lstat(path, &st) < 0) {
		/* Others may be free to put there what they like. */
		w->breach->who = util_format("%s is not there", path);
		w->breach->advice =
		    util_format("mkdir -p %s", text_quoted(path));
	} else if (st.st_uid != 0 && st.st_uid != geteuid() &&
		   st.st_uid != w->also)
		report_owner(w->breach, path, st.st_uid);
	else if (S_ISLNK(st.st_mode))
		return trust_link(w, path, is_leaf);
	else if (!trust_mode(&st, is_leaf))
		report_mode(w->breach, path, &st);
	else
		return true;
	return false;
}

/* Every component of an absolute path, and the root. */
static bool
trust_path(struct walk *w, const char *path, bool is_leaf)
{
	bool trusted = trust_entry(w, "/", false);
	size_t at = 0, len = strlen(path);

	while (trusted && at < len) {
		at += strspn(path + at, "/");
		at += strcspn(path + at, "/");
		trusted = trust_entry(
		    w, util_text(bytes_of(path, at)), is_leaf && at == len);
	}
	return trusted;
}

bool
file_is_trusted(const char *path, uid_t also, struct file_breach *breach)
{
	struct walk w = { .breach = breach, .also = also };
	struct stat st;
	char here[PATH_MAX];
	size_t len;

	if (*path != '/')
		path = util_format("%s/%s",
		    getcwd(here, sizeof(here)) != NULL ? here : "", path);
	len = (size_t)(strrchr(path, '/') - path);
	return trust_path(&w, util_text(bytes_of(path, len)), true) &&
	       (lstat(path, &st) < 0 || trust_entry(&w, path, false));
}

bool
file_require_trusted(const char *path, uid_t also)
{
	struct file_breach breach;

	if (file_is_trusted(path, also, &breach))
		return true;
	util_complain(
	    "%s, so %s is not touched: %s", breach.who, path, breach.advice);
	return false;
}

int
file_open(const char *path, struct stat *st)
{
	struct stat here;
	int fd;

	if (st == NULL)
		st = &here;
	if (!file_require_trusted(path, 0))
		return -1;
	/* It may have appeared since, or be a pipe that nobody writes to. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, st) < 0)
		util_complain("%s cannot be read: %s", path, strerror(errno));
	else if (!S_ISREG(st->st_mode))
		util_complain("%s is no regular file", path);
	else if ((st->st_uid != 0 && st->st_uid != geteuid()) ||
		 !trust_mode(st, true))
		util_complain("%s was changed by somebody else", path);
	else
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

char *
file_read(int fd, const struct stat *st, const char *path, size_t *len)
{
	size_t size = (size_t)st->st_size;
	char *data = util_alloc(size + 1);
	ssize_t n = -1;

	*len = 0;
	while (*len < size && (n = read(fd, data + *len, size - *len)) > 0)
		*len += (size_t)n;
	close(fd);
	if (*len == size)
		return data;
	util_complain("%s cannot be read: %s", path,
	    n < 0 ? strerror(errno) : "it ends before its size");
	secret_wipe(data, *len);
	return NULL;
}

struct bytes
file_head(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char *head = util_alloc(FILE_HEAD);
	size_t len = 0;
	ssize_t n;

	while (fd >= 0 && len < FILE_HEAD &&
	       (n = read(fd, head + len, FILE_HEAD - len)) > 0)
		len += (size_t)n;
	if (fd >= 0)
		close(fd);
	return bytes_of(head, len);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Whose a file is: see trust.h.
 */
#include "config.h"

#include <sys/stat.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/trust.h"
#include "lib/util.h"

enum { LINKS_MOST = 40 }; /* as Linux has it */

/* A walk along a path, from the root to the file. */
struct walk {
	struct trust_breach *breach;
	int links;
};

static bool trust_path(struct walk *w, const char *path, bool is_leaf);

static void
report_owner(struct trust_breach *breach, const char *path, uid_t owner)
{
	const struct passwd *who = getpwuid(owner);

	if (who != NULL)
		breach->who =
		    tool_format("%s is of the user %s", path, who->pw_name);
	else
		breach->who = tool_format(
		    "%s is of the user %lu", path, (unsigned long)owner);
	breach->advice = tool_format("chown -h root %s", path);
}

static void
report_mode(
    struct trust_breach *breach, const char *path, const struct stat *st)
{
	const struct group *group = getgrgid(st->st_gid);
	bool all = (st->st_mode & S_IWOTH) != 0;

	if (all)
		breach->who = tool_format("everybody may write to %s", path);
	else if (group != NULL)
		breach->who = tool_format(
		    "the group %s may write to %s", group->gr_name, path);
	else
		breach->who = tool_format("the group %lu may write to %s",
		    (unsigned long)st->st_gid, path);
	breach->advice = tool_format("chmod %s%s-w %s",
	    st->st_mode & S_IWGRP ? "g" : "", all ? "o" : "", path);
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
	char target[PATH_MAX], *whole;
	ssize_t len = readlink(path, target, sizeof(target) - 1);
	bool trusted;

	if (len < 0 || ++w->links > LINKS_MOST)
		return true; /* nobody gets anywhere by it */
	target[len] = '\0';
	whole = *target == '/'
		    ? tool_copy(target)
		    : tool_format("%.*s/%s", (int)(strrchr(path, '/') - path),
			  path, target);
	trusted = trust_path(w, whole, is_leaf);
	free(whole);
	return trusted;
}

/* The last component of a path whose others are trusted. */
static bool
trust_entry(struct walk *w, const char *path, bool is_leaf)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return true;
	if (st.st_uid != 0 && st.st_uid != geteuid())
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
	char *part = tool_copy(path);
	bool trusted = trust_entry(w, "/", false);
	size_t at = 0, len = strlen(path);

	while (trusted && at < len) {
		at += strspn(path + at, "/");
		at += strcspn(path + at, "/");
		memcpy(part, path, at);
		part[at] = '\0';
		trusted = trust_entry(w, part, is_leaf && at == len);
	}
	free(part);
	return trusted;
}

bool
trust_file(const char *path, struct trust_breach *breach)
{
	struct walk w = { .breach = breach };
	char here[PATH_MAX], *whole, *directory;
	bool trusted;

	if (*path == '/')
		whole = tool_copy(path);
	else
		whole = tool_format("%s/%s",
		    getcwd(here, sizeof(here)) != NULL ? here : "", path);
	directory =
	    tool_format("%.*s", (int)(strrchr(whole, '/') - whole), whole);
	trusted =
	    trust_path(&w, directory, true) && trust_entry(&w, whole, false);
	free(directory);
	free(whole);
	return trusted;
}

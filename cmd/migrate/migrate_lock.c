/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One migration of a sasldb at a time, and what one that was killed has left.
 *
 * The lock is a file that nobody else can open, since whoever can open what is
 * locked can keep us out. It also says which files were about to change places:
 * a run that is killed then leaves the old one under a name of its own, and
 * somebody who had it open may have written to it after that.
 */
#include "config.h"

#include <sys/file.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"
#include "migrate/migrate.h"

/* What is in the lock file. */
struct marks {
	struct copy_mark old, new;
};

/* 0; 1 if the file was removed by who had it before; -1 with errno. */
static int
try_lock(struct migrate *m)
{
	struct stat st;
	int error;

	m->lock_fd =
	    open(m->lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (m->lock_fd < 0)
		return -1;
	if (flock(m->lock_fd, LOCK_EX | LOCK_NB) == 0 &&
	    fstat(m->lock_fd, &st) == 0) {
		if (st.st_nlink > 0)
			return 0;
		errno = 0;
	}
	error = errno;
	close(m->lock_fd);
	m->lock_fd = -1;
	errno = error;
	return error == 0 ? 1 : -1;
}

static bool
is_same_file(const char *one, const char *other)
{
	struct copy_mark a, b;

	return copy_mark(one, &a) == 0 && copy_mark(other, &b) == 0 &&
	       a.st.st_dev == b.st.st_dev && a.st.st_ino == b.st.st_ino;
}

/* The old file of a run that was killed when it had just been replaced. */
static int
recover(const struct migrate *m)
{
	struct marks marks;
	bool known = pread(m->lock_fd, &marks, sizeof(marks), 0) ==
		     (ssize_t)sizeof(marks);

	if (access(m->old, F_OK) < 0 || access(m->file, F_OK) < 0)
		return 0;
	if (is_same_file(m->old, m->file) ||
	    (known && copy_is_unchanged(m->old, &marks.old))) {
		unlink(m->old);
		return 0;
	}
	/* Whom that run had migrated last comes back as he was, no more. */
	if (known && copy_is_unchanged(m->file, &marks.new) &&
	    copy_rename(m->old, m->file) == 0)
		return 0;
	tool_complain("an earlier run was killed while somebody else wrote "
		      "to %s. %s has what they wrote, and %s what was written "
		      "since: set the passwords again that are missing in the "
		      "latter, and remove the former",
	    m->file, m->old, m->file);
	return -1;
}

int
migrate_lock(struct migrate *m)
{
	int result;

	do
		result = try_lock(m);
	while (result > 0);
	if (result < 0) {
		tool_complain("%s: %s", m->lock,
		    errno == EWOULDBLOCK ? "another migrate is at work"
					 : strerror(errno));
		return -1;
	}
	/* All of them have passwords in them. */
	unlink(m->work);
	unlink(m->fresh);
	unlink(m->new_backup);
	return recover(m);
}

int
migrate_keep_marks(const struct migrate *m, const struct copy_mark *mark)
{
	struct marks marks;

	memset(&marks, 0, sizeof(marks));
	marks.old = *mark;
	if (copy_mark(m->work, &marks.new) < 0)
		return -1;
	if (pwrite(m->lock_fd, &marks, sizeof(marks), 0) !=
	    (ssize_t)sizeof(marks))
		return -1;
	return fsync(m->lock_fd);
}

void
migrate_unlock(const struct migrate *m)
{
	if (m->lock_fd < 0)
		return;
	if (access(m->old, F_OK) < 0)
		unlink(m->lock);
	close(m->lock_fd);
}

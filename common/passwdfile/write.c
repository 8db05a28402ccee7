/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Changes of a passwdfile: see write.h. All names are looked up in a directory
 * that was opened once and was found to be nobody else's.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include <sasl/sasl.h>

#include "base/encode.h"
#include "base/scan.h"
#include "base/secret.h"
#include "passwdfile/write.h"

enum {
	LOCK_PAUSE_MS = 20,
	LOCK_PAUSES = 500,	   /* ten seconds */
	TICK_PAUSES = 20,	   /* of a millisecond; a tick is 10 at most */
	NAMES_MAX = 64 * 1024,	   /* octets of all names of attributes */
	ATTRIBUTE_MAX = 64 * 1024, /* octets of one */
};

struct passwdfile_edit {
	char path[PATH_MAX];
	char name[NAME_MAX + 1]; /* in the directory */
	char lock_name[NAME_MAX + 1], new_name[NAME_MAX + 1];
	int directory, lock;
	int file;	/* -1: there is none */
	struct stat st; /* of the file */
	char *text;
	size_t len, size;
	bool is_changed;
};

static const char header[] = "# passwdfile(5): name:secret, one line a secret";

/* --- Places --------------------------------------------------------------- */

static int
fail(char why[PASSWDFILE_WHY], const char *path, const char *what)
{
	snprintf(why, PASSWDFILE_WHY, "passwdfile: %.256s %s", path, what);
	return SASL_UNAVAIL;
}

static int
fail_errno(char why[PASSWDFILE_WHY], const char *path, const char *what)
{
	snprintf(why, PASSWDFILE_WHY, "passwdfile: %.256s %s: %s", path, what,
	    strerror(errno));
	return SASL_UNAVAIL;
}

/* The path with all symbolic links followed; its last part may be missing. */
static int
resolve(const char *path, char to[PATH_MAX])
{
	char parent[PATH_MAX];
	const char *slash;
	size_t len;

	if (realpath(path, to) != NULL)
		return 0;
	slash = strrchr(path, '/');
	if (errno != ENOENT || slash == NULL || strlen(path) >= PATH_MAX)
		return -1;
	memcpy(parent, path, (size_t)(slash - path) + 1);
	parent[slash - path + 1] = '\0';
	if (realpath(parent, to) == NULL)
		return -1;
	len = strlen(to);
	if (len + strlen(slash) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(to + (len == 1 ? 0 : len), slash);
	return 0;
}

/*
 * Whoever can write to a directory on the way can put another one in its place;
 * with the sticky bit only those that are his.
 */
static int
check_directory(int fd, const char *path, bool is_last, char *why)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return fail_errno(why, path, "cannot be opened");
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return fail(why, path,
		    "belongs to another user, who could change the file: run "
		    "\"chown root\" for the directory");
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) &&
	    (is_last || !(st.st_mode & S_ISVTX)))
		return fail(why, path,
		    "can be written by others, who could change the file: run "
		    "\"chmod go-w\" for the directory");
	return SASL_OK;
}

/* From the root on, step by step. The descriptor, or -1. */
static int
open_path(char *directory, char *why)
{
	int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, fd, next, result;
	char *part = directory + 1, *slash;
	bool is_last = *part == '\0';

	fd = open("/", flags | (is_last ? O_RDONLY : O_PATH));
	result = check_directory(fd, "/", is_last, why);
	while (result == SASL_OK && !is_last) {
		slash = strchr(part, '/');
		is_last = slash == NULL;
		if (!is_last)
			*slash = '\0';
		next = openat(fd, part, flags | (is_last ? O_RDONLY : O_PATH));
		result = check_directory(next, directory, is_last, why);
		close(fd);
		fd = next;
		if (!is_last) {
			*slash = '/';
			part = slash + 1;
		}
	}
	if (result != SASL_OK && fd >= 0)
		close(fd);
	return result == SASL_OK ? fd : -1;
}

static int
open_directory(
    struct passwdfile_edit *e, const char *path, char why[PASSWDFILE_WHY])
{
	char directory[PATH_MAX];
	char *slash;

	if (resolve(path, e->path) < 0)
		return fail_errno(why, path, "cannot be written");
	strcpy(directory, e->path);
	slash = strrchr(directory, '/');
	if (slash[1] == '\0' || strlen(slash + 1) + sizeof(".lock") > NAME_MAX)
		return fail(why, path, "is no name of a file");
	strcpy(e->name, slash + 1);
	snprintf(e->lock_name, sizeof(e->lock_name), "%.*s.lock",
	    NAME_MAX - (int)sizeof(".lock"), e->name);
	snprintf(e->new_name, sizeof(e->new_name), "%.*s.new",
	    NAME_MAX - (int)sizeof(".lock"), e->name);
	slash[slash == directory] = '\0';
	e->directory = open_path(directory, why);
	return e->directory < 0 ? SASL_UNAVAIL : SASL_OK;
}

static void
pause_ms(long ms)
{
	struct timespec t = { .tv_nsec = ms * 1000000 };

	nanosleep(&t, NULL);
}

/* The lock's file is still the one of that name. */
static bool
is_locked(const struct passwdfile_edit *e)
{
	struct stat mine, named;

	return fstat(e->lock, &mine) == 0 &&
	       fstatat(e->directory, e->lock_name, &named,
		   AT_SYMLINK_NOFOLLOW) == 0 &&
	       mine.st_dev == named.st_dev && mine.st_ino == named.st_ino;
}

/*
 * A file of its own, that nobody else can open: whoever can read the file of
 * users could lock that one for ever.
 */
static int
take_lock(struct passwdfile_edit *e, char why[PASSWDFILE_WHY])
{
	unsigned i;

	for (i = 0; i < LOCK_PAUSES; i++) {
		e->lock = openat(e->directory, e->lock_name,
		    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (e->lock < 0)
			return fail_errno(why, e->path,
			    "cannot be locked, and so not written");
		if (flock(e->lock, LOCK_EX | LOCK_NB) == 0) {
			if (is_locked(e))
				return SASL_OK;
		} else if (errno != EWOULDBLOCK) {
			fail_errno(why, e->path,
			    "cannot be locked, and so not written");
			close(e->lock);
			e->lock = -1; /* it may be the lock of another */
			return SASL_UNAVAIL;
		}
		close(e->lock);
		e->lock = -1;
		pause_ms(LOCK_PAUSE_MS);
	}
	return fail(why, e->path,
	    "is being written by another process, which does not end");
}

/* --- Text ----------------------------------------------------------------- */

static int
make_room(struct passwdfile_edit *e, size_t more)
{
	size_t size = e->size;
	char *text;

	if (e->size - e->len >= more)
		return 0;
	while (size - e->len < more)
		size = 2 * size + 4096;
	text = malloc(size);
	if (text == NULL)
		return -1;
	if (e->len > 0)
		memcpy(text, e->text, e->len);
	passwdfile_free_text(e->text, e->len);
	e->text = text;
	e->size = size;
	return 0;
}

static int
read_text(struct passwdfile_edit *e, char why[PASSWDFILE_WHY])
{
	size_t want = (size_t)e->st.st_size;
	ssize_t n;

	if (make_room(e, want + 1) < 0) {
		fail(why, e->path, "does not fit into memory");
		return SASL_NOMEM;
	}
	while (e->len < want) {
		n = pread(
		    e->file, e->text + e->len, want - e->len, (off_t)e->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fail_errno(why, e->path, "cannot be read");
		e->len += (size_t)n;
	}
	return SASL_OK;
}

/* A device would be waited for, and a link would lead elsewhere. */
static int
open_file(struct passwdfile_edit *e, enum passwdfile_missing missing,
    char why[PASSWDFILE_WHY])
{
	e->file = openat(e->directory, e->name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (e->file < 0 && errno == ENOENT) {
		if (missing != PASSWDFILE_MUST_BE)
			return SASL_OK;
		passwdfile_say(e->path, ENOENT, why);
		return SASL_NOUSER;
	}
	if (e->file < 0 || fstat(e->file, &e->st) < 0) {
		passwdfile_say(e->path, errno, why);
		return SASL_UNAVAIL;
	}
	if (missing == PASSWDFILE_MUST_BE_MISSING)
		return fail(why, e->path, "is there already");
	if (!passwdfile_is_sound(e->path, &e->st, why))
		return SASL_UNAVAIL;
	/* It is empty or cut off, and the rest would go to the old file. */
	if (passwdfile_has_writer(e->file) > 0)
		return fail(why, e->path,
		    "is being written to by another program: try again when "
		    "that has ended");
	return read_text(e, why);
}

int
passwdfile_edit_open(const char *path, enum passwdfile_missing missing,
    struct passwdfile_edit **edit, char why[PASSWDFILE_WHY])
{
	struct passwdfile_edit *e = calloc(1, sizeof(*e));
	int result;

	*edit = NULL;
	if (e == NULL) {
		fail(why, path, "cannot be written: out of memory");
		return SASL_NOMEM;
	}
	e->directory = e->lock = e->file = -1;
	result = open_directory(e, path, why);
	if (result == SASL_OK)
		result = take_lock(e, why);
	if (result == SASL_OK)
		result = open_file(e, missing, why);
	if (result == SASL_OK)
		*edit = e;
	else
		passwdfile_edit_close(e);
	return result;
}

void
passwdfile_edit_close(struct passwdfile_edit *e)
{
	if (e->lock >= 0) {
		unlinkat(e->directory, e->lock_name, 0);
		close(e->lock);
	}
	if (e->file >= 0)
		close(e->file);
	if (e->directory >= 0)
		close(e->directory);
	passwdfile_free_text(e->text, e->len);
	free(e);
}

/* Of what line at `at` in `text`: without its LF. `*at` is then after that. */
static struct bytes
take_line(struct bytes text, size_t *at)
{
	struct bytes line = bytes_after(text, *at);
	const char *lf = memchr(line.data, '\n', line.len);

	if (lf != NULL)
		line.len = (size_t)(lf - line.data);
	*at += line.len + (lf != NULL);
	return line;
}

bool
passwdfile_edit_next(const struct passwdfile_edit *e, size_t *at,
    struct bytes *text, struct passwdfile_line *line,
    enum passwdfile_fault *fault)
{
	struct bytes all = bytes_of(e->text, e->len);

	if (*at == 0)
		*at = passwdfile_bom(all);
	if (*at >= all.len)
		return false;
	*text = take_line(all, at);
	*fault = passwdfile_parse(PASSWDFILE_DOVECOT, *text, line);
	if (text->len > 0 && text->data[text->len - 1] == '\r')
		text->len--;
	return true;
}

/* --- Changes -------------------------------------------------------------- */

/* As the first line of the file has it. */
static const char *
line_end(const struct passwdfile_edit *e)
{
	const char *lf = e->len == 0 ? NULL : memchr(e->text, '\n', e->len);

	return lf != NULL && lf > e->text && lf[-1] == '\r' ? "\r\n" : "\n";
}

/* Add octets, for which there is room. */
static void
add(struct passwdfile_edit *to, struct bytes octets)
{
	if (octets.len > 0)
		memcpy(to->text + to->len, octets.data, octets.len);
	to->len += octets.len;
}

static void
add_lines(struct passwdfile_edit *to, const struct bytes *lines, size_t count,
    const char *end)
{
	size_t i;

	if (count > 0 &&
	    to->len > passwdfile_bom(bytes_of(to->text, to->len)) &&
	    to->text[to->len - 1] != '\n')
		add(to, bytes_str(end));
	for (i = 0; i < count; i++) {
		add(to, lines[i]);
		add(to, bytes_str(end));
	}
}

/* A text to be built, with room for the old one and `more` octets. */
static int
begin(
    struct passwdfile_edit *to, const struct passwdfile_edit *from, size_t more)
{
	*to = (struct passwdfile_edit) { .len = 0 };
	return make_room(to, from->len + more + sizeof(header) + 4);
}

static void
swap_in(struct passwdfile_edit *e, const struct passwdfile_edit *built)
{
	passwdfile_free_text(e->text, e->len);
	e->text = built->text;
	e->len = built->len;
	e->size = built->size;
	e->is_changed = true;
}

static size_t
octets_of(const struct bytes *lines, size_t count)
{
	size_t i, n = 0;

	for (i = 0; i < count; i++)
		n += lines[i].len + 2;
	return n;
}

long
passwdfile_edit_replace(struct passwdfile_edit *e, passwdfile_which_fn *which,
    void *context, const struct bytes *lines, size_t count)
{
	struct passwdfile_edit to;
	const char *end = line_end(e);
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	struct bytes text;
	size_t at = 0, start, kept = 0;
	long gone = 0;

	if (begin(&to, e, octets_of(lines, count)) < 0)
		return -1;
	for (start = 0; passwdfile_edit_next(e, &at, &text, &line, &fault);
	     start = at) {
		if (fault != PASSWDFILE_FINE || !which(context, &line))
			continue;
		/* All before it, as it is; a BOM is before the first. */
		start = (size_t)(text.data - e->text);
		add(&to, bytes_of(e->text + kept, start - kept));
		if (gone++ == 0)
			add_lines(&to, lines, count, end);
		kept = at;
	}
	add(&to, bytes_of(e->text + kept, e->len - kept));
	if (gone == 0)
		add_lines(&to, lines, count, end);
	swap_in(e, &to);
	e->is_changed = gone > 0 || count > 0;
	return gone;
}

long
passwdfile_edit_disable(struct passwdfile_edit *e, passwdfile_which_fn *which,
    void *context, bool disable)
{
	struct passwdfile_edit to;
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	struct bytes text;
	size_t at = 0, kept = 0, secret;
	long changed = 0;

	if (begin(&to, e, e->len) < 0)
		return -1;
	while (passwdfile_edit_next(e, &at, &text, &line, &fault)) {
		if (fault != PASSWDFILE_FINE || line.secret.len == 0 ||
		    line.is_disabled == disable || !which(context, &line))
			continue;
		secret = (size_t)(line.name.data - e->text) + line.name.len + 1;
		if (!disable && line.secret.data == e->text + secret)
			continue; /* its sign is after {CRYPT} */
		add(&to, bytes_of(e->text + kept, secret - kept));
		if (disable)
			add(&to, bytes_str("!"));
		kept = disable ? secret : (size_t)(line.secret.data - e->text);
		changed++;
	}
	add(&to, bytes_of(e->text + kept, e->len - kept));
	swap_in(e, &to);
	e->is_changed = changed > 0;
	return changed;
}

int
passwdfile_edit_append(struct passwdfile_edit *e, struct bytes line)
{
	const char *end = line_end(e);

	if (make_room(e, line.len + 4) < 0)
		return -1;
	add_lines(e, &line, 1, end);
	e->is_changed = true;
	return 0;
}

/* --- The new file --------------------------------------------------------- */

static int
write_all(int fd, const char *text, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
copy_attribute(int from, int to, const char *name, char *value)
{
	ssize_t n = fgetxattr(from, name, value, ATTRIBUTE_MAX);

	if (n < 0)
		return errno == ENODATA ? 0 : -1;
	return fsetxattr(to, name, value, (size_t)n, 0);
}

/* ACL, label of SELinux and the like, where the file system has them. */
static int
copy_attributes(int from, int to)
{
	char *names, *value;
	const char *name;
	ssize_t n;
	int result = 0;

	n = flistxattr(from, NULL, 0);
	if (n <= 0)
		return n == 0 || errno == ENOTSUP ? 0 : -1;
	names = malloc(NAMES_MAX + ATTRIBUTE_MAX);
	if (names == NULL)
		return -1;
	value = names + NAMES_MAX;
	n = flistxattr(from, names, NAMES_MAX);
	for (name = names; n > 0 && name < names + n && result == 0;
	     name += strlen(name) + 1)
		result = copy_attribute(from, to, name, value);
	free(names);
	return n < 0 ? -1 : result;
}

/*
 * The owner comes before the mode: it takes set-ID bits away. So does an ACL
 * that the new file has from its directory, as the mode would let it count.
 */
static int
copy_rights(const struct passwdfile_edit *e, int to)
{
	struct stat st;

	if (e->file < 0)
		return 0;
	if (fstat(to, &st) < 0)
		return -1;
	if ((st.st_uid != e->st.st_uid || st.st_gid != e->st.st_gid) &&
	    fchown(to, e->st.st_uid, e->st.st_gid) < 0)
		return -1;
	if (fremovexattr(to, "system.posix_acl_access") < 0 &&
	    errno != ENODATA && errno != ENOTSUP)
		return -1;
	if (fchmod(to, e->st.st_mode & 07777) < 0)
		return -1;
	return copy_attributes(e->file, to);
}

/* Has somebody edited it by hand, without the lock? */
static bool
is_changed_by_others(const struct passwdfile_edit *e)
{
	struct stat now;

	if (fstatat(e->directory, e->name, &now, AT_SYMLINK_NOFOLLOW) < 0)
		return e->file >= 0 || errno != ENOENT;
	return e->file < 0 || !passwdfile_is_same(&e->st, &now) ||
	       passwdfile_has_writer(e->file) > 0;
}

/*
 * Until the clock of the file system has moved on since the file was written,
 * so that rename(2) gives it a later ctime: find_user.c tells by that that the
 * file is whole. Not for long, as a clock may be set back.
 */
static void
wait_for_tick(int fd)
{
	struct timespec now;
	struct stat st;
	unsigned i;

	if (fstat(fd, &st) < 0)
		return;
	for (i = 0; i < TICK_PAUSES; i++) {
		clock_gettime(CLOCK_REALTIME_COARSE, &now);
		if (now.tv_sec > st.st_mtim.tv_sec ||
		    (now.tv_sec == st.st_mtim.tv_sec &&
			now.tv_nsec > st.st_mtim.tv_nsec))
			return;
		pause_ms(1);
	}
}

static int
make_new(const struct passwdfile_edit *e, char why[PASSWDFILE_WHY])
{
	int fd, result = SASL_OK;

	/* Left by a killed process; it may hold what was to be deleted. */
	(void)unlinkat(e->directory, e->new_name, 0);
	fd = openat(e->directory, e->new_name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_errno(why, e->path, "cannot be written");
	if (write_all(fd, e->text, e->len) < 0)
		result = fail_errno(why, e->path, "cannot be written");
	else if (copy_rights(e, fd) < 0)
		result = fail_errno(why, e->path,
		    "cannot be written: the new file cannot have the owner, "
		    "mode and attributes of the old one");
	else if (fsync(fd) < 0)
		result = fail_errno(why, e->path, "cannot be written");
	if (result == SASL_OK)
		wait_for_tick(fd);
	if (close(fd) < 0 && result == SASL_OK)
		result = fail_errno(why, e->path, "cannot be written");
	return result;
}

int
passwdfile_edit_commit(struct passwdfile_edit *e, char why[PASSWDFILE_WHY])
{
	struct bytes comment = bytes_str(header);
	int result;

	if (!e->is_changed)
		return SASL_OK;
	/* A file of no octets is taken for one that is being written. */
	if (e->len == 0 && passwdfile_edit_append(e, comment) < 0)
		return SASL_NOMEM;
	result = make_new(e, why);
	if (result == SASL_OK && is_changed_by_others(e)) {
		fail(why, e->path, "was changed by another process meanwhile");
		result = SASL_CONTINUE;
	}
	if (result == SASL_OK &&
	    renameat(e->directory, e->new_name, e->directory, e->name) < 0)
		result = fail_errno(why, e->path, "cannot be replaced");
	if (result != SASL_OK) {
		(void)unlinkat(e->directory, e->new_name, 0);
		return result;
	}
	e->is_changed = false;
	if (fsync(e->directory) < 0)
		return fail_errno(why, e->path,
		    "was replaced, but the directory cannot be flushed");
	return SASL_OK;
}

int
passwdfile_can_write(const char *path, char why[PASSWDFILE_WHY])
{
	struct passwdfile_edit *e = calloc(1, sizeof(*e));
	int result;

	if (e == NULL)
		return SASL_NOMEM;
	e->directory = e->lock = e->file = -1;
	result = open_directory(e, path, why);
	if (result == SASL_OK &&
	    faccessat(e->directory, ".", W_OK, AT_EACCESS) < 0)
		result = fail_errno(why, e->path, "cannot be written");
	passwdfile_edit_close(e);
	return result;
}

/* --- New lines ------------------------------------------------------------ */

void
passwdfile_free_text(char *text, size_t len)
{
	if (text != NULL)
		secret_wipe(text, len);
	free(text);
}

char *
passwdfile_secret(struct bytes password, size_t *len)
{
	static const char plain[] = "{PLAIN}", coded[] = "{PLAIN.b64}";
	bool is_odd = password.len == 0;
	const char *prefix;
	char *text;
	size_t i;

	for (i = 0; i < password.len; i++)
		is_odd |= password.data[i] == ':' ||
			  password.data[i] == '\x7f' ||
			  (unsigned char)password.data[i] < ' ';
	is_odd |= !is_odd && password.data[password.len - 1] == ' ';
	prefix = is_odd ? coded : plain;
	*len = strlen(prefix) +
	       (is_odd ? base64_encoded(BASE64_PADDED, password.len)
		       : password.len);
	text = malloc(*len + 1);
	if (text == NULL)
		return NULL;
	strcpy(text, prefix);
	if (is_odd)
		base64_encode(BASE64_PADDED, password, text + strlen(prefix));
	else
		memcpy(text + strlen(prefix), password.data, password.len);
	text[*len] = '\0';
	return text;
}

/* What may be given for a key of a line; NULL: the old line's stays. */
struct given_key {
	const char *name; /* with its '=' */
	struct bytes value;
};

enum { GIVEN_KEYS = 3, FIELD_COLONS = 6 };

/* Is it read as it was meant? What the old line has on its own, it had well. */
static bool
is_read_as(struct bytes text, const struct passwdfile_new *new)
{
	bool has_old = new->rest.len > 0;
	struct passwdfile_line line;

	return memchr(text.data, '\n', text.len) == NULL &&
	       passwdfile_parse(PASSWDFILE_DOVECOT, text, &line) ==
		   PASSWDFILE_FINE &&
	       bytes_equal(line.name, new->name) &&
	       bytes_equal(line.secret, new->secret) &&
	       ((has_old && new->label.data == NULL) ||
		   bytes_equal(line.label, new->label)) &&
	       ((has_old && new->allow_nets.data == NULL) ||
		   bytes_equal(line.allow_nets, new->allow_nets)) &&
	       ((has_old && new->expires.data == NULL) ||
		   (line.last_day == PASSWDFILE_FOR_EVER) ==
		       (new->expires.len == 0));
}

static bool
is_given(const struct given_key keys[GIVEN_KEYS], struct bytes key)
{
	size_t i;

	for (i = 0; i < GIVEN_KEYS; i++)
		if (keys[i].value.data != NULL &&
		    scan_text(&key, keys[i].name) == 0)
			return true;
	return false;
}

static size_t
put(char *to, struct bytes text)
{
	if (text.len > 0)
		memcpy(to, text.data, text.len);
	return text.len;
}

/* The fields before the keys, off `rest`; all their colons, if keys follow. */
static size_t
put_fields(char *to, struct bytes *rest, bool has_keys)
{
	size_t n = 0, colons = 0;

	for (; rest->len > 0 && colons < FIELD_COLONS; n++) {
		to[n] = *rest->data;
		colons += to[n] == ':';
		*rest = bytes_after(*rest, 1);
	}
	for (; has_keys && colons < FIELD_COLONS; colons++)
		to[n++] = ':';
	return n;
}

/* The keys of the old line but for those that are given. */
static size_t
put_others(char *to, struct bytes rest, const struct given_key keys[GIVEN_KEYS])
{
	size_t n = 0, len;
	bool goes;

	while (rest.len > 0) {
		for (len = 0; len < rest.len && rest.data[len] != ' ' &&
			      rest.data[len] != '\t';
		     len++)
			;
		goes = is_given(keys, bytes_of(rest.data, len));
		len += len < rest.len; /* and the blank after it */
		if (!goes)
			n += put(to + n, bytes_of(rest.data, len));
		rest = bytes_after(rest, len);
	}
	return n;
}

char *
passwdfile_print(const struct passwdfile_new *new, size_t *len)
{
	const struct given_key keys[GIVEN_KEYS] = { { "label=", new->label },
		{ "expires=", new->expires },
		{ "allow_nets=", new->allow_nets } };
	size_t i, n, keys_at, given = 0;
	struct bytes rest = new->rest;
	char *text;

	*len = 0;
	for (i = 0; i < GIVEN_KEYS; i++)
		if (keys[i].value.len > 0)
			given += 1 + strlen(keys[i].name) + keys[i].value.len;
	text = malloc(new->name.len + 1 + new->is_disabled + new->secret.len +
		      rest.len + FIELD_COLONS + given + 1);
	if (text == NULL)
		return NULL;
	n = put(text, new->name);
	text[n++] = ':';
	if (new->is_disabled)
		text[n++] = '!';
	n += put(text + n, new->secret);
	keys_at = n += put_fields(text + n, &rest, given > 0);
	n += put_others(text + n, rest, keys);
	while (n > keys_at && text[n - 1] == ' ')
		n--;
	for (i = 0; i < GIVEN_KEYS; i++) {
		if (keys[i].value.len == 0)
			continue;
		if (n > keys_at)
			text[n++] = ' ';
		n += put(text + n, bytes_str(keys[i].name));
		n += put(text + n, keys[i].value);
	}
	text[n] = '\0';
	if (is_read_as(bytes_of(text, n), new)) {
		*len = n;
		return text;
	}
	passwdfile_free_text(text, n);
	errno = EINVAL;
	return NULL;
}

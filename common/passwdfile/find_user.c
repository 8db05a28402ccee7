/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of users: see find_user.h.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/secret.h"
#include "passwdfile/find_user.h"

enum {
	TRIES = 10,   /* as long as the file changes under our hands */
	OTHERS = 64,  /* octets of the log for the numbers of bad lines */
	WINDOW = 512, /* octets that are read at once: one line or two */
	LONG = 1 + PASSWDFILE_LINE + 2,
	SETTLED_MS = 1000, /* since the last write to a file that is edited */
	TORN_MS = 180 * 1000, /* the same, if half a line is at its end */
};

struct passwdfile {
	pthread_mutex_t lock; /* of all but path and format */
	char *path;
	enum passwdfile_format format;
	int fd;		/* -1: none */
	struct stat st; /* of what is open, when it was read */
	bool is_read;	/* there is an index */
	struct index index;
	dev_t root_dev; /* of "/" when it was opened */
	ino_t root_ino;
};

/* One question. */
struct query {
	struct passwdfile *file;
	const struct host *h;
	const struct bytes *names;
	size_t count;
	struct found_lines *found;
	char window[WINDOW]; /* of the line that is looked at */
	char *long_line; /* instead, LONG octets, if it was needed; or NULL */

	/* Of the last reading: the lines that are not used, the first apart. */
	unsigned faults;
	bool has_more; /* than are in `others` */
	unsigned long first;
	enum passwdfile_fault first_fault;
	char others[OTHERS]; /* numbers, each after a comma */
};

/* --- The file ------------------------------------------------------------- */

/* The descriptor may not be ours any more: some close all that they have not
 * opened themselves, and the number is then used anew. */
static bool
is_ours(const struct passwdfile *file, struct stat *now)
{
	return fstat(file->fd, now) == 0 && now->st_dev == file->st.st_dev &&
	       now->st_ino == file->st.st_ino;
}

static void
drop_index(struct passwdfile *file)
{
	if (file->is_read)
		index_free(&file->index);
	file->is_read = false;
}

static void
forget(struct passwdfile *file)
{
	struct stat now;

	if (is_ours(file, &now))
		close(file->fd);
	file->fd = -1;
	drop_index(file);
}

static void
take(struct passwdfile *file, int fd, const struct stat *st)
{
	struct stat root;

	forget(file);
	file->fd = fd;
	file->st = *st;
	if (stat("/", &root) == 0) {
		file->root_dev = root.st_dev;
		file->root_ino = root.st_ino;
	}
}

static bool
is_in_chroot(const struct passwdfile *file)
{
	struct stat root;

	return stat("/", &root) == 0 &&
	       (root.st_dev != file->root_dev || root.st_ino != file->root_ino);
}

static int
trouble(const struct query *q, const char *why)
{
	host_log(q->h, SASL_LOG_ERR, "%s", why);
	return SASL_UNAVAIL;
}

static int
open_anew(const struct query *q)
{
	char why[PASSWDFILE_WHY];
	struct stat st;
	int fd = passwdfile_open(q->file->path, &st, why);

	if (fd < 0)
		return trouble(q, why);
	take(q->file, fd, &st);
	return SASL_OK;
}

/*
 * Has it lost the name that it was opened by? It may have another one, as a
 * backup; then its ctime alone has changed. So it has after chmod(1), which
 * cannot be told from that.
 */
static bool
may_be_replaced(const struct passwdfile *file, const struct stat *now)
{
	struct stat then = file->st;

	if (now->st_nlink == 0)
		return true;
	if (passwdfile_is_same(&then, now))
		return false;
	then.st_ctim = now->st_ctim;
	return passwdfile_is_same(&then, now);
}

static bool
is_gone(int error)
{
	return error == ENOENT || error == ENOTDIR;
}

/*
 * The path leads nowhere for this process, which has the file open. That one
 * goes on being used for as long as it is in its place.
 */
static int
go_on_without_path(const struct query *q, int error, struct stat *now)
{
	struct passwdfile *file = q->file;
	char why[PASSWDFILE_WHY];
	bool open = is_ours(file, now);

	if (is_gone(error) && (!open || !is_in_chroot(file))) {
		forget(file);
		return SASL_NOUSER;
	}
	if (!open) {
		passwdfile_say(file->path, error, why);
		return trouble(q, why);
	}
	if (may_be_replaced(file, now)) {
		host_log(q->h, SASL_LOG_ERR,
		    "passwdfile: %s was replaced, and this process cannot "
		    "reach the new file: reload the service",
		    file->path);
		return SASL_UNAVAIL;
	}
	return SASL_OK;
}

/*
 * What is the path's file now? SASL_OK with `now`, and it is open. Else what
 * passwdfile_find() says.
 */
static int
look(const struct query *q, struct stat *now)
{
	struct passwdfile *file = q->file;
	char why[PASSWDFILE_WHY];
	struct stat ours;
	int result;

	if (stat(file->path, now) < 0) {
		result = go_on_without_path(q, errno, now);
		if (result != SASL_OK)
			return result;
	} else if (!is_ours(file, &ours) || ours.st_dev != now->st_dev ||
		   ours.st_ino != now->st_ino) {
		result = open_anew(q);
		if (result != SASL_OK)
			return result;
		*now = file->st;
	}
	if (!passwdfile_is_sound(file->path, now, why))
		return trouble(q, why);
	return SASL_OK;
}

/* --- Its index ------------------------------------------------------------ */

static void
take_fault(void *context, unsigned long line, enum passwdfile_fault fault)
{
	struct query *q = context;
	char number[32];
	size_t len;

	if (q->faults++ == 0) {
		q->first = line;
		q->first_fault = fault;
		return;
	}
	len = (size_t)snprintf(number, sizeof(number), ", %lu", line);
	q->has_more |= strlen(q->others) + len >= OTHERS;
	if (!q->has_more)
		strcat(q->others, number);
}

/* A login shall not cost many lines, so two have all. */
static void
tell_faults(const struct query *q)
{
	if (q->faults == 0)
		return;
	host_log(q->h, SASL_LOG_ERR, "passwdfile: %s, line %lu is not used: %s",
	    q->file->path, q->first, passwdfile_fault_text(q->first_fault));
	if (q->faults == 1)
		return;
	host_log(q->h, SASL_LOG_ERR,
	    "passwdfile: %.256s: not used, either, are lines %s%s: "
	    "\"sasl-classic doctor\" says why",
	    q->file->path, q->others + strlen(", "),
	    q->has_more ? " and more" : "");
}

static long
milliseconds_since(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (now.tv_sec - then->tv_sec > 3600 || now.tv_sec < then->tv_sec - 1)
		return LONG_MAX;
	return (long)(now.tv_sec - then->tv_sec) * 1000 +
	       (now.tv_nsec - then->tv_nsec) / 1000000;
}

/* One that was written aside and renamed has a later ctime: it is whole. */
static long
milliseconds_in_place(const struct stat *now)
{
	if (now->st_ctim.tv_sec != now->st_mtim.tv_sec ||
	    now->st_ctim.tv_nsec != now->st_mtim.tv_nsec)
		return LONG_MAX;
	return milliseconds_since(&now->st_mtim);
}

/*
 * A file that is edited in place may be half of the old one and half of the
 * new. Where one cannot ask for a writer there may be one.
 */
static bool
is_being_edited(const struct passwdfile *file, const struct stat *now)
{
	return milliseconds_in_place(now) < SETTLED_MS &&
	       passwdfile_has_writer(file->fd) != 0;
}

/* Half a line may wait for its end for long. */
static bool
waits_for_end(const struct passwdfile *file, const struct stat *now)
{
	int writer;

	if (!file->index.is_torn)
		return false;
	writer = passwdfile_has_writer(file->fd);
	return writer > 0 ||
	       (writer < 0 && milliseconds_in_place(now) < TORN_MS);
}

static int
unreadable(const struct query *q, int error)
{
	host_log(q->h, SASL_LOG_ERR, "passwdfile: %s cannot be read: %s",
	    q->file->path, strerror(error));
	return error == ENOMEM ? SASL_NOMEM : SASL_UNAVAIL;
}

static int
being_written(const struct query *q, const char *sign)
{
	host_log(q->h, SASL_LOG_ERR,
	    "passwdfile: %s is being written to%s: replace it by rename(2), as "
	    "sasl-classic user does",
	    q->file->path, sign);
	return SASL_UNAVAIL;
}

/* SASL_CONTINUE: it has changed meanwhile. */
static int
read_file(struct query *q, const struct stat *now)
{
	struct passwdfile *file = q->file;

	if (now->st_size == 0) {
		host_log(q->h, SASL_LOG_ERR,
		    "passwdfile: %s is empty: is it being written? A file "
		    "without users has a comment in it",
		    file->path);
		return SASL_UNAVAIL;
	}
	if (is_being_edited(file, now))
		return being_written(q, "");
	drop_index(file);
	q->faults = 0;
	q->has_more = false;
	q->others[0] = '\0';
	if (index_build(&file->index, file->fd, now->st_size, file->format,
		take_fault, q) < 0)
		return errno == ESTALE ? SASL_CONTINUE : unreadable(q, errno);
	file->is_read = true;
	if (waits_for_end(file, now)) {
		drop_index(file);
		return being_written(q, ", as the last line has no end");
	}
	file->st = *now; /* collect_all() sees if it has changed since */
	return SASL_OK;
}

/* --- Its lines ------------------------------------------------------------ */

/* Keep a copy. SASL_OK or SASL_NOMEM. */
static int
keep(const struct query *q, struct bytes text)
{
	struct found_lines *found = q->found;
	size_t i, size;
	char *more;

	if (found->used + text.len > found->size) {
		size = 2 * (found->size + text.len);
		more = host_alloc(q->h, size);
		if (more == NULL)
			return SASL_NOMEM;
		memcpy(more, found->data, found->used);
		for (i = 0; i < found->total; i++)
			found->lines[i].data =
			    more + (found->lines[i].data - found->data);
		secret_wipe(found->data, found->used);
		if (found->data != found->room)
			host_free(q->h, found->data);
		found->data = more;
		found->size = size;
	}
	memcpy(found->data + found->used, text.data, text.len);
	found->lines[found->total++] =
	    bytes_of(found->data + found->used, text.len);
	found->used += text.len;
	return SASL_OK;
}

/*
 * Octets from the one before the line at `offset` on; its LF is then in them,
 * or they end where the file does. `n` is less if the file has changed.
 */
static const char *
read_window(struct query *q, off_t offset, ssize_t *n)
{
	const struct passwdfile *file = q->file;

	*n = pread(file->fd, q->window, WINDOW, offset);
	if (*n < WINDOW || memchr(q->window + 1, '\n', WINDOW - 1) != NULL)
		return q->window;
	if (q->long_line == NULL)
		q->long_line = host_alloc_zeroed(q->h, LONG);
	if (q->long_line != NULL)
		*n = pread(file->fd, q->long_line, LONG, offset);
	return q->long_line;
}

/*
 * The line at `offset`, without the LF. SASL_CONTINUE: the file is not as it
 * was. SASL_NOMEM.
 */
static int
read_line(struct query *q, off_t offset, struct bytes *line)
{
	size_t before = offset > 0 ? 1 : 0;
	const char *text, *lf;
	ssize_t n;

	text = read_window(q, offset - (off_t)before, &n);
	if (text == NULL)
		return SASL_NOMEM;
	/* After a BOM there is no LF. */
	if (n <= (ssize_t)before ||
	    (before > 0 && text[0] != '\n' && offset != 3))
		return SASL_CONTINUE;
	*line = bytes_of(text + before, (size_t)n - before);
	lf = memchr(line->data, '\n', line->len);
	if (lf != NULL)
		line->len = (size_t)(lf - line->data);
	return SASL_OK;
}

static bool
is_of(struct bytes text, struct bytes name)
{
	return text.len > name.len && text.data[name.len] == ':' &&
	       !memcmp(text.data, name.data, name.len);
}

/* The lines of one name, in the order of the file. */
static int
collect(struct query *q, struct bytes name)
{
	struct index_search search = { 0, 0 };
	struct bytes line;
	int result = SASL_OK;
	off_t offset;

	while (result == SASL_OK && q->found->total < FOUND_LINES &&
	       (offset = index_next(&q->file->index, name, &search)) >= 0) {
		result = read_line(q, offset, &line);
		if (result == SASL_OK && is_of(line, name))
			result = keep(q, line);
	}
	return result;
}

/* Those of the user with the most, until there are as many. */
static int
collect_others(struct query *q)
{
	struct found_lines *found = q->found;
	const struct index *index = &q->file->index;
	int result = SASL_OK;
	struct bytes line;

	while (result == SASL_OK && found->total < index->lines) {
		result = read_line(q, index->most[found->total], &line);
		if (result == SASL_OK)
			result = keep(q, line);
	}
	return result;
}

static void
empty(struct found_lines *found)
{
	secret_wipe(found->data, found->used);
	found->used = found->count = found->total = 0;
}

/*
 * All lines by the index that there is, which may be that of another time.
 * SASL_CONTINUE if it is, or if there is none. `now` is the open file.
 */
static int
collect_all(struct query *q, struct stat *now)
{
	struct passwdfile *file = q->file;
	struct found_lines *found = q->found;
	const struct index *index = &file->index;
	int result = SASL_OK;
	size_t i;

	empty(found);
	if (!file->is_read)
		return SASL_CONTINUE;
	for (i = 0; i < q->count && result == SASL_OK; i++)
		result = collect(q, q->names[i]);
	found->count = found->total;
	if (result == SASL_OK)
		result = collect_others(q);
	if (result != SASL_OK)
		return result;
	if (!is_ours(file, now) || !passwdfile_is_same(&file->st, now))
		return SASL_CONTINUE;
	found->kind_count = index->kind_count;
	memcpy(found->kinds, index->kinds,
	    found->kind_count * sizeof(found->kinds[0]));
	found->texts = index->texts;
	memcpy(found->limits_room, index->limits, index->limits_len);
	found->limits = bytes_of(found->limits_room, index->limits_len);
	found->nets =
	    bytes_of(found->limits_room + index->nets_at, index->nets_len);
	return SASL_OK;
}

/*
 * Is the open file, which is as it was read, still the path's? Saves a second
 * look. In a chroot and elsewhere the path may lead nowhere: it is, then.
 */
static bool
is_current(const struct passwdfile *file, const struct stat *ours)
{
	struct stat now;

	if (stat(file->path, &now) == 0)
		return passwdfile_is_same(&file->st, &now);
	return ours->st_nlink > 0 && (!is_gone(errno) || is_in_chroot(file));
}

static int
find(struct query *q)
{
	struct stat now;
	int result, i;

	if (collect_all(q, &now) == SASL_OK && is_current(q->file, &now))
		return SASL_OK;
	for (i = 0; i < TRIES; i++) {
		result = look(q, &now);
		if (result == SASL_OK &&
		    (!q->file->is_read ||
			!passwdfile_is_same(&q->file->st, &now)))
			result = read_file(q, &now);
		if (result == SASL_OK)
			result = collect_all(q, &now);
		if (result != SASL_CONTINUE) {
			if (q->file->is_read)
				tell_faults(q);
			return result;
		}
		drop_index(q->file);
	}
	host_log(q->h, SASL_LOG_ERR,
	    "passwdfile: %s changes all the time: replace it by rename(2)",
	    q->file->path);
	return SASL_UNAVAIL;
}

int
passwdfile_find(struct passwdfile *file, const struct host *h,
    const struct bytes *names, size_t count, struct found_lines *found)
{
	struct query q = { .file = file,
		.h = h,
		.names = names,
		.count = count,
		.found = found };
	int result;

	found->data = found->room;
	found->size = sizeof(found->room);
	found->used = found->count = found->total = found->kind_count = 0;
	pthread_mutex_lock(&file->lock);
	result = find(&q);
	pthread_mutex_unlock(&file->lock);
	secret_wipe(q.window, sizeof(q.window));
	if (q.long_line != NULL) {
		secret_wipe(q.long_line, LONG);
		host_free(h, q.long_line);
	}
	if (result != SASL_OK)
		empty(found);
	return result;
}

void
found_free(const struct host *h, struct found_lines *found)
{
	empty(found);
	secret_wipe(found->kinds, found->kind_count * sizeof(found->kinds[0]));
	if (found->data != found->room)
		host_free(h, found->data);
	found->data = found->room;
}

/* --- The whole ------------------------------------------------------------ */

struct passwdfile *
passwdfile_new(
    const struct host *h, const char *path, enum passwdfile_format format)
{
	struct passwdfile *file =
	    host_alloc_zeroed(h, sizeof(*file) + strlen(path) + 1);
	char why[PASSWDFILE_WHY];
	struct stat st;
	int fd;

	if (file == NULL)
		return NULL;
	if (pthread_mutex_init(&file->lock, NULL) != 0) {
		host_free(h, file);
		return NULL;
	}
	file->path = (char *)(file + 1);
	strcpy(file->path, path);
	file->format = format;
	file->fd = -1;
	fd = passwdfile_open(path, &st, why);
	if (fd >= 0)
		take(file, fd, &st);
	return file;
}

void
passwdfile_free(const struct host *h, struct passwdfile *file)
{
	forget(file);
	pthread_mutex_destroy(&file->lock);
	host_free(h, file);
}

bool
passwdfile_is(const struct passwdfile *file, const char *path,
    enum passwdfile_format format)
{
	return file->format == format && !strcmp(file->path, path);
}

const char *
passwdfile_path(const struct passwdfile *file)
{
	return file->path;
}

enum passwdfile_format
passwdfile_format(const struct passwdfile *file)
{
	return file->format;
}

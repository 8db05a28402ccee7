/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on chroots and rights: does the server reach a file or a socket,
 * as its user and within its chroot? There it is when somebody logs in, long
 * after it has read its configuration as root and outside.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <grp.h>
#include <libgen.h>

#include "doctor/doctor.h"

static int
connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), error = 0;

	if (fd < 0)
		return errno;
	if (strlen(path) >= sizeof(address.sun_path))
		error = ENAMETOOLONG;
	else
		memcpy(address.sun_path, path, strlen(path) + 1);
	if (error == 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		error = errno;
	close(fd);
	return error;
}

static void
ask_reach(void *context)
{
	const struct look *l = context;
	const char *slash = l->path, *closed = "", *directory;
	int error = 0;

	while (*closed == '\0' && (slash = strchr(slash + 1, '/')) != NULL) {
		directory =
		    util_text(bytes_of(l->path, (size_t)(slash - l->path)));
		if (access(directory, X_OK) < 0 && errno == EACCES)
			closed = directory;
	}
	if (l->is_socket)
		error = connect_to(l->path);
	else if (access(l->path, R_OK) < 0)
		error = errno;
	run_as_tell(util_format("%d", error), closed,
	    access(l->path, W_OK) < 0 && errno == EACCES ? "closed" : "", NULL);
}

static void
take_reach(void *context, char *record)
{
	struct look *l = context;

	l->answered = true;
	l->error = (int)strtol(run_as_next(&record), NULL, 10);
	l->closed = util_copy(run_as_next(&record));
	l->is_closed = *run_as_next(&record) != '\0';
}

/* The command that ends the chroot of every smtpd that has one; or NULL. */
static const char *
end_chroot(const struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	const char *services = "", *directory;
	size_t i;

	if (!p->found)
		return NULL;
	directory = text_quoted(p->directory);
	for (i = 0; i < p->service_count; i++)
		if (p->services[i].chrooted)
			services = util_format(
			    "%s %s/chroot=n", services, p->services[i].name);
	return util_format("postconf -c %s -F%s && postfix -c %s reload",
	    directory, services, directory);
}

static void
report_outside(
    struct doctor *d, const struct reachable *store, const char *path)
{
	const char *chroot = d->where.chroot;
	const char *inside = doctor_outside(d, path);
	const char *directory = dirname(util_copy(inside));
	enum finding_id id = store->outside;
	const char *command = end_chroot(d);

	if (id == FIND_SASLDB_OUTSIDE &&
	    !strncmp(path, chroot, strlen(chroot)) &&
	    path[strlen(chroot)] == '/') {
		id = FIND_SASLDB_PATH_OUTSIDE;
		chroot = doctor_config(d, "sasldb_path");
		command = util_format("s,^\\(%s:[ \\t]*\\)%s,\\1,I",
		    doctor_spelt(d, "sasldb_path"), d->where.chroot);
	}
	/* passwd(1) makes new ones of these, and would end the link. */
	if (conf_has_word("/etc/passwd /etc/shadow", path))
		directory = inside = NULL;
	FIND_ID(
	    d, id, path, doctor_name(d), chroot, directory, inside, command);
}

/* Of the socket, or of the directory that keeps the server out. */
static const char *
group_of(const char *path)
{
	const struct group *group = NULL;
	struct stat st;

	if (stat(path, &st) == 0)
		group = getgrgid(st.st_gid);
	return group != NULL && group->gr_gid != 0 ? util_copy(group->gr_name)
						   : "sasl";
}

const char *
doctor_let_in(const struct doctor *d, const char *path, mode_t group)
{
	const char *user = text_quoted(doctor_account(d));
	const char *file = text_quoted(path);
	const struct group *has = NULL;
	struct stat st;

	if (stat(path, &st) == 0 && st.st_gid != 0 &&
	    (st.st_mode & group) == group)
		has = getgrgid(st.st_gid);
	if (has != NULL)
		return util_format("usermod -aG %s %s # and restart the server",
		    text_quoted(has->gr_name), user);
	return util_format("chgrp %s %s; chmod %o %s",
	    text_quoted(doctor_group(d)), file,
	    (unsigned)(S_IRUSR | S_IWUSR | group), file);
}

const char *
doctor_outside(const struct doctor *d, const char *path)
{
	return d->where.chroot != NULL
		   ? util_format("%s%s", d->where.chroot, path)
		   : path;
}

struct look
doctor_look(struct doctor *d, const char *path, bool is_socket)
{
	struct look l = { .path = path, .is_socket = is_socket, .closed = "" };

	if (run_as(&d->where, ask_reach, take_reach, &l) == RUN_AS_IMPOSSIBLE)
		FIND(d, NOT_ROOT, doctor_account(d), strerror(errno));
	return l;
}

enum reach
check_reach(struct doctor *d, const struct reachable *store, const char *path)
{
	const char *user = doctor_account(d), *file = doctor_outside(d, path);
	struct look l = doctor_look(d, path, store->is_socket);
	const char *closed = doctor_outside(d, l.closed);
	struct stat st;

	if (l.answered && l.error == 0)
		return l.is_closed ? REACH_READ : REACH_WRITE;
	if (!l.answered || (l.error == EACCES && d->as_we_are))
		return REACH_NOTHING;
	if (l.error == ENOENT && d->where.chroot != NULL &&
	    stat(path, &st) == 0)
		report_outside(d, store, path);
	else if (!store->is_socket && *l.closed != '\0')
		FIND(d, DIRECTORY_CLOSED, user, doctor_name(d), file, closed);
	else if (l.error == ENOENT || (l.is_socket && l.error != EACCES))
		FIND_ID(d, store->missing, path, strerror(l.error),
		    util_format(library_is_2_2()
				    ? "SASL_DBNAME=%s saslpasswd2 -c"
				    : "saslpasswd2 -c -f %s",
			text_quoted(path)),
		    library_is_2_2() ? "SASL_DBNAME" : "sasldb_path");
	else
		FIND_ID(d, store->unusable, user, doctor_name(d), file,
		    l.is_socket ? group_of(*l.closed != '\0' ? closed : file)
				: strerror(l.error),
		    doctor_let_in(d, file, S_IRGRP));
	return REACH_NOTHING;
}

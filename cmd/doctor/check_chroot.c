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
	struct look *r = context;
	const char *slash = r->path;

	while ((slash = strchr(slash + 1, '/')) != NULL) {
		snprintf(
		    r->closed, (size_t)(slash - r->path) + 1, "%s", r->path);
		if (access(r->closed, X_OK) < 0 && errno == EACCES)
			break;
		*r->closed = '\0';
	}
	r->error = r->is_socket		       ? connect_to(r->path)
		   : access(r->path, R_OK) < 0 ? errno
					       : 0;
	r->is_closed = access(r->path, W_OK) < 0 && errno == EACCES;
	r->answered = true;
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
	const char *inside = util_format("%s%s", chroot, path);
	enum finding_id id = store->outside;
	const char *command = end_chroot(d);

	if (id == FIND_SASLDB_OUTSIDE &&
	    !strncmp(path, chroot, strlen(chroot)) &&
	    path[strlen(chroot)] == '/') {
		id = FIND_SASLDB_PATH_OUTSIDE;
		chroot = doctor_config(d);
		command = util_format(
		    "s,^\\(sasldb_path:[ \\t]*\\)%s,\\1,I", d->where.chroot);
	}
	FIND_ID(d, id, path, doctor_name(d), chroot, dirname(util_copy(inside)),
	    inside, command);
}

/* The group of the socket, or of the directory that keeps the server out. */
static const char *
group_of(const struct look *r)
{
	const struct group *group = NULL;
	struct stat st;

	if (stat(*r->closed != '\0' ? r->closed : r->path, &st) == 0)
		group = getgrgid(st.st_gid);
	return group != NULL && group->gr_gid != 0 ? group->gr_name : "sasl";
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

const struct look *
doctor_look(struct doctor *d, const char *path, bool is_socket)
{
	struct look *r = doctor_shared(sizeof(*r));

	snprintf(r->path, sizeof(r->path), "%s", path);
	r->is_socket = is_socket;
	if (run_as(&d->where, ask_reach, NULL, r) == RUN_AS_IMPOSSIBLE)
		FIND(d, NOT_ROOT, doctor_account(d), strerror(errno));
	return r;
}

enum reach
check_reach(struct doctor *d, const struct reachable *store, const char *path)
{
	const char *user = doctor_account(d);
	const struct look *r = doctor_look(d, path, store->is_socket);
	struct stat st;

	if (r->answered && r->error == 0)
		return r->is_closed ? REACH_READ : REACH_WRITE;
	if (!r->answered || (r->error == EACCES && d->as_we_are))
		return REACH_NOTHING;
	if (r->error == ENOENT && d->where.chroot != NULL &&
	    stat(path, &st) == 0)
		report_outside(d, store, path);
	else if (!store->is_socket && *r->closed != '\0')
		FIND(
		    d, DIRECTORY_CLOSED, user, doctor_name(d), path, r->closed);
	else if (r->error == ENOENT || (r->is_socket && r->error != EACCES))
		FIND_ID(d, store->missing, path, strerror(r->error),
		    util_format(library_is_2_2()
				    ? "SASL_DBNAME=%s saslpasswd2 -c"
				    : "saslpasswd2 -c -f %s",
			text_quoted(path)),
		    library_is_2_2() ? "SASL_DBNAME" : "sasldb_path");
	else
		FIND_ID(d, store->unusable, user, doctor_name(d), path,
		    r->is_socket ? group_of(r) : strerror(r->error),
		    doctor_let_in(d, path, S_IRGRP));
	return REACH_NOTHING;
}

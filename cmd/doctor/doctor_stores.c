/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on what judges passwords: a sasldb, the socket of saslauthd. Both
 * are opened when somebody logs in, by the daemon's user and within its chroot,
 * long after the daemon has read its configuration as root and without.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/util.h"

#define SASLDB	  "/etc/sasldb2"
#define SASLAUTHD "/var/run/saslauthd/mux"

/* A file or a socket, and how it looks to the daemon. */
struct reach {
	const char *path;
	bool is_socket;
	int error; /* 0 if it can be used */
	bool answered;
};

static int
connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, error;

	if (strlen(path) >= sizeof(address.sun_path))
		return ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;
	error = connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0
		    ? errno
		    : 0;
	close(fd);
	return error;
}

static void
ask(FILE *answer, void *context)
{
	const struct reach *r = context;
	char number[16];
	int error;

	if (r->is_socket)
		error = connect_to(r->path);
	else
		error = access(r->path, R_OK) < 0 ? errno : 0;
	snprintf(number, sizeof(number), "%d", error);
	run_as_tell(answer, number, NULL);
}

static void
take(void *context, char *line)
{
	struct reach *r = context;

	r->error = (int)strtol(run_as_next(&line), NULL, 10);
	r->answered = true;
}

static const char *
daemon_name(const struct doctor *d)
{
	return d->here.daemon != NULL ? d->here.daemon->name : "the daemon";
}

static const char *
user_name(const struct doctor *d)
{
	return d->where.user != NULL ? d->where.user : "root";
}

/* The chroot hides it: it is there, but not in there. */
static void
report_outside(struct doctor *d, const struct reach *r)
{
	const char *what = r->is_socket ? "socket" : "sasldb";

	DOCTOR_FAULT(d,
	    r->is_socket ? "saslauthd-outside-chroot" : "sasldb-outside-chroot",
	    util_format("the %s %s lies outside of the chroot of %s, %s", what,
		r->path, daemon_name(d), d->where.chroot),
	    r->is_socket
		? util_format("let saslauthd make it at %s%s (option -m), or "
			      "end the chroot",
		      d->where.chroot, r->path)
		: util_format("move it to %s%s and link %s to it, or end the "
			      "chroot (postconf -F smtp/inet/chroot=n)",
		      d->where.chroot, r->path, r->path));
}

static void
report_sasldb(struct doctor *d, const struct reach *r)
{
	if (r->error == ENOENT)
		DOCTOR_FAULT(d, "no-sasldb",
		    util_format("there is no sasldb %s", r->path),
		    util_format("saslpasswd2 -c -f %s NAME makes it, or "
				"correct sasldb_path",
			r->path));
	else
		DOCTOR_FAULT(d, "sasldb-unreadable",
		    util_format("%s, which is %s, cannot read the sasldb %s: "
				"%s",
			user_name(d), daemon_name(d), r->path,
			strerror(r->error)),
		    util_format("chgrp sasl %s; chmod 640 %s; adduser %s sasl",
			r->path, r->path, user_name(d)));
}

static void
report_socket(struct doctor *d, const struct reach *r)
{
	if (r->error == EACCES)
		DOCTOR_FAULT(d, "saslauthd-unreachable",
		    util_format("%s, which is %s, may not connect to %s",
			user_name(d), daemon_name(d), r->path),
		    util_format(
			"adduser %s sasl, and start it again", user_name(d)));
	else
		DOCTOR_FAULT(d, "saslauthd-not-running",
		    util_format("nobody answers at %s: %s", r->path,
			strerror(r->error)),
		    util_copy("start saslauthd, or correct saslauthd_path"));
}

static void
check_reach(struct doctor *d, struct reach *r)
{
	struct stat st;
	int end;

	end = run_as(&d->where, ask, take, r);
	if (end == RUN_AS_IMPOSSIBLE) {
		DOCTOR_NOTE(d, "not-root",
		    util_format("what %s can reach could not be tried: %s",
			user_name(d), strerror(errno)),
		    util_copy("run the doctor as root"));
		return;
	}
	if (!r->answered || r->error == 0 ||
	    (r->error == EACCES && d->as_we_are))
		return;
	if (r->error == ENOENT && d->where.chroot != NULL &&
	    stat(r->path, &st) == 0)
		report_outside(d, r);
	else if (r->is_socket)
		report_socket(d, r);
	else
		report_sasldb(d, r);
}

/* saslpasswd2 writes one, and the daemon reads the other. */
static void
check_copies(struct doctor *d, const char *path)
{
	struct stat outside, inside;
	char *within;

	if (d->where.chroot == NULL)
		return;
	within = util_format("%s%s", d->where.chroot, path);
	if (stat(path, &outside) == 0 && stat(within, &inside) == 0 &&
	    (outside.st_dev != inside.st_dev ||
		outside.st_ino != inside.st_ino))
		DOCTOR_WARN(d, "two-sasldbs",
		    util_format("saslpasswd2 writes %s, but %s reads %s, which "
				"is another file",
			path, daemon_name(d), within),
		    util_format("keep the second one, and link the first to "
				"it: ln -sf %s %s",
			within, path));
	free(within);
}

static void
check_mode(struct doctor *d, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & (S_IROTH | S_IWOTH)))
		DOCTOR_WARN(d, "sasldb-open",
		    util_format(
			"everybody can read or write the sasldb %s", path),
		    util_format("chmod 640 %s", path));
}

static void
check_sasldb(struct doctor *d)
{
	const char *path = conf_file_get(&d->settings, "sasldb_path");
	struct reach r = { .path = path != NULL ? path : SASLDB };

	check_reach(d, &r);
	check_copies(d, r.path);
	check_mode(d, r.path);
}

void
doctor_check_stores(struct doctor *d)
{
	const char *plugins = conf_file_get(&d->settings, "auxprop_plugin");
	const char *mux = conf_file_get(&d->settings, "saslauthd_path");
	struct reach saslauthd = { .path = mux != NULL ? mux : SASLAUTHD,
		.is_socket = true };
	struct library_plugin plugin;

	if (doctor_uses(d, "saslauthd"))
		check_reach(d, &saslauthd);
	if (!doctor_uses(d, "auxprop"))
		return;
	if (library_find(LIBRARY_STORE, "sasldb", &plugin) &&
	    (plugins == NULL || conf_has_word(plugins, "sasldb")))
		check_sasldb(d);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A service as libsasl2 has it, started with its plugins and configuration, and
 * the passwdfile that it reads.
 */
#ifndef CLASSIC_SERVICE_H
#define CLASSIC_SERVICE_H

#include "lib/cmdline.h"
#include "passwdfile/parse.h"
#include "sasl/conf_file.h"
#include "sasl/daemon.h"

struct service {
	const char *name; /* SERVICE.conf is its configuration */
	struct daemon_here here;
	struct conf_file conf;
	const char *conf_path; /* the file of these, or NULL */
};

/*
 * Start libsasl2 as the service does, and read its configuration. 0, or -1
 * after a complaint. End with service_close() either way.
 */
int service_open(struct service *s, const struct cmdline *o);
void service_close(struct service *s);

/* An option, from the server's own file or from libsasl2's; or NULL. */
const char *service_option(const struct service *s, const char *name);

/* Is `mechanism` named in its mech_list? False without a mech_list. */
bool service_names(const struct service *s, const char *mechanism);

/*
 * The path and the format of its passwdfile. NULL after a complaint that says
 * which line is missing, if the service does not ask a passwdfile.
 */
const char *service_passwdfile(
    const struct service *s, enum passwdfile_format *format);

/*
 * The command that makes the service open a new file at `path`, if it must be
 * told: it was chrooted and cannot see that name. NULL otherwise.
 */
const char *service_reload(const struct service *s, const char *path);

/*
 * Log in as the service would, by the first of its mechanisms that is in
 * `mechanisms` (blanks between). True, or false after a complaint. True, too,
 * if it offers none of these.
 */
bool service_accepts(const struct service *s, const struct cmdline *o,
    const char *user, struct bytes password, const char *mechanisms);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A service as libsasl2 has it, started with its plugins and configuration, and
 * the passwdfile that it reads.
 */
#ifndef CLASSIC_SERVICE_H
#define CLASSIC_SERVICE_H

#include "lib/cmdline.h"
#include "lib/secrets.h"
#include "passwdfile/parse.h"
#include "sasl/conf_file.h"
#include "sasl/servers.h"
#include "sasl/library.h"

/* The mechanisms of the pack; ended by a NULL. */
extern const char *const service_mechanisms[];

struct service {
	const char *name; /* SERVICE.conf is its configuration */
	struct server_here here;
	struct conf_file conf;
	const char *conf_path; /* the file of these, or NULL */
	struct login login;    /* as it opens a connection; nothing else set */
};

/* As a server opens a connection, nothing else set; and starts libsasl2. */
struct login service_login(
    const struct cmdline *o, const struct server_here *here);
struct library_options service_library(
    const struct cmdline *o, const struct server_here *here);

/*
 * Start libsasl2 as the service does, but with `settings` (or NULL) before its
 * own; load nothing that others can change; read its configuration. 0, or -1
 * after a complaint. End with library_stop() either way.
 */
int service_open(struct service *s, const struct cmdline *o,
    const struct conf_file *settings);

/* An option, from the server's own file or from libsasl2's; or NULL. */
const char *service_option(const struct service *s, const char *name);

/*
 * The forms of a new password: plaintext alone with --keep-plaintext, else that
 * of --scheme or classic_hash_scheme, of
 * SCRAM where `offer` has that, and of CRAM-MD5 where mech_list names it or
 * --crammd5 is given. EXIT_WELL, or EXIT_USAGE after a complaint.
 */
int service_choose_forms(const struct service *s, const struct cmdline *o,
    const char *offer, struct secrets_wanted *wanted);

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
bool service_accepts(const struct service *s, const char *user,
    struct bytes password, const char *mechanisms);

#endif

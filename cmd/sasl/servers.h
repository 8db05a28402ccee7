/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual servers that use libsasl2: what each of them asks of it, asked of
 * the server itself where that can be.
 */
#ifndef CLASSIC_SERVERS_H
#define CLASSIC_SERVERS_H

#include <sys/types.h>

#include "sasl/conf_file.h"

struct server_here;

/* --- Postfix, as its own postconf(1) describes it ------------------------- */

/* An smtpd in master.cf. */
struct postfix_service {
	char *name; /* "smtp/inet", as postconf -F has it */
	bool chrooted;
	struct conf_file overrides; /* what its options -o set */
};

struct postfix {
	bool installed; /* there is a postconf */
	bool found;	/* with a main.cf that it can read; else all is empty */
	char *directory; /* of main.cf */
	struct conf_file parameters;
	struct postfix_service *services;
	size_t service_count;
};

/* A parameter, as `service` has it or, if that is NULL, all; never NULL. */
const char *postfix_get(const struct postfix *p,
    const struct postfix_service *service, const char *name);

/* Does the service offer AUTH? */
bool postfix_has_auth(
    const struct postfix *p, const struct postfix_service *service);

/*
 * Is its master running? And when did the oldest of its smtpd start, in seconds
 * since 1970; 0 if there is none.
 */
bool postfix_is_running(const struct postfix *p);
double postfix_smtpd_start(const struct postfix *p);

/* --- All of them ---------------------------------------------------------- */

struct server {
	const char *name;
	const char *called;   /* what people call it, blanks between */
	const char *app;      /* APP.conf is its configuration file */
	const char *service;  /* as it calls itself to libsasl2 */
	const char *path;     /* of that on Debian; NULL: as libsasl2 has it */
	const char *users;    /* it runs as one of them; blanks between */
	const char *programs; /* one shows that it is installed */
	bool logs;	      /* what libsasl2 tells it, at any log_level */
	/*
	 * Who keeps its configuration, and so is root there already; or NULL.
	 * Debian gives /etc/mail to smmta, with the sendmail.cf that root's
	 * Sendmail obeys and the file that Sendmail.conf is a link to.
	 */
	const char *keeper;
	/* Fill in what its own configuration says. */
	void (*read)(struct server_here *here);
};

extern const struct server servers[];
extern const size_t server_count;

/* What is known of a server on this machine. */
struct server_here {
	const struct server *server; /* NULL: none of the usual ones */
	char *app, *service;
	char *path;   /* directories, ':' between; NULL: as libsasl2 has it */
	char *user;   /* whom it runs as, or NULL */
	uid_t keeper; /* root, or the account of that name */
	char *chroot; /* where it is when it checks a password, or NULL */
	char *fqdn, *realm; /* of its connections; NULL: libsasl2's choice */
	char *filter; /* mechanisms that it lets through at all; NULL: any */

	/* Options of libsasl2 that stand in the server's own file. */
	struct conf_file options;
	char *options_file;	/* NULL if the server has none */
	const char *prefix;	/* of any of them there; NULL: few can be */
	bool keeps_passwords;	/* the server is the store */
	bool hides_plaintext;	/* PLAIN and LOGIN, by its own options */
	bool is_configured;	/* somebody has told it to use libsasl2 */
	struct postfix postfix; /* if it is Postfix's smtpd */
};

/* The server that is called so, in any case of letters, or NULL. */
const struct server *server_find(const char *name);

bool server_is_installed(const struct server *server);

/*
 * The server's own file, if that is where an option of libsasl2 stands, or
 * would; NULL: it is `conf`, libsasl2's file for it, which may be NULL as well.
 */
const char *server_own_file(
    const struct server_here *here, const char *option, const char *conf);

/*
 * How the option is spelt there. NULL: the server has a word of its own, which
 * cannot be made of the option's name.
 */
const char *server_spelt(
    const struct server_here *here, const char *option, const char *conf);

/* The line with which that file gives it a value. */
const char *server_line(const struct server_here *here, const char *option,
    const char *value, const char *conf);

/*
 * What there is to know of it; `app` is the name that was given for one that is
 * NULL. `postfix` is a directory with a main.cf, or NULL.
 */
void server_read(struct server_here *here, const struct server *server,
    const char *app, const char *postfix);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual servers that use libsasl2: what each of them asks of it, asked of
 * the server itself where that can be.
 */
#ifndef CLASSIC_DAEMON_H
#define CLASSIC_DAEMON_H

#include <stddef.h>

#include "sasl/postfix.h"

struct daemon_here;

struct daemon {
	const char *name;
	const char *called;  /* what people call it, blanks between */
	const char *app;     /* APP.conf is its configuration file */
	const char *service; /* as it calls itself to libsasl2 */
	const char
	    *path; /* where that is on Debian; NULL: as libsasl2 has it */
	const char *users;   /* it runs as one of them; blanks between */
	const char *program; /* which shows that it is installed */
	/* Fill in what its own configuration says. */
	void (*read)(struct daemon_here *here, const char *postfix);
};

extern const struct daemon daemons[];
extern const size_t daemon_count;

/* What is known of a server on this machine. */
struct daemon_here {
	const struct daemon *daemon; /* NULL: none of the usual ones */
	char *app, *service;
	char *path;   /* directories, ':' between; NULL: as libsasl2 has it */
	char *user;   /* whom it runs as, or NULL */
	char *chroot; /* where it is when it checks a password, or NULL */
	char *fqdn, *realm; /* of its connections; NULL: libsasl2's choice */
	char *filter; /* mechanisms that it lets through at all; NULL: any */

	/* Options of libsasl2 that stand in the server's own file. */
	struct conf_file options;
	char *options_file;	/* NULL if the server has none */
	bool keeps_passwords;	/* the server is the store */
	bool hides_plaintext;	/* PLAIN and LOGIN, by its own options */
	bool is_configured;	/* somebody has told it to use libsasl2 */
	struct postfix postfix; /* if it is Postfix's smtpd */
};

/* The server that is called so, in any case of letters, or NULL. */
const struct daemon *daemon_find(const char *name);

bool daemon_is_installed(const struct daemon *daemon);

/*
 * What there is to know of it; `app` is the name that was given for one that is
 * NULL. `postfix` is a directory with a main.cf, or NULL.
 */
void daemon_read(struct daemon_here *here, const struct daemon *daemon,
    const char *app, const char *postfix);
void daemon_free(struct daemon_here *here);

#endif

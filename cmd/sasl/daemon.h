/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual daemons that use libsasl2, and what each of them asks of it.
 */
#ifndef CLASSIC_DAEMON_H
#define CLASSIC_DAEMON_H

#include <stddef.h>

#include "sasl/postfix.h"

struct daemon {
	const char *name;
	const char *app;     /* APP.conf is its configuration file */
	const char *service; /* as it calls itself to libsasl2 */
	const char *path;    /* where that is; NULL: as libsasl2 has it */
	const char *users;   /* it runs as one of them; blanks between */
	const char *remark;  /* what else there is to say, or NULL */
};

extern const struct daemon daemons[];
extern const size_t daemon_count;

/* What is known of the one with that APP.conf on this machine. */
struct daemon_here {
	const struct daemon *daemon; /* NULL: none of the usual ones */
	const char *service;
	char *path;   /* directories, ':' between; NULL: as libsasl2 has it */
	char *user;   /* whom it runs as, or NULL */
	char *chroot; /* where it is when it judges a password, or NULL */
	char *fqdn, *realm; /* of its connections; NULL: libsasl2's choice */
	struct postfix postfix; /* if it is Postfix's smtpd */
};

/* `postfix` is a directory with a main.cf, or NULL. */
void daemon_find(
    struct daemon_here *here, const char *app, const char *postfix);
void daemon_free(struct daemon_here *here);

#endif

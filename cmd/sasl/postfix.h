/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Postfix, as its own postconf(1) describes it: how its smtpd uses libsasl2.
 */
#ifndef CLASSIC_POSTFIX_H
#define CLASSIC_POSTFIX_H

#include <stdbool.h>

struct postfix {
	bool found; /* otherwise all else is zeros */

	/* Parameters of main.cf, never NULL when it was found. */
	char *config_directory, *queue_directory, *mail_owner, *myhostname;
	char *local_domain, *sasl_type, *sasl_path, *config_path, *security;
	char *version; /* of the program, whatever main.cf pretends */

	bool auth;     /* some smtpd in master.cf offers AUTH */
	bool chrooted; /* one of those is chrooted to queue_directory */
};

/* `directory` has its main.cf; NULL: where it says itself. */
void postfix_read(struct postfix *p, const char *directory);
bool postfix_is_before(const struct postfix *p, long major, long minor);

/* Is this where another instance than this one has its smtpd.conf? */
bool postfix_is_of_another(const struct postfix *p, const char *directory);

void postfix_free(struct postfix *p);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Postfix, as its own postconf(1) describes it: how its smtpd uses libsasl2.
 */
#ifndef CLASSIC_POSTFIX_H
#define CLASSIC_POSTFIX_H

#include "sasl/conf_file.h"

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

/*
 * `directory` has its main.cf; NULL: where it says itself. If there is no such
 * directory, there is no Postfix.
 */
void postfix_read(struct postfix *p, const char *directory);
void postfix_free(struct postfix *p);

/* A parameter, as `service` has it or, if that is NULL, all; never NULL. */
const char *postfix_get(const struct postfix *p,
    const struct postfix_service *service, const char *name);

/* Does the service offer AUTH? */
bool postfix_has_auth(
    const struct postfix *p, const struct postfix_service *service);

bool postfix_is_before(const struct postfix *p, long major, long minor);

/* Is this where another instance than this one has its smtpd.conf? */
bool postfix_is_of_another(const struct postfix *p, const char *directory);

/*
 * Is its master running? And when did the oldest of its smtpd start, in seconds
 * since 1970; 0 if there is none.
 */
bool postfix_is_running(const struct postfix *p);
double postfix_smtpd_start(const struct postfix *p);

#endif

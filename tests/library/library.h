/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The server's side of the real libsasl2, with some of our plugins and the
 * store of library_store.h.
 */
#ifndef CLASSIC_LIBRARY_H
#define CLASSIC_LIBRARY_H

#include <sasl/sasl.h>

#include "host/plugin_set.h"
#include "library/library_store.h"

struct library_option {
	const char *name, *value; /* a NULL name ends a list */
};

/*
 * Start it with the plugins of `set`, and end it. `options` are looked at each
 * time that one is asked for.
 */
void library_open(unsigned set, const struct library_option *options);
void library_close(void);

/* What saslpasswd2 does; without a password: with -d. */
int library_setpass(const char *user, const char *password, unsigned flags);

/*
 * A login on a connection of its own, by "PLAIN", "LOGIN" or "CRAM-MD5": the
 * code. After SASL_OK the library knows the user by that name.
 */
int library_login(
    const char *mechanism, const char *user, const char *password);

/* As the plugins of a set are named: see plugin_set_names. */
extern const char *const library_mechanisms[SET_COUNT];

/* Each mechanism of `set` gives that code. */
void library_expect(
    unsigned set, const char *user, const char *password, int code);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The tool as a plugin of libsasl2: in its own process it registers a mechanism
 * that nobody else sees, and so stands where every plugin stands, with what the
 * library gives to plugins alone.
 */
#ifndef CLASSIC_PROBE_H
#define CLASSIC_PROBE_H

#include "base/host.h"

/* The mechanism's name; it is offered on the connections of probe_run(). */
#define PROBE_MECHANISM "X-SASL-CLASSIC"

/* After sasl_server_init(): SASL_OK, or SASL_BADVERS for an unknown layout. */
int probe_register(void);

/* "2.1" or "2.2", the layout that probe_register() has found, or "unknown". */
const char *probe_layout(void);

/* One setting of a configuration; a list of them ends with a NULL name. */
struct probe_option {
	const char *name, *value;
};

/* As a server would open the connection. NULL: what libsasl2 makes of it. */
struct probe {
	const char *service, *fqdn, *realm;
	const struct probe_option *settings; /* before the file's; or NULL */
	int (*log)(void *context, int level, const char *text); /* or NULL */
	void *log_context;
};

/*
 * What is done there. `identity` may be used for lookup_fetch(), everything
 * given is valid during the call.
 */
typedef void probe_fn(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context);

/* Call `fn` once. SASL_OK, or why it could not be called. */
int probe_run(const struct probe *where, probe_fn *fn, void *context);

/* For SASL_CB_GETOPT, with a list of settings as its context. */
int probe_getopt(void *settings, const char *plugin, const char *option,
    const char **value, unsigned *len);

/* For SASL_CB_LOG: what is said is not heard. */
int probe_no_log(void *context, int level, const char *text);

/* By way of void, which gcc knows to mean that the type is not the last. */
#define PROBE_CALLBACK(f) (int (*)(void))(void (*)(void))(f)

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One-way secrets in the place of a user's plaintext: see entry.h.
 */
#include "config.h"

#include <stdio.h>

#include "lib/entry.h"
#include "lib/exchange.h"
#include "sasl/probe.h"

/* The last thing that somebody had to say of a failure. */
struct complaint {
	char text[200];
};

static int
keep_complaint(void *context, int level, const char *text)
{
	struct complaint *c = context;

	if (level <= SASL_LOG_ERR && c->text[0] == '\0')
		snprintf(c->text, sizeof(c->text), "%s", text);
	return SASL_OK;
}

const char *
entry_migrate(const char *file, const char *user, const struct entry *e,
    const char *mechanism)
{
	static struct complaint complaint;
	const struct inside_setting settings[] = {
		{ "sasldb_path", file },
		{ "auxprop_plugin", "sasldb" },
		{ "mech_list", mechanism },
		{ NULL, NULL },
	};
	const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, INSIDE_CALLBACK(inside_getopt),
		    (void *)settings },
		{ SASL_CB_LOG, INSIDE_CALLBACK(keep_complaint), &complaint },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *conn = NULL;
	int result;

	complaint.text[0] = '\0';
	result = sasl_server_new(
	    "migrate", "localhost", NULL, NULL, NULL, callbacks, 0, &conn);
	if (result == SASL_OK)
		result = sasl_setpass(conn, user, e->password.data,
		    (unsigned)e->password.len, NULL, 0,
		    SASL_SET_CREATE | SASL_SET_NOPLAIN);
	sasl_dispose(&conn);
	if (result == SASL_OK)
		return NULL;
	return complaint.text[0] != '\0' ? complaint.text
					 : exchange_code(result);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Other checks of a password: see checkpass.h.
 */
#include "config.h"

#include "backend/lookup.h"
#include "backend/option.h"
#include "server/checkpass.h"
#include "server/engine.h"

/*
 * The application's own check, directly: sasl_checkpass() would ask it, too,
 * but turn its "not now" into a "no". Not beside other methods: it would be
 * asked twice for each wrong password.
 */
typedef sasl_server_userdb_checkpass_t application_fn;

static application_fn *
find_application(const struct host *h, void **context)
{
	int (*function)(void);

	if (host_callback(h, SASL_CB_SERVER_USERDB_CHECKPASS, &function,
		context) != SASL_OK)
		return NULL;
	return (application_fn *)(void *)function;
}

bool
checkpass_wanted(const struct host *h, unsigned methods)
{
	void *context;

	return (methods & PWCHECK_OTHERS) || find_application(h, &context);
}

int
checkpass_ask(struct server_session *s, struct bytes password, unsigned methods)
{
	struct secret copy = { NULL, 0 }; /* with a NUL after it */
	application_fn *application = NULL;
	void *context;
	int result;

	if (s->out->authid == NULL) /* refused before any lookup */
		return SASL_BADAUTH;
	if (!(methods & PWCHECK_OTHERS)) {
		application = find_application(&s->host, &context);
		if (application == NULL)
			return SASL_BADAUTH;
	}
	if (secret_copy(&s->host, &copy, password) < 0)
		return SASL_NOMEM;
	lookup_forget(&s->host, s->params);
	if (application != NULL)
		result = application(host_connection(&s->host), context,
		    s->out->authid, copy.data, (unsigned)copy.len,
		    s->params->propctx);
	else
		result = host_checkpass(&s->host, s->out->authid, copy.data);
	secret_free(&s->host, &copy);
	return result == SASL_OK ? SASL_OK : lookup_failure(result);
}

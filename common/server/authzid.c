/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * May a user act as another? See authzid.h.
 */
#include "config.h"

#include "backend/lookup.h"
#include "backend/option.h"
#include "server/authzid.h"
#include "server/engine.h"

/*
 * The library will ask the same once we have said yes; but its refusal is no
 * line in the log, and costs less than others do.
 */
static bool
is_allowed(struct server_session *s)
{
	sasl_out_params_t *out = s->out;
	const char *realm = s->params->user_realm;
	sasl_authorize_t *policy;
	int (*function)(void);
	void *context;

	if (host_callback(
		&s->host, SASL_CB_PROXY_POLICY, &function, &context) != SASL_OK)
		return true;
	policy = (sasl_authorize_t *)(void *)function;
	return policy(host_connection(&s->host), context, out->user, out->ulen,
		   out->authid, out->alen, realm,
		   realm != NULL ? (unsigned)strlen(realm) : 0,
		   s->params->propctx) == SASL_OK;
}

const char *
authzid_fault(
    struct server_session *s, struct bytes authzid, unsigned methods, int *code)
{
	sasl_out_params_t *out = s->out;
	int result;

	/* sasl_checkpass() may have fetched those of the authcid. */
	lookup_forget_application(&s->host, s->params);
	out->user = NULL;
	result = s->params->canon_user(host_connection(&s->host), authzid.data,
	    (unsigned)authzid.len,
	    SASL_CU_AUTHZID | SASL_CU_EXTERNALLY_VERIFIED, out);
	if (*code != SASL_OK)
		return NULL;
	if (result == SASL_FAIL && authzid.data[0] == ' ')
		result = SASL_BADAUTH; /* the library takes no such name */
	if (!(methods & PWCHECK_AUXPROP) && result != SASL_NOMEM &&
	    out->user != NULL && lookup_failure(result) != SASL_BADAUTH)
		result = SASL_OK; /* no store is needed */
	if (result != SASL_OK) {
		*code = lookup_failure(result);
		return "bad-authzid";
	}
	if (is_allowed(s))
		return NULL;
	*code = SASL_BADAUTH;
	return "refused-authzid";
}

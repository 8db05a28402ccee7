/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One lookup for a login, the same for unknown users and known ones.
 */
#include "config.h"

#include "backend/lookup.h"
#include "backend/sasldb.h"

/* The last is asked for by libsasl2's own auxprop method, and left there. */
static const char *const secrets[] = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_LEGACY, PROPERTY_SCRAM,
	"*cmusaslsecretPLAIN" };

int
lookup_failure(int code)
{
	static const int of_user[] = { SASL_NOUSER, SASL_BADAUTH, SASL_NOAUTHZ,
		SASL_EXPIRED, SASL_DISABLED, SASL_PWLOCK, SASL_NOVERIFY,
		SASL_TRANS, SASL_BADPARAM, SASL_BADPROT, SASL_BUFOVER };
	size_t i;

	for (i = 0; i < sizeof(of_user) / sizeof(of_user[0]); i++)
		if (code == of_user[i])
			return SASL_BADAUTH;
	return code == SASL_NOMEM ? SASL_NOMEM : SASL_UNAVAIL;
}

/*
 * Is nothing stored, the user barred, or the store in trouble? Without an
 * authid the library did not ask the plugins. BADAUTH and the like from one
 * that was asked mean that its own login to the directory failed.
 */
static enum lookup_state
state_of(const struct host *h, int code, bool was_asked, struct bytes name)
{
	switch (code) {
	case SASL_OK:
		return LOOKUP_KNOWN;
	case SASL_NOUSER:
		return LOOKUP_UNKNOWN;
	case SASL_NOMECH:
		return LOOKUP_NO_STORE;
	case SASL_EXPIRED:
	case SASL_DISABLED:
	case SASL_PWLOCK:
		return LOOKUP_BARRED;
	case SASL_FAIL: /* of the library itself, for a leading blank */
		if (!was_asked && name.len > 0 && name.data[0] == ' ')
			return LOOKUP_BARRED;
		if (was_asked && sasldb_is_asked(h) && sasldb_is_missing(h))
			return LOOKUP_NO_STORE; /* a sasldb by gdbm */
		return LOOKUP_TROUBLE;
	default:
		return !was_asked && lookup_failure(code) == SASL_BADAUTH
			   ? LOOKUP_BARRED
			   : LOOKUP_TROUBLE;
	}
}

int
lookup_fetch(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, struct bytes name, lookup_names *names,
    unsigned flags, struct lookup *found)
{
	int result;
	size_t i;

	for (i = 0; i < LOOKUP_MAX; i++)
		found->values[i].values = NULL;
	if (names == NULL)
		flags |= SASL_CU_EXTERNALLY_VERIFIED;
	else if (host_prop_request(h, params->propctx, *names) != SASL_OK)
		return SASL_NOMEM;
	result = params->canon_user(
	    host_connection(h), name.data, (unsigned)name.len, flags, identity);
	if ((result == SASL_OK || lookup_failure(result) == SASL_BADAUTH) &&
	    names != NULL &&
	    host_prop_values(h, params->propctx, *names, found->values) < 0)
		return SASL_UNAVAIL;
	return result;
}

/* Could anybody tell whether the authzid is looked up, too? */
static bool
is_authzid_seen(const struct host *h, const sasl_server_params_t *params)
{
	const struct propval *p = host_prop_all(h, params->propctx);

	for (; p != NULL && p->name != NULL; p++)
		if (p->name[0] != '*') /* the application's own */
			return true;
	return host_option(h, "canon_user_plugin") != NULL;
}

int
lookup_user(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *out, struct bytes authcid, lookup_names *names,
    enum lookup_scope scope, struct lookup *found)
{
	unsigned flags = SASL_CU_AUTHID;
	int result;

	if (scope == LOOKUP_EACH ||
	    (scope == LOOKUP_BOTH && is_authzid_seen(h, params)))
		flags |= SASL_CU_AUTHZID;
	out->authid = NULL;
	result = lookup_fetch(h, params, out, authcid, names, flags, found);
	if (scope != LOOKUP_AUTHCID && !(flags & SASL_CU_AUTHZID)) {
		out->user = out->authid;
		out->ulen = out->alen;
	}
	found->state = LOOKUP_TROUBLE;
	if (result == SASL_NOMEM)
		return SASL_NOMEM;
	found->state = state_of(h, result, out->authid != NULL, authcid);
	return found->state == LOOKUP_TROUBLE ? SASL_UNAVAIL : SASL_OK;
}

static bool
is_secret(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (!strcmp(secrets[i], name))
			return true;
	return false;
}

static void
forget(const struct host *h, struct propctx *context, bool secret)
{
	const struct propval *p = host_prop_all(h, context);

	for (; p != NULL && p->name != NULL; p++)
		if (secret ? is_secret(p->name) : p->name[0] != '*')
			host_prop_erase(h, context, p);
}

void
lookup_forget(const struct host *h, sasl_server_params_t *params)
{
	forget(h, params->propctx, true);
}

void
lookup_forget_application(const struct host *h, sasl_server_params_t *params)
{
	forget(h, params->propctx, false);
}

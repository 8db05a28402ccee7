/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One lookup for a login. Unknown users and known ones are asked for the same
 * properties, so that neither the store's log nor its time tells them apart.
 */
#include "config.h"

#include "backend/lookup.h"
#include "server/engine.h"

/* The last is asked for by libsasl2's own auxprop method, and left there. */
static const char *const secrets[] = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_LEGACY, PROPERTY_SCRAM,
	"*cmusaslsecretPLAIN" };

int
lookup_failure(int code)
{
	switch (code) {
	case SASL_NOMEM:
		return SASL_NOMEM;
	case SASL_NOUSER:
	case SASL_BADAUTH:
	case SASL_NOAUTHZ:
	case SASL_EXPIRED:
	case SASL_DISABLED:
	case SASL_PWLOCK:
	case SASL_NOVERIFY:
	case SASL_TRANS:
	case SASL_BADPARAM:
	case SASL_BADPROT:
	case SASL_BUFOVER:
		return SASL_BADAUTH;
	default:
		return SASL_UNAVAIL;
	}
}

/*
 * Without an authid the library did not come as far as asking the plugins. A
 * plugin that was asked means itself when it says BADAUTH and the like: its
 * own login to a directory was refused.
 */
static int
not_found(struct server_session *s, int code, struct lookup *found)
{
	int failure = lookup_failure(code);

	if (s->out->authid != NULL && code != SASL_NOUSER &&
	    code != SASL_EXPIRED && code != SASL_DISABLED &&
	    code != SASL_PWLOCK && failure == SASL_BADAUTH)
		failure = SASL_UNAVAIL;
	if (failure != SASL_BADAUTH)
		return server_fail(s, failure, "lookup-failed");
	found->state = code == SASL_NOUSER ? LOOKUP_UNKNOWN : LOOKUP_BARRED;
	return SASL_OK;
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
	/* A stranger has no values, but takes the same walk. */
	if ((result == SASL_OK || result == SASL_NOUSER) && names != NULL &&
	    host_prop_values(h, params->propctx, *names, found->values) < 0)
		return SASL_FAIL;
	return result;
}

int
lookup_user(struct server_session *s, struct bytes authcid, lookup_names *names,
    enum lookup_scope scope, struct lookup *found)
{
	unsigned flags = SASL_CU_AUTHID;
	int result;

	if (scope == LOOKUP_BOTH)
		flags |= SASL_CU_AUTHZID;
	s->authcid = authcid;
	result = lookup_fetch(
	    &s->host, s->params, s->out, authcid, names, flags, found);
	if (result != SASL_OK)
		return not_found(s, result, found);
	found->state = LOOKUP_KNOWN;
	return SASL_OK;
}

struct bytes
lookup_octets(const struct propval *p, size_t which)
{
	return p->nvalues == 1 ? bytes_of(p->values[0], p->valsize)
			       : bytes_str(p->values[which]);
}

bool
lookup_next(const struct lookup *found, struct lookup_cursor *at,
    struct lookup_value *next)
{
	const struct propval *p = &found->values[at->property];

	for (; at->property < LOOKUP_MAX; p++, at->property++, at->value = 0) {
		if (p->values == NULL || at->value >= p->nvalues ||
		    p->values[at->value] == NULL)
			continue;
		next->property = p->name;
		next->value = lookup_octets(p, at->value++);
		return true;
	}
	return false;
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

static bool
is_of_application(const char *name)
{
	return name[0] != '*';
}

static void
forget(
    const struct host *h, struct propctx *context, bool (*which)(const char *))
{
	const struct propval *p = host_prop_all(h, context);

	for (; p != NULL && p->name != NULL; p++)
		if (which(p->name))
			host_prop_erase(h, context, p);
}

void
lookup_forget(const struct host *h, sasl_server_params_t *params)
{
	forget(h, params->propctx, is_secret);
}

void
lookup_forget_application(struct server_session *s)
{
	forget(&s->host, s->params->propctx, is_of_application);
}

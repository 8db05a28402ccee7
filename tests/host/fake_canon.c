/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Canonical names on the fake host, and sasl_checkpass(), which makes them too.
 */
#include "config.h"

#include "host/fake_canon.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "support/test.h"

/* Trimmed, with the realm, into `out` of FAKE_CANON + 1 octets. */
static int
canonicalise(const char *name, size_t len, const char *realm, char *out)
{
	static const char blank[] = " \t\r\n";
	size_t total;

	while (len > 0 && strchr(blank, *name) != NULL && *name != '\0')
		name++, len--;
	while (len > 0 && strchr(blank, name[len - 1]) && name[len - 1] != '\0')
		len--;
	if (len == 0)
		return SASL_FAIL;
	if (realm == NULL || memchr(name, '@', len) != NULL)
		realm = "";
	total = len + (*realm != '\0') + strlen(realm);
	if (total > FAKE_CANON)
		return SASL_BUFOVER;
	memmove(out, name, len); /* they may be the same */
	snprintf(out + len, total - len + 1, "@%s", realm);
	out[total] = '\0';
	return SASL_OK;
}

static int
set_names(struct fake_host *h, const char *name, size_t len, unsigned flags,
    sasl_out_params_t *out)
{
	bool authid = flags & SASL_CU_AUTHID;
	int result;

	h->canon_flags = flags;
	if (++h->canon_count == h->setup->canon_call)
		return h->setup->canon_code;
	if (name == NULL || out == NULL ||
	    !(flags & (SASL_CU_AUTHID | SASL_CU_AUTHZID)))
		return SASL_BADPARAM;
	result = canonicalise(name, len == 0 ? strlen(name) : len,
	    h->setup->realm, authid ? h->authid : h->user);
	if (result != SASL_OK)
		return result;
	if (authid && flags & SASL_CU_AUTHZID)
		memcpy(h->user, h->authid, sizeof(h->user));
	if (authid) {
		out->authid = h->authid;
		out->alen = (unsigned)strlen(h->authid);
	}
	if (flags & SASL_CU_AUTHZID) {
		out->user = h->user;
		out->ulen = (unsigned)strlen(h->user);
	}
	return SASL_OK;
}

int
fake_canon_client(sasl_conn_t *conn, const char *name, unsigned len,
    unsigned flags, sasl_out_params_t *out)
{
	return set_names(fake_of(conn), name, len, flags, out);
}

int
fake_canon_server(sasl_conn_t *conn, const char *name, unsigned len,
    unsigned flags, sasl_out_params_t *out)
{
	struct fake_host *h = fake_of(conn);
	int result, other;

	result = set_names(h, name, len, flags, out);
	if (result != SASL_OK)
		return result;
	result = (flags & SASL_CU_AUTHID) ? fake_look_up(h, h->authid, false)
					  : SASL_CONTINUE;
	if (flags & SASL_CU_AUTHZID) {
		other = fake_look_up(h, h->user, true);
		if (result == SASL_CONTINUE ||
		    (result == SASL_OK && other != SASL_NOUSER))
			result = other;
	}
	if (flags & SASL_CU_EXTERNALLY_VERIFIED &&
	    (result == SASL_NOUSER || result == SASL_NOMECH))
		result = SASL_OK;
	return result;
}

int
fake_checkpass(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned password_len)
{
	static const char *names[] = { "*userPassword", NULL };
	struct fake_host *h = fake_of(conn);
	const char *stored;
	int result;

	h->checkpass_count++;
	h->checkpass_user_len = user_len;
	h->checkpass_password_len = password_len;
	result =
	    set_names(h, user, 0, SASL_CU_AUTHID | SASL_CU_AUTHZID, &h->out);
	fake_prop_request(h->server.propctx, names);
	if (result == SASL_OK) {
		fake_look_up(h, h->authid, false);
		fake_look_up(h, h->user, true);
	}
	if (h->setup->checkpass_code != SASL_OK)
		return h->setup->checkpass_code;
	stored = h->setup->checkpass_password;
	if (stored == NULL && h->setup->lookup_code != SASL_OK)
		return h->setup->lookup_code;
	if (stored == NULL && result == SASL_OK)
		stored = fake_store_value(h, h->authid, "userPassword");
	if (result != SASL_OK || stored == NULL)
		return SASL_NOUSER;
	return strcmp(stored, password) ? SASL_BADAUTH : SASL_OK;
}

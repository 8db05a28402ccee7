/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The user store of the fake host, canonical names, and sasl_checkpass(), which
 * makes them too.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "support/test.h"

static const struct fake_row usual_rows[] = {
	{ "alice", "userPassword", "wonderland", 0 },
	{ "tim", "userPassword", "tanstaaftanstaaf", 0 },
	{ NULL, NULL, NULL, 0 },
};

static char *
copy_text(const char *text, size_t len)
{
	char *copy;

	if (text == NULL)
		return NULL;
	copy = calloc(1, len + 1);
	assert_non_null(copy);
	memcpy(copy, text, len);
	return copy;
}

/*
 * Octets of "{NAME}", which may stand in the log. A decoy is nobody's secret:
 * its digest is none that there is.
 */
static size_t
public_part(const char *value)
{
	const char *end = strchr(value, '}');

	if (!strncmp(value, "{DECOY}", strlen("{DECOY}")))
		return strlen(value);
	return value[0] == '{' && end != NULL ? (size_t)(end - value) + 1 : 0;
}

static void
add_row(struct fake_host *h, const char *user, const char *property,
    const char *value, size_t len)
{
	struct fake_row *r = &h->rows[h->row_count++];

	assert_true(h->row_count <= FAKE_MAX_ROWS);
	if (len == 0 && value != NULL)
		len = strlen(value);
	r->user = copy_text(user, strlen(user));
	r->property =
	    property == NULL ? NULL : copy_text(property, strlen(property));
	r->value = copy_text(value, len);
	r->len = len;
	if (value != NULL)
		fake_secret(
		    value + public_part(r->value), len - public_part(r->value));
}

static void
drop_row(struct fake_host *h, unsigned i)
{
	free((char *)h->rows[i].user);
	free((char *)h->rows[i].property);
	free((char *)h->rows[i].value);
	h->rows[i] = h->rows[--h->row_count];
}

void
fake_store_open(struct fake_host *h)
{
	const struct fake_row *r = h->setup->rows;

	for (r = r == NULL ? usual_rows : r; r->user != NULL; r++)
		add_row(h, r->user, r->property, r->value, r->len);
}

void
fake_store_close(struct fake_host *h)
{
	while (h->row_count > 0)
		drop_row(h, h->row_count - 1);
}

static bool
row_is(const struct fake_row *r, const char *user, const char *property)
{
	return !strcmp(r->user, user) && r->property != NULL &&
	       !strcmp(r->property, property);
}

const char *
fake_store_value(
    const struct fake_host *h, const char *user, const char *property)
{
	unsigned i;

	for (i = 0; i < h->row_count; i++)
		if (row_is(&h->rows[i], user, property))
			return h->rows[i].value;
	return NULL;
}

/* The values of one property, as an auxprop plugin would set them. */
static void
fetch(struct fake_host *h, const char *user, const char *asked, bool authzid)
{
	const char *property = authzid ? asked : asked + 1;
	unsigned i;

	if ((*asked == '*') == authzid)
		return;
	assert_string_not_equal(asked, "*"); /* no name of a property */
	h->fetch_count++;
	for (i = 0; i < h->row_count; i++)
		if (row_is(&h->rows[i], user, property))
			fake_prop_set(h->server.propctx, asked,
			    h->rows[i].value, (int)h->rows[i].len);
}

int
fake_look_up(struct fake_host *h, const char *user, bool authzid)
{
	const struct propval *v = fake_prop_get(h->server.propctx);
	bool known = false;
	unsigned i;

	if (h->setup->lookup_code != SASL_OK)
		return h->setup->lookup_code;
	for (i = 0; i < h->row_count; i++)
		known |= !strcmp(h->rows[i].user, user);
	for (; v->name != NULL; v++)
		fetch(h, user, v->name, authzid);
	return known ? SASL_OK : SASL_NOUSER;
}

int
fake_transition(sasl_conn_t *conn, const char *password, unsigned password_len)
{
	(void)password;
	(void)password_len;
	fake_of(conn)->transition_count++;
	return 1;
}

int
fake_prop_request_counted(struct propctx *ctx, const char **names)
{
	fake_current->request_count++;
	return fake_prop_request(ctx, names);
}

void
fake_prop_erase_counted(struct propctx *ctx, const char *name)
{
	fake_current->erase_count++;
	fake_prop_erase(ctx, name);
}

/* A property's values in `ctx` take the place of those in the store. */
int
fake_auxprop_store(sasl_conn_t *conn, struct propctx *ctx, const char *user)
{
	struct fake_host *h = fake_of(conn);
	const struct propval *v;
	unsigned i;

	if (h->setup->store_read_only)
		return SASL_FAIL;
	if (ctx == NULL)
		return SASL_OK;
	h->store_count++;
	for (v = fake_prop_get(ctx); v->name != NULL; v++) {
		for (i = h->row_count; i-- > 0;)
			if (row_is(&h->rows[i], user, v->name))
				drop_row(h, i);
		assert_non_null(v->values); /* the sql plugin takes it so */
		for (i = 0; v->values[i] != NULL; i++)
			add_row(h, user, v->name, v->values[i], 0);
	}
	return SASL_OK;
}

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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The user store of the fake host.
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
		fake_secret(value, len);
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

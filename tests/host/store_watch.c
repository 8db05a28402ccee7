/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A store under observation: see store_watch.h. It takes the place of two
 * functions in the image that the fake host has built.
 */
#include "config.h"

#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "host/store_watch.h"
#include "support/test.h"

/* Words from `mkchal` on, in either layout. */
enum { PROP_DISPOSE = 20, AUXPROP_STORE = 25 };

static struct store_watch *watch;

static void
note(const char *sign, const char *name)
{
	size_t len = strlen(watch->seen);

	assert_in_range(snprintf(watch->seen + len, STORE_TEXT - len, "%s%s%s",
			    len > 0 ? " " : "", sign, name),
	    1, STORE_TEXT - len - 1);
}

/* Store one property as if it had come alone. */
static int
store_one(sasl_conn_t *conn, const struct propval *v, const char *user)
{
	const char *names[] = { v->name, NULL };
	struct propctx *one = fake_prop_new(0);
	int result;

	assert_int_equal(fake_prop_request(one, names), SASL_OK);
	assert_non_null(v->values); /* deleted: a list with nothing in it */
	assert_int_equal(fake_prop_set(one, v->name, NULL, 0), SASL_OK);
	assert_int_equal(
	    fake_prop_setvals(one, v->name, (const char **)v->values), SASL_OK);
	result = fake_auxprop_store(conn, one, user);
	fake_prop_dispose(&one);
	return result;
}

/* How many properties are stored before it fails; -1: it does not. */
static int
failing_after(void)
{
	unsigned n = watch->operations;

	if (n < watch->fail_from || n > watch->fail_to)
		return -1;
	return (int)(n > watch->fail_from ? watch->fail_after_last
					  : watch->fail_after);
}

static int
store(sasl_conn_t *conn, struct propctx *ctx, const char *user)
{
	const struct propval *v = fake_prop_get(ctx);
	bool has_value;
	int left, result = SASL_OK;

	if (ctx == NULL) /* can anybody store? */
		return fake_auxprop_store(conn, ctx, user);
	if (watch->operations++ > 0)
		note(";", "");
	left = failing_after();
	for (; v->name != NULL && result == SASL_OK; v++) {
		if (left-- == 0)
			return watch->code;
		has_value = v->values != NULL && v->values[0] != NULL;
		note(has_value ? "+" : "-", v->name);
		if (!watch->silent && (watch->ignored == NULL ||
					  strcmp(watch->ignored, v->name) != 0))
			result = store_one(conn, v, user);
	}
	return left == 0 ? watch->code : result;
}

/* libsasl2 releases its memory as it is. */
static void
dispose(struct propctx **ctx)
{
	const struct propval *v;

	for (v = fake_prop_get(*ctx); v->name != NULL; v++)
		if (v->values != NULL && v->values[0] != NULL)
			fail_msg("%s was not erased", v->name);
	fake_prop_dispose(ctx);
}

void
store_watch_begin(struct store_watch *w, struct fake_host *h)
{
	uintptr_t *tail = h->conn.words + h->layout->tail;

	memset(w, 0, sizeof(*w));
	w->host = h;
	w->code = SASL_FAIL;
	watch = w;
	tail[AUXPROP_STORE] = (uintptr_t)store;
	tail[PROP_DISPOSE] = (uintptr_t)dispose;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A property context: a list of names, and for each an array of values.
 */
#include "config.h"

#include <sasl/sasl.h>

#include "host/fake_alloc.h"
#include "host/fake_prop.h"
#include "support/test.h"

enum { MAX_NAMES = 15, MAX_VALUES = 70 };

struct propctx {
	struct propval values[MAX_NAMES + 1]; /* ends with a NULL name */
	unsigned used;
	unsigned dropped; /* values that were cleared, not erased */

	/* What `values` points to, in the same order. */
	struct {
		char *value[MAX_VALUES + 1];
		size_t size[MAX_VALUES];
		unsigned count;
	} own[MAX_NAMES];

	struct propval *last; /* where prop_set() without a name goes on */
};

static unsigned live;

struct propctx *
fake_prop_new(unsigned estimate)
{
	struct propctx *ctx;

	(void)estimate;
	ctx = calloc(1, sizeof(*ctx));
	assert_non_null(ctx);
	live++;
	return ctx;
}

unsigned
fake_prop_live(void)
{
	return live;
}

static struct propval *
find(struct propctx *ctx, const char *name)
{
	unsigned i;

	for (i = 0; i < ctx->used; i++)
		if (!strcmp(ctx->values[i].name, name))
			return &ctx->values[i];
	return NULL;
}

int
fake_prop_request(struct propctx *ctx, const char **names)
{
	if (ctx == NULL || names == NULL)
		return SASL_BADPARAM;
	if (*names == NULL)
		return SASL_OK;
	for (; *names != NULL; names++) {
		if (find(ctx, *names) != NULL)
			continue;
		assert_true(ctx->used < MAX_NAMES);
		ctx->values[ctx->used++].name = *names;
	}
	fake_prop_clear(ctx, 0);
	return SASL_OK;
}

const struct propval *
fake_prop_get(struct propctx *ctx)
{
	return ctx == NULL ? NULL : ctx->values;
}

int
fake_prop_getnames(
    struct propctx *ctx, const char **names, struct propval *values)
{
	const struct propval *found;
	int count = 0;

	if (ctx == NULL || names == NULL || values == NULL)
		return SASL_BADPARAM;
	for (; *names != NULL; names++, values++) {
		memset(values, 0, sizeof(*values));
		found = find(ctx, *names);
		if (found == NULL)
			continue;
		*values = *found;
		count++;
	}
	return count;
}

/* Those of the authcid, which only a plugin asks for. */
static unsigned
secret_count(const struct propval *v)
{
	unsigned n = 0;

	while (v->name[0] == '*' && v->values != NULL && v->values[n] != NULL)
		n++;
	return n;
}

unsigned
fake_prop_unerased(const struct propctx *ctx)
{
	unsigned i, count = ctx->dropped;

	for (i = 0; i < ctx->used; i++)
		count += secret_count(&ctx->values[i]);
	return count;
}

static void
drop_values(struct propctx *ctx, unsigned i)
{
	unsigned n;

	ctx->dropped += secret_count(&ctx->values[i]);
	for (n = 0; n < ctx->own[i].count; n++)
		guarded_free(ctx->own[i].value[n], ctx->own[i].size[n]);
	memset(&ctx->own[i], 0, sizeof(ctx->own[i]));
	ctx->values[i].values = NULL;
	ctx->values[i].nvalues = ctx->values[i].valsize = 0;
}

void
fake_prop_clear(struct propctx *ctx, int requests)
{
	unsigned i;

	for (i = 0; i < ctx->used; i++)
		drop_values(ctx, i);
	ctx->last = NULL;
	if (!requests)
		return;
	memset(ctx->values, 0, sizeof(ctx->values));
	ctx->used = 0;
}

void
fake_prop_reset(struct propctx *ctx)
{
	fake_prop_clear(ctx, 1);
	ctx->dropped = 0;
}

void
fake_prop_dispose(struct propctx **ctx)
{
	if (ctx == NULL || *ctx == NULL)
		return;
	fake_prop_clear(*ctx, 1);
	free(*ctx);
	*ctx = NULL;
	live--;
}

/* A value of NULL says: the property is there and has no value. */
int
fake_prop_set(struct propctx *ctx, const char *name, const char *value, int len)
{
	size_t size;
	unsigned i, n;
	char *copy;

	if (ctx == NULL || (name == NULL && ctx->last == NULL))
		return SASL_BADPARAM;
	if (name != NULL)
		ctx->last = find(ctx, name);
	if (ctx->last == NULL)
		return SASL_BADPARAM;
	i = (unsigned)(ctx->last - ctx->values);
	ctx->last->values = (const char **)ctx->own[i].value;
	if (value == NULL)
		return SASL_OK;
	size = len > 0 ? (size_t)len : strlen(value);
	copy = malloc(size + 1);
	assert_non_null(copy);
	memcpy(copy, value, size);
	copy[size] = '\0';
	n = ctx->own[i].count++;
	assert_true(n < MAX_VALUES);
	ctx->own[i].value[n] = guarded_copy(copy, size + 1);
	ctx->own[i].size[n] = size + 1;
	free(copy);
	ctx->last->nvalues++;
	ctx->last->valsize += (unsigned)size;
	return SASL_OK;
}

int
fake_prop_setvals(struct propctx *ctx, const char *name, const char **values)
{
	int result = SASL_OK;

	for (; result == SASL_OK && values != NULL && *values != NULL;
	     values++) {
		result = fake_prop_set(ctx, name, *values, 0);
		name = NULL;
	}
	return result;
}

/* Does anything stand behind the first NUL of its value? */
static bool
has_tail(const struct propval *v)
{
	size_t n;

	for (n = 0; n < v->valsize; n++)
		if (v->values[0][n] != '\0')
			return true;
	return false;
}

/* As the library does, no further than to a NUL. */
void
fake_prop_erase(struct propctx *ctx, const char *name)
{
	struct propval *v;
	unsigned n;

	if (ctx == NULL || name == NULL)
		return;
	v = find(ctx, name);
	if (v == NULL || v->values == NULL)
		return;
	for (n = 0; v->values[n] != NULL; n++)
		memset((char *)v->values[n], 0, strlen(v->values[n]));
	n = ctx->dropped + (v->nvalues == 1 && has_tail(v));
	drop_values(ctx, (unsigned)(v - ctx->values));
	ctx->dropped = n;
}

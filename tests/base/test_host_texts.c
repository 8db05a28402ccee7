/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The wall to libsasl2: log lines, error texts, properties and the result
 * reach the member that they should, in both layouts, and no other.
 */
#include "config.h"

#include "host/host_image.h"

/* What the members were called with. */
static struct seen {
	const void *context;
	const char *name;
	int level;
	char text[2048];
} seen;

static __attribute__((format(printf, 3, 4))) void
hear(sasl_conn_t *conn, int level, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(seen.text, sizeof(seen.text), format, args);
	va_end(args);
	seen.context = conn;
	seen.level = level;
}

LAYOUT_TEST(host_log__percent_in_an_argument__is_kept)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_LOG, AS(hear));

	host_log(&h, SASL_LOG_FAIL, "%s and %d", "%n%s", 7);
	assert_string_equal(seen.text, "%n%s and 7");
	assert_int_equal(seen.level, SASL_LOG_FAIL);
	assert_ptr_equal(seen.context, IMAGE_CONNECTION);
	image_free(&i);
}

LAYOUT_TEST(host_log__long_line__is_cut_at_600_octets)
{
	char longest[1500];
	struct image i;
	struct host h = image_host(&i, state, MEMBER_LOG, AS(hear));

	memset(longest, 'x', sizeof(longest));
	host_log(&h, SASL_LOG_ERR, "%.*s", (int)sizeof(longest), longest);
	assert_in_range(strlen(seen.text), 590, 600);
	image_free(&i);
}

LAYOUT_TEST(host_error__percent_in_the_text__is_kept)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_SETERROR, AS(hear));

	host_error(&h, "%n%s");
	assert_string_equal(seen.text, "%n%s");
	assert_int_equal(seen.level, SASL_NOLOG);
	assert_ptr_equal(seen.context, IMAGE_CONNECTION);
	image_free(&i);
}

static const char *const two_names[] = { "*one", "two", NULL };
static struct propval values[3];

static int
request(struct propctx *context, const char **names)
{
	assert_ptr_equal(context, &seen);
	seen.name = names[1];
	return SASL_NOMEM;
}

static int
get_names(struct propctx *context, const char **names, struct propval *found)
{
	assert_ptr_equal(context, &seen);
	seen.name = names[0];
	found[1].name = "found";
	return 17;
}

static const struct propval *
get_all(struct propctx *context)
{
	assert_ptr_equal(context, &seen);
	return values;
}

static void
erase(struct propctx *context, const char *name)
{
	seen.context = context;
	seen.name = name;
}

LAYOUT_TEST(host_prop__each_function__reaches_the_context)
{
	struct propctx *context = (void *)&seen;
	struct image i;
	struct host h = image_host(&i, state, MEMBER_PROP_REQUEST, AS(request));
	char value[] = "a\0b";
	const char *all[] = { value, NULL };
	const struct propval three = { "three", all, 1, 3 };

	image_set(&i, MEMBER_PROP_GETNAMES, AS(get_names));
	image_set(&i, MEMBER_PROP_GET, AS(get_all));
	image_set(&i, MEMBER_PROP_ERASE, AS(erase));
	assert_int_equal(host_prop_request(&h, context, two_names), SASL_NOMEM);
	assert_string_equal(seen.name, "two");
	assert_int_equal(host_prop_values(&h, context, two_names, values), 17);
	assert_string_equal(seen.name, "*one");
	assert_string_equal(values[1].name, "found");
	assert_ptr_equal(host_prop_all(&h, context), values);
	host_prop_erase(&h, context, &three);
	assert_ptr_equal(seen.context, context);
	assert_string_equal(seen.name, "three");
	assert_memory_equal(value, "\0\0\0", 4);
	image_free(&i);
}

static struct propctx *
make(unsigned estimate)
{
	seen.level = (int)estimate;
	return (struct propctx *)(void *)&seen;
}

static int
set(struct propctx *context, const char *name, const char *value, int len)
{
	assert_ptr_equal(context, &seen);
	seen.name = name;
	snprintf(seen.text, sizeof(seen.text), "%.*s", len, value);
	return SASL_BADPARAM;
}

static int
store(sasl_conn_t *conn, struct propctx *context, const char *user)
{
	assert_ptr_equal(conn, IMAGE_CONNECTION);
	assert_ptr_equal(context, &seen);
	seen.name = user;
	return SASL_NOVERIFY;
}

static void
dispose(struct propctx **context)
{
	assert_ptr_equal(*context, &seen);
	*context = NULL;
}

LAYOUT_TEST(host_prop__own_context__is_filled_stored_and_disposed_of)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_PROP_NEW, AS(make));
	struct propctx *context;

	image_set(&i, MEMBER_PROP_SET, AS(set));
	image_set(&i, MEMBER_AUXPROP_STORE, AS(store));
	image_set(&i, MEMBER_PROP_DISPOSE, AS(dispose));
	context = host_prop_new(&h);
	assert_ptr_equal(context, &seen);
	assert_int_equal(
	    host_prop_set(&h, context, "secret", bytes_of("12345678", 4)),
	    SASL_BADPARAM);
	assert_string_equal(seen.name, "secret");
	assert_string_equal(seen.text, "1234");
	assert_int_equal(host_prop_store(&h, context, "alice"), SASL_NOVERIFY);
	assert_string_equal(seen.name, "alice");
	host_prop_dispose(&h, &context);
	assert_null(context);
	image_free(&i);
}

TEST(host_finish_exchange__any_result__keeps_the_identities_alone)
{
	sasl_out_params_t out;

	memset(&out, 0x5a, sizeof(out));
	out.user = "alice";
	out.authid = "bob";
	out.ulen = 5;
	out.alen = 3;
	host_finish_exchange(&out);
	assert_int_equal(out.doneflag, 1);
	assert_string_equal(out.user, "alice");
	assert_string_equal(out.authid, "bob");
	assert_int_equal(out.ulen, 5);
	assert_int_equal(out.alen, 3);
	assert_int_equal(out.maxoutbuf, 0);
	assert_int_equal(out.mech_ssf, 0);
	assert_int_equal(out.param_version, 0);
	assert_null(out.encode_context);
	assert_true(out.encode == NULL);
	assert_null(out.decode_context);
	assert_true(out.decode == NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The wall to libsasl2: every function reaches the member that it should, in
 * both layouts, and no other.
 */
#include "config.h"

#include "host/host_image.h"

/* What the members were called with. */
static struct seen {
	const void *context;
	const char *name;
	size_t size;
	char text[2048];
} seen;

static int
answer_option(void *context, const char *plugin, const char *option,
    const char **value, unsigned *len)
{
	assert_null(plugin);
	assert_null(len);
	seen.context = context;
	seen.name = option;
	if (!strcmp(option, "set"))
		*value = "as it was set";
	return strcmp(option, "failing") ? SASL_OK : SASL_FAIL;
}

LAYOUT_TEST(host_option__set_or_not__is_the_value_or_null)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_GETOPT, AS(answer_option));

	assert_string_equal(host_option(&h, "set"), "as it was set");
	assert_ptr_equal(seen.context, IMAGE_OPTIONS);
	assert_null(host_option(&h, "unset"));
	assert_null(host_option(&h, "failing"));
	image_free(&i);
}

static void *
give(size_t size)
{
	seen.size = size;
	return seen.text;
}

static void *
give_nothing(size_t size)
{
	seen.size = size;
	return NULL;
}

static void
take(void *memory)
{
	seen.context = memory;
}

LAYOUT_TEST(host_alloc__any_size__is_the_applications_memory)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_MALLOC, AS(give));
	static const char zeros[78];

	image_set(&i, MEMBER_FREE, AS(take));
	assert_ptr_equal(host_alloc(&h, 77), seen.text);
	assert_int_equal(seen.size, 77);
	memset(seen.text, 'x', sizeof(seen.text));
	assert_ptr_equal(host_alloc_zeroed(&h, sizeof(zeros)), seen.text);
	assert_int_equal(seen.size, sizeof(zeros));
	assert_memory_equal(seen.text, zeros, sizeof(zeros));
	assert_int_equal(seen.text[sizeof(zeros)], 'x');
	host_free(&h, &i);
	assert_ptr_equal(seen.context, &i);
	image_free(&i);
}

LAYOUT_TEST(host_alloc__no_memory__is_null)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_MALLOC, AS(give_nothing));

	assert_null(host_alloc(&h, 77));
	assert_null(host_alloc_zeroed(&h, 78));
	assert_int_equal(seen.size, 78);
	image_free(&i);
}

LAYOUT_TEST(host_connection__any_layout__is_the_one_in_the_utils)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_MALLOC, AS(give));

	assert_ptr_equal(host_connection(&h), IMAGE_CONNECTION);
	image_free(&i);
}

/* Says the id, unless it is one of these. */
static int
answer_callback(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	assert_ptr_equal(conn, IMAGE_CONNECTION);
	assert_null(*function);
	assert_null(*context);
	if (id == SASL_CB_USER)
		return SASL_INTERACT;
	if (id == SASL_CB_PASS)
		return SASL_FAIL;
	*context = &seen;
	if (id == SASL_CB_AUTHNAME)
		*function = (int (*)(void))AS(answer_option);
	return SASL_OK;
}

LAYOUT_TEST(host_callback__each_answer__is_told)
{
	int (*function)(void) = (int (*)(void))AS(take);
	void *context = &function;
	struct image i;
	struct host h =
	    image_host(&i, state, MEMBER_GETCALLBACK, AS(answer_callback));

	assert_int_equal(
	    host_callback(&h, SASL_CB_AUTHNAME, &function, &context), SASL_OK);
	assert_true(function == (int (*)(void))AS(answer_option));
	assert_ptr_equal(context, &seen);
	assert_int_equal(host_callback(&h, SASL_CB_USER, &function, &context),
	    SASL_INTERACT);
	assert_int_equal(
	    host_callback(&h, SASL_CB_PASS, &function, &context), SASL_FAIL);
	/* A callback without a function is none. */
	assert_int_equal(
	    host_callback(&h, SASL_CB_LANGUAGE, &function, &context),
	    SASL_FAIL);
	image_free(&i);
}

static int
judge(sasl_conn_t *conn, const char *user, unsigned user_len,
    const char *password, unsigned password_len)
{
	assert_ptr_equal(conn, IMAGE_CONNECTION);
	assert_int_equal(user_len, strlen(user));
	assert_int_equal(password_len, strlen(password));
	snprintf(seen.text, sizeof(seen.text), "%s/%s", user, password);
	return SASL_DISABLED;
}

LAYOUT_TEST(host_checkpass__name_and_password__go_with_their_lengths)
{
	struct image i;
	struct host h = image_host(&i, state, MEMBER_CHECKPASS, AS(judge));

	assert_int_equal(host_checkpass(&h, "alice", "pw"), SASL_DISABLED);
	assert_string_equal(seen.text, "alice/pw");
	image_free(&i);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Servers of the real libsasl2: see library.h.
 */
#include "config.h"

#include "library/library.h"
#include "library/own_name.h"
#include "support/cram_answer.h"
#include "support/test.h"

#define CALLBACK(f) ((int (*)(void))(void (*)(void))(f))
#define HOST	    "mail.example.org"

enum { MESSAGE = 512 };

const char *const library_mechanisms[SET_COUNT] = { "PLAIN", "LOGIN",
	"CRAM-MD5" };

static const struct library_option *current;

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const struct library_option *o;

	(void)context;
	(void)plugin;
	for (o = current; o->name != NULL; o++) {
		if (strcmp(o->name, option) != 0)
			continue;
		*result = o->value;
		if (len != NULL)
			*len = (unsigned)strlen(o->value);
		return SASL_OK;
	}
	return SASL_FAIL;
}

/* No password stands in the log, whatever the library adds to it. */
static int
check_line(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	assert_null(strstr(text, "wonderland"));
	assert_null(strstr(text, "caterpillar"));
	return SASL_OK;
}

void
library_open(unsigned set, const struct library_option *options)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, CALLBACK(get_option), NULL },
		{ SASL_CB_LOG, CALLBACK(check_line), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};

	char directory[SET_PATH];

	current = options;
	own_name(HOST);
	plugin_set_make(set, directory);
	setenv("SASL_PATH", directory, 1); /* 2.1 */
	setenv("SASL_PLUGINDIR", directory, 1);
	assert_int_equal(sasl_server_init(callbacks, "classic"), SASL_OK);
	plugin_set_remove(directory);
	library_store_add();
}

void
library_close(void)
{
	sasl_server_done();
}

static sasl_conn_t *
connect_server(void)
{
	sasl_conn_t *conn = NULL;

	assert_int_equal(
	    sasl_server_new("smtp", HOST, NULL, NULL, NULL, NULL, 0, &conn),
	    SASL_OK);
	return conn;
}

int
library_setpass(const char *user, const char *password, unsigned flags)
{
	sasl_conn_t *conn = connect_server();
	int result;

	result = sasl_setpass(conn, user, password,
	    password == NULL ? 0 : (unsigned)strlen(password), NULL, 0, flags);
	sasl_dispose(&conn);
	return result;
}

static int
say_plain(sasl_conn_t *conn, const char *user, const char *password)
{
	const char *out;
	unsigned out_len;
	char text[MESSAGE];
	int len;

	len = snprintf(text, sizeof(text), "%c%s%c%s", 0, user, 0, password);
	return sasl_server_start(
	    conn, "PLAIN", text, (unsigned)len, &out, &out_len);
}

static int
say_login(sasl_conn_t *conn, const char *user, const char *password)
{
	const char *out;
	unsigned out_len;

	assert_int_equal(sasl_server_start(conn, "LOGIN", user,
			     (unsigned)strlen(user), &out, &out_len),
	    SASL_CONTINUE);
	return sasl_server_step(
	    conn, password, (unsigned)strlen(password), &out, &out_len);
}

static int
say_crammd5(sasl_conn_t *conn, const char *user, const char *password)
{
	char digest[CRAM_HEX + 1], text[MESSAGE];
	const char *out;
	unsigned out_len;
	int len;

	assert_int_equal(
	    sasl_server_start(conn, "CRAM-MD5", NULL, 0, &out, &out_len),
	    SASL_CONTINUE);
	cram_digest(out, out_len, password, digest);
	len = snprintf(text, sizeof(text), "%s %s", user, digest);
	return sasl_server_step(conn, text, (unsigned)len, &out, &out_len);
}

int
library_login(const char *mechanism, const char *user, const char *password)
{
	sasl_conn_t *conn = connect_server();
	const void *name = NULL;
	int result;

	if (!strcmp(mechanism, "PLAIN"))
		result = say_plain(conn, user, password);
	else if (!strcmp(mechanism, "LOGIN"))
		result = say_login(conn, user, password);
	else
		result = say_crammd5(conn, user, password);
	if (result == SASL_OK) {
		assert_int_equal(
		    sasl_getprop(conn, SASL_USERNAME, &name), SASL_OK);
		assert_string_equal(name, user);
	}
	sasl_dispose(&conn);
	return result;
}

void
library_expect(unsigned set, const char *user, const char *password, int code)
{
	unsigned i;
	int result;

	for (i = 0; i < SET_COUNT; i++) {
		if (!(set & 1U << i))
			continue;
		result = library_login(library_mechanisms[i], user, password);
		if (result != code)
			fail_msg("%s gave %d for %s", library_mechanisms[i],
			    result, password);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The fake host: options, callbacks, the log, the parameters of a connection.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "host/fake_app.h"
#include "host/fake_canon.h"
#include "host/fake_host.h"
#include "host/fake_prop.h"
#include "host/fake_store.h"
#include "support/test.h"

static const struct fake_option usual_options[] = { { NULL, NULL } };

struct fake_host *fake_current;

struct fake_host *
fake_of(sasl_conn_t *conn)
{
	struct fake_host *h = (void *)conn;

	if (h == NULL)
		fail_msg("a function of the connection got no connection");
	if (h != fake_current || h->magic != FAKE_MAGIC)
		fail_msg("a function got a connection that is not ours");
	return h;
}

/* The global utils have neither a connection nor a context, as in libsasl2. */
int
fake_getopt(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const struct fake_option *o;
	const char *c;

	(void)plugin;
	if (context != NULL)
		fake_of(context);
	if (result == NULL || option == NULL)
		return SASL_BADPARAM;
	for (c = option; *c != '\0'; c++)
		assert_false(*c >= 'A' && *c <= 'Z');
	o = fake_current->setup->options;
	for (o = o == NULL ? usual_options : o; o->name != NULL; o++) {
		if (strcmp(o->name, option) != 0)
			continue;
		*result = o->value;
		if (len != NULL)
			*len = (unsigned)strlen(o->value);
		return SASL_OK;
	}
	return SASL_FAIL;
}

static int
userdb_checkpass(sasl_conn_t *conn, void *context, const char *user,
    const char *password, unsigned len, struct propctx *ctx)
{
	(void)context;
	(void)ctx;
	return fake_checkpass(conn, user, 0, password, len);
}

int
fake_getcallback(
    sasl_conn_t *conn, unsigned long id, int (**function)(void), void **context)
{
	struct fake_host *h = fake_current;

	if (conn != NULL)
		fake_of(conn);
	assert_non_null(function);
	assert_non_null(context);
	*function = NULL;
	*context = NULL;
	if (id == SASL_CB_SERVER_USERDB_CHECKPASS) {
		if (!h->setup->userdb_checkpass)
			return SASL_FAIL;
		*function = FAKE_CALLBACK(userdb_checkpass);
		return SASL_OK;
	}
	return fake_client_callback(h, id, function, context);
}

/* libsasl2 knows %m and %z too; a plugin that uses them cannot be checked. */
static void
format_text(char *text, const char *format, va_list args)
{
	int len;

	if (strstr(format, "%m") != NULL || strstr(format, "%z") != NULL)
		fail_msg("a format that printf does not know: %s", format);
	len = vsnprintf(text, FAKE_LINE, format, args);
	assert_in_range(len, 1, FAKE_LINE - 1);
	if (fake_holds_secret(text, (size_t)len))
		fail_msg("a secret stands in a text: %s", text);
}

void
fake_log(sasl_conn_t *conn, int level, const char *format, ...)
{
	struct fake_host *h = fake_current;
	struct fake_log *line = &h->log[h->log_count];
	va_list args;

	if (conn != NULL || h->conn.words != NULL)
		fake_of(conn);
	assert_true(h->log_count < FAKE_MAX_LOG);
	assert_in_range(level, SASL_LOG_ERR, SASL_LOG_TRACE);
	line->level = level;
	va_start(args, format);
	format_text(line->text, format, args);
	va_end(args);
	h->log_count++;
}

void
fake_seterror(sasl_conn_t *conn, unsigned flags, const char *format, ...)
{
	struct fake_host *h = fake_of(conn);
	va_list args;

	(void)flags;
	va_start(args, format);
	format_text(h->error, format, args);
	va_end(args);
	h->error_count++;
}

const struct fake_log *
fake_log_find(const struct fake_host *h, const char *text)
{
	unsigned i;

	for (i = 0; i < h->log_count; i++)
		if (strstr(h->log[i].text, text) != NULL)
			return &h->log[i];
	return NULL;
}

unsigned
fake_log_at(const struct fake_host *h, int level)
{
	unsigned i, count = 0;

	for (i = 0; i < h->log_count; i++)
		count += h->log[i].level == level;
	return count;
}

int
fake_getprop(sasl_conn_t *conn, int number, const void **value)
{
	struct fake_host *h = fake_of(conn);

	switch (number) {
	case SASL_IPREMOTEPORT:
		*value = h->setup->remote;
		return *value == NULL ? SASL_NOTDONE : SASL_OK;
	case SASL_SERVERFQDN:
		*value = h->server.serverFQDN;
		return SASL_OK;
	default:
		return SASL_NOTDONE;
	}
}

int
fake_setprop(sasl_conn_t *conn, int number, const void *value)
{
	(void)value;
	fake_of(conn);
	fail_msg("the plugin set property %d of the connection", number);
	return SASL_FAIL;
}

void *
fake_mutex_alloc(void)
{
	fake_current->mutex_count++;
	return fake_current;
}

int
fake_mutex_lock(void *mutex)
{
	assert_ptr_equal(mutex, fake_current);
	return SASL_OK;
}

void
fake_mutex_free(void *mutex)
{
	assert_ptr_equal(mutex, fake_current);
	fake_current->mutex_count--;
}

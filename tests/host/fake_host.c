/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The fake host: options, callbacks, the log, the parameters of a connection;
 * its beginning and its end; the client's application.
 */
#include "config.h"

#include "host/fake_alloc.h"
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

/*
 * As libsasl2 does it: the context is the connection, and without one the
 * callbacks that the application has given for all.
 */
static char global_callbacks;

int
fake_getopt(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const struct fake_option *o;
	const char *c;

	(void)plugin;
	if (context != &global_callbacks)
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
refuse_proxy(sasl_conn_t *conn, void *context, const char *user, unsigned ulen,
    const char *authid, unsigned alen, const char *realm, unsigned rlen,
    struct propctx *properties)
{
	struct fake_host *h = fake_of(conn);

	assert_ptr_equal(context, h);
	assert_string_equal(user, h->user);
	assert_int_equal(strlen(user), ulen);
	assert_string_equal(authid, h->authid);
	assert_int_equal(strlen(authid), alen);
	assert_ptr_equal(realm, h->server.user_realm);
	assert_int_equal(realm == NULL ? 0 : strlen(realm), rlen);
	assert_ptr_equal(properties, h->server.propctx);
	return h->setup->proxy_code;
}

static int
userdb_checkpass(sasl_conn_t *conn, void *context, const char *user,
    const char *password, unsigned len, struct propctx *ctx)
{
	assert_ptr_equal(context, fake_of(conn));
	assert_ptr_equal(ctx, fake_of(conn)->server.propctx);
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
	*context = h;
	if (id == SASL_CB_PROXY_POLICY && h->setup->proxy_code != SASL_OK) {
		*function = FAKE_CALLBACK(refuse_proxy);
		return SASL_OK;
	}
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

	assert_int_equal(flags, SASL_NOLOG);
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

enum { MAX_BUFFER = 65536 }; /* of a security layer, which nobody has */

static const struct fake_setup usual_setup;

void
fake_open(struct fake_host *h, const struct fake_layout *layout,
    const struct fake_setup *setup)
{
	const struct fake_answer *a;

	memset(h, 0, sizeof(*h));
	h->magic = FAKE_MAGIC;
	h->layout = layout;
	h->setup = setup == NULL ? &usual_setup : setup;
	h->props_before = fake_prop_live();
	fake_current = h;
	fake_alloc_reset();
	fake_store_open(h);
	a = fake_answer_for(h, SASL_CB_PASS);
	if (a != NULL && a->text != NULL)
		fake_secret(a->text, a->len > 0 ? a->len : strlen(a->text));
	fake_utils_build(&h->global, layout, NULL, &global_callbacks);
}

static const char *
text_or(const char *text, const char *usual)
{
	if (text == NULL)
		return usual;
	return *text == '\0' ? NULL : text;
}

static unsigned
text_len(const char *text)
{
	return text == NULL ? 0 : (unsigned)strlen(text);
}

static void
fill_server(struct fake_host *h)
{
	sasl_server_params_t *p = &h->server;

	p->service = "smtp";
	p->servicelen = text_len(p->service);
	p->appname = "smtpd";
	p->applen = text_len(p->appname);
	p->serverFQDN = text_or(h->setup->fqdn, "mail.example.org");
	p->slen = text_len(p->serverFQDN);
	p->user_realm = h->setup->realm;
	p->urlen = text_len(p->user_realm);
	p->ipremoteport = h->setup->remote;
	p->ipremlen = text_len(p->ipremoteport);
	p->log_level = SASL_LOG_ERR;
	p->utils = fake_utils_of(&h->conn);
	p->props.max_ssf = 256;
	p->props.min_ssf = h->setup->min_ssf;
	p->props.maxbufsize = MAX_BUFFER;
	p->external_ssf = h->setup->external_ssf;
	p->transition = h->setup->transition ? fake_transition : NULL;
	p->canon_user = fake_canon_server;
	p->propctx = fake_prop_new(0);
}

static void
fill_client(struct fake_host *h)
{
	sasl_client_params_t *p = &h->client;

	p->service = "smtp";
	p->servicelen = text_len(p->service);
	p->serverFQDN = h->server.serverFQDN;
	p->slen = text_len(p->serverFQDN);
	p->clientFQDN = "client.example.net";
	p->clen = text_len(p->clientFQDN);
	p->utils = fake_utils_of(&h->conn);
	p->props = h->server.props;
	p->external_ssf = h->setup->external_ssf;
	p->canon_user = fake_canon_client;
}

void
fake_connect(struct fake_host *h)
{
	fake_utils_build(&h->conn, h->layout, h, h);
	fill_server(h);
	fill_client(h);
}

void
fake_close(struct fake_host *h)
{
	fake_take_back(h, LENT_NAME);
	fake_take_back(h, LENT_SECRET);
	fake_take_back(h, LENT_ANSWER);
	fake_prop_dispose(&h->server.propctx);
	fake_store_close(h);
	fake_utils_free(&h->conn);
	fake_utils_free(&h->global);
	if (fake_prop_live() != h->props_before)
		fail_msg("a property context was lost");
	if (fake_alloc_live() != 0)
		fail_msg("%u blocks were lost", fake_alloc_live());
	if (h->mutex_count != 0)
		fail_msg("%u mutexes were lost", h->mutex_count);
	fake_current = NULL;
}

static const struct fake_answer usual_answers[] = {
	{ SASL_CB_AUTHNAME, "alice", BY_CALLBACK, 0 },
	{ SASL_CB_PASS, "wonderland", BY_CALLBACK, 0 },
	{ 0, NULL, BY_CALLBACK, 0 },
};

const struct fake_answer *
fake_answer_for(const struct fake_host *h, unsigned long id)
{
	const struct fake_answer *a = h->setup->answers;

	for (a = a == NULL ? usual_answers : a; a->id != 0; a++)
		if (a->id == id)
			return a;
	return NULL;
}

static size_t
answer_len(const struct fake_answer *a)
{
	return a->len > 0 ? a->len : strlen(a->text);
}

static void *
lend(enum fake_loan loan, void *memory, size_t len, bool guarded)
{
	struct fake_host *h = fake_current;

	assert_true(h->lent_count < FAKE_MAX_LENT);
	h->lent[h->lent_count].loan = loan;
	h->lent[h->lent_count].memory = memory;
	h->lent[h->lent_count].guarded = guarded;
	h->lent[h->lent_count++].len = len;
	return memory;
}

void
fake_take_back(struct fake_host *h, enum fake_loan loan)
{
	unsigned i, left = 0;

	for (i = 0; i < h->lent_count; i++) {
		if (h->lent[i].loan != loan) {
			h->lent[left++] = h->lent[i];
			continue;
		}
		memset(h->lent[i].memory, '#', h->lent[i].len);
		if (h->lent[i].guarded)
			guarded_free(h->lent[i].memory, h->lent[i].len);
		else
			free(h->lent[i].memory);
	}
	h->lent_count = left;
}

/* The text and its NUL. */
static const char *
lend_text(enum fake_loan loan, const struct fake_answer *a)
{
	size_t len = answer_len(a) + 1;

	return lend(loan, guarded_copy(a->text, len), len, true);
}

/* What both callbacks say before they give anything. */
static int
way_result(const struct fake_answer *a)
{
	switch (a->way) {
	case BY_CALLBACK_PROMPT:
		return SASL_INTERACT;
	case BY_REFUSING:
		return SASL_FAIL;
	default:
		return SASL_OK;
	}
}

static int
get_simple(void *context, int id, const char **result, unsigned *len)
{
	const struct fake_answer *a = context;

	assert_int_equal(id, a->id);
	assert_non_null(result);
	*result = NULL;
	fake_take_back(fake_current, LENT_NAME);
	if (a->way != BY_CALLBACK)
		return way_result(a);
	*result = lend_text(LENT_NAME, a);
	if (len != NULL)
		*len = (unsigned)answer_len(a);
	return SASL_OK;
}

/* With no NUL behind the password, and with the shortest block there can be. */
static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **result)
{
	const struct fake_answer *a = context;
	sasl_secret_t *secret;
	size_t size;

	fake_of(conn);
	assert_int_equal(id, a->id);
	assert_non_null(result);
	*result = NULL;
	fake_take_back(fake_current, LENT_SECRET);
	if (a->way != BY_CALLBACK)
		return way_result(a);
	size = offsetof(sasl_secret_t, data) + answer_len(a);
	secret = lend(LENT_SECRET, malloc(size), size, false);
	secret->len = answer_len(a);
	memcpy((char *)secret + offsetof(sasl_secret_t, data), a->text,
	    secret->len);
	*result = secret;
	return SASL_OK;
}

int
fake_client_callback(const struct fake_host *h, unsigned long id,
    int (**function)(void), void **context)
{
	const struct fake_answer *a = fake_answer_for(h, id);

	if (a == NULL)
		return SASL_FAIL;
	*context = (void *)a;
	if (a->way == BY_PROMPT || a->way == BY_PROMPT_BARE)
		return SASL_INTERACT;
	if (id == SASL_CB_PASS)
		*function = FAKE_CALLBACK(get_secret);
	else
		*function = FAKE_CALLBACK(get_simple);
	return SASL_OK;
}

void
fake_answer_prompts(struct fake_host *h, sasl_interact_t *prompts)
{
	const struct fake_answer *a;
	unsigned long last = 0;

	assert_non_null(prompts);
	assert_int_not_equal(prompts->id, SASL_CB_LIST_END);
	for (; prompts->id != SASL_CB_LIST_END; prompts++) {
		a = fake_answer_for(h, prompts->id);
		if (a == NULL)
			fail_msg(
			    "prompted for %#lx, which nobody has", prompts->id);
		if (a->way == BY_CALLBACK || prompts->id <= last)
			fail_msg("prompted for %#lx too", prompts->id);
		last = prompts->id;
		assert_non_null(prompts->prompt);
		assert_non_null(prompts->challenge);
		assert_null(prompts->result);
		assert_int_equal(prompts->len, 0);
		h->prompt_count++;
		if (a->text == NULL)
			continue;
		prompts->result = lend_text(LENT_ANSWER, a);
		if (a->way != BY_PROMPT_BARE)
			prompts->len = (unsigned)answer_len(a);
	}
}

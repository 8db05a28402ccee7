/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Logins through the real libsasl2: see library.h.
 */
#include "config.h"

#include <unistd.h>

#include "library/library.h"
#include "support/test.h"

#define CALLBACK(f) ((int (*)(void))(void (*)(void))(f))

const char *const library_mechanisms[SET_COUNT] = { "PLAIN", "LOGIN",
	"CRAM-MD5" };

const struct library_attempt library_attempts[LIBRARY_ATTEMPTS] = {
	{ "alice", "wonderland", SASL_OK },
	{ "bob", "wonderland", SASL_OK },
	{ "alice", "looking-glass", SASL_BADAUTH },
	{ "bob", "looking-glass", SASL_BADAUTH },
	{ "mallory", "looking-glass", SASL_BADAUTH },
};

static char directories[SET_ALL + 1][SET_PATH]; /* with the plugins of a set */
static const char *directory;			/* of those in use */
static pid_t owner;
static const struct library_option *current;

/* Children of this process leave them alone. */
static void
remove_directories(void)
{
	size_t i;

	for (i = 0; i <= SET_ALL && getpid() == owner; i++)
		if (*directories[i] != '\0') {
			library_store_remove(directories[i]);
			plugin_set_remove(directories[i]);
		}
}

static void
use_plugins(unsigned set)
{
	if (owner == 0)
		atexit(remove_directories);
	owner = getpid();
	if (*directories[set] == '\0')
		plugin_set_make(set, directories[set]);
	directory = directories[set];
	library_store_make(directory);
}

/*
 * libsasl2 wants the name of the machine for each connection, looks in the
 * program first, and asks the name service about one that has no dot.
 */
EXPORTED int
gethostname(char *name, size_t size)
{
	snprintf(name, size, "%s", LIBRARY_HOST);
	return 0;
}

static void *
make_mutex(void)
{
	return &owner;
}

static int
use_mutex(void *mutex)
{
	(void)mutex;
	return SASL_OK;
}

static void
end_mutex(void *mutex)
{
	(void)mutex;
}

/*
 * What 2.1 does unless it is told otherwise. 2.2 can be started a second time
 * in a process only with mutexes of the application.
 */
__attribute__((constructor)) static void
set_mutex(void)
{
	sasl_set_mutex(make_mutex, use_mutex, use_mutex, end_mutex);
}

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	const struct library_option *o = current;
	const char *value = library_store_option(option);

	(void)context;
	(void)plugin;
	for (; value == NULL && o->name != NULL; o++)
		if (!strcmp(o->name, option))
			value = o->value;
	if (value == NULL)
		return SASL_FAIL;
	*result = value;
	if (len != NULL)
		*len = (unsigned)strlen(value);
	return SASL_OK;
}

static int
get_path(void *context, const char **path)
{
	(void)context;
	*path = directory;
	return SASL_OK;
}

_Atomic unsigned library_lines;

/* No password stands in the log, whatever the library adds to it. */
static int
check_line(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	assert_null(strstr(text, "wonderland"));
	assert_null(strstr(text, "caterpillar"));
	library_lines++;
	return SASL_OK;
}

void
library_open(unsigned set, const struct library_option *options)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, CALLBACK(get_option), NULL },
		{ SASL_CB_GETPATH, CALLBACK(get_path), NULL },
		{ SASL_CB_LOG, CALLBACK(check_line), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};

	current = options;
	use_plugins(set);
	assert_int_equal(sasl_server_init(callbacks, "classic"), SASL_OK);
	library_store_add();
	assert_int_equal(sasl_client_init(callbacks), SASL_OK);
}

void
library_open_usual(void)
{
	static const struct library_option options[] = {
		{ "classic_hash_scheme", "ssha256" },
		{ NULL, NULL },
	};

	library_open(SET_ALL, options);
	library_store_fill(library_store_usual);
}

void
library_close(void)
{
	sasl_server_done();
	sasl_client_done();
}

int
library_setpass(const char *user, const char *password, unsigned flags)
{
	sasl_conn_t *conn = NULL;
	int result;

	assert_int_equal(sasl_server_new("smtp", LIBRARY_HOST, NULL, NULL, NULL,
			     NULL, 0, &conn),
	    SASL_OK);
	result = sasl_setpass(conn, user, password,
	    password == NULL ? 0 : (unsigned)strlen(password), NULL, 0, flags);
	sasl_dispose(&conn);
	return result;
}

static int
get_name(void *context, int id, const char **result, unsigned *len)
{
	const struct pair *p = context;

	*result = id == SASL_CB_AUTHNAME ? p->user
		  : p->authzid != NULL	 ? p->authzid
					 : "";
	if (len != NULL)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	(void)conn;
	(void)id;
	*secret = ((struct pair *)context)->secret;
	return SASL_OK;
}

int
pair_open(struct pair *p)
{
	const char *service = p->service == NULL ? "smtp" : p->service;
	size_t len = strlen(p->password);
	int result;

	p->server = p->client = NULL;
	p->secret = malloc(sizeof(*p->secret) + len);
	if (p->secret == NULL)
		return SASL_NOMEM;
	p->secret->len = len;
	memcpy(p->secret->data, p->password, len);
	p->callbacks[0] =
	    (sasl_callback_t) { SASL_CB_USER, CALLBACK(get_name), p };
	p->callbacks[1] =
	    (sasl_callback_t) { SASL_CB_AUTHNAME, CALLBACK(get_name), p };
	p->callbacks[2] =
	    (sasl_callback_t) { SASL_CB_PASS, CALLBACK(get_secret), p };
	p->callbacks[3] = (sasl_callback_t) { SASL_CB_LIST_END, NULL, NULL };
	result = sasl_server_new(service, LIBRARY_HOST, p->realm, NULL, p->peer,
	    NULL, 0, &p->server);
	if (result != SASL_OK)
		return result;
	return sasl_client_new(
	    service, LIBRARY_HOST, NULL, NULL, p->callbacks, 0, &p->client);
}

void
pair_close_client(struct pair *p)
{
	sasl_dispose(&p->client);
	if (p->secret != NULL)
		explicit_bzero(p->secret->data, p->secret->len);
	free(p->secret);
	p->secret = NULL;
}

void
pair_close(struct pair *p)
{
	pair_close_client(p);
	sasl_dispose(&p->server);
}

static bool
gave_up(struct pair *p, int code)
{
	p->client_failed = code != SASL_OK && code != SASL_CONTINUE;
	return p->client_failed;
}

int
pair_talk(struct pair *p, const char *mechanism)
{
	const char *said = NULL, *answer = NULL, *chosen;
	unsigned said_len = 0, answer_len = 0, n = 1;
	int client, server;

	client = sasl_client_start(
	    p->client, mechanism, NULL, &answer, &answer_len, &chosen);
	if (gave_up(p, client))
		return client;
	server = sasl_server_start(
	    p->server, mechanism, answer, answer_len, &said, &said_len);
	while (server == SASL_CONTINUE && ++n != p->stop_after + 1) {
		client = sasl_client_step(
		    p->client, said, said_len, NULL, &answer, &answer_len);
		if (gave_up(p, client))
			return client;
		server = sasl_server_step(
		    p->server, answer, answer_len, &said, &said_len);
	}
	return server;
}

int
library_login(const char *mechanism, const char *user, const char *password)
{
	struct pair p = { .user = user, .password = password };
	const void *name = NULL;
	int result;

	result = pair_open(&p);
	if (result == SASL_OK)
		result = pair_talk(&p, mechanism);
	if (result == SASL_OK) {
		sasl_getprop(p.server, SASL_USERNAME, &name);
		assert_string_equal(name, user);
	}
	pair_close(&p);
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

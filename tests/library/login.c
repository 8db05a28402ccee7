/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * login: client and server of the real libsasl2 in one process, the driver of
 * the tests with real stores.
 *
 *	login [-a ADDRESS] [-c DIR] [-r REALM] [-u FILE] SERVICE
 *
 * SERVICE.conf is read where libsasl2 looks for it. Each line of standard
 * input is one attempt: mechanism, user, password and, if wanted, authzid,
 * with a tab between them. Each gives one line on standard output: the name
 * of the result code, then the user that the server sees, or its error text
 * ("client" stands before the code if the client side gave up). Between two
 * lines the process waits, and a store can be stopped or its maps be read.
 *
 * What the library logs goes to standard error: side, level, text. -a is the
 * client's address with its port ("192.0.2.7;4711"), -c where the client has
 * its plugins, if they are others, -r the server's realm, -u registers
 * SASL_CB_SERVER_USERDB_CHECKPASS on a file of lines "user password"
 * (userdb.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sasl/sasl.h>

#include "library/code.h"
#include "library/own_name.h"
#include "library/userdb.h"

#define ATTEMPT_SECONDS 60 /* a store that hangs must not hang the test */
#define HOST		"host.test"

/* By way of void, which gcc knows to mean that the type is not the last. */
#define CALLBACK(f) (int (*)(void))(void (*)(void))(f)

struct attempt {
	const char *mech, *user, *authzid;
	sasl_secret_t *secret;
};

struct outcome {
	const char *side; /* "" or "client " */
	int code;
};

static int
log_line(void *side, int level, const char *text)
{
	fprintf(stderr, "%s %d %s\n", (const char *)side, level, text);
	return SASL_OK;
}

static int
get_name(void *context, int id, const char **result, unsigned *len)
{
	struct attempt *a = context;

	*result = id == SASL_CB_USER ? a->authzid : a->user;
	if (len)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	(void)conn;
	(void)id;
	*secret = ((struct attempt *)context)->secret;
	return SASL_OK;
}

static int
gave_up(int code)
{
	return code != SASL_OK && code != SASL_CONTINUE;
}

/* Hands messages to and fro until one side ends or fails. */
static struct outcome
talk(sasl_conn_t *client, sasl_conn_t *server, const char *mech)
{
	const char *out = NULL, *in = NULL, *chosen = NULL;
	unsigned outlen = 0, inlen = 0;
	int c, s;

	c = sasl_client_start(client, mech, NULL, &out, &outlen, &chosen);
	if (gave_up(c))
		return (struct outcome) { "client ", c };
	s = sasl_server_start(server, mech, out, outlen, &in, &inlen);
	while (s == SASL_CONTINUE) {
		c = sasl_client_step(client, in, inlen, NULL, &out, &outlen);
		if (gave_up(c))
			return (struct outcome) { "client ", c };
		s = sasl_server_step(server, out, outlen, &in, &inlen);
	}
	return (struct outcome) { "", s };
}

static void
report(struct outcome o, sasl_conn_t *client, sasl_conn_t *server)
{
	const void *user = NULL;

	fputs(o.side, stdout);
	code_print(o.code);
	if (o.code == SASL_OK)
		sasl_getprop(server, SASL_USERNAME, &user);
	else
		user = sasl_errdetail(*o.side ? client : server);
	printf(" %s\n", user ? (const char *)user : "(none)");
	fflush(stdout);
}

/* What the server is told of itself and of its client. */
struct place {
	const char *service, *realm, *peer;
};

static void
attempt(struct attempt *a, const struct place *at)
{
	sasl_callback_t callbacks[] = {
		{ SASL_CB_USER, CALLBACK(get_name), a },
		{ SASL_CB_AUTHNAME, CALLBACK(get_name), a },
		{ SASL_CB_PASS, CALLBACK(get_secret), a },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *client = NULL, *server = NULL;
	struct outcome o = { "", SASL_OK };

	alarm(ATTEMPT_SECONDS);
	o.code = sasl_server_new(
	    at->service, HOST, at->realm, NULL, at->peer, NULL, 0, &server);
	if (o.code == SASL_OK)
		o.code = sasl_client_new(
		    at->service, HOST, NULL, NULL, callbacks, 0, &client);
	if (o.code == SASL_OK)
		o = talk(client, server, a->mech);
	report(o, client, server);
	sasl_dispose(&client);
	sasl_dispose(&server);
	alarm(0);
}

/* Cuts one line into an attempt; the secret is a copy in libsasl2's form. */
static int
parse(char *line, struct attempt *a)
{
	char *password;
	size_t len;

	line[strcspn(line, "\n")] = '\0';
	a->mech = strsep(&line, "\t");
	a->user = strsep(&line, "\t");
	password = strsep(&line, "\t");
	a->authzid = line ? line : "";
	len = password ? strlen(password) : 0;
	a->secret = malloc(sizeof(*a->secret) + len);
	if (!password || !a->secret)
		return -1;
	a->secret->len = len;
	memcpy(a->secret->data, password, len + 1);
	return 0;
}

static void
start(const char *service, char *clients, char *userdb)
{
	static char server_side[] = "server", client_side[] = "client";
	static sasl_callback_t client[] = {
		{ SASL_CB_LOG, CALLBACK(log_line), client_side },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	static sasl_callback_t server[] = {
		{ SASL_CB_LOG, CALLBACK(log_line), server_side },
		{ SASL_CB_LIST_END, NULL, NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	int result;

	if (userdb) {
		server[1].id = SASL_CB_SERVER_USERDB_CHECKPASS;
		server[1].proc = CALLBACK(userdb_checkpass);
		server[1].context = userdb;
	}
	own_name(HOST);
	result = sasl_server_init(server, service);
	if (result == SASL_OK && clients != NULL)
		result = sasl_set_path(SASL_PATH_TYPE_PLUGIN, clients);
	if (result == SASL_OK)
		result = sasl_client_init(client);
	if (result != SASL_OK) {
		fprintf(stderr, "login: init gives %d\n", result);
		exit(2);
	}
}

int
main(int argc, char **argv)
{
	struct place at = { NULL, NULL, NULL };
	char *clients = NULL, *userdb = NULL, *line = NULL;
	size_t size = 0;
	struct attempt a;
	int c;

	while ((c = getopt(argc, argv, "a:c:r:u:")) != -1)
		switch (c) {
		case 'a':
			at.peer = optarg;
			break;
		case 'c':
			clients = optarg;
			break;
		case 'r':
			at.realm = optarg;
			break;
		case 'u':
			userdb = optarg;
			break;
		default:
			return 2;
		}
	if (optind != argc - 1)
		return 2;
	at.service = argv[optind];
	start(at.service, clients, userdb);
	while (getline(&line, &size, stdin) > 0) {
		if (parse(line, &a) < 0) {
			fputs("login: want MECH, USER, PASSWORD\n", stderr);
			return 2;
		}
		attempt(&a, &at);
		free(a.secret);
	}
	free(line);
	sasl_done();
	return 0;
}

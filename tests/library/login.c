/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * login: client and server of the real libsasl2 in one process, the driver of
 * the tests with real stores.
 *
 *	login [-k] [-a ADDRESS] [-c DIR] [-r REALM] [-u FILE] SERVICE
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
 * SASL_CB_SERVER_USERDB_CHECKPASS on a file of lines "user password". With -k
 * the server's connection stays after a refusal, as it does in a mail server.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sasl/sasl.h>

#include "library/library.h"

#define ATTEMPT_SECONDS 60 /* a store that hangs must not hang the test */

/* By way of void, which gcc knows to mean that the type is not the last. */
#define CALLBACK(f) (int (*)(void))(void (*)(void))(f)

static int
log_line(void *side, int level, const char *text)
{
	fprintf(stderr, "%s %d %s\n", (const char *)side, level, text);
	return SASL_OK;
}

static int
verdict(const char *known, const char *password, unsigned len)
{
	if (strlen(known) == len && memcmp(known, password, len) == 0)
		return SASL_OK;
	return SASL_BADAUTH;
}

/* The host's own user database. */
static int
userdb_checkpass(sasl_conn_t *conn, void *path, const char *user,
    const char *password, unsigned len, struct propctx *props)
{
	int result = SASL_NOUSER;
	char name[128], known[256];
	FILE *db = fopen(path, "r");

	(void)conn;
	(void)props;
	fprintf(stderr, "userdb asked for %s\n", user);
	if (!db)
		return SASL_UNAVAIL;
	while (fscanf(db, "%127s %255s", name, known) == 2)
		if (strcmp(name, user) == 0)
			result = verdict(known, password, len);
	fclose(db);
	return result;
}

#define NAMED(code) [-(code)] = #code

static void
print_code(int code)
{
	static const char *const names[] = { NAMED(SASL_OK), NAMED(SASL_FAIL),
		NAMED(SASL_NOMEM), NAMED(SASL_BUFOVER), NAMED(SASL_NOMECH),
		NAMED(SASL_BADPROT), NAMED(SASL_BADPARAM), NAMED(SASL_TRYAGAIN),
		NAMED(SASL_BADAUTH), NAMED(SASL_NOAUTHZ), NAMED(SASL_TRANS),
		NAMED(SASL_DISABLED), NAMED(SASL_NOUSER), NAMED(SASL_UNAVAIL) };
	const int known = sizeof(names) / sizeof(names[0]);

	if (code <= 0 && -code < known && names[-code] != NULL)
		fputs(names[-code], stdout);
	else
		printf("SASL_CODE_%d", code);
}

static void
attempt(struct pair *p, const char *mechanism, sasl_conn_t **kept)
{
	const void *user = NULL;
	int code;

	alarm(ATTEMPT_SECONDS);
	code = pair_open(p);
	if (kept != NULL && *kept != NULL) {
		sasl_dispose(&p->server);
		p->server = *kept;
		*kept = NULL;
	}
	if (code == SASL_OK)
		code = pair_talk(p, mechanism);
	fputs(p->client_failed ? "client " : "", stdout);
	print_code(code);
	if (code == SASL_OK)
		sasl_getprop(p->server, SASL_USERNAME, &user);
	else
		user = sasl_errdetail(p->client_failed ? p->client : p->server);
	printf(" %s\n", user ? (const char *)user : "(none)");
	fflush(stdout);
	if (kept != NULL && code != SASL_OK) {
		*kept = p->server;
		p->server = NULL;
	}
	pair_close(p);
	alarm(0);
}

/* The mechanism of a line; the rest of it is in the pair. Or NULL. */
static const char *
parse(char *line, struct pair *p)
{
	const char *mechanism;

	line[strcspn(line, "\n")] = '\0';
	mechanism = strsep(&line, "\t");
	p->user = strsep(&line, "\t");
	p->password = strsep(&line, "\t");
	p->authzid = line;
	return p->password == NULL ? NULL : mechanism;
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
	char *clients = NULL, *userdb = NULL, *line = NULL;
	const char *mechanism;
	struct pair all = { .user = NULL }, p;
	sasl_conn_t *connection = NULL, **kept = NULL;
	size_t size = 0;
	int c;

	while ((c = getopt(argc, argv, "ka:c:r:u:")) != -1)
		switch (c) {
		case 'k':
			kept = &connection;
			break;
		case 'a':
			all.peer = optarg;
			break;
		case 'c':
			clients = optarg;
			break;
		case 'r':
			all.realm = optarg;
			break;
		case 'u':
			userdb = optarg;
			break;
		default:
			return 2;
		}
	if (optind != argc - 1)
		return 2;
	all.service = argv[optind];
	start(all.service, clients, userdb);
	while (getline(&line, &size, stdin) > 0) {
		p = all;
		mechanism = parse(line, &p);
		if (mechanism == NULL) {
			fputs("login: want MECH, USER, PASSWORD\n", stderr);
			return 2;
		}
		attempt(&p, mechanism, kept);
	}
	free(line);
	sasl_dispose(&connection);
	sasl_done();
	return 0;
}

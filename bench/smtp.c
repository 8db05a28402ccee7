/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A mail client, see smtp.h. What it says to a challenge comes from
 * libsasl2's client side.
 */
#include "config.h"

#include "smtp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sasl/saslutil.h>

#include "api.h"
#include "fail.h"
#include "login.h"
#include "stopwatch.h"

enum { LINE_SIZE = 1024 };

struct connection {
	FILE *in;
	int fd;
	char line[LINE_SIZE]; /* the last that came */
};

static void
dial(struct connection *c, unsigned port)
{
	struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0)
		fail("nobody listens on port %u", port);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if ((c->in = fdopen(c->fd, "r")) == NULL)
		fail("out of memory");
}

static void
say(struct connection *c, const char *command, const char *argument)
{
	if (dprintf(c->fd, "%s%s\r\n", command, argument) < 0)
		fail("the connection is gone after \"%s\"", c->line);
}

/* Reads a whole reply; its last line stays. Returns the code. */
static int
hear(struct connection *c)
{
	do
		if (fgets(c->line, sizeof c->line, c->in) == NULL)
			fail("the connection is gone after \"%s\"", c->line);
	while (strlen(c->line) > 3 && c->line[3] == '-');
	c->line[strcspn(c->line, "\r\n")] = '\0';
	return atoi(c->line);
}

static void
expect(struct connection *c, int code)
{
	if (hear(c) != code)
		fail("wanted %d: %s", code, c->line);
}

static void
encode(const char *bytes, unsigned len, char text[LINE_SIZE])
{
	fail_unless("sasl_encode64",
	    sasl_encode64(bytes, len, text, LINE_SIZE, NULL), SASL_OK);
}

/* The answer to the 334 that was heard. */
static void
answer(struct connection *c, sasl_conn_t *conn)
{
	char challenge[LINE_SIZE], text[LINE_SIZE];
	const char *said;
	unsigned len;
	int result;

	fail_unless("sasl_decode64",
	    sasl_decode64(c->line + 4, (unsigned)strlen(c->line + 4), challenge,
		sizeof challenge, &len),
	    SASL_OK);
	result = sasl_client_step(conn, challenge, len, NULL, &said, &len);
	if (result != SASL_OK && result != SASL_CONTINUE)
		fail("sasl_client_step: result %d", result);
	encode(said, len, text);
	say(c, text, "");
}

static void
log_in(struct connection *c, const char *mech)
{
	static char user[] = LOGIN_CLIENT;
	sasl_callback_t callbacks[API_CALLBACKS];
	char command[LINE_SIZE], text[LINE_SIZE] = "";
	const char *said, *chosen;
	sasl_conn_t *conn;
	unsigned len;
	int code;

	api_client_callbacks(callbacks, user);
	fail_unless("sasl_client_new",
	    sasl_client_new(
		LOGIN_SERVICE, LOGIN_HOST, NULL, NULL, callbacks, 0, &conn),
	    SASL_OK);
	if (sasl_client_start(conn, mech, NULL, &said, &len, &chosen) < 0)
		fail("sasl_client_start: %s", sasl_errdetail(conn));
	snprintf(command, sizeof command, "AUTH %s%s", mech,
	    said != NULL ? " " : "");
	if (said != NULL)
		encode(said, len, text);
	say(c, command, text);
	while ((code = hear(c)) == 334)
		answer(c, conn);
	if (code != 235)
		fail("no login: %s", c->line);
	sasl_dispose(&conn);
}

double
smtp_session(unsigned port, const char *mech)
{
	struct connection c = { .line = "" };
	double begin, ns;

	dial(&c, port);
	expect(&c, 220);
	say(&c, "EHLO ", "client.example");
	expect(&c, 250);
	begin = stopwatch_now();
	log_in(&c, mech);
	ns = stopwatch_now() - begin;
	say(&c, "QUIT", "");
	expect(&c, 221);
	fclose(c.in);
	return ns;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Who logs in, with which words, see login.h.
 */
#include "config.h"

#include "login.h"

#include <stdio.h>
#include <string.h>

#include "fail.h"

/* RFC 2195, section 2 */
#define CHALLENGE "<1896.697170952@postoffice.reston.mci.net>"
#define RESPONSE  LOGIN_CLIENT " b913a602c7eda7a495b4e6e7334d3890"

#define PLAIN_MESSAGE "\0" LOGIN_CLIENT "\0" LOGIN_PASSWORD

/* Far from each other, so that a file's pages do not stay at hand. */
enum { STRIDE = 7919 };

static const char user_prefix[] = "user";

void
login_user(char *user, unsigned long n)
{
	snprintf(user, USER_SIZE, "%s%07lu", user_prefix, n);
}

bool
login_known(const char *user, unsigned len)
{
	const unsigned prefix_len = sizeof user_prefix - 1;

	return len > prefix_len && memcmp(user, user_prefix, prefix_len) == 0;
}

void
login_message(struct session *s, unsigned i, const char *bytes, unsigned len)
{
	struct message *m = &s->message[i];

	if (len >= sizeof m->text)
		fail("a message of %u bytes", len);
	memcpy(m->text, bytes, len);
	m->text[len] = '\0';
	m->len = len;
}

static void
say(struct session *s, unsigned i, const char *text)
{
	login_message(s, i, text, (unsigned)strlen(text));
}

/* What a server is told. CRAM-MD5 is answered when it has asked. */
static void
as_client(struct session *s)
{
	if (s->mech->client_first) {
		char plain[MESSAGE_SIZE];
		int len = snprintf(plain, sizeof plain, "%c%s%c%s", '\0',
		    s->user, '\0', LOGIN_PASSWORD);

		login_message(s, 0, plain, (unsigned)len);
	} else if (!s->mech->challenged) {
		say(s, 0, s->user);
		say(s, 1, LOGIN_PASSWORD);
	}
}

/* What a client is told. PLAIN's client needs no word. */
static void
as_server(struct session *s)
{
	if (s->mech->challenged) {
		say(s, 0, CHALLENGE);
	} else if (!s->mech->client_first) {
		say(s, 0, "Username:");
		say(s, 1, "Password:");
	}
}

void
login_session(
    struct session *s, const struct scenario *scenario, unsigned long serial)
{
	s->mech = scenario->mech;
	s->said = NULL;
	s->said_len = 0;
	if (scenario->side == SIDE_SERVER) {
		login_user(s->user, serial * STRIDE % scenario->users);
		as_client(s);
	} else {
		memcpy(s->user, LOGIN_CLIENT, sizeof LOGIN_CLIENT);
		as_server(s);
	}
}

static bool
said(const struct session *s, const char *want, size_t len)
{
	return s->said_len == len && memcmp(s->said, want, len) == 0;
}

void
login_check_client(struct session *s)
{
	bool right;

	if (s->mech->client_first)
		right = said(s, PLAIN_MESSAGE, sizeof PLAIN_MESSAGE - 1);
	else if (s->mech->challenged)
		right = said(s, RESPONSE, sizeof RESPONSE - 1);
	else
		right = said(s, LOGIN_PASSWORD, sizeof LOGIN_PASSWORD - 1);
	if (!right)
		fail("%s client said \"%.*s\"", s->mech->name, (int)s->said_len,
		    s->said);
}

int
login_name(void *user, int id, const char **result, unsigned *len)
{
	(void)id;
	*result = user;
	if (len != NULL)
		*len = (unsigned)strlen(user);
	return SASL_OK;
}

/* A sasl_secret_t with room for its data. */
static struct {
	unsigned long len;
	char data[sizeof LOGIN_PASSWORD];
} secret = { sizeof LOGIN_PASSWORD - 1, LOGIN_PASSWORD };

int
login_secret(sasl_conn_t *conn, void *user, int id, sasl_secret_t **result)
{
	(void)conn;
	(void)user;
	(void)id;
	*result = (sasl_secret_t *)&secret;
	return SASL_OK;
}

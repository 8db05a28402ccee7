/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Words and sessions, see login.h.
 */
#include "config.h"

#include "login.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-parameter"

/* RFC 2195, section 2 */
#define CLIENT_USER "tim"
#define CHALLENGE   "<1896.697170952@postoffice.reston.mci.net>"
#define RESPONSE    CLIENT_USER " b913a602c7eda7a495b4e6e7334d3890"

#define PLAIN_MESSAGE "\0" CLIENT_USER "\0" LOGIN_PASSWORD

/* Users far from each other, so that a file's pages do not stay at hand. */
enum { STRIDE = 7919, DIGEST_SIZE = 16 };

static const struct mech mechs[] = {
	{ "PLAIN", "libplain.so", .client_first = true, .steps = 1 },
	{ "LOGIN", "liblogin.so", .steps = 3 },
	{ "CRAM-MD5", "libcrammd5.so", .challenged = true, .steps = 2 },
	{ .name = NULL },
};

const struct mech *mech = mechs;
static char *const *words;

void
need(const char *call, int result, int wanted)
{
	if (result != wanted)
		errx(1, "%s: result %d, wanted %d", call, result, wanted);
}

void
words_read(char *given[], const char *const known[])
{
	words = given;
	for (; *given != NULL; given++) {
		const char *const *k = known;
		const struct mech *m = mechs;

		while (m->name != NULL && strcmp(m->name, *given) != 0)
			m++;
		while (*k != NULL && strcmp(*k, *given) != 0)
			k++;
		if (m->name != NULL)
			mech = m;
		else if (*k == NULL && strchr(*given, '=') == NULL)
			errx(1, "what is \"%s\"?", *given);
	}
}

bool
word(const char *wanted)
{
	for (char *const *w = words; *w != NULL; w++)
		if (strcmp(*w, wanted) == 0)
			return true;
	return false;
}

const char *
word_value(const char *name)
{
	size_t len = strlen(name);

	for (char *const *w = words; *w != NULL; w++)
		if (**w == *name && strncmp(*w, name, len) == 0 &&
		    (*w)[len] == '=')
			return *w + len + 1;
	return NULL;
}

unsigned long
word_number(const char *name, unsigned long fallback)
{
	const char *value = word_value(name);

	return value != NULL ? strtoul(value, NULL, 10) : fallback;
}

bool
user_known(const char *user, unsigned len)
{
	return len >= 4 && memcmp(user, "user", 4) == 0;
}

static void
add(struct message *m, const char *bytes, size_t len)
{
	memcpy(m->text + m->len, bytes, len);
	m->len += (unsigned)len;
}

/* Makes the last len octets wrong: in the first of them, or in the last. */
static void
spoil(struct message *m, unsigned len)
{
	char *octet = &m->text[m->len - (word("wrong") ? len : 1)];

	if (word("wrong") || word("wrong-last"))
		*octet = *octet == '0' ? '1' : '0';
}

/* What a server is told. CRAM-MD5 is answered when it has asked. */
static void
as_client(struct session *s)
{
	struct message *last = &s->in[mech->steps - 1];

	if (mech->challenged)
		return;
	if (mech->client_first) {
		add(last, "", 1);
		add(last, s->user, strlen(s->user) + 1);
		add(last, LOGIN_PASSWORD, sizeof LOGIN_PASSWORD - 1);
	} else {
		add(&s->in[1], s->user, strlen(s->user));
		add(last, LOGIN_PASSWORD, sizeof LOGIN_PASSWORD - 1);
	}
	spoil(last, sizeof LOGIN_PASSWORD - 1);
}

/* What a client is told. PLAIN's client needs no word. */
static void
as_server(struct session *s)
{
	if (mech->challenged) {
		add(&s->in[1], CHALLENGE, sizeof CHALLENGE - 1);
	} else if (!mech->client_first) {
		add(&s->in[1], "Username:", 9);
		add(&s->in[2], "Password:", 9);
	}
}

void
session_fill(struct session *s, unsigned long serial)
{
	memset(s, 0, sizeof *s);
	if (word("client")) {
		memcpy(s->user, CLIENT_USER, sizeof CLIENT_USER);
		as_server(s);
		return;
	}
	snprintf(s->user, sizeof s->user, "%s%07lu",
	    word("unknown") ? "nope" : "user",
	    serial * STRIDE % word_number("users", 1000));
	as_client(s);
}

/* A plugin that has nothing to offer: it only wants to see the utils. */
static sasl_utils_t utils;

static int
see_utils(const sasl_utils_t *seen, int max_version, int *version,
    sasl_canonuser_plug_t **plugin, const char *name)
{
	utils = *seen;
	return SASL_NOMECH;
}

const sasl_utils_t *
library_utils(void)
{
	if (utils.hmac_md5 == NULL)
		sasl_canonuser_add_plugin("benchutils", see_utils);
	if (utils.hmac_md5 == NULL)
		errx(1, "libsasl2 has shown no utils");
	return &utils;
}

unsigned
crammd5_answer(char *text, const char *user, const char *password,
    const char *challenge, unsigned len)
{
	unsigned char digest[DIGEST_SIZE];
	int at = sprintf(text, "%s ", user);

	utils.hmac_md5((const unsigned char *)challenge, (int)len,
	    (const unsigned char *)password, (int)strlen(password), digest);
	for (unsigned i = 0; i < sizeof digest; i++)
		at += sprintf(text + at, "%02x", digest[i]);
	return (unsigned)at;
}

void
session_answer(struct session *s)
{
	struct message *m = &s->in[1];

	m->len = crammd5_answer(
	    m->text, s->user, LOGIN_PASSWORD, s->said, s->said_len);
	spoil(m, 2 * DIGEST_SIZE);
}

void
session_check_client(struct session *s)
{
	const char *want = LOGIN_PASSWORD;
	size_t len = sizeof LOGIN_PASSWORD - 1;

	if (mech->client_first) {
		want = PLAIN_MESSAGE;
		len = sizeof PLAIN_MESSAGE - 1;
	} else if (mech->challenged) {
		want = RESPONSE;
		len = sizeof RESPONSE - 1;
	}
	if (s->said_len != len || memcmp(s->said, want, len) != 0)
		errx(1, "%s client said \"%.*s\"", mech->name, (int)s->said_len,
		    s->said);
}

int
client_name(void *user, int id, const char **result, unsigned *len)
{
	*result = user;
	if (len != NULL)
		*len = (unsigned)strlen(user);
	return SASL_OK;
}

int
client_password(sasl_conn_t *conn, void *user, int id, sasl_secret_t **result)
{
	static struct { /* a sasl_secret_t with room for its data */
		unsigned long len;
		char data[sizeof LOGIN_PASSWORD];
	} secret = { sizeof LOGIN_PASSWORD - 1, LOGIN_PASSWORD };

	*result = (sasl_secret_t *)&secret;
	return SASL_OK;
}

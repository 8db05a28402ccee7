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

/* A client is the one of RFC 2195, section 2. */
#define CLIENT	 "tim"
#define ANSWER	 CLIENT " b913a602c7eda7a495b4e6e7334d3890"
#define SAYS(it) .client = (it), .client_len = sizeof(it) - 1

/* Users far from each other, so that a file's pages do not stay at hand. */
enum { STRIDE = 7919, DIGEST_SIZE = 16 };

static const struct mech mechs[] = {
	{ "PLAIN", "libplain.so", .client_first = true, .steps = 1,
	    SAYS("\0" CLIENT "\0" LOGIN_PASSWORD) },
	{ "LOGIN", "liblogin.so", .steps = 3,
	    .server = { NULL, "Username:", "Password:" },
	    SAYS(LOGIN_PASSWORD) },
	{ "CRAM-MD5", "libcrammd5.so", .challenged = true, .steps = 2,
	    .server = { NULL, "<1896.697170952@postoffice.reston.mci.net>" },
	    SAYS(ANSWER) },
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
words_read(char *given[])
{
	static const char known[] = " time first start memory rate held loop "
				    "server client plugin libcrypto "
				    "wrong wrong-last unknown ";

	for (words = given; *given != NULL; given++) {
		const struct mech *m = mechs;
		const char *at = strstr(known, *given);

		while (m->name != NULL && strcmp(m->name, *given) != 0)
			m++;
		if (m->name != NULL)
			mech = m;
		else if (strchr(*given, '=') == NULL &&
			 (at == NULL || at[-1] != ' ' ||
			     at[strlen(*given)] != ' '))
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

void
session_fill(struct session *s, unsigned long serial)
{
	memset(s, 0, sizeof *s);
	if (word("client")) {
		memcpy(s->user, CLIENT, sizeof CLIENT);
		for (unsigned n = 1; n < mech->steps; n++)
			add(&s->in[n], mech->server[n],
			    strlen(mech->server[n]));
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

void
session_answer(struct session *s)
{
	struct message *m = &s->in[1];
	unsigned char digest[DIGEST_SIZE];
	char *at = m->text + sprintf(m->text, "%s ", s->user);

	utils.hmac_md5((const unsigned char *)s->said, (int)s->said_len,
	    (const unsigned char *)LOGIN_PASSWORD, sizeof LOGIN_PASSWORD - 1,
	    digest);
	for (unsigned i = 0; i < sizeof digest; i++)
		at += sprintf(at, "%02x", digest[i]);
	m->len = (unsigned)(at - m->text);
	spoil(m, 2 * DIGEST_SIZE);
}

void
session_check_client(struct session *s)
{
	if (s->said_len != mech->client_len ||
	    memcmp(s->said, mech->client, s->said_len) != 0)
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

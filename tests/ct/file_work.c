/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Failing logins over a passwdfile, through libsasl2, for tools/equal-work to
 * count the instructions of:
 *
 *	file_work MECHANISM
 *
 * For each kind of file and each way in which a login can be refused: COUNT,
 * after one of each way that is not counted, of which the first reads the file.
 * All that the steps do is counted, the store and the library as well. The
 * names of the users are of one length, and their lines differ in nothing but
 * what the way is about.
 */
#include "config.h"

#include "ct/work.h"

#include <sasl/sasl.h>

#include "support/cram_answer.h"
#include "support/place.h"

#define CALLBACK(f) ((int (*)(void))(void (*)(void))(f))
#define SHA512CRYPT \
	"$6$rounds=1000$saltsalt$" \
	"0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ" \
	"0123456789abcdefghijABCDEF"

enum { COUNT = 4 };

/* What the lines of a file hold: one secret or two, with what follows them. */
static const struct content {
	const char *name, *format, *secret, *secret2;
} contents[] = {
	{ "plaintext", "dovecot", "{PLAIN}" RIGHT, NULL },
	{ "plaintext like a hash", "dovecot",
	    "{PLAIN}{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4", NULL },
	{ "plaintext in base64", "dovecot",
	    "{PLAIN.b64}d29uZGVybGFuZA==", NULL },
	{ "a state", "dovecot", "{CRAM-MD5}" STATE_OF_RIGHT, NULL },
	{ "DES", "dovecot", "abJnggxhB/yWI", NULL },
	{ "two plaintexts", "dovecot", "{PLAIN}" RIGHT,
	    "{PLAIN}"
	    "white-rabbit" },
	{ "plaintext and a hash", "dovecot", "{PLAIN}" RIGHT,
	    "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4" },
	{ "a hash and a state", "dovecot",
	    "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
	    "{CRAM-MD5}" STATE_OF_RIGHT },
	{ "two hashes", "dovecot", "{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
	    "{SSHA}pHm9Nx7mEJ0Z6yTpmFBAJ0gc3sG5bkgo" },
	{ "a fast hash and a slow one", "dovecot",
	    "{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=",
	    "$y$j75$jejsXmZ4JszZ5VIjVFkkd/$"
	    "lC1fMB9WRw6c98kYAC.9WzRIgn7qoET3C3U5hOU2cV1" },
	{ "bcrypt", "htpasswd",
	    "$2y$04$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
	    NULL },
	{ "sha512-crypt", "shadow", SHA512CRYPT, NULL },
	{ "Exim's", "exim", "$apr1$saltsalt$WoESZIlCyPaOHxFHP.vy51:" RIGHT,
	    NULL },
};

/* A line of each user: its secret between these two. */
static const struct way {
	const char *name, *user, *before, *after;
	const char *format; /* of which alone it is; or NULL */
} ways[] = {
	{ "unknown user", "robin", NULL, NULL, NULL },
	{ "wrong password", "alice", "", "", NULL },
	{ "wrong password, line with keys", "fiona", "",
	    "::::::label=phone expires=2037-12-31 allow_nets=192.0.2.0/24",
	    "dovecot" },
	{ "disabled", "bobby", "!", "", NULL },
	{ "expired", "carol", "", "::::::expires=2020-02-02", "dovecot" },
	{ "expired", "carol", "", ":18000:0:99999:7::18001:", "shadow" },
	{ "wrong network", "david", "", "::::::allow_nets=198.51.100.0/24",
	    "dovecot" },
	{ "malformed line", "erica", "{SSHA}", "", NULL },
};

static const struct content *content;

static int
get_option(void *context, const char *plugin, const char *option,
    const char **result, unsigned *len)
{
	(void)context;
	(void)plugin;
	*result = !strcmp(option, "passwdfile_path")	 ? path
		  : !strcmp(option, "passwdfile_format") ? content->format
		  : !strcmp(option, "auxprop_plugin")	 ? "passwdfile"
		  : !strcmp(option, "pwcheck_method")	 ? "auxprop"
							 : NULL;
	if (*result == NULL)
		return SASL_FAIL;
	if (len != NULL)
		*len = (unsigned)strlen(*result);
	return SASL_OK;
}

static int
get_path(void *context, const char **result)
{
	(void)context;
	*result = getenv("OUR_PLUGINDIR");
	return SASL_OK;
}

static int
take_log(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	(void)text;
	return SASL_OK;
}

/* One step that is counted; NULL begins. */
static int
step(sasl_conn_t *conn, const char *mechanism, const char *in, size_t len,
    const char **out, unsigned *out_len)
{
	int result;

	CALLGRIND_TOGGLE_COLLECT;
	result = mechanism != NULL
		     ? sasl_server_start(
			   conn, mechanism, in, (unsigned)len, out, out_len)
		     : sasl_server_step(conn, in, (unsigned)len, out, out_len);
	CALLGRIND_TOGGLE_COLLECT;
	return result;
}

static int
talk(sasl_conn_t *conn, const char *mechanism, const char *user)
{
	const char *out = NULL;
	unsigned out_len = 0;
	char text[128];
	int len;

	if (!strcmp(mechanism, "PLAIN")) {
		len = snprintf(
		    text, sizeof(text), "%c%s%c%s", '\0', user, '\0', WRONG);
		return step(conn, mechanism, text, (size_t)len, &out, &out_len);
	}
	step(conn, mechanism, NULL, 0, &out, &out_len);
	if (!strcmp(mechanism, "LOGIN")) {
		step(conn, NULL, user, strlen(user), &out, &out_len);
		return step(conn, NULL, WRONG, strlen(WRONG), &out, &out_len);
	}
	len = snprintf(text, sizeof(text), "%s ", user);
	cram_digest(out, out_len, WRONG, text + len);
	return step(conn, NULL, text, strlen(text), &out, &out_len);
}

static void
log_in(const char *mechanism, const char *user)
{
	sasl_conn_t *conn = NULL;

	assert_int_equal(sasl_server_new("smtp", "host.test", NULL,
			     "192.0.2.1;25", "192.0.2.7;40000", NULL, 0, &conn),
	    SASL_OK);
	assert_int_equal(talk(conn, mechanism, user), SASL_BADAUTH);
	sasl_dispose(&conn);
}

static bool
is_of(const struct way *way, const struct content *c)
{
	return way->format == NULL || !strcmp(way->format, c->format);
}

/* A file in which each way has its user. */
static void
write_file(const struct content *c)
{
	const char *secrets[] = { c->secret, c->secret2 };
	const char *usual =
	    !strcmp(c->format, "shadow") ? ":18000:0:99999:7:::" : "";
	char text[8192];
	size_t i, k, len = 0;

	for (i = 0; i < COUNT_OF(ways); i++)
		for (k = 0; k < COUNT_OF(secrets); k++)
			if (secrets[k] != NULL && ways[i].before != NULL &&
			    is_of(&ways[i], c))
				len += (size_t)snprintf(text + len,
				    sizeof(text) - len, "%s:%s%s%s\n",
				    ways[i].user, ways[i].before, secrets[k],
				    *ways[i].after != '\0' ? ways[i].after
							   : usual);
	assert_true(len < sizeof(text));
	put(path, text, len);
}

static void
measure(const char *mechanism, const struct content *c)
{
	size_t i, n;

	content = c;
	write_file(c);
	for (i = 0; i < COUNT_OF(ways); i++)
		if (is_of(&ways[i], c))
			log_in(mechanism, ways[i].user);
	for (i = 0; i < COUNT_OF(ways); i++) {
		if (!is_of(&ways[i], c))
			continue;
		begin_count();
		for (n = 0; n < COUNT; n++)
			log_in(mechanism, ways[i].user);
		dump(COUNT, "passwdfile", c->name, ways[i].name);
	}
}

int
main(int argc, char **argv)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_GETOPT, CALLBACK(get_option), NULL },
		{ SASL_CB_GETPATH, CALLBACK(get_path), NULL },
		{ SASL_CB_LOG, CALLBACK(take_log), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	struct content c = { .format = "dovecot" };
	size_t i;

	if (argc != 2) {
		fputs("usage: file_work MECHANISM\n", stderr);
		return 2;
	}
	content = &c;
	assert_int_equal(place_make(NULL), 0);
	assert_int_equal(sasl_server_init(callbacks, "work"), SASL_OK);
	for (i = 0; i < COUNT_OF(contents); i++)
		measure(argv[1], &contents[i]);
	for (i = 0; i < COUNT_OF(forms); i++) {
		c.name = c.secret = forms[i];
		measure(argv[1], &c);
	}
	sasl_server_done();
	return place_remove(NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * drive: the server's side of the real libsasl2, told word for word what the
 * client says, so that no client of libsasl2 tidies it up.
 *
 *	drive [-k] [-r REALM] SERVICE
 *
 * SERVICE.conf is read where libsasl2 looks for it. Each line of standard
 * input is one attempt on a connection of its own:
 *
 *	MECHANISM|USER|PASSWORD|AUTHZID|APPENDED
 *
 * \xHH stands for an octet, `xN*C' for N times the octet C. MECHANISM is PLAIN,
 * LOGIN, LOGIN-IR (the name as an initial response), CRAM-MD5, CRAM-UPPER (the
 * digest in capitals), LIST, or CLIENT: what the client of CRAM-MD5 says to the
 * challenge USER. APPENDED is put after the last message. Each gives one line:
 * the name of the result code, `|', the user that the server sees or the text
 * for its client, and `|' and the first line of the log at level 2 or less.
 * With -k the application has a SASL_CB_CANON_USER, as slapd has, and the user
 * is the name that it was given last.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <sasl/sasl.h>

#define CALLBACK(f) (int (*)(void))(void (*)(void))(f)
#define HOST	    "host.test"
#define EXPORTED    __attribute__((visibility("default")))

/* In the place of libc's, as libsasl2 looks in the program first. */
EXPORTED int gethostname(char *name, size_t size);
EXPORTED int
gethostname(char *name, size_t size)
{
	snprintf(name, size, "%s", HOST);
	return 0;
}

static void
code_print(int code)
{
	static const struct {
		int code;
		const char *name;
	} names[] = { { SASL_OK, "OK" }, { SASL_CONTINUE, "CONTINUE" },
		{ SASL_FAIL, "FAIL" }, { SASL_NOMEM, "NOMEM" },
		{ SASL_BUFOVER, "BUFOVER" }, { SASL_NOMECH, "NOMECH" },
		{ SASL_BADPROT, "BADPROT" }, { SASL_BADPARAM, "BADPARAM" },
		{ SASL_BADAUTH, "BADAUTH" }, { SASL_NOUSER, "NOUSER" },
		{ SASL_TRANS, "TRANS" }, { SASL_UNAVAIL, "UNAVAIL" } };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].code == code) {
			printf("SASL_%s", names[i].name);
			return;
		}
	printf("SASL_CODE_%d", code);
}

enum { FIELDS = 5, SIZE = 8192, SECONDS = 180 };

struct text {
	char data[SIZE];
	size_t len;
};

enum { MECHANISM, USER, PASSWORD, AUTHZID, APPENDED };

static char logged[SIZE], canonicalised[SIZE];

static int
log_line(void *context, int level, const char *text)
{
	(void)context;
	if (level <= SASL_LOG_FAIL && logged[0] == '\0')
		snprintf(logged, sizeof(logged), "%s", text);
	return SASL_OK;
}

/* As slapd's: it notes the name, and changes nothing. */
static int
canon_user(sasl_conn_t *conn, void *context, const char *in, unsigned in_len,
    unsigned flags, const char *realm, char *out, unsigned out_max,
    unsigned *out_len)
{
	(void)conn;
	(void)context;
	(void)flags;
	(void)realm;
	if (in_len == 0)
		in_len = (unsigned)strlen(in);
	if (in_len >= out_max || in_len >= sizeof(canonicalised))
		return SASL_BUFOVER;
	memcpy(canonicalised, in, in_len);
	canonicalised[in_len] = '\0';
	memmove(out, in, in_len);
	out[in_len] = '\0';
	*out_len = in_len;
	return SASL_OK;
}

static int
get_name(void *context, int id, const char **result, unsigned *len)
{
	(void)context;
	(void)id;
	*result = "alice";
	if (len)
		*len = 5;
	return SASL_OK;
}

static int
get_secret(sasl_conn_t *conn, void *context, int id, sasl_secret_t **secret)
{
	static union {
		sasl_secret_t secret;
		char room[sizeof(sasl_secret_t) + 8];
	} held;

	(void)conn;
	(void)context;
	(void)id;
	held.secret.len = 6;
	memcpy(held.secret.data, "secret", 7);
	*secret = &held.secret;
	return SASL_OK;
}

/* A line of text, whatever is in it. */
static void
print_text(const char *text)
{
	for (; *text != '\0'; text++)
		putchar(iscntrl((unsigned char)*text) ? ' ' : *text);
}

static void
add(struct text *t, const void *data, size_t len)
{
	if (t->len + len >= SIZE)
		abort();
	memcpy(t->data + t->len, data, len);
	t->len += len;
	t->data[t->len] = '\0';
}

static void
read_field(const char *from, struct text *to)
{
	unsigned octet;
	int count;
	char c;

	to->len = 0;
	to->data[0] = '\0';
	if (sscanf(from, "x%d*%c", &count, &c) == 2) {
		while (count-- > 0)
			add(to, &c, 1);
		return;
	}
	for (; *from != '\0'; from++) {
		c = *from;
		if (c == '\\' && sscanf(from, "\\x%2x", &octet) == 1) {
			c = (char)octet;
			from += 3;
		}
		add(to, &c, 1);
	}
}

static int
say_plain(sasl_conn_t *conn, const struct text *f)
{
	struct text m = { .len = 0 };
	const char *out;
	unsigned out_len;

	add(&m, f[AUTHZID].data, f[AUTHZID].len);
	add(&m, "", 1);
	add(&m, f[USER].data, f[USER].len);
	add(&m, "", 1);
	add(&m, f[PASSWORD].data, f[PASSWORD].len);
	add(&m, f[APPENDED].data, f[APPENDED].len);
	return sasl_server_start(
	    conn, "PLAIN", m.data, (unsigned)m.len, &out, &out_len);
}

static int
say_login(sasl_conn_t *conn, const struct text *f, int ahead)
{
	struct text m = f[PASSWORD];
	const char *out;
	unsigned out_len;
	int result;

	add(&m, f[APPENDED].data, f[APPENDED].len);
	result = sasl_server_start(conn, "LOGIN", ahead ? f[USER].data : NULL,
	    ahead ? (unsigned)f[USER].len : 0, &out, &out_len);
	if (result == SASL_CONTINUE && !ahead)
		result = sasl_server_step(
		    conn, f[USER].data, (unsigned)f[USER].len, &out, &out_len);
	if (result == SASL_CONTINUE)
		result = sasl_server_step(
		    conn, m.data, (unsigned)m.len, &out, &out_len);
	return result;
}

static int
say_crammd5(sasl_conn_t *conn, const struct text *f, int upper)
{
	struct text m = f[USER];
	unsigned char digest[EVP_MAX_MD_SIZE];
	const char *out;
	unsigned out_len, i, n = 0;
	char hex[3];
	int result;

	result = sasl_server_start(conn, "CRAM-MD5", NULL, 0, &out, &out_len);
	if (result != SASL_CONTINUE)
		return result;
	HMAC(EVP_md5(), f[PASSWORD].data, (int)f[PASSWORD].len,
	    (const unsigned char *)out, out_len, digest, &n);
	add(&m, " ", 1);
	for (i = 0; i < n; i++) {
		snprintf(hex, sizeof(hex), upper ? "%02X" : "%02x", digest[i]);
		add(&m, hex, 2);
	}
	add(&m, f[APPENDED].data, f[APPENDED].len);
	return sasl_server_step(conn, m.data, (unsigned)m.len, &out, &out_len);
}

/* The client's side, to any challenge; the text is no more than who says it. */
static void
answer(const struct text *f)
{
	static const sasl_callback_t callbacks[] = {
		{ SASL_CB_AUTHNAME, CALLBACK(get_name), NULL },
		{ SASL_CB_PASS, CALLBACK(get_secret), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	sasl_conn_t *conn = NULL;
	const char *out = NULL, *chosen = NULL;
	unsigned out_len = 0;
	int result;

	if (sasl_client_new("smtp", HOST, NULL, NULL, callbacks, 0, &conn) !=
	    SASL_OK)
		abort();
	result =
	    sasl_client_start(conn, "CRAM-MD5", NULL, &out, &out_len, &chosen);
	if (result == SASL_OK || result == SASL_CONTINUE)
		result = sasl_client_step(conn, f[USER].data,
		    (unsigned)f[USER].len, NULL, &out, &out_len);
	code_print(result);
	printf("|%s|\n", result == SASL_OK ? "alice" : "");
	sasl_dispose(&conn);
}

/* Prints the mechanisms instead, in the order in which they are offered. */
static void
list(sasl_conn_t *conn)
{
	const char *text = NULL;
	int result;

	result = sasl_listmech(conn, NULL, "", " ", "", &text, NULL, NULL);
	code_print(result);
	printf("|%s|\n", result == SASL_OK ? text : "");
}

static void
attempt(const char *service, const char *realm, const struct text *f)
{
	const char *mechanism = f[MECHANISM].data;
	const void *user = NULL;
	sasl_conn_t *conn = NULL;
	int result;

	logged[0] = canonicalised[0] = '\0';
	if (!strcmp(mechanism, "CLIENT")) {
		answer(f);
		return;
	}
	result = sasl_server_new(
	    service, HOST, realm, NULL, "192.0.2.7;4711", NULL, 0, &conn);
	if (result != SASL_OK)
		abort();
	if (!strcmp(mechanism, "LIST")) {
		list(conn);
		sasl_dispose(&conn);
		return;
	}
	if (!strcmp(mechanism, "PLAIN"))
		result = say_plain(conn, f);
	else if (!strncmp(mechanism, "LOGIN", 5))
		result = say_login(conn, f, mechanism[5] != '\0');
	else
		result = say_crammd5(conn, f, !strcmp(mechanism, "CRAM-UPPER"));
	if (result == SASL_OK)
		sasl_getprop(conn, SASL_USERNAME, &user);
	else
		user = sasl_errdetail(conn);
	if (result == SASL_OK && canonicalised[0] != '\0')
		user = canonicalised;
	code_print(result);
	putchar('|');
	print_text(user ? user : "");
	putchar('|');
	print_text(logged);
	putchar('\n');
	sasl_dispose(&conn);
}

int
main(int argc, char **argv)
{
	static sasl_callback_t callbacks[] = {
		{ SASL_CB_LOG, CALLBACK(log_line), NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
		{ SASL_CB_LIST_END, NULL, NULL },
	};
	static struct text fields[FIELDS];
	char *line = NULL, *rest, *realm = NULL;
	size_t size = 0, i;
	int c;

	while ((c = getopt(argc, argv, "kr:")) != -1)
		if (c == 'r') {
			realm = optarg;
		} else if (c == 'k') {
			callbacks[1].id = SASL_CB_CANON_USER;
			callbacks[1].proc = CALLBACK(canon_user);
		}
	if (optind != argc - 1)
		return 2;
	if (sasl_server_init(callbacks, argv[optind]) != SASL_OK ||
	    sasl_client_init(NULL) != SASL_OK)
		return 2;
	while (getline(&line, &size, stdin) > 0) {
		rest = line;
		rest[strcspn(rest, "\n")] = '\0';
		for (i = 0; i < FIELDS; i++)
			read_field(rest ? strsep(&rest, "|") : "", &fields[i]);
		alarm(SECONDS);
		attempt(argv[optind], realm, fields);
		fflush(stdout);
	}
	free(line);
	sasl_done();
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on what checks passwords: a sasldb, a passwdfile, the socket of
 * saslauthd, and a login by a user who does not exist. They are asked by the
 * server's user and within its chroot, where a server is when somebody logs in,
 * long after it has read its configuration as root and outside.
 */
#include "config.h"

#include <sys/stat.h>
#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <sasl/sasl.h>

#include "base/secret.h"
#include "doctor/doctor.h"
#include "lib/file.h"
#include "lib/process.h"
#include "lib/util.h"
#include "passwdfile/open.h"
#include "passwdfile/parse.h"
#include "secrets/scheme.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define SASLDB	  "/etc/sasldb2"
#define SASLAUTHD "/var/run/saslauthd/mux"
#define UNKNOWN	  "sasl-classic-doctor"
#define PASSWORD  "no password of anybody"

enum { MAX_NAMED = 5 }; /* lines and users that are named one by one */

static const struct reachable sasldb = { FIND_NO_SASLDB, FIND_SASLDB_UNREADABLE,
	FIND_SASLDB_OUTSIDE, false };
static const struct reachable passwdfile = { FIND_NO_PASSWDFILE,
	FIND_PASSWDFILE_UNREADABLE, FIND_PASSWDFILE_OUTSIDE, false };
static const struct reachable saslauthd = { FIND_SASLAUTHD_DOWN,
	FIND_SASLAUTHD_UNREACHABLE, FIND_SASLAUTHD_OUTSIDE, true };

/* --- A sasldb ------------------------------------------------------------- */

static void
take_user(void *all, char *line)
{
	fprintf(all, "%.*s\n", (int)strcspn(line, ":"), line);
}

const char *
doctor_users(const char *file)
{
	const char *argv[] = { "sasldblistusers2", "-f", file, NULL };
	char *users = NULL;
	size_t size;
	FILE *all = open_memstream(&users, &size);
	int status = all != NULL ? process_run(argv, take_user, all) : -1;

	if (all != NULL)
		fclose(all);
	return status == 0 ? users : NULL;
}

/* Those of one list who are not in the other, with blanks between. */
static const char *
only_in(const char *one, const char *other)
{
	const char *only = "", *name;
	struct bytes each;
	size_t count = 0;

	if (one == NULL || other == NULL)
		return "unknown, as sasldblistusers2 does not tell";
	while (
	    count <= MAX_NAMED && (each = conf_next_word(&one, "\n")).len > 0) {
		name = doctor_text("%.*s\n", (int)each.len, each.data);
		if (!strncmp(other, name, strlen(name)) ||
		    strstr(other, doctor_text("\n%s", name)) != NULL)
			continue;
		if (++count > MAX_NAMED)
			each = bytes_str("...");
		only = doctor_text("%s %.*s", only, (int)each.len, each.data);
	}
	return count > 0 ? only + 1 : "no user";
}

/* saslpasswd2 writes one, and the server reads the other. */
static void
check_copies(struct doctor *d, const char *path)
{
	const char *within;
	char *a, *b;

	if (d->where.chroot == NULL)
		return;
	within = doctor_text("%s%s", d->where.chroot, path);
	if (access(path, F_OK) < 0 || access(within, F_OK) < 0 ||
	    doctor_same_file(path, within))
		return;
	a = text_quoted(path);
	b = text_quoted(within);
	/* No user is lost: both have all, and the first is kept. */
	FIND(d, TWO_SASLDBS, path, doctor_name(d), within,
	    only_in(doctor_users(path), doctor_users(within)),
	    doctor_text("db5.3_dump %s | db5.3_load -n %s; "
			"mv %s %s.saved && ln -s %s %s",
		a, b, a, a, b, a));
	free(a);
	free(b);
}

static const struct {
	const char *name, *library; /* which a plugin for it needs */
	size_t at;
	const char *octets; /* three of them there, in the file */
} formats[] = {
	{ "Berkeley DB", "libdb-", 12, "\x61\x15\x06" },
	{ "gdbm", "libgdbm.so", 1, "\x9a\x57\x13" },
	{ "lmdb", "liblmdb.so", 16, "\xde\xc0\xef" },
};

/* The beginning of a file; its length, 0 without it. */
static size_t
read_head(const char *path, char *head, size_t size)
{
	FILE *in = fopen(path, "re");
	size_t len = in != NULL ? fread(head, 1, size, in) : 0;

	if (in != NULL)
		fclose(in);
	return len;
}

/* Is the sasldb of a format that this libsasl2's plugin does not read? */
static void
check_format(struct doctor *d, const char *path, struct bytes plugin)
{
	const char *format = NULL, *reads = NULL;
	char head[20];
	size_t i;

	if (read_head(path, head, sizeof(head)) != sizeof(head))
		return;
	for (i = 0; i < COUNT_OF(formats); i++) {
		if (!memcmp(head + formats[i].at, formats[i].octets, 3))
			format = formats[i].name;
		if (memmem(plugin.data, plugin.len, formats[i].library,
			strlen(formats[i].library)) != NULL)
			reads = formats[i].name;
	}
	if (format != NULL && reads != NULL && format != reads)
		FIND(d, SASLDB_FORMAT, path, format, reads);
}

/* The path that was built into the plugin. */
static const char *
default_path(struct bytes plugin)
{
	const char *at =
	    memmem(plugin.data, plugin.len, "/sasldb2", sizeof("/sasldb2"));

	while (at != NULL && at > plugin.data && at[-1] != '\0')
		at--;
	return at != NULL && *at == '/' ? at : SASLDB;
}

static void
check_sasldb(struct doctor *d)
{
	static char text[1 << 20]; /* of the plugin */
	const char *path = doctor_option(d, "sasldb_path");
	bool is_2_2 = !strcmp(d->layout, "2.2");
	struct library_plugin plugin = { .file = "" };
	struct bytes octets;
	struct stat st;

	if (path != NULL && is_2_2) {
		FIND(d, SASLDB_PATH_CRASH, doctor_config(d), path);
		return;
	}
	library_find(LIBRARY_STORE, "sasldb", &plugin);
	octets = bytes_of(text, read_head(plugin.file, text, sizeof(text)));
	if (is_2_2)
		path = getenv("SASL_DBNAME");
	if (path == NULL)
		path = default_path(octets);
	d->sasldb = path;
	if (check_reach(d, &sasldb, path) == REACH_READ &&
	    doctor_transitions(d))
		FIND(d, TRANSITION_UNWRITABLE, doctor_account(d), path,
		    doctor_group(d));
	check_copies(d, path);
	check_format(d, path, octets);
	if (stat(path, &st) == 0 && (st.st_mode & (S_IROTH | S_IWOTH)))
		FIND(d, SASLDB_OPEN, path, doctor_group(d));
}

/* --- A passwdfile --------------------------------------------------------- */

/* The label of a line's secret if that is weak, else NULL. */
static const char *
parse_line(struct bytes text, enum passwdfile_format format,
    enum passwdfile_fault *fault, struct passwdfile_line *line)
{
	static char room[PASSWDFILE_VALUE];
	struct passwdfile_value value = { PASSWDFILE_NOTHING };
	const char *label = NULL;
	struct stored stored;

	*fault = passwdfile_parse(format, text, line);
	if (*fault == PASSWDFILE_FINE)
		*fault = passwdfile_value(line, room, &value);
	if (*fault != PASSWDFILE_FINE)
		return NULL;
	scheme_classify(value.octets, &stored);
	if (doctor_is_weak(scheme_label(&stored)))
		label = scheme_label(&stored);
	secret_wipe(room, value.octets.len);
	return label;
}

static void
check_lines(struct doctor *d, const char *path, struct bytes rest)
{
	const char *word = doctor_option(d, "passwdfile_format"), *weak;
	enum passwdfile_format format = PASSWDFILE_DOVECOT;
	size_t i, faults = 0, weaks = 0;
	struct passwdfile_line parts;
	enum passwdfile_fault fault;
	struct bytes line;
	int number;

	for (i = 0; word != NULL && passwdfile_formats[i] != NULL; i++)
		if (!strcasecmp(word, passwdfile_formats[i]))
			format = (enum passwdfile_format)i;
	for (number = 1; text_next_line(&rest, &line); number++) {
		weak = parse_line(line, format, &fault, &parts);
		if (fault != PASSWDFILE_FINE && fault != PASSWDFILE_BLANK &&
		    faults++ < MAX_NAMED)
			FIND(d, PASSWDFILE_LINE, path,
			    doctor_text("%d", number),
			    passwdfile_fault_text(fault));
		else if (weak != NULL && weaks++ < MAX_NAMED)
			FIND(d, WEAK_HASH, path,
			    doctor_text(
				"%.*s", (int)parts.name.len, parts.name.data),
			    weak);
	}
}

/* Postfix opens it before the chroot, and as root: only a change is missed. */
static void
check_passwdfile(struct doctor *d)
{
	const char *path = doctor_option(d, "passwdfile_path");
	char why[PASSWDFILE_WHY];
	struct stat st;
	char *text;
	size_t len;
	int fd;

	if (path == NULL)
		path = PASSWDFILE_DEFAULT;
	fd = passwdfile_open(path, &st, why);
	if (fd < 0 && errno == ENOENT)
		FIND(d, NO_PASSWDFILE, path);
	else if (fd < 0 && !(errno == EACCES && d->as_we_are))
		FIND(d, PASSWDFILE_REFUSED, why, path);
	text = fd < 0 ? NULL : file_read_open(fd, &st, path, &len);
	if (text == NULL)
		return;
	check_lines(d, path, bytes_of(text, len));
	secret_wipe(text, len);
	free(text);
	(void)check_reach(d, &passwdfile, path);
}

/* --- All of them ---------------------------------------------------------- */

void
check_stores(struct doctor *d)
{
	const char *mux = doctor_option(d, "saslauthd_path");

	if (doctor_uses(d, "saslauthd"))
		(void)check_reach(d, &saslauthd, mux != NULL ? mux : SASLAUTHD);
	if (doctor_asks(d, "sasldb"))
		check_sasldb(d);
	if (doctor_option(d, "auxprop_plugin") != NULL &&
	    doctor_asks(d, "passwdfile"))
		check_passwdfile(d);
}

/* --- A login -------------------------------------------------------------- */

/* One mechanism's login, and what came of it in the other process. */
struct visit {
	const struct doctor *d;
	const char *mechanism;
	bool answered;
	int code;
	bool by_client;				 /* it is the client's code */
	char detail[MAX_TEXT], logged[MAX_TEXT]; /* the last line of the log */

	/*
	 * What libsasl2's sql plugin says of its queries: one that fails is an
	 * unknown user to it, and only the log tells these two apart.
	 */
	char query_error[MAX_TEXT]; /* of the first that has failed */
	bool query_answered;
};

/* As the plugin begins its lines. Only mysql has its own words for a query. */
static void
note_query(struct visit *v, const char *text)
{
	static const char *const begins[] = { "sql plugin: ",
		"sql query failed: " };
	size_t i;

	for (i = 0; i < COUNT_OF(begins); i++) {
		if (strncmp(text, begins[i], strlen(begins[i])) != 0)
			continue;
		text += strlen(begins[i]);
		if (!strncmp(text, "no result", 9) ||
		    !strncmp(text, "found duplicate", 15))
			v->query_answered = true;
		else if (*v->query_error == '\0')
			snprintf(v->query_error, MAX_TEXT, "%s", text);
		return;
	}
}

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	struct visit *v = context;

	if (side != LOGIN_SERVER)
		return;
	note_query(v, text);
	if (level <= SASL_LOG_NOTE)
		snprintf(v->logged, MAX_TEXT, "%s", text);
}

static void
ask_login(FILE *answer, void *context)
{
	struct visit *v = context;
	struct login e = doctor_login(v->d);
	struct login_outcome o;

	(void)answer;
	e.mechanism = v->mechanism;
	e.user = UNKNOWN;
	e.password = bytes_str(PASSWORD);
	e.log = on_log;
	e.context = v;
	login_run(&e, &o);
	v->code = o.code;
	v->by_client = o.side == LOGIN_CLIENT;
	snprintf(v->detail, MAX_TEXT, "%s", o.detail != NULL ? o.detail : "");
	v->answered = true;
	free(o.user);
	free(o.detail);
}

static void
report_login(struct doctor *d, const struct visit *v)
{
	if (v->code == SASL_BADAUTH || v->code == SASL_NOUSER) {
		/* As it ought to be; but a query may have failed. */
		if (*v->query_error != '\0' && v->query_answered)
			FIND(d, QUERY_COLUMN, v->query_error, doctor_config(d));
		else if (*v->query_error != '\0')
			FIND(d, QUERY_FAILED, v->query_error, doctor_config(d));
	} else if (v->by_client)
		FIND(
		    d, NOT_TRIED, v->mechanism, "no client plugin provides it");
	else if (v->code == SASL_OK)
		FIND(d, NO_PASSWORD_CHECK, v->mechanism);
	else if (d->as_we_are)
		FIND(d, NOT_TRIED, v->mechanism, v->detail);
	else if (!finding_has(
		     &d->findings, FIND_UNKNOWN_METHOD, FIND_SASLAUTHD_OUTSIDE))
		FIND(d, LOGIN_TROUBLE, v->mechanism, login_code(v->code),
		    v->detail, v->logged);
}

static void
check_login(struct doctor *d, const char *mechanism)
{
	struct visit *v = doctor_shared(sizeof(*v));
	struct library_plugin plugin = { .file = "(unknown)" };
	char *text;
	int end;

	v->d = d;
	v->mechanism = mechanism;
	end = doctor_ask(&d->where, ask_login, v);
	if (end > 0 && run_as_hangs(end))
		FIND(d, STORE_TIMEOUT, mechanism);
	else if (end > 0) {
		text = run_as_end(end);
		library_find(LIBRARY_SERVER, mechanism, &plugin);
		FIND(d, PLUGIN_CRASH_LOGIN, mechanism, text, plugin.file);
		free(text);
	} else if (v->answered)
		report_login(d, v);
}

void
check_logins(struct doctor *d)
{
	size_t i;

	if (d->here.keeps_passwords ||
	    finding_has(
		&d->findings, FIND_SASLDB_PATH_CRASH, FIND_SASLDB_PATH_CRASH))
		return;
	for (i = 0; doctor_mechanisms[i] != NULL; i++)
		if (conf_has_word(d->offer, doctor_mechanisms[i]))
			check_login(d, doctor_mechanisms[i]);
}

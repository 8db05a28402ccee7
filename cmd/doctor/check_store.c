/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on what checks passwords: a sasldb, the socket of saslauthd, and
 * a login by somebody who does not exist. All are asked by the server's user
 * and within its chroot, where a server is when somebody logs in, long after it
 * has read its configuration as root and outside.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include <sasl/sasl.h>

#include "base/secret.h"
#include "doctor/doctor.h"
#include "lib/process.h"
#include "lib/text.h"
#include "lib/util.h"
#include "passwdfile/open.h"
#include "passwdfile/parse.h"
#include "sasl/login.h"
#include "secrets/scheme.h"

#define SASLDB	  "/etc/sasldb2"
#define SASLAUTHD "/var/run/saslauthd/mux"
#define UNKNOWN	  "sasl-classic-doctor"
#define PASSWORD  "no password of anybody"

/* --- Can it be reached? --------------------------------------------------- */

/* A file or a socket, and how it looks to the server. */
struct reach {
	const char *path;
	bool is_socket;
	int error;	 /* 0 if it can be used */
	bool unwritable; /* a file that it can read and not write */
	char *closed;	 /* a directory on the way that it cannot enter */
	bool answered;
};

static int
connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, error;

	if (strlen(path) >= sizeof(address.sun_path))
		return ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;
	error = connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0
		    ? errno
		    : 0;
	close(fd);
	return error;
}

/* The first directory on the way to `path` that is not to be entered, or "". */
static char *
find_closed(const char *path)
{
	const char *slash = path;
	char *directory;

	while ((slash = strchr(slash + 1, '/')) != NULL) {
		directory = util_format("%.*s", (int)(slash - path), path);
		if (access(directory, X_OK) < 0 && errno == EACCES)
			return directory;
		free(directory);
	}
	return util_copy("");
}

static void
ask_reach(FILE *answer, void *context)
{
	const struct reach *r = context;
	char number[16], *closed = find_closed(r->path);
	int error;

	if (r->is_socket)
		error = connect_to(r->path);
	else
		error = access(r->path, R_OK) < 0 ? errno : 0;
	snprintf(number, sizeof(number), "%d", error);
	run_as_tell(answer, number, closed,
	    !r->is_socket && access(r->path, W_OK) < 0 ? "unwritable" : "",
	    NULL);
	free(closed);
}

static void
take_reach(void *context, char *line)
{
	struct reach *r = context;

	r->error = (int)strtol(run_as_next(&line), NULL, 10);
	r->closed = util_copy(run_as_next(&line));
	r->unwritable = *run_as_next(&line) != '\0';
	r->answered = true;
}

static const char *
user_name(const struct doctor *d)
{
	return d->where.user != NULL ? d->where.user : "root";
}

static const char *
group_name(const struct doctor *d)
{
	const struct passwd *who = getpwnam(user_name(d));
	const struct group *group = who != NULL ? getgrgid(who->pw_gid) : NULL;

	return group != NULL ? group->gr_name : "root";
}

/* What ends the chroot of every smtpd that has one. */
static char *
end_chroot(const struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	char *quoted, *all, *more;
	size_t i;

	if (!p->found)
		return NULL;
	quoted = text_quoted(p->directory);
	all = util_format("postconf -c %s -F", quoted);
	for (i = 0; i < p->service_count; i++)
		if (p->services[i].chrooted) {
			more = util_format(
			    "%s %s/chroot=n", all, p->services[i].name);
			free(all);
			all = more;
		}
	more = util_format("%s && postfix -c %s reload", all, quoted);
	free(all);
	free(quoted);
	return more;
}

/* The chroot hides it: it is there, but not in there. */
static void
report_outside(struct doctor *d, const struct reach *r)
{
	const char *chroot = d->where.chroot;
	char *inside = util_format("%s%s", chroot, r->path);
	char *directory =
	    util_format("%.*s", (int)(strrchr(inside, '/') - inside), inside);
	char *command = NULL;

	if (r->is_socket) {
		command = end_chroot(d);
		FIND(d, FIND_SASLAUTHD_OUTSIDE, r->path, doctor_name(d), chroot,
		    directory, command);
	} else if (!strncmp(r->path, chroot, strlen(chroot)) &&
		   r->path[strlen(chroot)] == '/') {
		command =
		    util_format("s,^\\(sasldb_path:[ \\t]*\\)%s,\\1,I", chroot);
		FIND(d, FIND_SASLDB_PATH_OUTSIDE, r->path, doctor_name(d),
		    inside, command, doctor_config(d));
	} else
		FIND(d, FIND_SASLDB_OUTSIDE, r->path, doctor_name(d), chroot,
		    directory, inside);
	free(command);
	free(directory);
	free(inside);
}

static void
report_socket(struct doctor *d, const struct reach *r)
{
	struct stat st;
	const struct group *group = NULL;

	if (stat(r->path, &st) == 0)
		group = getgrgid(st.st_gid);
	if (r->error == EACCES && *r->closed != '\0' &&
	    stat(r->closed, &st) == 0)
		group = getgrgid(st.st_gid);
	if (r->error == EACCES)
		FIND(d, FIND_SASLAUTHD_UNREACHABLE, user_name(d),
		    doctor_name(d), r->path,
		    group != NULL && group->gr_gid != 0 ? group->gr_name
							: "sasl");
	else
		FIND(d, FIND_SASLAUTHD_DOWN, r->path, strerror(r->error));
}

static void
report_reach(struct doctor *d, const struct reach *r)
{
	struct stat st;

	if (r->error == ENOENT && d->where.chroot != NULL &&
	    stat(r->path, &st) == 0)
		report_outside(d, r);
	else if (r->is_socket)
		report_socket(d, r);
	else if (*r->closed != '\0')
		FIND(d, FIND_DIRECTORY_CLOSED, user_name(d), doctor_name(d),
		    r->closed, r->path);
	else if (r->error == ENOENT)
		FIND(d, FIND_NO_SASLDB, r->path);
	else
		FIND(d, FIND_SASLDB_UNREADABLE, user_name(d), doctor_name(d),
		    r->path, strerror(r->error), group_name(d));
}

/* True if it was tried. */
static bool
check_reach(struct doctor *d, struct reach *r)
{
	if (run_as(&d->where, ask_reach, take_reach, r) == RUN_AS_IMPOSSIBLE)
		FIND(d, FIND_NOT_REACHED, user_name(d), strerror(errno));
	if (!r->answered)
		return false;
	if (r->error != 0 && !(r->error == EACCES && d->as_we_are))
		report_reach(d, r);
	return true;
}

/* --- A sasldb ------------------------------------------------------------- */

static void
take_user(void *context, char *line)
{
	char **all = context, *more;

	line[strcspn(line, ":")] = '\0';
	more = util_format("%s%s\n", *all, line);
	free(*all);
	*all = more;
}

char *
doctor_users(const char *file)
{
	const char *argv[] = { "sasldblistusers2", "-f", file, NULL };
	char *all = util_copy("");

	if (process_run(argv, take_user, &all) == 0)
		return all;
	free(all);
	return NULL;
}

/* Those of one list who are not in the other, with blanks between. */
static char *
only_in(const char *one, const char *other)
{
	char *only = NULL, *line, *more;
	struct bytes each;

	if (one == NULL || other == NULL)
		return util_copy("who knows whom");
	while ((each = conf_next_word(&one, "\n")).len > 0) {
		line = util_format("%.*s\n", (int)each.len, each.data);
		more = strstr(other, line);
		if (more == NULL || (more != other && more[-1] != '\n')) {
			more = util_format("%s%s%.*s", only != NULL ? only : "",
			    only != NULL ? " " : "", (int)each.len, each.data);
			free(only);
			only = more;
		}
		free(line);
	}
	return only != NULL ? only : util_copy("nobody");
}

/* saslpasswd2 writes one, and the server reads the other. */
static void
check_copies(struct doctor *d, const char *path)
{
	char *within, *ours, *theirs, *only, *command, *a, *b;
	struct stat outside, inside;

	if (d->where.chroot == NULL)
		return;
	within = util_format("%s%s", d->where.chroot, path);
	if (stat(path, &outside) == 0 && stat(within, &inside) == 0 &&
	    (outside.st_dev != inside.st_dev ||
		outside.st_ino != inside.st_ino)) {
		ours = doctor_users(path);
		theirs = doctor_users(within);
		only = only_in(ours, theirs);
		a = text_quoted(path);
		b = text_quoted(within);
		/* Nobody is lost: those of both, and the first is kept. */
		command = util_format("db5.3_dump %s | db5.3_load -n %s; "
				      "mv %s %s.saved && ln -s %s %s",
		    a, b, a, a, b, a);
		FIND(d, FIND_TWO_SASLDBS, path, doctor_name(d), within, only,
		    command);
		free(command);
		free(a);
		free(b);
		free(only);
		free(ours);
		free(theirs);
	}
	free(within);
}

/* The word of a format, by the first octets of a file. */
static const char *
format_of(const char *path)
{
	static const struct {
		size_t at;
		unsigned char octets[4];
		const char *name;
	} formats[] = {
		{ 12, { 0x61, 0x15, 0x06, 0x00 }, "Berkeley DB" },
		{ 12, { 0x62, 0x31, 0x05, 0x00 }, "Berkeley DB" },
		{ 0, { 0xce, 0x9a, 0x57, 0x13 }, "gdbm" },
		{ 0, { 0xcf, 0x9a, 0x57, 0x13 }, "gdbm" },
		{ 0, { 0xcd, 0x9a, 0x57, 0x13 }, "gdbm" },
		{ 16, { 0xde, 0xc0, 0xef, 0xbe }, "lmdb" },
	};
	unsigned char head[20] = { 0 };
	FILE *in = fopen(path, "re");
	size_t i, n;

	if (in == NULL)
		return NULL;
	n = fread(head, 1, sizeof(head), in);
	fclose(in);
	for (i = 0;
	     n == sizeof(head) && i < sizeof(formats) / sizeof(formats[0]); i++)
		if (!memcmp(head + formats[i].at, formats[i].octets, 4))
			return formats[i].name;
	return NULL;
}

/* What the sasldb plugin of this libsasl2 has in it: its library and path. */
struct sasldb_build {
	const char *format; /* or NULL */
	char path[256];
};

static void
read_build(const char *plugin, struct sasldb_build *build)
{
	static const struct {
		const char *needs, *format;
	} libraries[] = { { "libdb-", "Berkeley DB" }, { "libgdbm.so", "gdbm" },
		{ "liblmdb.so", "lmdb" } };
	FILE *in = fopen(plugin, "re");
	static char text[1 << 20];
	char *at;
	size_t n, i;

	memset(build, 0, sizeof(*build));
	strcpy(build->path, SASLDB);
	if (in == NULL)
		return;
	n = fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
	for (i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++)
		if (memmem(text, n, libraries[i].needs,
			strlen(libraries[i].needs)) != NULL)
			build->format = libraries[i].format;
	at = memmem(text, n, "/sasldb2", sizeof("/sasldb2"));
	while (at != NULL && at > text && at[-1] != '\0')
		at--;
	if (at != NULL && *at == '/' && strlen(at) < sizeof(build->path))
		snprintf(build->path, sizeof(build->path), "%s", at);
}

static bool
transitions(const struct doctor *d)
{
	const char *value = doctor_option(d, "auto_transition");

	return value != NULL && strcasecmp(value, "no") != 0 &&
	       doctor_uses(d, "saslauthd");
}

static void
check_sasldb(struct doctor *d)
{
	const char *path = doctor_option(d, "sasldb_path"), *format;
	struct library_plugin plugin = { .file = "" };
	struct sasldb_build build;
	struct reach r = { NULL };
	struct stat st;

	library_find(LIBRARY_STORE, "sasldb", &plugin);
	read_build(plugin.file, &build);
	if (path != NULL && !strcmp(d->layout, "2.2")) {
		FIND(d, FIND_SASLDB_PATH_CRASH, doctor_config(d), path);
		return;
	}
	if (path == NULL && !strcmp(d->layout, "2.2"))
		path = getenv("SASL_DBNAME");
	if (path == NULL)
		path = build.path;
	r.path = path;
	d->sasldb = util_copy(path);
	if (check_reach(d, &r) && r.error == 0 && r.unwritable &&
	    transitions(d))
		FIND(d, FIND_TRANSITION_UNWRITABLE, user_name(d), path,
		    group_name(d));
	free(r.closed);
	check_copies(d, path);
	format = format_of(path);
	if (format != NULL && build.format != NULL &&
	    strcmp(format, build.format) != 0)
		FIND(d, FIND_SASLDB_FORMAT, path, format, build.format);
	if (stat(path, &st) == 0 && (st.st_mode & (S_IROTH | S_IWOTH)))
		FIND(d, FIND_SASLDB_OPEN, path, group_name(d));
}

/* --- A passwdfile --------------------------------------------------------- */

enum { MAX_LINES = 5, MAX_FORMS = 32 }; /* that are named one by one */

/* What is in the file. */
struct census {
	struct doctor *d;
	const char *path;
	size_t users, slow, plaintext, disabled, expired, faults;
	struct {
		char label[32];
		char *users; /* blanks between */
	} weak[MAX_FORMS];
	size_t weak_count;
};

static void
add_weak(struct census *c, const char *label, struct bytes name)
{
	char *more;
	size_t i;

	for (i = 0; i < c->weak_count; i++)
		if (!strcmp(c->weak[i].label, label))
			break;
	if (i == MAX_FORMS)
		return;
	if (i == c->weak_count) {
		snprintf(
		    c->weak[i].label, sizeof(c->weak[i].label), "%s", label);
		c->weak_count++;
	}
	more = util_format("%s%s%.*s",
	    c->weak[i].users != NULL ? c->weak[i].users : "",
	    c->weak[i].users != NULL ? " " : "", (int)name.len, name.data);
	free(c->weak[i].users);
	c->weak[i].users = more;
}

static void
report_line(struct census *c, int number, enum passwdfile_fault fault)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", number);
	if (c->faults++ < MAX_LINES)
		FIND(c->d, FIND_PASSWDFILE_LINE, c->path, text,
		    passwdfile_fault_text(fault));
}

/* One line, which is changed by it. */
static void
count_line(
    struct census *c, enum passwdfile_format format, char *text, int number)
{
	static char room[PASSWDFILE_VALUE];
	struct passwdfile_value value = { PASSWDFILE_NOTHING };
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	struct stored stored;

	text[strcspn(text, "\n")] = '\0';
	fault = passwdfile_parse(format, bytes_str(text), &line);
	if (fault == PASSWDFILE_BLANK)
		return;
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, room, &value);
	if (fault != PASSWDFILE_FINE) {
		report_line(c, number, fault);
		return;
	}
	c->users++;
	c->disabled += line.is_disabled;
	c->expired += line.last_day < (int)(time(NULL) / 86400);
	c->slow += value.is_slow;
	c->plaintext += value.kind == PASSWDFILE_PLAINTEXT;
	scheme_classify(value.octets, &stored);
	if (doctor_is_weak(scheme_label(&stored)))
		add_weak(c, scheme_label(&stored), line.name);
	secret_wipe(room, value.octets.len);
}

static void
conclude_census(struct census *c)
{
	char more[24];
	size_t i;

	for (i = 0; i < c->weak_count; i++) {
		FIND(c->d, FIND_PASSWDFILE_WEAK, c->path, c->weak[i].label,
		    c->weak[i].users);
		free(c->weak[i].users);
	}
	snprintf(more, sizeof(more), "%zu", c->faults - MAX_LINES);
	if (c->faults > MAX_LINES)
		FIND(c->d, FIND_PASSWDFILE_LINES, c->path, more);
	c->d->store = util_format(
	    "%s: %zu secrets, %zu in plaintext, %zu disabled, %zu expired; a "
	    "refusal costs %s",
	    c->path, c->users, c->plaintext, c->disabled, c->expired,
	    c->slow > 0 ? "a slow hash" : "nothing slow");
}

static enum passwdfile_format
format_of_passwdfile(const struct doctor *d)
{
	const char *word = doctor_option(d, "passwdfile_format");
	int i;

	for (i = 0; word != NULL && passwdfile_formats[i] != NULL; i++)
		if (!strcasecmp(word, passwdfile_formats[i]))
			return (enum passwdfile_format)i;
	return PASSWDFILE_DOVECOT;
}

static void
count_lines(struct doctor *d, const char *path, int fd)
{
	enum passwdfile_format format = format_of_passwdfile(d);
	struct census c = { .d = d, .path = path };
	FILE *in = fdopen(fd, "r");
	size_t size = 0;
	char *line = NULL;
	int number = 0;

	while (in != NULL && getline(&line, &size, in) > 0)
		count_line(&c, format, line, ++number);
	secret_wipe(line, size);
	free(line);
	if (in != NULL)
		fclose(in);
	conclude_census(&c);
}

/* Postfix opens it before the chroot, and as root: only a change is missed. */
static void
report_passwdfile(struct doctor *d, const struct reach *r)
{
	char *inside, *directory;

	if (r->error == ENOENT && d->where.chroot != NULL) {
		inside = util_format("%s%s", d->where.chroot, r->path);
		directory = util_format(
		    "%.*s", (int)(strrchr(inside, '/') - inside), inside);
		FIND(d, FIND_PASSWDFILE_OUTSIDE, r->path, doctor_name(d),
		    d->where.chroot, directory, inside);
		free(directory);
		free(inside);
	} else if (*r->closed != '\0')
		FIND(d, FIND_DIRECTORY_CLOSED, user_name(d), doctor_name(d),
		    r->closed, r->path);
	else
		FIND(d, FIND_PASSWDFILE_RELOAD, user_name(d), doctor_name(d),
		    r->path, group_name(d));
}

static void
check_passwdfile(struct doctor *d)
{
	const char *path = doctor_option(d, "passwdfile_path");
	struct reach r = { .path = path != NULL ? path : PASSWDFILE_DEFAULT };
	char why[PASSWDFILE_WHY];
	struct stat st;
	int fd;

	fd = passwdfile_open(r.path, &st, why);
	if (fd < 0 && errno == ENOENT)
		FIND(d, FIND_NO_PASSWDFILE, r.path);
	else if (fd < 0 && !(errno == EACCES && d->as_we_are))
		FIND(d, FIND_PASSWDFILE_UNSOUND, why, r.path);
	if (fd < 0)
		return;
	count_lines(d, r.path, fd);
	if (run_as(&d->where, ask_reach, take_reach, &r) == RUN_AS_DONE &&
	    r.answered && r.error != 0 && !d->as_we_are)
		report_passwdfile(d, &r);
	free(r.closed);
}

/* --- All of them ---------------------------------------------------------- */

void
check_stores(struct doctor *d)
{
	const char *mux = doctor_option(d, "saslauthd_path");
	struct reach saslauthd = { .path = mux != NULL ? mux : SASLAUTHD,
		.is_socket = true };

	if (doctor_uses(d, "saslauthd")) {
		check_reach(d, &saslauthd);
		free(saslauthd.closed);
	}
	if (!d->here.keeps_passwords && doctor_asks(d, "sasldb"))
		check_sasldb(d);
	if (doctor_option(d, "auxprop_plugin") != NULL &&
	    doctor_asks(d, "passwdfile"))
		check_passwdfile(d);
}

/* --- A login -------------------------------------------------------------- */

/* One mechanism's login, and what came of it in the other process. */
struct visitor {
	struct doctor *d;
	const char *mechanism;
	char *code, *detail;
	bool by_client; /* it is the client's code */
	char *logged;	/* the last line; of the child as well */

	/*
	 * What libsasl2's sql plugin says of its queries: one that fails is an
	 * unknown user to it, whom only the log tells from a real one.
	 */
	char *query_error; /* of the first that has failed, or NULL or "" */
	bool query_answered;
};

/* As the plugin begins its lines. Only mysql has its own words for a query. */
static void
note_query(struct visitor *v, const char *text)
{
	static const char *const begins[] = { "sql plugin: ",
		"sql query failed: " };
	static const char *const answers[] = { "no result", "found duplicate" };
	size_t i, j;

	for (i = 0; i < 2; i++) {
		if (strncmp(text, begins[i], strlen(begins[i])) != 0)
			continue;
		text += strlen(begins[i]);
		for (j = 0; j < 2; j++)
			if (!strncmp(text, answers[j], strlen(answers[j]))) {
				v->query_answered = true;
				return;
			}
		if (v->query_error == NULL)
			v->query_error = util_copy(text);
		return;
	}
}

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	struct visitor *v = context;

	if (side != LOGIN_SERVER)
		return;
	note_query(v, text);
	if (level > SASL_LOG_NOTE)
		return;
	free(v->logged);
	v->logged = util_copy(text);
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void
ask_login(FILE *answer, void *context)
{
	struct visitor *v = context;
	const struct probe where = doctor_probe(v->d);
	const struct login e = {
		.service = where.service,
		.fqdn = where.fqdn,
		.realm = where.realm,
		.mechanism = v->mechanism,
		.user = UNKNOWN,
		.password = bytes_str(PASSWORD),
		.log = on_log,
		.context = v,
	};
	struct login_outcome o;

	login_run(&e, &o);
	run_as_tell(answer, login_code(o.code),
	    o.side == LOGIN_CLIENT ? "client" : "server", or_empty(o.detail),
	    or_empty(v->logged), v->query_answered ? "answered" : "",
	    or_empty(v->query_error), NULL);
	free(o.user);
	free(o.detail);
	free(v->logged);
	free(v->query_error);
}

static void
take_login(void *context, char *line)
{
	struct visitor *v = context;

	v->code = util_copy(run_as_next(&line));
	v->by_client = !strcmp(run_as_next(&line), "client");
	v->detail = util_copy(run_as_next(&line));
	v->logged = util_copy(run_as_next(&line));
	v->query_answered = *run_as_next(&line) != '\0';
	v->query_error = util_copy(run_as_next(&line));
}

/* Is there a finding already that explains it? */
static bool
is_explained(const struct doctor *d)
{
	static const enum finding_id reasons[] = { FIND_NO_SASLDB,
		FIND_SASLDB_UNREADABLE, FIND_DIRECTORY_CLOSED,
		FIND_SASLDB_OUTSIDE, FIND_SASLDB_PATH_OUTSIDE,
		FIND_SASLDB_FORMAT, FIND_SASLDB_PATH_CRASH, FIND_NO_PASSWDFILE,
		FIND_PASSWDFILE_UNSOUND, FIND_SASLAUTHD_DOWN,
		FIND_SASLAUTHD_UNREACHABLE, FIND_SASLAUTHD_OUTSIDE,
		FIND_NO_AUXPROP_PLUGIN, FIND_UNKNOWN_METHOD };
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (finding_has(&d->findings, reasons[i]))
			return true;
	return false;
}

/* A query may well fail that need not be asked. */
static void
judge_queries(struct doctor *d, const struct visitor *v)
{
	if (v->query_error == NULL || *v->query_error == '\0')
		return;
	if (v->query_answered)
		FIND(d, FIND_QUERY_COLUMN, v->query_error, doctor_config(d));
	else
		FIND(d, FIND_QUERY_FAILED, v->query_error, doctor_config(d));
}

static void
judge_login(struct doctor *d, const struct visitor *v)
{
	if (!strcmp(v->code, "SASL_BADAUTH") || !strcmp(v->code, "SASL_NOUSER"))
		judge_queries(d, v); /* as it ought to be */
	else if (v->by_client)
		FIND(d, FIND_NO_CLIENT, v->mechanism, v->code);
	else if (!strcmp(v->code, "SASL_OK"))
		FIND(d, FIND_NO_PASSWORD_CHECK, v->mechanism);
	else if (d->as_we_are)
		FIND(d, FIND_NOT_TRIED, v->mechanism, v->detail);
	else if (!is_explained(d))
		FIND(d, FIND_LOGIN_TROUBLE, v->mechanism, v->code, v->detail,
		    v->logged);
}

static void
report_crash(struct doctor *d, const struct visitor *v, int end)
{
	struct library_plugin plugin = { .file = "(unknown)" };
	char *text = run_as_end(end);

	library_find(LIBRARY_SERVER, v->mechanism, &plugin);
	FIND(d, FIND_PLUGIN_CRASH_LOGIN, v->mechanism, text, plugin.file);
	free(text);
}

static void
check_login(struct doctor *d, const char *mechanism)
{
	struct visitor v = { .d = d, .mechanism = mechanism };
	int end;

	end = run_as(&d->where, ask_login, take_login, &v);
	if (end > 0 && run_as_hangs(end))
		FIND(d, FIND_STORE_TIMEOUT, mechanism);
	else if (end > 0)
		report_crash(d, &v, end);
	else if (v.code != NULL)
		judge_login(d, &v);
	free(v.code);
	free(v.detail);
	free(v.logged);
	free(v.query_error);
}

/* One query, whatever it is asked: see doc/mechanisms.md. */
static void
check_query(struct doctor *d)
{
	const char *query = doctor_option(d, "sql_select");

	if (query != NULL && doctor_asks(d, "sql") &&
	    strstr(query, "%p") == NULL &&
	    doctor_option(d, "classic_secrets") == NULL)
		FIND(d, FIND_QUERY_NOTE, doctor_config(d));
}

void
check_logins(struct doctor *d)
{
	size_t i;

	if (d->here.keeps_passwords ||
	    finding_has(&d->findings, FIND_SASLDB_PATH_CRASH))
		return;
	for (i = 0; doctor_mechanisms[i] != NULL; i++)
		if (conf_has_word(d->offer, doctor_mechanisms[i]))
			check_login(d, doctor_mechanisms[i]);
	check_query(d);
}

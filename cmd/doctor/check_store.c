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
#include <libgen.h>
#include <pwd.h>
#include <signal.h>

#include "base/secret.h"
#include "doctor/doctor.h"
#include "lib/file.h"
#include "backend/lookup.h"
#include "backend/option.h"
#include "passwdfile/index.h"
#include "passwdfile/open.h"

#define SASLAUTHD "/var/run/saslauthd/mux"
#define LMDB	  "liblmdb.so"
#define UNKNOWN	  "sasl-classic-doctor"
#define PASSWORD  "no password of anybody"

enum {
	MAX_NAMED = 5,	/* lines and users that are named one by one */
	MAX_WEAK = 16,	/* forms that are guessed fast */
	MAX_USERS = 10, /* that are named of one of these */
	MAX_READ = 5000 /* secrets of a sasldb */
};

static const struct reachable sasldb = { FIND_NO_SASLDB, FIND_SASLDB_UNREADABLE,
	FIND_SASLDB_OUTSIDE, false };
static const struct reachable passwdfile = { FIND_NO_PASSWDFILE,
	FIND_PASSWDFILE_UNREADABLE, FIND_PASSWDFILE_OUTSIDE, false };
static const struct reachable saslauthd = { FIND_SASLAUTHD_DOWN,
	FIND_SASLAUTHD_UNREACHABLE, FIND_SASLAUTHD_OUTSIDE, true };

/* --- Users that are named, and weak forms --------------------------------- */

struct named {
	const char *users; /* the first of them */
	struct bytes last;
	size_t count;
};

/* Once each, if it is among the first, or its secrets stand together. */
static void
add_user(struct named *n, struct bytes user)
{
	const char *name = util_text(user);

	if (bytes_equal(n->last, user) || conf_has(n->users, name, CONF_COMMAS))
		return;
	n->last = user;
	if (n->count++ < MAX_USERS)
		n->users = util_join(n->users, ", ", name);
}

static const char *
list_users(const struct named *n)
{
	return n->count <= MAX_USERS ? n->users
				     : util_format("%s and %zu more", n->users,
					   n->count - MAX_USERS);
}

/* A form that is guessed fast, and whose secrets are so. */
struct weak {
	const char *form; /* NULL: none yet */
	struct named users;
};

static void
take_weak(struct weak weak[MAX_WEAK], struct bytes user, const char *form)
{
	struct weak *w = weak;

	while (w < weak + MAX_WEAK - 1 && w->form != NULL &&
	       strcmp(w->form, form) != 0)
		w++;
	if (w->form == NULL)
		w->form = util_copy(form);
	add_user(&w->users, user);
}

static void
tell_weak(struct doctor *d, const char *path, const struct weak weak[MAX_WEAK],
    const char *advice)
{
	const struct weak *w;

	for (w = weak; w < weak + MAX_WEAK && w->form != NULL; w++)
		FIND(
		    d, WEAK_HASH, path, list_users(&w->users), w->form, advice);
}

/* --- A sasldb ------------------------------------------------------------- */

static void
take_listed(void *all, char *line)
{
	fprintf(all, "%s\n", line);
}

/*
 * The user to read a sasldb as. libdb is not made for hostile files, so as root
 * it reads only what no other user can have written.
 */
static const char *
reader_of(const struct doctor *d, const char *file)
{
	struct file_breach breach;
	struct passwd *owner;
	struct stat st;

	if (geteuid() != 0 || stat(file, &st) < 0)
		return NULL;
	if (st.st_uid != 0) {
		owner = getpwuid(st.st_uid);
		return owner != NULL ? util_copy(owner->pw_name) : "nobody";
	}
	if (file_is_trusted(file, 0, &breach))
		return NULL;
	return d->where.user != NULL ? d->where.user : "nobody";
}

const char *
doctor_secrets(const struct doctor *d, const char *file)
{
	const struct run_as where = { .user = reader_of(d, file) };
	char *lines = NULL;
	size_t size;
	FILE *all = open_memstream(&lines, &size);
	int status;

	if (all == NULL)
		return NULL;
	fputc('\n', all);
	status = library_list_sasldb(&where, file, take_listed, all);
	return fclose(all) == 0 && status == 0 ? lines : NULL;
}

const char *
doctor_next_secret(const char **lines, const char **property)
{
	char *line = conf_next_word(lines, "\n"), *end;

	if (line == NULL)
		return NULL;
	end = strrchr(line, ':');
	*property = end != NULL ? end + strspn(end, ": ") : "";
	if (end != NULL)
		*end = '\0';
	return line;
}

/* Those of one list who are not in the other, with blanks between. */
static const char *
only_in(const char *one, const char *other)
{
	const char *only = NULL, *name, *property;
	size_t count = 0;

	if (one == NULL || other == NULL)
		return "unknown, as sasldblistusers2 does not tell";
	while (count <= MAX_NAMED &&
	       (name = doctor_next_secret(&one, &property)) != NULL)
		if (strstr(other, util_format("\n%s:", name)) == NULL)
			only = util_join(
			    only, " ", ++count > MAX_NAMED ? "..." : name);
	return only != NULL ? only : "no user";
}

/* saslpasswd2 writes one, and the server reads the other. */
static void
check_copies(struct doctor *d, const char *path)
{
	const char *within, *a, *b;

	if (d->where.chroot == NULL)
		return;
	within = doctor_outside(d, path);
	if (access(path, F_OK) < 0 || access(within, F_OK) < 0 ||
	    doctor_same_file(path, within))
		return;
	a = text_quoted(path);
	b = text_quoted(within);
	/* No user is lost: both have all, and the first is kept. */
	FIND(d, TWO_SASLDBS, path, doctor_name(d), within,
	    only_in(doctor_secrets(d, path), doctor_secrets(d, within)),
	    util_format("db5.3_load -V && { db5.3_dump %s | db5.3_load -n %s; "
			"mv %s %s.saved && ln -s %s %s; }",
		a, b, a, a, b, a));
}

static const struct {
	const char *name, *library; /* which a plugin for it needs */
	size_t at;
	const char *octets; /* three of them there, in the file */
} formats[] = {
	{ "Berkeley DB", "libdb-", 12, "\x61\x15\x06" },
	{ "gdbm", "libgdbm.so", 1, "\x9a\x57\x13" },
	{ "lmdb", LMDB, 16, "\xde\xc0\xef" },
};

/* Is the sasldb of a format that this libsasl2's plugin does not read? */
static void
check_format(struct doctor *d, const char *path, struct bytes plugin)
{
	const char *format = NULL, *reads = NULL;
	struct bytes head = file_head(path);
	size_t i;

	for (i = 0; i < COUNT_OF(formats); i++) {
		if (head.len >= formats[i].at + 3 &&
		    !memcmp(head.data + formats[i].at, formats[i].octets, 3))
			format = formats[i].name;
		if (memmem(plugin.data, plugin.len, formats[i].library,
			strlen(formats[i].library)) != NULL)
			reads = formats[i].name;
	}
	if (format != NULL && reads != NULL && format != reads)
		FIND(d, SASLDB_FORMAT, path, format, reads);
}

/* The secrets that are listed, looked at where a login would. */
struct reading {
	struct doctor *d;
	const char *lines;
	struct weak weak[MAX_WEAK];
	bool is_cut;
};

static void
look_at(const struct probe_conn *c, const char *name)
{
	static lookup_names hashes = { PROPERTY_PASSWORD, PROPERTY_HASH };
	struct lookup_cursor at = { 0, 0 };
	struct lookup_value value;
	struct stored stored;
	struct lookup found;
	const char *form;

	if (lookup_fetch(c->h, c->params, c->identity, bytes_str(name), &hashes,
		SASL_CU_AUTHID | LOOKUP_STORED, &found) == SASL_OK)
		while (lookup_next(&found, &at, &value)) {
			scheme_classify(value.value, &stored);
			form = doctor_weak_form(&stored);
			if (form != NULL)
				run_as_tell("weak", name, form, NULL);
		}
	lookup_forget(c->h, c->params);
}

/* Who has both of the properties is looked at twice, and told once. */
static void
look_at_all(const struct probe_conn *c, void *context)
{
	const struct reading *r = context;
	const char *lines = r->lines, *name, *property;
	size_t count = 0;

	while ((name = doctor_next_secret(&lines, &property)) != NULL) {
		if (strncmp(property, "userPassword", 12) != 0)
			continue;
		if (count++ == MAX_READ) {
			run_as_tell("cut", NULL);
			return;
		}
		look_at(c, name);
	}
}

static void
ask_weak(void *context)
{
	const struct reading *r = context;
	const struct login where = service_login(r->d->options, &r->d->here);

	(void)probe_run(&where, look_at_all, context);
}

static void
take_answer(void *context, char *record)
{
	struct reading *r = context;
	const char *what = run_as_next(&record), *name = run_as_next(&record);

	if (!strcmp(what, "weak"))
		take_weak(
		    r->weak, bytes_str(util_copy(name)), run_as_next(&record));
	else
		r->is_cut = true;
}

static void
check_weak(struct doctor *d, const char *path)
{
	struct reading r = { .d = d };
	struct stat st;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	r.lines = doctor_secrets(d, path);
	if (r.lines == NULL)
		return;
	r.is_cut |= run_as(&d->where, ask_weak, take_answer, &r) == SIGALRM;
	tell_weak(d, path, r.weak, "set new passwords: `saslpasswd2 NAME'");
	if (r.is_cut)
		FIND(d, NOT_ALL_READ, path);
}

/* lmdb notes who reads in a file beside its own, which readers so write to. */
static void
check_lock(struct doctor *d, const char *path)
{
	const char *lock = util_format("%s-lock", path);
	struct look l = doctor_look(d, lock, false);

	if (l.error == ENOENT)
		l = doctor_look(d, dirname(util_copy(path)), false);
	lock = doctor_outside(d, lock);
	if (l.is_closed)
		FIND(d, SASLDB_LOCK, doctor_account(d), doctor_name(d),
		    doctor_outside(d, path), lock,
		    util_format("touch %s; %s", text_quoted(lock),
			doctor_let_in(d, lock, S_IRGRP | S_IWGRP)));
}

static void
check_mode(struct doctor *d, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & (S_IROTH | S_IWOTH)))
		FIND(d, SASLDB_OPEN, path, doctor_group(d));
}

static void
check_sasldb(struct doctor *d)
{
	const char *path = doctor_option(d, "sasldb_path");
	struct library_plugin plugin = { .file = "" };
	enum reach reach;
	struct bytes octets;

	library_find(LIBRARY_STORE, "sasldb", 0, &plugin);
	octets = file_head(plugin.file);
	if (path == NULL)
		path = library_sasldb(octets);
	d->sasldb = doctor_outside(d, path);
	reach = check_reach(d, &sasldb, path);
	if (reach != REACH_NOTHING &&
	    memmem(octets.data, octets.len, LMDB, strlen(LMDB)) != NULL)
		check_lock(d, path);
	if (reach == REACH_READ && doctor_transitions(d))
		FIND(d, TRANSITION_UNWRITABLE, doctor_account(d), d->sasldb,
		    doctor_let_in(d, d->sasldb, S_IRGRP | S_IWGRP));
	check_copies(d, path);
	check_format(d, d->sasldb, octets);
	check_weak(d, d->sasldb);
	check_mode(d, d->sasldb);
	if (!doctor_same_file(path, d->sasldb)) /* another has secrets, too */
		check_mode(d, path);
}

/* --- A passwdfile --------------------------------------------------------- */

/* What the lines of the file show. */
struct contents {
	struct doctor *d;
	const char *path;
	size_t faults;
	struct weak weak[MAX_WEAK];
	struct secrets_count forms[SECRETS_FORMS];
	struct named expired;
	size_t expired_lines;
};

static void
take_fault(void *context, unsigned long line, enum passwdfile_fault fault)
{
	struct contents *c = context;

	if (c->faults++ < MAX_NAMED)
		FIND(c->d, PASSWDFILE_LINE, c->path, util_format("%lu", line),
		    passwdfile_fault_text(fault));
}

static void
take_text(struct contents *c, struct bytes text, enum passwdfile_format format)
{
	static char room[PASSWDFILE_VALUE];
	struct passwdfile_value value;
	struct passwdfile_line line;
	const char *label, *weak;
	struct stored stored;

	if (passwdfile_parse(format, text, &line) != PASSWDFILE_FINE ||
	    passwdfile_value(&line, room, &value) != PASSWDFILE_FINE)
		return;
	label = passwdfile_label(&value);
	scheme_classify(value.hash, &stored);
	weak = doctor_weak_form(&stored);
	secret_wipe(room, sizeof(room));
	if (line.plaintext.len > 0)
		secrets_tally(c->forms, "plaintext");
	if (value.kind == PASSWDFILE_NOTHING)
		return;
	secrets_tally(c->forms, label);
	if (util_is_past(line.last_day)) {
		c->expired_lines++;
		add_user(&c->expired, line.name);
	}
	if (weak != NULL)
		take_weak(c->weak, line.name, weak);
}

static void
tell_contents(const struct contents *c)
{
	const char *forms = NULL;
	size_t i;

	for (i = 0; i < SECRETS_FORMS && c->forms[i].label != NULL; i++)
		forms = util_join(forms, ", ",
		    util_format(
			"%zu %s", c->forms[i].count, c->forms[i].label));
	if (forms != NULL)
		FIND(c->d, STORED_FORMS, c->path, forms);
	tell_weak(c->d, c->path, c->weak,
	    "set new passwords: `sasl-classic user passwd NAME'; `sasl-classic "
	    "user list' shows the form of each");
	if (c->expired_lines > 0)
		FIND(c->d, EXPIRED_SECRETS, c->path,
		    util_format("%zu", c->expired_lines),
		    list_users(&c->expired));
}

/* The slow ones of it, and what they cost together. */
static void
tell_cost(struct doctor *d, const char *path, const struct index *index)
{
	const struct index_kind *kind;
	const char *all = NULL;
	struct stored stored;
	uint64_t work = 0;

	for (kind = index->kinds; kind < index->kinds + index->kind_count;
	     kind++) {
		work += (uint64_t)kind->times * kind->work;
		scheme_classify(
		    bytes_of(kind->decoy, kind->decoy_len), &stored);
		if (scheme_is_slow(&stored))
			all = util_join(all, ", ",
			    util_format("%u of %s", kind->times,
				scheme_label(&stored)));
	}
	if (all == NULL)
		FIND(d, REFUSAL_COST, path, "no slow hash, as it has none");
	else
		FIND(d, REFUSAL_COST, path,
		    util_format("about %u ms of at most %u, for slow hashes: "
				"%s",
			(unsigned)(work / 1000), SCHEME_BUDGET / 1000, all));
}

static void
check_lines(struct doctor *d, const char *path, int fd, const struct stat *st)
{
	enum passwdfile_format format =
	    passwdfile_format_named(doctor_option(d, "passwdfile_format"));
	struct contents c = { .d = d, .path = path };
	struct bytes rest, line;
	struct index index;
	char *text;
	size_t len;

	if (format == PASSWDFILE_FORMATS) /* as the plugin logs */
		format = PASSWDFILE_DOVECOT;
	if (index_build(&index, fd, st->st_size, format, take_fault, &c) == 0) {
		tell_cost(d, path, &index);
		index_free(&index);
	}
	text = file_read(fd, st, path, &len);
	if (text == NULL)
		return;
	rest = bytes_after(
	    bytes_of(text, len), passwdfile_bom(bytes_of(text, len)));
	while (text_next_line(&rest, &line))
		take_text(&c, line, format);
	tell_contents(&c);
	secret_wipe(text, len);
}

/* Postfix opens it before the chroot, and as root: only a change is missed. */
static void
check_passwdfile(struct doctor *d)
{
	const char *path = doctor_option(d, "passwdfile_path");
	char why[PASSWDFILE_WHY];
	struct stat st;
	int fd;

	if (path == NULL)
		path = PASSWDFILE_DEFAULT;
	fd = passwdfile_open(path, &st, why);
	if (fd < 0 && errno == ENOENT)
		FIND(d, NO_PASSWDFILE, path);
	else if (fd < 0 && !(errno == EACCES && d->as_we_are))
		FIND(d, PASSWDFILE_REFUSED, why,
		    errno == 0 && S_ISREG(st.st_mode) &&
			    st.st_size <= PASSWDFILE_SIZE
			? path
			: NULL);
	if (fd < 0)
		return;
	check_lines(d, path, fd, &st);
	(void)check_reach(d, &passwdfile, path);
}

/* --- The decoy of other stores -------------------------------------------- */

/* The value of classic_decoy, in *context: NULL if a login could check it. */
static void
try_decoy(const struct probe_conn *c, void *context)
{
	const char **decoy = context, *why;
	struct stored stored;

	scheme_classify(bytes_str(*decoy), &stored);
	if (scheme_work(&stored, SCHEME_USUAL_PASSWORD) <= SCHEME_BUDGET &&
	    scheme_check(c->h, &stored, bytes_str("?"), &why) !=
		VERDICT_UNUSABLE)
		*decoy = NULL;
}

static void
check_decoy(struct doctor *d)
{
	const struct login where = { .service = "doctor" };
	const char *decoy = doctor_option(d, "classic_decoy");

	if (decoy == NULL || !option_takes(OPTION_DECOY, decoy))
		return;
	if (probe_run(&where, try_decoy, &decoy) == SASL_OK && decoy != NULL)
		FIND(d, DECOY_COST, doctor_config(d, "classic_decoy"),
		    doctor_spelt(d, "classic_decoy"));
}

/* --- All of them ---------------------------------------------------------- */

void
check_stores(struct doctor *d)
{
	const char *mux = doctor_option(d, "saslauthd_path");

	if (doctor_uses(d, "saslauthd"))
		(void)check_reach(d, &saslauthd, mux != NULL ? mux : SASLAUTHD);
	if (library_spares_sasldb())
		FIND(d, SASLDB_PATH_CRASH, doctor_config(d, "sasldb_path"),
		    doctor_option(d, "sasldb_path"),
		    doctor_spelt(d, "sasldb_path"));
	else if (doctor_asks(d, "sasldb"))
		check_sasldb(d);
	if (doctor_option(d, "auxprop_plugin") != NULL &&
	    doctor_asks(d, "passwdfile"))
		check_passwdfile(d);
	check_decoy(d);
}

/* --- A login -------------------------------------------------------------- */

/* One mechanism's login, and what the other process has told of it. */
struct visit {
	struct doctor *d;
	const char *mechanism;
	int code;
	bool by_client;	    /* it is the client's code */
	const char *detail; /* NULL: there was no answer */
	const char *logged; /* the last line of the log */

	/*
	 * What libsasl2's sql plugin says of its queries: one that fails is an
	 * unknown user to it, and only the log tells these two apart.
	 */
	const char *query_error; /* of the first that has failed, or NULL */
	bool query_answered;
};

static void
on_log(void *context, enum login_side side, int level, const char *text)
{
	(void)context;
	if (side == LOGIN_SERVER)
		run_as_tell(
		    level <= SASL_LOG_NOTE ? "log" : "query", text, NULL);
}

static void
ask_login(void *context)
{
	const struct visit *v = context;
	struct login e = service_login(v->d->options, &v->d->here);
	struct login_outcome o;

	e.mechanism = v->mechanism;
	e.user = UNKNOWN;
	e.password = bytes_str(PASSWORD);
	e.log = on_log;
	login_run(&e, &o);
	run_as_tell(o.side == LOGIN_CLIENT ? "client" : "server",
	    util_format("%d", o.code), o.detail != NULL ? o.detail : "", NULL);
}

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
		else if (v->query_error == NULL)
			v->query_error = util_copy(text);
		return;
	}
}

static void
take_login(void *context, char *record)
{
	struct visit *v = context;
	const char *what = run_as_next(&record), *text = run_as_next(&record);
	bool is_log = !strcmp(what, "log");

	if (is_log || !strcmp(what, "query")) {
		note_query(v, text);
		if (is_log)
			v->logged = util_copy(text);
		return;
	}
	v->by_client = !strcmp(what, "client");
	v->code = (int)strtol(text, NULL, 10);
	v->detail = util_copy(run_as_next(&record));
}

static void
report_login(struct doctor *d, const char *mechanism, const struct visit *v)
{
	if (v->code == SASL_BADAUTH || v->code == SASL_NOUSER) {
		/* As it ought to be; but a query may have failed. */
		if (v->query_error != NULL && v->query_answered)
			FIND(d, QUERY_COLUMN, v->query_error,
			    doctor_config(d, "classic_secrets"),
			    doctor_spelt(d, "classic_secrets"));
		else if (v->query_error != NULL)
			FIND(d, QUERY_FAILED, v->query_error,
			    doctor_config(d, "sql_select"));
	} else if (v->by_client)
		FIND(d, NOT_TRIED, mechanism, "no client plugin provides it");
	else if (v->code == SASL_OK)
		FIND(d, NO_PASSWORD_CHECK, mechanism);
	else if (d->as_we_are)
		FIND(d, NOT_TRIED, mechanism, v->detail);
	else if (!finding_has(
		     &d->findings, FIND_UNKNOWN_METHOD, FIND_SASLAUTHD_OUTSIDE))
		FIND(d, LOGIN_TROUBLE, mechanism, login_code(v->code),
		    v->detail, v->logged);
}

static void
check_login(struct doctor *d, const char *mechanism)
{
	struct visit v = { .d = d, .mechanism = mechanism, .logged = "" };
	struct library_plugin plugin = { .file = "(unknown)" };
	int end = run_as(&d->where, ask_login, take_login, &v);

	if (end == SIGALRM)
		FIND(d, STORE_TIMEOUT, mechanism);
	else if (end > 0) {
		library_find(LIBRARY_SERVER, mechanism, 0, &plugin);
		FIND(d, PLUGIN_CRASH_LOGIN, mechanism, run_as_end(end),
		    plugin.file);
	} else if (v.detail != NULL)
		report_login(d, mechanism, &v);
}

void
check_logins(struct doctor *d)
{
	size_t i;

	if (d->here.keeps_passwords || FOUND(d, SASLDB_PATH_CRASH))
		return;
	for (i = 0; service_mechanisms[i] != NULL; i++)
		if (conf_has_word(d->offer, service_mechanisms[i]))
			check_login(d, service_mechanisms[i]);
}

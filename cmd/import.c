/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic import: makes a passwdfile of the users of another store: a
 * sasldb, a file of one of passwdfile's formats, or lines of user:password. A
 * source is read and never written.
 */
#include "config.h"

#include <grp.h>
#include <pthread.h>
#include <pwd.h>

#include "backend/lookup.h"
#include "base/name.h"
#include "base/secret.h"
#include "lib/file.h"
#include "lib/terminal.h"
#include "lib/util.h"
#include "passwdfile/write.h"
#include "sasl/service.h"
#include "secrets/scheme.h"

enum { SASLDB_SECONDS = 600 };

enum source_kind {
	SOURCE_DOVECOT, /* in the order of enum passwdfile_format */
	SOURCE_EXIM,
	SOURCE_HTPASSWD,
	SOURCE_SHADOW,
	SOURCE_TEXT, /* user:password */
	SOURCE_SASLDB,
	SOURCE_KINDS
};

/* One secret of a user, or one line of a file. */
struct entry {
	char *name;
	char *rest; /* what follows the secret in Dovecot's format, or NULL */
	char *expires; /* YYYY-MM-DD, or NULL */
	bool is_disabled, is_plaintext;
	const char *form;    /* as scheme_label() has it */
	const char *serves;  /* mechanisms, of what is taken over as it is */
	struct bytes octets; /* the password, or the secret of a line */
	struct secrets made; /* of the password */
};

struct source {
	const char *path;
	const char *owner; /* who reads it; NULL: we */
	enum source_kind kind;
	struct entry *entries;
	size_t count;
	size_t left_out; /* users or lines that cannot be taken over; named */
};

static const char *const source_kinds[SOURCE_KINDS] = {
	[SOURCE_DOVECOT] = "dovecot",
	[SOURCE_EXIM] = "exim",
	[SOURCE_HTPASSWD] = "htpasswd",
	[SOURCE_SHADOW] = "shadow",
	[SOURCE_TEXT] = "text",
	[SOURCE_SASLDB] = "sasldb",
};

static const char no_secret[] = "it has no secret";

static struct entry *
add_entry(
    struct source *s, struct bytes name, struct bytes octets, bool is_plaintext)
{
	struct stored stored = { .kind = STORED_PLAINTEXT };
	struct entry *entry;

	s->entries = util_grow(s->entries, s->count, sizeof(*s->entries));
	entry = &s->entries[s->count++];
	entry->name = util_text(name);
	entry->octets = bytes_of(util_text(octets), octets.len);
	entry->is_plaintext = is_plaintext;
	if (!is_plaintext)
		scheme_classify(octets, &stored);
	entry->form = scheme_label(&stored);
	entry->serves =
	    stored.kind == STORED_HASH || stored.kind == STORED_STATE
		? secrets_serve(entry->form)
		: "";
	return entry;
}

static void
leave_out(struct source *s, struct bytes name, const char *why)
{
	util_complain("%s is left out: %s", text_printable_octets(name), why);
	s->left_out++;
}

static void
source_wipe(const struct source *s)
{
	struct entry *entry;

	for (entry = s->entries; entry < s->entries + s->count; entry++) {
		secret_wipe((char *)entry->octets.data, entry->octets.len);
		secrets_wipe(&entry->made);
	}
}

/* --- Whose file it is ----------------------------------------------------- */

/* The rights of an owner, or of root again, as far as files go. */
static void
become(uid_t uid, gid_t gid, const gid_t *groups, int count)
{
	if (uid == 0 && seteuid(0) < 0)
		abort();
	if (setgroups((size_t)count, groups) < 0 || setegid(gid) < 0 ||
	    seteuid(uid) < 0)
		abort();
}

/* As file_open(), by the owner, with no right but his. */
static int
open_as(const struct passwd *owner, const char *path, struct stat *st)
{
	int count = getgroups(0, NULL), fd;
	gid_t *ours = util_alloc(((size_t)count + 1) * sizeof(*ours));

	count = getgroups(count, ours);
	become(owner->pw_uid, owner->pw_gid, &owner->pw_gid, 1);
	fd = file_open(path, st);
	become(0, getgid(), ours, count);
	return fd;
}

/*
 * What the owner can read and change may be read. The path may lead elsewhere
 * when it is looked at again, so who the owner was stays in `s`.
 */
static int
open_source(struct source *s, struct stat *st)
{
	const struct passwd *owner;

	if (geteuid() != 0 || stat(s->path, st) < 0 || st->st_uid == 0)
		return file_open(s->path, st);
	owner = getpwuid(st->st_uid);
	if (owner == NULL)
		return util_complain(
		    "%s is of a user who has no name", s->path);
	s->owner = util_copy(owner->pw_name);
	return open_as(owner, s->path, st);
}

/* --- Files of lines ------------------------------------------------------- */

static void
add_line(struct source *s, const struct passwdfile_line *line,
    struct bytes octets, bool is_plaintext)
{
	struct entry *entry;

	if (octets.len == 0)
		return;
	entry = add_entry(s, line->name, octets, is_plaintext);
	entry->is_disabled = line->is_disabled;
	if (s->kind == SOURCE_DOVECOT && line->rest.len > 0)
		entry->rest = util_text(line->rest);
	else if (line->last_day != PASSWDFILE_FOR_EVER)
		entry->expires = util_date(line->last_day);
}

static void
take_line(struct source *s, struct bytes text, const char *where)
{
	char room[PASSWDFILE_VALUE];
	struct passwdfile_value value = { .kind = PASSWDFILE_NOTHING };
	struct passwdfile_line line;
	enum passwdfile_fault fault;

	fault = passwdfile_parse((enum passwdfile_format)s->kind, text, &line);
	if (fault == PASSWDFILE_BLANK)
		return;
	if (fault == PASSWDFILE_FINE && line.secret.len > 0)
		fault = passwdfile_value(&line, room, &value);
	if (fault != PASSWDFILE_FINE)
		leave_out(s, bytes_str(where), passwdfile_fault_text(fault));
	else if (value.kind == PASSWDFILE_NOTHING && line.plaintext.len == 0)
		leave_out(s, line.name, no_secret);
	else {
		if (value.kind == PASSWDFILE_PLAINTEXT)
			add_line(s, &line, value.octets, true);
		else if (value.kind != PASSWDFILE_NOTHING)
			add_line(s, &line,
			    passwdfile_is_coded(&line) ? value.octets
						       : line.secret,
			    false);
		add_line(s, &line, line.plaintext, true);
	}
	secret_wipe(room, sizeof(room));
}

/* Why that secret of that name cannot be a line that is used; or NULL. */
static const char *
line_fault(struct bytes name, struct bytes secret)
{
	struct passwdfile_new new = { .name = name, .secret = secret };
	char room[PASSWDFILE_VALUE], *text;
	struct passwdfile_value value;
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	size_t len;

	text = passwdfile_print(&new, &len);
	if (text == NULL)
		return "a passwdfile cannot hold it";
	fault =
	    passwdfile_parse(PASSWDFILE_DOVECOT, bytes_of(text, len), &line);
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, room, &value);
	secret_wipe(room, sizeof(room));
	passwdfile_free_text(text, len);
	return fault == PASSWDFILE_FINE ? NULL : passwdfile_fault_text(fault);
}

static void
add_plaintext(struct source *s, struct bytes name, struct bytes password,
    bool is_disabled)
{
	const char *why = name_password_fault(password);

	if (why == NULL)
		why = line_fault(name, bytes_str("{PLAIN}x"));
	if (why != NULL)
		leave_out(s, name, why);
	else
		add_entry(s, name, password, true)->is_disabled = is_disabled;
}

static void
take_password(struct source *s, struct bytes text, const char *where)
{
	const char *colon = memchr(text.data, ':', text.len);
	struct bytes name;

	if (text.len > 0 && text.data[text.len - 1] == '\r')
		text.len--;
	if (text.len == 0 || text.data[0] == '#')
		return;
	if (colon == NULL || colon == text.data) {
		leave_out(s, bytes_str(where), "it is no user:password");
		return;
	}
	name = bytes_of(text.data, (size_t)(colon - text.data));
	add_plaintext(s, name, bytes_after(text, name.len + 1), false);
}

static void
take_lines(struct source *s, struct bytes rest)
{
	unsigned long number = 0;
	struct bytes line;
	char where[64];

	while (text_next_line(&rest, &line)) {
		snprintf(where, sizeof(where), "line %lu", ++number);
		if (s->kind == SOURCE_TEXT)
			take_password(s, line, where);
		else
			take_line(s, line, where);
	}
}

/* --- A sasldb ------------------------------------------------------------- */

/* What is taken over. */
static lookup_names properties = { PROPERTY_PASSWORD, PROPERTY_HASH,
	PROPERTY_STATE, PROPERTY_SCRAM };

struct reading {
	struct source *source;
	const char *plugin_path;
	char **names; /* of its users, each as often as it has secrets */
	size_t count;
	const char *trouble;
};

/* A value ends at a NUL: one that has a NUL within is not handed over. */
static void
tell_value(const char *name, const struct propval *p)
{
	struct bytes octets = lookup_octets(p, 0);
	char *text = util_text(octets);

	if (octets.len == 0)
		run_as_tell("failed", name, no_secret, NULL);
	else if (strlen(text) == octets.len)
		run_as_tell("value", name, p->name, text, NULL);
	else
		run_as_tell("failed", name, "its secret has a NUL octet", NULL);
	secret_wipe(text, octets.len);
}

static void
look_up_one(const struct probe_conn *c, const char *name)
{
	bool is_known = false;
	struct lookup found;
	size_t i;
	int result;

	result = lookup_fetch(c->h, c->params, c->identity, bytes_str(name),
	    &properties, SASL_CU_AUTHID, &found);
	for (i = 0; result == SASL_OK && properties[i] != NULL; i++)
		if (found.values[i].values != NULL) {
			tell_value(name, &found.values[i]);
			is_known = true;
		}
	if (!is_known)
		run_as_tell("failed", name,
		    result == SASL_OK || result == SASL_NOUSER
			? no_secret
			: "it cannot be read",
		    NULL);
	lookup_forget(c->h, c->params);
}

static void
look_up(const struct probe_conn *c, void *context)
{
	const struct reading *r = context;
	size_t i;

	for (i = 0; i < r->count; i++)
		if (i == 0 || strcmp(r->names[i], r->names[i - 1]) != 0)
			look_up_one(c, r->names[i]);
}

static void
take_listed(void *context, char *line)
{
	struct reading *r = context;
	char *end = strrchr(line, ':');

	if (end == NULL) {
		run_as_tell("failed", line, "it has no property", NULL);
		return;
	}
	*end = '\0';
	r->names = util_grow(r->names, r->count, sizeof(r->names[0]));
	r->names[r->count++] = util_copy(line);
}

/* The file has no order. */
static int
compare_listed(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In a process of its own, as the owner of the file. */
static void
ask_sasldb(void *context)
{
	struct reading *r = context;
	struct conf_file settings = { NULL, 0 };
	const struct library_options library = {
		.plugin_path = r->plugin_path,
		.settings = &settings,
	};
	const struct login where = { .service = "import" };

	conf_file_set(&settings, "auxprop_plugin", "sasldb");
	if (!library_is_2_2()) /* which it crashes; SASL_DBNAME is set */
		conf_file_set(&settings, "sasldb_path", r->source->path);
	setenv("SASL_DBNAME", r->source->path, 1);
	if (library_list_sasldb(NULL, r->source->path, take_listed, r) != 0) {
		run_as_tell(
		    "trouble", "sasldblistusers2 cannot list its users", NULL);
		return;
	}
	if (r->count == 0) {
		run_as_tell("trouble",
		    util_format("sasldblistusers2 lists no users; if it is "
				"kept by lmdb, its owner must be able to write "
				"to %s-lock",
			r->source->path),
		    NULL);
		return;
	}
	qsort(r->names, r->count, sizeof(r->names[0]), compare_listed);
	if (library_start(&library) != SASL_OK ||
	    probe_run(&where, look_up, r) != SASL_OK)
		run_as_tell("trouble", "libsasl2 cannot read it", NULL);
}

/* `before` and `octets` are a secret as a line has it. */
static void
add_secret(struct source *s, struct bytes name, const char *before,
    struct bytes octets, bool is_disabled)
{
	char *text =
	    util_format("%s%.*s ", before, (int)octets.len, octets.data);
	size_t len = strlen(text) - 1;
	const char *why;

	if (passwdfile_is_scram(octets))
		len = passwdfile_scram_line(octets, text);
	text[len] = '\0';
	why = line_fault(name, bytes_str(text));
	if (why != NULL)
		leave_out(s, name, why);
	else
		add_entry(s, name, bytes_str(text), false)->is_disabled =
		    is_disabled;
	secret_wipe(text, strlen(text));
}

/* A userPassword or a userPasswordHash. */
static void
add_value(struct source *s, struct bytes name, struct bytes octets)
{
	struct stored stored;
	bool is_disabled = false;

	scheme_classify(octets, &stored);
	while (stored.kind == STORED_LOCKED && stored.form == NULL) {
		is_disabled = true;
		scheme_classify(stored.value, &stored);
	}
	if (stored.kind == STORED_PLAINTEXT)
		add_plaintext(s, name, stored.value, is_disabled);
	else if (stored.kind == STORED_LOCKED) /* after {CRYPT} */
		add_secret(s, name, "{CRYPT}", stored.value, true);
	else if (stored.kind != STORED_NOTHING)
		add_secret(s, name, "", stored.text, is_disabled);
	else
		leave_out(s, name, no_secret);
}

static void
take_answer(void *context, char *line)
{
	struct reading *r = context;
	const char *what = run_as_next(&line), *text = run_as_next(&line);
	const char *property = run_as_next(&line);
	struct bytes name = bytes_str(text);
	struct bytes octets = bytes_str(run_as_next(&line));

	if (!strcmp(what, "trouble"))
		r->trouble = util_copy(text);
	else if (!strcmp(what, "failed"))
		leave_out(r->source, name, property);
	else if (!strcmp(property, PROPERTY_SCRAM))
		add_secret(r->source, name, "", octets, false);
	else if (!strcmp(property, PROPERTY_STATE))
		add_secret(r->source, name, "{CRAM-MD5}", octets, false);
	else
		add_value(r->source, name, octets);
}

static int
read_sasldb(struct source *s, const char *plugin_path)
{
	struct reading r = { .source = s, .plugin_path = plugin_path };
	const struct run_as where = { .user = s->owner,
		.seconds = SASLDB_SECONDS };
	int end = run_as(&where, ask_sasldb, take_answer, &r);

	if (end == RUN_AS_DONE && r.trouble == NULL)
		return 0;
	return util_complain("%s cannot be read: %s", s->path,
	    r.trouble != NULL	       ? r.trouble
	    : end == RUN_AS_IMPOSSIBLE ? "no process for it"
				       : run_as_end(end));
}

/* --- What it is ----------------------------------------------------------- */

static int
find_kind(const char *name)
{
	int i;

	for (i = 0; i < SOURCE_KINDS; i++)
		if (!strcasecmp(source_kinds[i], name))
			return i;
	return -1;
}

/* By the first line that is one; -1 if that tells nothing. */
static int
guess_kind(struct bytes data)
{
	struct bytes line = { NULL, 0 };
	struct passwdfile_line days;
	size_t i, colons = 0, secret = 0;

	if (memchr(data.data, '\0', data.len < 4096 ? data.len : 4096))
		return SOURCE_SASLDB;
	while (text_next_line(&data, &line))
		if (line.len > 0 && *line.data != '#')
			break;
	for (i = 0; i < line.len; i++)
		if (line.data[i] == ':' && ++colons == 1)
			secret = i + 1;
	if (secret == 0 || secret == line.len ||
	    strchr("${!*", line.data[secret]) == NULL)
		return -1;
	if (colons == 8 && line.data[secret] != '{' &&
	    passwdfile_parse(PASSWDFILE_SHADOW, line, &days) == PASSWDFILE_FINE)
		return SOURCE_SHADOW;
	return colons == 2 ? SOURCE_EXIM : SOURCE_DOVECOT;
}

/*
 * Read it. `kind` is a name of source_kinds[], or NULL: by its looks. A sasldb
 * is read by libsasl2 in a process of its own, as the owner of the file;
 * `plugin_path` is where its plugins are, or NULL. 0, or -1 after a complaint.
 * End with source_wipe() either way.
 */
static int
source_read(struct source *s, const char *path, const char *kind,
    const char *plugin_path)
{
	int found = kind == NULL ? -1 : find_kind(kind);
	struct bytes text;
	struct stat st;
	size_t len;
	char *data;
	int fd;

	s->path = path;
	if (kind != NULL && found < 0)
		return util_complain("there is no format %s: see --help", kind);
	fd = open_source(s, &st);
	data = fd < 0 ? NULL : file_read(fd, &st, path, &len);
	if (data == NULL)
		return -1;
	text = bytes_of(data, len);
	text = bytes_after(text, passwdfile_bom(text));
	if (found < 0)
		found = guess_kind(text);
	s->kind = (enum source_kind)found;
	if (found >= 0 && found != SOURCE_SASLDB)
		take_lines(s, text);
	secret_wipe(data, len);
	if (found < 0)
		return util_complain(
		    "%s: what it is cannot be told, so say it with --format; "
		    "`text' is for lines of user:password",
		    path);
	return found == SOURCE_SASLDB ? read_sasldb(s, plugin_path) : 0;
}

enum {
	SHOWN = 5, /* names of users in a line */
	THREADS = 64,
	TRIED = 250, /* of more users, as many, spread over all */
};

struct job {
	const struct cmdline *o;
	const char *to;
	struct source source;
	struct service service; /* but with the new file as its store */
	const char *offer;	/* its mechanisms, blanks between */
	struct secrets_wanted wanted;
	const char *made;   /* the names of these, for people */
	const char *served; /* the mechanisms that they serve */

	/* Of all threads that make secrets. */
	const struct host *h;
	pthread_mutex_t lock;
	size_t next;
	bool failed;
};

/* --- What there is, and whom it will not serve ---------------------------- */

/* Can the user log in by `mechanism` with what the new file has of that? */
static bool
will_serve(
    const struct job *job, const struct entry *entry, const char *mechanism)
{
	if (entry->is_disabled)
		return false;
	if (!entry->is_plaintext)
		return conf_has_word(entry->serves, mechanism);
	return job->wanted.forms[0] == SECRETS_PLAIN ||
	       conf_has_word(job->served, mechanism);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp((*(const struct entry *const *)a)->name,
	    (*(const struct entry *const *)b)->name);
}

/* One line of a user is enough; in `sorted` all of one stand together. */
static size_t
report_mechanism(const struct job *job, const struct entry *const *sorted,
    const char *mechanism)
{
	size_t i = 0, count = job->source.count, without = 0;
	const char *user, *names = NULL;
	bool is_served, is_disabled;

	while (i < count) {
		user = sorted[i]->name;
		is_served = false;
		is_disabled = true; /* nobody misses who was that before */
		for (; i < count && !strcmp(sorted[i]->name, user); i++) {
			is_disabled &= sorted[i]->is_disabled;
			is_served |= will_serve(job, sorted[i], mechanism);
		}
		if (!is_served && !is_disabled && ++without <= SHOWN)
			names = util_join(names, ", ", text_printable(user));
	}
	if (without > 0)
		printf("  not by %s: %s", mechanism, names);
	if (without > SHOWN)
		printf(", and %zu more", without - SHOWN);
	if (without > 0)
		putchar('\n');
	return without;
}

/* The mechanisms of the offer that all users can go on with. */
static const char *
report_mechanisms(const struct job *job)
{
	size_t i, count = job->source.count;
	const struct entry **sorted = util_alloc(count * sizeof(*sorted));
	const char *rest = job->offer, *left = "", *mechanism;

	for (i = 0; i < count; i++)
		sorted[i] = &job->source.entries[i];
	qsort(sorted, count, sizeof(*sorted), compare_names);
	puts("Who could not log in with the new file, by what the service "
	     "offers:");
	while ((mechanism = conf_next_word(&rest, CONF_BLANKS)) != NULL)
		if (report_mechanism(job, sorted, mechanism) == 0)
			left = util_join(left, " ", mechanism);
	if (strcmp(left, job->offer) == 0)
		puts("  nobody");
	return left;
}

static void
report_forms(const struct job *job)
{
	const struct source *s = &job->source;
	struct secrets_count forms[SECRETS_FORMS] = { { NULL, 0 } }, *form;
	size_t i;

	for (i = 0; i < s->count; i++)
		secrets_tally(forms, s->entries[i].form);
	printf("%s (%s): %zu %s\n", s->path, source_kinds[s->kind], s->count,
	    s->count == 1 ? "secret" : "secrets");
	for (form = forms; form < forms + SECRETS_FORMS && form->label != NULL;
	     form++)
		if (strcmp(form->label, "plaintext") == 0 &&
		    job->wanted.forms[0] != SECRETS_PLAIN)
			printf("  %6zu  plaintext -> %s\n", form->count,
			    job->made);
		else
			printf(
			    "  %6zu  %s, as it is\n", form->count, form->label);
	if (s->left_out > 0)
		printf("  %6zu  left out, as said above\n", s->left_out);
}

/* --- Making --------------------------------------------------------------- */

/* The next entry for a thread, or NULL. */
static struct entry *
next_entry(struct job *job, int result)
{
	struct entry *entry = NULL;

	pthread_mutex_lock(&job->lock);
	job->failed |= result < 0;
	if (job->next < job->source.count && !job->failed) {
		entry = &job->source.entries[job->next++];
		progress_show("hashing", job->next, job->source.count);
	}
	pthread_mutex_unlock(&job->lock);
	return entry;
}

static void *
make_some(void *context)
{
	struct job *job = context;
	struct entry *entry;
	int result = 0;

	while ((entry = next_entry(job, result)) != NULL)
		if (entry->is_plaintext)
			result = secrets_make(
			    job->h, &job->wanted, entry->octets, &entry->made);
	return NULL;
}

static void
make_all(const struct probe_conn *c, void *context)
{
	struct job *job = context;
	long count = sysconf(_SC_NPROCESSORS_ONLN), i, started = 0;
	pthread_t threads[THREADS];

	job->h = c->h;
	for (i = 1; i < count && i < THREADS; i++)
		if (pthread_create(&threads[started], NULL, make_some, job) ==
		    0)
			started++;
	make_some(job);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	progress_end();
}

static int
make_secrets(struct job *job)
{
	const struct login where = { .service = "import", .complains = true };

	if (probe_run(&where, make_all, job) == SASL_OK && !job->failed)
		return 0;
	return util_complain(
	    "not all secrets could be made: nothing was written");
}

/* --- Writing -------------------------------------------------------------- */

/* A line for each of its secrets. 0, or -1 after a complaint. */
static int
add_lines(struct passwdfile_edit *edit, const struct entry *entry)
{
	const struct secrets *made = &entry->made;
	size_t i, n = entry->is_plaintext ? made->count : 1, len;
	struct passwdfile_new new = {
		.name = bytes_str(entry->name),
		.expires = bytes_str(entry->expires),
		.rest = bytes_str(entry->rest),
		.is_disabled = entry->is_disabled,
	};
	int result = 0;
	char *line;

	for (i = 0; i < n && result == 0; i++) {
		new.secret =
		    entry->is_plaintext ? made->texts[i] : entry->octets;
		line = passwdfile_print(&new, &len);
		if (line == NULL)
			result = util_complain(
			    "%s cannot be a line", text_printable(entry->name));
		else if (passwdfile_edit_append(edit, bytes_of(line, len)) < 0)
			result = util_complain("out of memory");
		passwdfile_free_text(line, len);
	}
	return result;
}

static int
write_lines(const struct job *job)
{
	const struct source *s = &job->source;
	char why[PASSWDFILE_WHY] = "out of memory";
	struct passwdfile_edit *edit;
	int result = 0;
	size_t i;

	if (passwdfile_edit_open(
		job->to, PASSWDFILE_MUST_BE_MISSING, &edit, why) != SASL_OK)
		return util_complain("%s", why);
	for (i = 0; i < s->count && result == 0; i++)
		result = add_lines(edit, &s->entries[i]);
	if (result == 0 && passwdfile_edit_commit(edit, why) != SASL_OK)
		result = util_complain("%s", why);
	passwdfile_edit_close(edit);
	return result;
}

/* A service that is not root when it opens the file must read it, too. */
static int
share_file(const struct job *job)
{
	const struct server_here *here = &job->service.here;
	const struct passwd *who = here->postfix.found || here->user == NULL
				       ? NULL
				       : getpwnam(here->user);

	if (who == NULL || (chown(job->to, geteuid(), who->pw_gid) == 0 &&
			       chmod(job->to, 0640) == 0))
		return 0;
	return util_complain(
	    "%s cannot be for the group of %s", job->to, here->user);
}

/* --- Trying --------------------------------------------------------------- */

/*
 * Those whose password is known, and who can log in from here today. To log in
 * costs what the hash did: of many users it is a sample.
 */
static int
try_users(const struct job *job)
{
	const struct source *s = &job->source;
	const struct entry *entry;
	size_t i, every = (s->count + TRIED - 1) / TRIED, tried = 0, known = 0;
	bool well = true;

	for (i = 0; i < s->count; i++) {
		entry = &s->entries[i];
		if (!entry->is_plaintext || entry->is_disabled ||
		    entry->expires != NULL || entry->rest != NULL ||
		    known++ % every != 0)
			continue;
		well &= service_accepts(&job->service, entry->name,
		    entry->octets, "PLAIN LOGIN CRAM-MD5");
		tried++;
		progress_show("trying", i + 1, s->count);
	}
	progress_end();
	if (known > 0)
		printf("\n%zu of %zu whose password is known were tried\n",
		    tried, known);
	return well ? 0 : -1;
}

/* --- All of it ------------------------------------------------------------ */

/* `told` is the file that the line before stands in. */
static const char *
tell_line(const struct service *s, const char *told, const char *option,
    const char *value)
{
	const char *file = server_own_file(&s->here, option, s->conf_path);

	if (file == NULL)
		file = s->conf_path != NULL
			   ? s->conf_path
			   : util_format("libsasl2's %s.conf", s->here.app);
	if (told == NULL || strcmp(file, told) != 0)
		printf("%s%s:\n\n", told == NULL ? "" : "\nand in ", file);
	printf("    %s\n", server_line(&s->here, option, value, s->conf_path));
	return file;
}

static void
tell_what_next(const struct job *job, const char *mechanisms)
{
	const struct service *s = &job->service;
	const char *pwcheck = service_option(s, "pwcheck_method");
	const char *in;

	printf("\n%s is complete. To use it, have these lines in ", job->to);
	in = tell_line(s, NULL, "auxprop_plugin", "passwdfile");
	if (pwcheck != NULL && !conf_has_word(pwcheck, "auxprop"))
		in = tell_line(s, in, "pwcheck_method", "auxprop");
	if (strcmp(job->to, PASSWDFILE_DEFAULT) != 0 ||
	    service_option(s, "passwdfile_path") != NULL)
		in = tell_line(s, in, "passwdfile_path", job->to);
	if (service_option(s, "passwdfile_format") != NULL)
		in = tell_line(s, in, "passwdfile_format", "dovecot");
	if (strcmp(mechanisms, job->offer) != 0 && *mechanisms != '\0')
		(void)tell_line(s, in, "mech_list", mechanisms);
	if (s->here.postfix.found)
		puts("\nthen:    postfix reload");
	if (job->source.left_out == 0)
		printf("when all works, and nothing else needs the old store:\n"
		       "    shred -u %s\n",
		    text_quoted(job->source.path));
	else
		puts("the old store is needed for those who were left out");
}

static int
import(struct job *job)
{
	const char *offer = login_offer(&job->service.login), *mechanisms;
	const char *name;
	size_t i;
	int status;

	job->offer = offer != NULL ? offer : "";
	status = service_choose_forms(
	    &job->service, job->o, job->offer, &job->wanted);
	if (status != EXIT_WELL)
		return status;
	for (i = 0; i < job->wanted.count; i++) {
		name = secrets_name(job->wanted.forms[i]);
		job->made = util_join(job->made, ", ", name);
		job->served = util_join(job->served, " ", secrets_serve(name));
	}
	report_forms(job);
	mechanisms = report_mechanisms(job);
	status = job->source.left_out > 0 ? EXIT_FAULT : EXIT_WELL;
	if (job->o->dry_run)
		puts("nothing was written");
	else if (make_secrets(job) < 0 || write_lines(job) < 0 ||
		 share_file(job) < 0)
		status = EXIT_TROUBLE;
	else {
		if (try_users(job) < 0)
			status = EXIT_FAULT;
		tell_what_next(job, mechanisms);
	}
	return util_finish(status);
}

/* The source is read first: libsasl2 2.2 starts but once in a process. */
static int
run(const struct cmdline *o)
{
	struct job job = { .o = o,
		.to = o->to != NULL ? o->to : PASSWDFILE_DEFAULT,
		.lock = PTHREAD_MUTEX_INITIALIZER };
	struct conf_file settings = { NULL, 0 };
	int status = EXIT_TROUBLE;

	if (o->rest[0] == NULL || o->rest[1] != NULL)
		return util_usage("one store to import from, please");
	/* It is read by its name when the users are tried. */
	if (!o->dry_run && !file_require_trusted(job.to, 0))
		return EXIT_TROUBLE;
	if (access(job.to, F_OK) == 0 && !o->dry_run) {
		util_complain(
		    "%s is there already: --to names another", job.to);
		return EXIT_FAULT;
	}
	conf_file_set(&settings, "auxprop_plugin", "passwdfile");
	conf_file_set(&settings, "passwdfile_path", job.to);
	conf_file_set(&settings, "passwdfile_format", "dovecot");
	conf_file_set(&settings, "pwcheck_method", "auxprop");
	if (source_read(&job.source, o->rest[0], o->format, o->plugin_dir) < 0)
		status = EXIT_TROUBLE;
	else if (job.source.count == 0)
		util_complain("%s: no users were found in it", o->rest[0]);
	else if (service_open(&job.service, o, &settings) == 0)
		status = import(&job);
	library_stop();
	source_wipe(&job.source);
	return status;
}

const struct command import_command = {
	.name = "import",
	.bit = CMDLINE_IMPORT,
	.summary = "makes a passwdfile of the users of another store",
	.synopsis = "[OPTION...] FROM",
	.about =
	    "Makes a passwdfile of a sasldb, of a file of Dovecot, Exim,\n"
	    "htpasswd or shadow, or of lines of user:password. FROM is only\n"
	    "read. Passwords in plaintext are stored one-way, with what\n"
	    "CRAM-MD5 and SCRAM need if the service names or offers these;\n"
	    "what is one-way already is taken over. The new file appears\n"
	    "whole or not at all, and users whose password is known are\n"
	    "tried with it: all, or 250 of more. The lines for the\n"
	    "configuration are printed; it is not changed.\n",
	.takes_words = true,
	.run = run,
};

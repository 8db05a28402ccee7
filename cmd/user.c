/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic user: keeps the users of a passwdfile. What a line is, and how a
 * file changes as a whole or not at all, is in common/passwdfile.
 */
#include "config.h"

#include <sys/stat.h>

#include "base/secret.h"
#include "lib/file.h"
#include "lib/json.h"
#include "lib/terminal.h"
#include "lib/util.h"
#include "passwdfile/nets.h"
#include "passwdfile/write.h"
#include "sasl/service.h"
#include "secrets/scheme.h"

enum { ATTEMPTS = 5 };

enum verb { ADD, PASSWD, LIST, DISABLE, ENABLE, DELETE, VERBS };

static const char *const verbs[VERBS] = { "add", "passwd", "list", "disable",
	"enable", "delete" };

struct job {
	const struct cmdline *o;
	enum verb verb;
	const char *name;
	bool is_password; /* of add or passwd */
	struct service service;
	bool has_service;   /* it reads the file; false with --file */
	struct bytes realm; /* of names without one; empty if it is not known */
	const char *path;
	enum passwdfile_format format;
	/* As the options say; NULL for what is not given, "" for none. */
	const char *nets, *expires;
	struct ask_password password;
	struct secrets_wanted wanted;
	struct secrets made;
	const char *untried; /* why it is not tried; or NULL */
	bool changed;
	const char *left; /* what stays of the user, for people; or NULL */
	int status;
};

/* --- Lines ---------------------------------------------------------------- */

static struct bytes
without_realm(struct bytes name)
{
	const char *at = memchr(name.data, '@', name.len);

	return at == NULL ? name
			  : bytes_of(name.data, (size_t)(at - name.data));
}

/* "alice" and, in the realm of the service, "alice@realm". */
static bool
is_same_user(const struct job *job, struct bytes a, struct bytes b)
{
	struct bytes bare_a = without_realm(a), bare_b = without_realm(b);
	struct bytes realm;

	if (bytes_equal(a, b))
		return true;
	if (!bytes_equal(bare_a, bare_b) ||
	    (a.len > bare_a.len && b.len > bare_b.len))
		return false;
	realm = a.len > b.len ? a : b;
	return bytes_equal(bytes_after(realm, bare_a.len + 1), job->realm);
}

/*
 * All of the user; or of a label, if that was asked for. A password is that of
 * one label, and that of no label is the user's own.
 */
static bool
is_concerned(void *context, const struct passwdfile_line *line)
{
	const struct job *job = context;

	return is_same_user(job, line->name, bytes_str(job->name)) &&
	       ((job->o->label == NULL && !job->is_password) ||
		   bytes_equal(line->label, bytes_str(job->o->label)));
}

/* The next line of those. */
static bool
next_line(struct job *job, const struct passwdfile_edit *edit, size_t *at,
    struct passwdfile_line *line)
{
	enum passwdfile_fault fault;
	struct bytes text;

	while (passwdfile_edit_next(edit, at, &text, line, &fault))
		if (fault == PASSWDFILE_FINE && is_concerned(job, line))
			return true;
	return false;
}

/* What the change has left of a name, whatever its realm and label. */
static void
note_left(struct job *job, const struct passwdfile_edit *edit)
{
	struct bytes bare = without_realm(bytes_str(job->name)), text, name;
	bool disables = job->verb == DISABLE, is_fine;
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	unsigned long number = 0;
	const char *end;
	size_t at = 0;

	while (passwdfile_edit_next(edit, &at, &text, &line, &fault)) {
		number++;
		end = memchr(text.data, ':', text.len);
		is_fine = fault == PASSWDFILE_FINE;
		if (end == NULL || (is_fine && line.is_disabled && disables))
			continue;
		name = bytes_of(text.data, (size_t)(end - text.data));
		if (!bytes_equal(without_realm(name), bare))
			continue;
		job->left = util_format("%s  line %lu: %s %s\n",
		    job->left != NULL ? job->left : "", number,
		    text_printable_octets(name),
		    is_fine ? text_printable_octets(line.label)
			    : passwdfile_fault_text(fault));
	}
}

/* Does the line say what was given? What was not given may be anything. */
static bool
is_as_given(const struct job *job, const struct passwdfile_line *line)
{
	int day = PASSWDFILE_FOR_EVER;

	if (job->nets != NULL &&
	    !bytes_equal(line->allow_nets, bytes_str(job->nets)))
		return false;
	(void)passwdfile_date(bytes_str(job->expires), &day);
	return job->expires == NULL || line->last_day == day;
}

/* What is not given stays, but then it has to be one for all lines. */
static bool
is_as_other(const struct job *job, const struct passwdfile_line *line,
    const struct passwdfile_line *other)
{
	return (job->nets != NULL ||
		   bytes_equal(line->allow_nets, other->allow_nets)) &&
	       (job->expires != NULL || line->last_day == other->last_day);
}

static bool
is_password_of(const struct host *h, struct bytes password,
    const struct passwdfile_line *line)
{
	char room[PASSWDFILE_VALUE];
	struct passwdfile_value value;
	struct stored stored;
	const char *why;
	bool matches = false;

	if (passwdfile_value(line, room, &value) != PASSWDFILE_FINE)
		return false;
	scheme_classify(value.octets, &stored);
	if (value.kind == PASSWDFILE_PLAINTEXT)
		matches = secret_equal(value.octets, password);
	else if (value.kind == PASSWDFILE_HASH)
		matches =
		    scheme_check(h, &stored, password, &why) == VERDICT_MATCHES;
	secret_wipe(room, sizeof(room));
	return matches;
}

/* --- add, passwd ---------------------------------------------------------- */

/*
 * The lines of the new password in the place of the old ones. What follows the
 * secret of the first old one stays, its label too. 0 or -1.
 */
static int
put_lines(struct job *job, struct passwdfile_edit *edit,
    const struct passwdfile_line *old)
{
	struct bytes lines[SECRETS_MAX] = { { NULL, 0 } };
	size_t i, count = job->made.count;
	struct passwdfile_new new = {
		.name = bytes_str(job->name),
		.label = bytes_str(job->o->label),
		.expires = bytes_str(job->expires),
		.allow_nets = bytes_str(job->nets),
	};
	long result = 0;

	if (old != NULL) {
		new.name = old->name;
		new.rest = old->rest;
		new.label = bytes_str(NULL);
	}
	for (i = 0; i < count; i++) {
		new.secret = job->made.texts[i];
		lines[i].data = passwdfile_print(&new, &lines[i].len);
		if (lines[i].data == NULL)
			result = -1;
	}
	if (result == 0)
		result = passwdfile_edit_replace(
		    edit, is_concerned, job, lines, count);
	for (i = 0; i < count; i++)
		passwdfile_free_text((char *)lines[i].data, lines[i].len);
	return result < 0 ? -1 : 0;
}

static int
say(struct job *job, int status, const char *what)
{
	util_complain("%s%s%s %s", text_printable(job->name),
	    job->o->label != NULL ? " " : "",
	    job->o->label != NULL ? job->o->label : "", what);
	return status;
}

/* The status if there is nothing to change; -1 if there is. */
static int
look_before(struct job *job, const struct host *h,
    const struct passwdfile_edit *edit, struct passwdfile_line *old,
    bool *is_there)
{
	struct bytes password = bytes_of(job->password.data, job->password.len);
	struct passwdfile_line line;
	bool same = false;
	size_t at = 0;

	*is_there = next_line(job, edit, &at, old);
	if (!*is_there && job->verb != ADD)
		return say(job, EXIT_FAULT, "is not there: `add' adds it");
	while (job->verb != ADD && next_line(job, edit, &at, &line))
		if (!is_as_other(job, &line, old))
			return say(job, EXIT_FAULT,
			    "has lines that differ in date or networks: say "
			    "with --expires and --nets which shall hold");
	if (*is_there != (job->verb == ADD))
		return -1;
	at = 0;
	while (!same && next_line(job, edit, &at, &line))
		same = !line.is_disabled && is_as_given(job, &line) &&
		       is_password_of(h, password, &line);
	if (same && !job->o->generate)
		return EXIT_WELL;
	return say(job, EXIT_FAULT,
	    "is there, with other words: `passwd' changes it, `delete' "
	    "deletes it");
}

/* A login from here could tell nothing of such lines. */
static void
note_limits(struct job *job, const struct passwdfile_edit *edit)
{
	struct passwdfile_line line;
	size_t at = 0;

	if (!next_line(job, edit, &at, &line))
		return;
	if (line.is_disabled)
		job->untried =
		    "it stays disabled, by nologin or fail in its line";
	else if (line.allow_nets.len > 0)
		job->untried = "it is good from its networks alone";
	else if (util_is_past(line.last_day))
		job->untried = "it has expired";
}

static int
change_password(
    struct job *job, const struct host *h, struct passwdfile_edit *edit)
{
	struct passwdfile_line old;
	bool is_there;
	int status = look_before(job, h, edit, &old, &is_there);

	if (status >= 0)
		return status;
	if (job->made.count == 0 &&
	    secrets_make(h, &job->wanted,
		bytes_of(job->password.data, job->password.len),
		&job->made) < 0)
		return EXIT_TROUBLE;
	if (put_lines(job, edit, is_there ? &old : NULL) == 0) {
		note_limits(job, edit);
		job->changed = true;
		return EXIT_WELL;
	}
	return say(job, EXIT_TROUBLE, "cannot be written as a line");
}

/* --- disable, enable, delete ---------------------------------------------- */

static bool
is_disabled(struct job *job, const struct passwdfile_edit *edit)
{
	struct passwdfile_line line;
	size_t at = 0;

	while (next_line(job, edit, &at, &line))
		if (line.is_disabled)
			return true;
	return false;
}

static int
change_lines(struct job *job, struct passwdfile_edit *edit)
{
	struct passwdfile_line line;
	bool was_there;
	size_t at = 0;
	long count;

	was_there = next_line(job, edit, &at, &line);
	if (job->verb == DELETE)
		count =
		    passwdfile_edit_replace(edit, is_concerned, job, NULL, 0);
	else
		count = passwdfile_edit_disable(
		    edit, is_concerned, job, job->verb == DISABLE);
	if (count < 0) {
		util_complain("out of memory");
		return EXIT_TROUBLE;
	}
	job->changed = count > 0;
	if (job->verb != ENABLE)
		note_left(job, edit);
	else if (count == 0 && is_disabled(job, edit))
		return say(job, EXIT_FAULT,
		    "stays disabled: by a sign after {CRYPT}, by nologin or "
		    "fail, or without a secret");
	return was_there ? EXIT_WELL : say(job, EXIT_FAULT, "is not there");
}

/* --- The file ------------------------------------------------------------- */

/* One attempt; SASL_CONTINUE if somebody else has written meanwhile. */
static int
attempt(struct job *job, const struct host *h)
{
	struct passwdfile_edit *edit = NULL;
	char why[PASSWDFILE_WHY];
	int result;

	result = passwdfile_edit_open(job->path,
	    job->verb == ADD ? PASSWDFILE_MAY_BE_MISSING : PASSWDFILE_MUST_BE,
	    &edit, why);
	job->changed = false;
	job->left = NULL;
	if (result == SASL_OK) {
		if (job->is_password)
			job->status = change_password(job, h, edit);
		else
			job->status = change_lines(job, edit);
		if (job->status == EXIT_WELL && job->changed)
			result = passwdfile_edit_commit(edit, why);
		passwdfile_edit_close(edit);
	}
	if (result != SASL_OK && result != SASL_CONTINUE) {
		util_complain(
		    "%s", result == SASL_NOMEM ? "out of memory" : why);
		job->status = EXIT_TROUBLE;
	}
	return result;
}

static void
work(const struct probe_conn *c, void *context)
{
	struct job *job = context;
	const char *realm = c->params->user_realm;
	int i;

	if (job->o->realm != NULL)
		job->realm = bytes_str(job->o->realm);
	else if (job->has_service) /* as passwdfile has it */
		job->realm = bytes_str(realm != NULL && *realm != '\0'
					   ? realm
					   : c->params->serverFQDN);
	for (i = 0; i < ATTEMPTS; i++)
		if (attempt(job, c->h) != SASL_CONTINUE)
			return;
	util_complain("%s: others change it all the time", job->path);
	job->status = EXIT_TROUBLE;
}

/* --- list ----------------------------------------------------------------- */

#define ROW "%-20s %-12s %-16s %-10s %-9s %-25s %s\n"

static const char *
state_of(const struct passwdfile_line *line)
{
	if (line->is_disabled)
		return "disabled";
	return util_is_past(line->last_day) ? "expired" : "";
}

static void
list_line(
    const struct passwdfile_line *line, const struct passwdfile_value *value)
{
	const char *name = text_printable_octets(line->name);
	const char *label = text_printable_octets(line->label);
	const char *nets = text_printable_octets(line->allow_nets);
	const char *date = line->last_day == PASSWDFILE_FOR_EVER
			       ? ""
			       : util_date(line->last_day);
	const char *form = passwdfile_label(value);
	const char *mechanisms =
	    value->kind == PASSWDFILE_NOTHING ? "" : secrets_serve(form);

	json_open(KEY_NONE, '{');
	json_text(KEY_name, name);
	json_text(KEY_label, label);
	json_text(KEY_form, form);
	json_text(KEY_expires, date);
	json_text(KEY_nets, nets);
	json_text(KEY_state, state_of(line));
	json_text(KEY_mechanisms, mechanisms);
	json_close();
	json_else(
	    ROW, name, label, form, date, state_of(line), mechanisms, nets);
}

/* One line of the file; true if it is listed. */
static bool
list_text(const struct job *job, unsigned long number, struct bytes text)
{
	struct passwdfile_value value = { .kind = PASSWDFILE_NOTHING };
	char room[PASSWDFILE_VALUE];
	struct passwdfile_line line;
	enum passwdfile_fault fault;
	bool is_listed;

	fault = passwdfile_parse(job->format, text, &line);
	if (fault == PASSWDFILE_FINE && line.secret.len > 0)
		fault = passwdfile_value(&line, room, &value);
	if (fault != PASSWDFILE_FINE && fault != PASSWDFILE_BLANK)
		util_complain("%s:%lu: %s", job->path, number,
		    passwdfile_fault_text(fault));
	is_listed =
	    fault == PASSWDFILE_FINE &&
	    (job->name == NULL || bytes_equal(without_realm(line.name),
				      without_realm(bytes_str(job->name))));
	if (is_listed)
		list_line(&line, &value);
	secret_wipe(room, sizeof(room));
	return is_listed;
}

static int
list(const struct job *job)
{
	unsigned long number = 0;
	struct stat st;
	size_t len;
	bool listed = false;
	int fd = file_open(job->path, &st);
	char *text = fd < 0 ? NULL : file_read(fd, &st, job->path, &len);
	struct bytes rest, line;

	if (text == NULL)
		return EXIT_TROUBLE;
	json_open(KEY_NONE, '[');
	json_else(ROW, "NAME", "LABEL", "FORM", "EXPIRES", "STATE",
	    "MECHANISMS", "NETS");
	rest = bytes_after(
	    bytes_of(text, len), passwdfile_bom(bytes_of(text, len)));
	while (text_next_line(&rest, &line))
		listed |= list_text(job, ++number, line);
	json_close();
	secret_wipe(text, len);
	return util_finish(
	    !listed && job->name != NULL ? EXIT_FAULT : EXIT_WELL);
}

/* --- What is wanted, and what is told ------------------------------------- */

static int
check_words(const struct job *job)
{
	const char *fault = name_fault(bytes_str(job->name));
	int day;

	if (fault != NULL || strchr(job->name, ':') != NULL)
		return util_usage("that cannot be a name: %s",
		    fault != NULL ? fault : "it has a colon");
	if (*job->name == ' ' || job->name[strlen(job->name) - 1] == ' ')
		return util_usage("that cannot be a name: libsasl2 takes the "
				  "blanks at its ends off");
	if (job->expires != NULL && *job->expires != '\0' &&
	    passwdfile_date(bytes_str(job->expires), &day) < 0)
		return util_usage(
		    "--expires is a date of the form YYYY-MM-DD, or none");
	if (job->nets != NULL && *job->nets != '\0' &&
	    !nets_are_valid(bytes_str(job->nets)))
		return util_usage("--nets is a list of networks, as in "
				  "192.0.2.0/24,2001:db8::/32, or none");
	if (job->o->label != NULL &&
	    (*job->o->label == '\0' ||
		job->o->label[strcspn(job->o->label, ": \t\n")] != '\0'))
		return util_usage("a label is one word without a colon");
	return EXIT_WELL;
}

/* As the service would, if it reads this file and would not refuse by rule. */
static int
try_it(const struct job *job)
{
	if (!job->has_service)
		return EXIT_WELL;
	if (job->untried != NULL) {
		printf("not tried: %s\n", job->untried);
		return EXIT_WELL;
	}
	return service_accepts(&job->service, job->name,
		   bytes_of(job->password.data, job->password.len),
		   job->wanted.forms[0] == SECRETS_CRAM_MD5 ? "CRAM-MD5"
							    : "PLAIN LOGIN")
		   ? EXIT_WELL
		   : EXIT_FAULT;
}

static int
conclude(const struct job *job)
{
	const char *reload =
	    job->has_service ? service_reload(&job->service, job->path) : NULL;

	if (!job->changed)
		puts("nothing was to be changed");
	if (job->left != NULL)
		printf("these lines have the same name and were not changed:\n"
		       "%s",
		    job->left);
	if (!job->changed)
		return util_finish(EXIT_WELL);
	if (job->is_password && job->o->generate)
		printf("the new secret, shown this once: %s\n",
		    job->password.data);
	if (reload != NULL)
		printf("%s is chrooted and has the old file open: run `%s'\n",
		    job->service.name, reload);
	return util_finish(job->is_password ? try_it(job) : EXIT_WELL);
}

/* The default is in a directory that no package makes. */
static int
make_directory(const char *path)
{
	static const char directory[] = PASSWDFILE_DEFAULT_DIRECTORY;

	if (strcmp(path, PASSWDFILE_DEFAULT) != 0 ||
	    mkdir(directory, 0755) == 0 || errno == EEXIST)
		return 0;
	return util_complain(
	    "%s cannot be made: %s", directory, strerror(errno));
}

static int
change(struct job *job)
{
	struct login where = job->service.login;
	const char *offer = NULL;
	int status = check_words(job);

	if (status != EXIT_WELL)
		return status;
	if (job->format != PASSWDFILE_DOVECOT)
		return util_usage("%s is of another format than dovecot: "
				  "it is not written",
		    job->path);
	if ((job->verb == ADD && make_directory(job->path) < 0) ||
	    !file_require_trusted(job->path, 0))
		return EXIT_TROUBLE;
	if (job->is_password) {
		if (job->has_service)
			offer = login_offer(&where);
		status = service_choose_forms(
		    &job->service, job->o, offer, &job->wanted);
		if (status == EXIT_WELL &&
		    (job->o->generate ? secrets_generate(&job->password)
				      : ask_password(job->name, true,
					    &job->password)) < 0)
			status = EXIT_TROUBLE;
	}
	if (status != EXIT_WELL)
		return status;
	job->status = EXIT_TROUBLE;
	where.complains = true;
	if (!job->has_service)
		(void)probe_alone(work, job);
	else if (probe_run(&where, work, job) != SASL_OK)
		util_complain("libsasl2 opens no connection");
	return job->status == EXIT_WELL ? conclude(job) : job->status;
}

/* "none" takes away what a line has. */
static const char *
or_none(const char *text)
{
	return text != NULL && !strcmp(text, "none") ? "" : text;
}

static int
run(const struct cmdline *o)
{
	struct job job = { .o = o, .path = o->file };
	const char *verb = o->rest[0];
	int status = EXIT_TROUBLE;

	while (verb != NULL && job.verb < VERBS &&
	       strcmp(verb, verbs[job.verb]) != 0)
		job.verb++;
	if (verb == NULL || job.verb == VERBS)
		return util_usage("which verb? One of add passwd list disable "
				  "enable delete");
	job.name = o->rest[1];
	if (job.name == NULL && job.verb != LIST)
		return util_usage("%s whom?", verb);
	if (job.name != NULL && o->rest[2] != NULL)
		return util_usage("one name at a time");
	job.nets = or_none(o->nets);
	job.expires = or_none(o->expires);
	job.is_password = job.verb == ADD || job.verb == PASSWD;
	if (job.path == NULL) {
		if (service_open(&job.service, o, NULL) == 0)
			job.path =
			    service_passwdfile(&job.service, &job.format);
		job.has_service = true;
	}
	if (job.path != NULL)
		status = job.verb == LIST ? list(&job) : change(&job);
	if (job.has_service)
		library_stop();
	secrets_wipe(&job.made);
	secret_wipe(&job.password, sizeof(job.password));
	return status;
}

const struct command user_command = {
	.name = "user",
	.bit = CMDLINE_USER,
	.summary = "adds, changes, lists and deletes the users of a passwdfile",
	.synopsis = "[OPTION...] add|passwd|disable|enable|delete NAME\n"
		    "       sasl-classic user [OPTION...] list [NAME]",
	.about =
	    "Keeps the users of the passwdfile that the service reads, or\n"
	    "of FILE. A user may have several secrets: one of his own and\n"
	    "one for each label, as for a telephone or a printer. A\n"
	    "password is asked for twice, or read from standard input. It\n"
	    "is stored one-way; for CRAM-MD5 a second line is stored if the\n"
	    "service's mech_list names it. At the end the new password is\n"
	    "tried, as the service would.\n\n"
	    "To add what is there and equal changes nothing. `disable',\n"
	    "`enable' and `delete' are about all secrets of NAME, or with\n"
	    "--label about those.\n",
	.takes_words = true,
	.run = run,
};

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic import: makes a passwdfile of the users of another store. Each
 * look at libsasl2 is a process of its own, since 2.2 starts but once in one.
 */
#include "config.h"

#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/secret.h"
#include "import/source.h"
#include "lib/cmdline.h"
#include "lib/file.h"
#include "lib/progress.h"
#include "lib/run_as.h"
#include "lib/secrets.h"
#include "lib/text.h"
#include "lib/util.h"
#include "passwdfile/write.h"
#include "sasl/library.h"
#include "sasl/login.h"
#include "sasl/probe.h"
#include "sasl/service.h"
#include "secrets/scheme.h"

enum { HOUR = 3600, SHOWN = 5, THREADS = 64, FORMS = 32 };

struct form {
	char *name;
	size_t count;
};

struct job {
	const struct cmdline *o;
	struct source source;
	const char *to;

	/* Of the service; texts are owned, and "" where there is nothing. */
	char *offer, *mech_list, *hash_scheme, *user, *reload, *conf;

	struct secrets_wanted wanted;
	struct secrets *made; /* one of each entry */
	struct form forms[FORMS];
	size_t form_count;
	bool failed;
};

/* --- What the service offers ---------------------------------------------- */

static const char *
or_nothing(const char *text)
{
	return text != NULL ? text : "";
}

static void
ask_service(FILE *answer, void *context)
{
	const struct job *job = context;
	struct service s;
	struct login login = { NULL };

	if (service_open(&s, job->o) < 0)
		return;
	login.service = s.here.service;
	login.fqdn = job->o->host != NULL ? job->o->host : s.here.fqdn;
	login.realm = job->o->realm != NULL ? job->o->realm : s.here.realm;
	run_as_tell(answer, or_nothing(login_offer(&login)),
	    or_nothing(service_option(&s, "mech_list")),
	    or_nothing(service_option(&s, "classic_hash_scheme")),
	    s.here.postfix.found ? "" : or_nothing(s.here.user),
	    s.here.postfix.found ? "postfix reload" : "",
	    or_nothing(s.conf_path), NULL);
}

static void
take_service(void *context, char *line)
{
	struct job *job = context;

	job->offer = util_copy(run_as_next(&line));
	job->mech_list = util_copy(run_as_next(&line));
	job->hash_scheme = util_copy(run_as_next(&line));
	job->user = util_copy(run_as_next(&line));
	job->reload = util_copy(run_as_next(&line));
	job->conf = util_copy(run_as_next(&line));
}

static int
choose_forms(struct job *job)
{
	static const char *const scram[] = { "scram-sha-256", "scram-sha-1" };
	static const char *const offered[] = { "SCRAM-SHA-256", "SCRAM-SHA-1" };
	const char *scheme = job->o->scheme;
	int form = 0;
	size_t i;

	if (scheme == NULL && *job->hash_scheme != '\0')
		scheme = job->hash_scheme;
	if (scheme != NULL)
		form = secrets_find(scheme);
	if (form == SECRETS_UNKNOWN)
		return util_usage(
		    "there is no scheme %s: see `sasl-classic hash --list'",
		    scheme);
	secrets_want(&job->wanted, form);
	for (i = 0; i < 2; i++)
		if (conf_has_word(job->offer, offered[i]))
			secrets_want(&job->wanted, secrets_find(scram[i]));
	if (!job->o->no_crammd5 &&
	    (job->o->crammd5 || conf_has_word(job->mech_list, "CRAM-MD5")))
		secrets_want(&job->wanted, SECRETS_CRAM_MD5);
	return EXIT_WELL;
}

/* --- What there is, and whom it will not serve ---------------------------- */

static bool
has_plaintext(const struct entry *entry)
{
	size_t i;

	for (i = 0; i < entry->count; i++)
		if (entry->values[i].is_plaintext)
			return true;
	return false;
}

static const char *
form_of(const struct entry_value *value)
{
	struct stored stored;

	if (value->is_plaintext)
		return "plaintext";
	scheme_classify(value->octets, &stored);
	return scheme_label(&stored);
}

static void
count_form(struct job *job, const char *name)
{
	size_t i;

	for (i = 0; i < job->form_count; i++)
		if (!strcmp(job->forms[i].name, name)) {
			job->forms[i].count++;
			return;
		}
	if (job->form_count < FORMS)
		job->forms[job->form_count++] =
		    (struct form) { util_copy(name), 1 };
}

static bool
wants(const struct job *job, int form)
{
	size_t i;

	for (i = 0; i < job->wanted.count; i++)
		if (job->wanted.forms[i] == form)
			return true;
	return false;
}

/* Can a user of that line log in by `mechanism` with the new file? */
static bool
will_serve(
    const struct job *job, const struct entry *entry, const char *mechanism)
{
	bool plain = has_plaintext(entry), kept = job->o->keep_plaintext;
	char *scheme = util_format("{%s}", mechanism);
	bool serves = plain && kept;
	const char *form;
	size_t i;

	for (i = 0; i < entry->count; i++) {
		form = form_of(&entry->values[i]);
		serves |= !strcmp(form, scheme);
		if (!strcmp(mechanism, "PLAIN") || !strcmp(mechanism, "LOGIN"))
			serves |= strcmp(form, "{CRAM-MD5}") != 0;
	}
	if (!strcmp(mechanism, "CRAM-MD5"))
		serves |= plain && wants(job, SECRETS_CRAM_MD5);
	if (!strcmp(mechanism, "SCRAM-SHA-256"))
		serves |= plain && wants(job, secrets_find("scram-sha-256"));
	if (!strcmp(mechanism, "SCRAM-SHA-1"))
		serves |= plain && wants(job, secrets_find("scram-sha-1"));
	free(scheme);
	return serves && !entry->is_disabled;
}

/* Lines of one user stand together, and one of them is enough. */
static size_t
report_mechanism(const struct job *job, const char *mechanism)
{
	const struct source *s = &job->source;
	size_t i, k, without = 0;
	bool serves;
	char *name;

	for (i = 0; i < s->count; i = k) {
		serves = false;
		for (k = i; k < s->count &&
			    !strcmp(s->entries[k].name, s->entries[i].name);
		     k++)
			serves |= will_serve(job, &s->entries[k], mechanism);
		if (serves)
			continue;
		if (++without <= SHOWN) {
			name = text_printable(bytes_str(s->entries[i].name));
			printf("%s%s", without == 1 ? "  not by " : ", ",
			    without == 1 ? mechanism : name);
			if (without == 1)
				printf(": %s", name);
			free(name);
		}
	}
	if (without > SHOWN)
		printf(", and %zu more", without - SHOWN);
	if (without > 0)
		putchar('\n');
	return without;
}

/* The mechanisms of `offer` that all users can go on with, into `left`. */
static void
report_mechanisms(const struct job *job, char *left)
{
	char *words = util_copy(job->offer), *rest = words, *word;
	size_t dropped = 0, n = 0;

	*left = '\0';
	puts("Who could not log in with the new file, by what the service "
	     "offers:");
	while ((word = strsep(&rest, " ")) != NULL) {
		if (*word == '\0')
			continue;
		if (report_mechanism(job, word) > 0)
			dropped++;
		else
			n += (size_t)sprintf(
			    left + n, "%s%s", n > 0 ? " " : "", word);
	}
	if (dropped == 0)
		puts("  nobody");
	free(words);
}

static void
report_forms(struct job *job)
{
	const struct source *s = &job->source;
	size_t i, k;

	for (i = 0; i < s->count; i++)
		for (k = 0; k < s->entries[i].count; k++)
			count_form(job, form_of(&s->entries[i].values[k]));
	printf("%s (%s): %zu %s\n", s->path, source_kinds[s->kind], s->count,
	    s->count == 1 ? "entry" : "entries");
	for (i = 0; i < job->form_count; i++) {
		printf("  %6zu  %s", job->forms[i].count, job->forms[i].name);
		if (strcmp(job->forms[i].name, "plaintext") != 0 ||
		    job->o->keep_plaintext)
			puts(", as it is");
		else
			for (k = 0; k < job->wanted.count; k++)
				printf("%s%s%s", k == 0 ? " -> " : ", ",
				    job->wanted.forms[k] == SECRETS_CRAM_MD5
					? "cram-md5"
					: scheme_name(job->wanted.forms[k]),
				    k + 1 == job->wanted.count ? "\n" : "");
	}
	if (s->left_out > 0)
		printf("  %6zu  left out, as said above\n", s->left_out);
}

/* --- Making --------------------------------------------------------------- */

/* Of all threads. */
struct work {
	struct job *job;
	const struct host *h;
	pthread_mutex_t lock;
	size_t next, done;
	bool failed;
	FILE *answer;
};

static void
tell_made(FILE *answer, size_t which, const struct secrets *made)
{
	char number[32];
	size_t i;

	snprintf(number, sizeof(number), "%zu", which);
	for (i = 0; i < made->count; i++)
		run_as_tell(answer, number, made->texts[i].data, NULL);
}

static void *
make_some(void *context)
{
	struct work *w = context;
	const struct source *s = &w->job->source;
	struct secrets made;
	size_t i, k;
	int result;

	for (;;) {
		pthread_mutex_lock(&w->lock);
		i = w->next++;
		pthread_mutex_unlock(&w->lock);
		if (i >= s->count)
			return NULL;
		memset(&made, 0, sizeof(made));
		for (k = 0; k < s->entries[i].count; k++) {
			if (!s->entries[i].values[k].is_plaintext)
				continue;
			result = secrets_make(w->h, &w->job->wanted,
			    s->entries[i].values[k].octets, &made);
			pthread_mutex_lock(&w->lock);
			tell_made(w->answer, i, &made);
			w->failed |= result < 0;
			pthread_mutex_unlock(&w->lock);
			secrets_free(&made);
		}
		pthread_mutex_lock(&w->lock);
		progress_show("hashing", ++w->done, s->count);
		pthread_mutex_unlock(&w->lock);
	}
}

static void
make_all(const struct host *h, sasl_server_params_t *params,
    sasl_out_params_t *identity, void *context)
{
	struct work *w = context;
	long count = sysconf(_SC_NPROCESSORS_ONLN), i, started = 0;
	pthread_t threads[THREADS];

	(void)params;
	(void)identity;
	w->h = h;
	for (i = 1; i < count && i < THREADS; i++)
		if (pthread_create(&threads[started], NULL, make_some, w) == 0)
			started++;
	make_some(w);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	progress_end();
}

static int
complain(void *context, int level, const char *text)
{
	(void)context;
	(void)level;
	util_complain("%s", text);
	return SASL_OK;
}

static void
ask_made(FILE *answer, void *context)
{
	const struct library_options library = { .plugin_path = "" };
	const struct probe where = { .service = "import", .log = complain };
	struct work w = { .job = context,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.answer = answer };

	if (library_require(&library) < 0 ||
	    probe_run(&where, make_all, &w) != SASL_OK || w.failed)
		run_as_tell(answer, "failed", NULL);
}

static void
take_made(void *context, char *line)
{
	struct job *job = context;
	char *number = run_as_next(&line), *text = run_as_next(&line), *end;
	size_t which = strtoul(number, &end, 10);
	struct secrets *made;

	if (end == number || which >= job->source.count) {
		job->failed = true;
		return;
	}
	made = &job->made[which];
	if (made->count < SECRETS_MAX)
		made->texts[made->count++] =
		    bytes_of(util_copy(text), strlen(text));
	secret_wipe(text, strlen(text));
}

static int
make_secrets(struct job *job)
{
	const struct run_as here = { .seconds = HOUR };

	job->made = util_alloc((job->source.count + 1) * sizeof(*job->made));
	if (job->o->keep_plaintext)
		return 0;
	if (run_as(&here, ask_made, take_made, job) == RUN_AS_DONE &&
	    !job->failed)
		return 0;
	util_complain("not all secrets could be made: nothing was written");
	return -1;
}

/* --- Writing -------------------------------------------------------------- */

/* One line of an entry. 0, or -1 if it cannot be one. */
static int
write_line(FILE *out, const struct entry *entry, struct bytes secret)
{
	struct passwdfile_new new = {
		.name = bytes_str(entry->name),
		.secret = secret,
		.expires = bytes_str(entry->expires),
	};
	const char *lock = entry->is_disabled ? "!" : "";
	char *text;
	size_t len;

	text = passwdfile_print(&new, &len);
	if (text == NULL)
		return -1;
	fprintf(out, "%s:%s%s%s\n", entry->name, lock,
	    text + strlen(entry->name) + 1,
	    entry->rest != NULL ? entry->rest : "");
	passwdfile_free_text(text, len);
	return 0;
}

static int
write_entry(const struct job *job, FILE *out, size_t which)
{
	const struct entry *entry = &job->source.entries[which];
	const struct secrets *made = &job->made[which];
	int result = 0;
	size_t i, len;
	char *text;

	for (i = 0; i < made->count; i++)
		result |= write_line(out, entry, made->texts[i]);
	for (i = 0; i < entry->count; i++) {
		if (!entry->values[i].is_plaintext) {
			result |=
			    write_line(out, entry, entry->values[i].octets);
		} else if (job->o->keep_plaintext) {
			text = passwdfile_secret(entry->values[i].octets, &len);
			result |= text == NULL ? -1
					       : write_line(out, entry,
						     bytes_of(text, len));
			passwdfile_free_text(text, len);
		}
	}
	if (result != 0) {
		text = text_printable(bytes_str(entry->name));
		util_complain("%s cannot be a line", text);
		free(text);
	}
	return result;
}

/* Who else must read it: a service that is not root when it opens the file. */
static mode_t
group_of(const struct job *job, gid_t *group)
{
	struct passwd *who = *job->user != '\0' ? getpwnam(job->user) : NULL;

	*group = who != NULL ? who->pw_gid : getegid();
	return who != NULL ? 0640 : 0600;
}

static int
write_file(const struct job *job)
{
	struct file_new f;
	int result = 0;
	gid_t group;
	mode_t mode = group_of(job, &group);
	FILE *out;
	size_t i;

	if (file_create(job->to, &f) < 0)
		return -1;
	out = fdopen(dup(f.fd), "w");
	if (out == NULL) {
		file_abandon(&f);
		return -1;
	}
	fputs("# passwdfile(5): name:secret, one line a secret\n", out);
	for (i = 0; i < job->source.count; i++)
		result |= write_entry(job, out, i);
	if (fclose(out) == 0 && result == 0)
		return file_commit(&f, mode, geteuid(), group, false);
	util_complain("%s was not written", job->to);
	file_abandon(&f);
	return -1;
}

/* --- Trying --------------------------------------------------------------- */

static void
ask_logins(FILE *answer, void *context)
{
	const struct job *job = context;
	const struct probe_option settings[] = {
		{ "auxprop_plugin", "passwdfile" },
		{ "passwdfile_path", job->to },
		{ "passwdfile_format", "dovecot" },
		{ "pwcheck_method", "auxprop" },
		{ "mech_list", "PLAIN" },
		{ NULL, NULL },
	};
	struct library_options library = { .settings = settings };
	const struct source *s = &job->source;
	struct login login = { .mechanism = "PLAIN" };
	struct login_outcome outcome;
	const char *name = job->o->service != NULL ? job->o->service : "smtpd";
	struct daemon_here here;
	size_t i, k;

	daemon_read(&here, daemon_find(name), name, job->o->postfix_dir);
	library.app = here.app;
	library.plugin_path = job->o->plugin_dir;
	library.config_path =
	    job->o->config_dir != NULL ? job->o->config_dir : here.path;
	login.service = here.service;
	login.fqdn = job->o->host != NULL ? job->o->host : here.fqdn;
	login.realm = job->o->realm != NULL ? job->o->realm : here.realm;
	if (library_require(&library) < 0) {
		run_as_tell(answer, "", NULL);
		return;
	}
	for (i = 0; i < s->count; i++)
		for (k = 0; k < s->entries[i].count; k++) {
			if (!s->entries[i].values[k].is_plaintext ||
			    s->entries[i].is_disabled ||
			    s->entries[i].expires != NULL ||
			    s->entries[i].rest != NULL)
				continue;
			login.user = s->entries[i].name;
			login.password = s->entries[i].values[k].octets;
			login_run(&login, &outcome);
			if (outcome.code != SASL_OK)
				run_as_tell(answer, login.user,
				    login_code(outcome.code), NULL);
			progress_show("trying", i + 1, s->count);
		}
	progress_end();
}

static void
take_login(void *context, char *line)
{
	struct job *job = context;
	char *name = text_printable(bytes_str(run_as_next(&line)));

	util_complain(
	    "%s does not let %s log in: %s", job->to, name, run_as_next(&line));
	job->failed = true;
	free(name);
}

static int
try_all_users(struct job *job)
{
	const struct run_as here = { .seconds = HOUR };
	int end = run_as(&here, ask_logins, take_login, job);

	if (end != RUN_AS_DONE)
		util_complain("the new file could not be tried");
	return end == RUN_AS_DONE && !job->failed ? 0 : -1;
}

/* --- All of it ------------------------------------------------------------ */

static void
tell_what_next(const struct job *job, const char *mechanisms)
{
	char *from = text_quoted(job->source.path);

	printf("\n%s is complete. To use it, have these lines in %s:\n\n"
	       "    auxprop_plugin: passwdfile\n",
	    job->to, *job->conf != '\0' ? job->conf : "the configuration");
	if (strcmp(job->to, PASSWDFILE_DEFAULT) != 0)
		printf("    passwdfile_path: %s\n", job->to);
	if (strcmp(mechanisms, job->offer) != 0 && *mechanisms != '\0')
		printf("    mech_list: %s\n", mechanisms);
	if (*job->reload != '\0')
		printf("\nthen:    %s\n", job->reload);
	printf("when all works, and nothing else needs the old store:\n"
	       "    shred -u %s\n",
	    from);
	free(from);
}

static int
import(struct job *job)
{
	char *mechanisms;
	int status;

	if (source_read(&job->source, job->o->rest[0], job->o->format,
		job->o->plugin_dir) < 0)
		return EXIT_TROUBLE;
	if (job->source.count == 0) {
		util_complain(
		    "%s: no users were found in it", job->source.path);
		return EXIT_TROUBLE;
	}
	status = choose_forms(job);
	if (status != EXIT_WELL)
		return status;
	mechanisms = util_alloc(strlen(job->offer) + 1);
	report_forms(job);
	report_mechanisms(job, mechanisms);
	status = job->source.left_out > 0 ? EXIT_FAULT : EXIT_WELL;
	if (job->o->dry_run)
		puts("nothing was written");
	else if (make_secrets(job) < 0 || write_file(job) < 0)
		status = EXIT_TROUBLE;
	else {
		if (try_all_users(job) < 0)
			status = EXIT_FAULT;
		tell_what_next(job, mechanisms);
	}
	free(mechanisms);
	return util_finish(status);
}

static void
finish(struct job *job)
{
	size_t i;

	for (i = 0; job->made != NULL && i < job->source.count; i++)
		secrets_free(&job->made[i]);
	for (i = 0; i < job->form_count; i++)
		free(job->forms[i].name);
	free(job->made);
	source_free(&job->source);
	free(job->offer);
	free(job->mech_list);
	free(job->hash_scheme);
	free(job->user);
	free(job->reload);
	free(job->conf);
}

static int
run(const struct cmdline *o)
{
	struct job job = { .o = o,
		.to = o->to != NULL ? o->to : PASSWDFILE_DEFAULT };
	const struct run_as here = { NULL };
	int status = EXIT_TROUBLE;

	if (o->rest[0] == NULL || o->rest[1] != NULL)
		return util_usage("one store to import from, please");
	if (access(job.to, F_OK) == 0 && !o->dry_run) {
		util_complain(
		    "%s is there already: --to names another", job.to);
		return EXIT_FAULT;
	}
	if (run_as(&here, ask_service, take_service, &job) == RUN_AS_DONE &&
	    job.offer != NULL)
		status = import(&job);
	finish(&job);
	return status;
}

const struct command import_command = {
	.name = "import",
	.bit = CMDLINE_IMPORT,
	.summary = "makes a passwdfile of the users of another store",
	.synopsis = "[OPTION...] FROM",
	.about =
	    "Makes a passwdfile of a sasldb, of a file of Dovecot, Exim, "
	    "htpasswd or\n"
	    "shadow, or of lines of user:password. FROM is only read. "
	    "Passwords in\n"
	    "plaintext are stored one-way, with what CRAM-MD5 and SCRAM need "
	    "if the\n"
	    "service names or offers these; what is one-way already is taken "
	    "over.\n"
	    "The new file appears whole or not at all, and each user whose "
	    "password is\n"
	    "known is tried with it. The lines for the configuration are "
	    "printed; it is\n"
	    "not changed.\n",
	.takes_words = true,
	.run = run,
};

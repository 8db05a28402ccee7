/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic doctor: what is installed, what a server really uses, what is
 * wrong with it, and what to do.
 */
#include "config.h"

#include <sys/stat.h>
#include <dlfcn.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>

#include "doctor/doctor.h"
#include "lib/json.h"

enum { PATIENCE = 15 }; /* seconds for one answer of a store */

/* --- For the checks ------------------------------------------------------- */

bool
doctor_same_file(const char *one, const char *other)
{
	struct stat a, b;

	return stat(one, &a) == 0 && stat(other, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

const char *
doctor_option(const struct doctor *d, const char *name)
{
	const char *value = conf_file_get(&d->here.options, name);

	return value != NULL ? value : conf_file_get(&d->settings, name);
}

const char *
doctor_config(const struct doctor *d, const char *option)
{
	const char *own = server_own_file(&d->here, option, d->config);

	return own != NULL	     ? own
	       : d->config != NULL   ? d->config
	       : d->config_count > 0 ? d->configs[0]
				     : "the configuration";
}

const char *
doctor_spelt(const struct doctor *d, const char *option)
{
	return server_spelt(&d->here, option, d->config);
}

bool
doctor_uses(const struct doctor *d, const char *pwcheck_method)
{
	const char *methods = doctor_option(d, "pwcheck_method");

	return conf_has_word(
	    methods != NULL ? methods : "auxprop", pwcheck_method);
}

bool
doctor_transitions(const struct doctor *d)
{
	const char *value = doctor_option(d, "auto_transition");

	return value != NULL && strcasecmp(value, "no") != 0 &&
	       doctor_uses(d, "auxprop") && doctor_uses(d, "saslauthd");
}

bool
doctor_asks(const struct doctor *d, const char *auxprop_plugin)
{
	const char *plugins = doctor_option(d, "auxprop_plugin");
	struct library_plugin plugin;

	return doctor_uses(d, "auxprop") && !d->here.keeps_passwords &&
	       library_find(LIBRARY_STORE, auxprop_plugin, 0, &plugin) &&
	       (plugins == NULL || conf_has_word(plugins, auxprop_plugin));
}

bool
doctor_expects(const struct doctor *d, const char *mechanism)
{
	const char *list = d->options->expect;

	if (list == NULL)
		list = doctor_option(d, "mech_list");
	return list == NULL || conf_has_word(list, mechanism);
}

bool
doctor_offers(const struct doctor *d, const char *mechanism)
{
	return conf_has_word(d->offer, mechanism) &&
	       (d->here.filter == NULL ||
		   conf_has_word(d->here.filter, mechanism)) &&
	       !(d->here.hides_plaintext && strcmp(mechanism, "CRAM-MD5") != 0);
}

const char *
doctor_name(const struct doctor *d)
{
	return d->here.server != NULL ? d->here.server->name : "the server";
}

const char *
doctor_account(const struct doctor *d)
{
	return d->where.user != NULL ? d->where.user : "root";
}

const char *
doctor_group(const struct doctor *d)
{
	const struct passwd *who = getpwnam(doctor_account(d));
	const struct group *group = who != NULL ? getgrgid(who->pw_gid) : NULL;

	return group != NULL ? group->gr_name : "root";
}

/* --- The checks ----------------------------------------------------------- */

/* A plugin that crashes is not seen here: see examine_elsewhere(). */
static bool
is_harmless(void *context, const char *file, bool is_plugin)
{
	struct doctor *d = context;
	size_t i = 0;

	if (!is_plugin)
		return true;
	while (i < d->file_count && strcmp(d->files[i].path, file) != 0)
		i++;
	if (i == d->file_count || !d->files[i].trusted ||
	    conf_file_get(&d->crashes, file) != NULL || access(file, F_OK) < 0)
		return false;
	run_as_tell("loading", file, NULL);
	if (dlopen(file, RTLD_NOW) != NULL)
		return true;
	FIND(d, PLUGIN_BROKEN, file, dlerror());
	return false;
}

/*
 * The one start of libsasl2 in this process, since 2.2 can be started but once;
 * every look before was another process's.
 */
static void
start(struct doctor *d)
{
	const struct login login = service_login(d->options, &d->here);
	struct library_options library = service_library(d->options, &d->here);
	int result;

	if (conf_file_refused(&d->settings))
		library.app = NULL;
	library.look = is_harmless;
	library.look_context = d;
	result = library_start(&library);
	run_as_tell("loading", "", NULL);
	d->started = result == SASL_OK;
	if (d->started)
		d->offer = login_offer(&login);
	else if (!d->unknown_layout)
		FIND(d, LIBRARY_FAILURE, sasl_errstring(result, NULL, NULL));
}

static void
set_where(struct doctor *d)
{
	const struct cmdline *o = d->options;

	d->where.seconds = PATIENCE;
	d->where.user = o->run_as != NULL ? o->run_as : d->here.user;
	d->where.chroot =
	    o->chroot_dir != NULL ? o->chroot_dir : d->here.chroot;
	if (d->where.chroot != NULL && !strcmp(d->where.chroot, "/"))
		d->where.chroot = NULL;
	if (geteuid() == 0 ||
	    (d->where.user == NULL && d->where.chroot == NULL &&
		d->here.server == NULL))
		return;
	FIND(d, NOT_ROOT, doctor_account(d), "you are not root");
	d->where.user = d->where.chroot = NULL;
	d->as_we_are = true;
}

static const struct {
	void (*check)(struct doctor *d);
	bool started; /* it wants libsasl2 to run */
} checks[] = {
	{ set_where, false },
	{ check_survey, false },
	{ check_config, false },
	{ check_server, false },
	{ check_plugins, false },
	{ start, false },
	{ check_mechanisms, true },
	{ check_words, true },
	{ check_stores, true },
	{ check_logins, true },
	{ check_user, true },
	{ check_client_view, true },
};

/* All about one server, in a process of its own. */
static void
examine(void *context)
{
	struct doctor *d = context;
	size_t i;

	for (i = 0; i < COUNT_OF(checks); i++)
		if (!d->stopped &&
		    (!checks[i].started ||
			(d->started && !conf_file_refused(&d->settings))))
			checks[i].check(d);
	report_print(d);
	run_as_tell("status",
	    util_format("%d",
		util_finish(
		    finding_count(&d->findings) == 0 ? EXIT_WELL : EXIT_FAULT)),
	    NULL);
}

static void
take_progress(void *context, char *record)
{
	struct doctor *d = context;
	const char *what = run_as_next(&record), *text = run_as_next(&record);

	if (!strcmp(what, "status"))
		d->status = (int)strtol(text, NULL, 10);
	else
		d->loading = util_copy(text);
}

/* If a plugin ends the process that loads it, again without that plugin. */
static int
examine_elsewhere(struct doctor *d)
{
	static const struct run_as as_we_are = { .seconds = UINT_MAX };
	bool is_known;
	int end;

	json_open(KEY_NONE, '{');
	do {
		d->loading = "";
		d->status = EXIT_TROUBLE;
		end = run_as(&as_we_are, examine, take_progress, d);
		is_known = conf_file_get(&d->crashes, d->loading) != NULL;
		conf_file_set(&d->crashes, d->loading,
		    end > 0 && end < NSIG ? strsignal(end) : "by itself");
	} while (*d->loading != '\0' && !is_known);
	json_close();
	return d->status;
}

/* The status is that of the server with the worst one. */
static void
run_one(struct doctor *d, const struct server *server, bool is_wanted,
    const struct cmdline *o, int *status)
{
	int one;

	memset(d, 0, sizeof(*d));
	d->options = o;
	server_read(&d->here, server, o->service, o->postfix_dir);
	if (!is_wanted && !d->here.is_configured)
		return;
	if (*status >= 0)
		json_else("\n");
	one = examine_elsewhere(d);
	*status = one > *status ? one : *status;
}

/*
 * The named server; or those that are installed and configured, or the first
 * that is installed.
 */
static int
run_all(struct doctor *d, const struct cmdline *o)
{
	const struct server *first = NULL, *server;
	int status = -1;

	if (o->service != NULL)
		run_one(d, server_find(o->service), true, o, &status);
	else
		for (server = servers; server < servers + server_count;
		     server++) {
			if (!server_is_installed(server))
				continue;
			first = first != NULL ? first : server;
			run_one(d, server, false, o, &status);
		}
	if (status < 0 && first != NULL)
		run_one(d, first, true, o, &status);
	if (status >= 0)
		return status;
	util_complain("no server that uses libsasl2 is installed: "
		      "--service names another one");
	return EXIT_TROUBLE;
}

static int
run(const struct cmdline *o)
{
	struct doctor d;
	int status;

	json_open(KEY_NONE, '{');
	json_open(KEY_services, '[');
	status = run_all(&d, o);
	json_close();
	json_bool(KEY_well, status == EXIT_WELL);
	json_close();
	return util_finish(status);
}

const struct command doctor_command = {
	.name = "doctor",
	.bit = CMDLINE_DOCTOR,
	.summary = "what is installed, what is used, and what is wrong with it",
	.synopsis = "[OPTION...]",
	.about =
	    "Looks at libsasl2 as a server uses it: which plugin files it\n"
	    "loads, which configuration it reads, whether it can reach what\n"
	    "checks passwords. Says what is wrong, and what to do. Without\n"
	    "--service it looks at each server that is installed. Run it as\n"
	    "root: some questions are asked as the server's user and within\n"
	    "its chroot. Each mechanism is tried with a user who does not\n"
	    "exist, which shows in logs.\n",
	.run = run,
};

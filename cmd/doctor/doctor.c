/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic doctor: what is installed, what a server really uses, what is
 * wrong with it, and what to do.
 */
#include "config.h"

#include <sys/wait.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/json.h"
#include "lib/util.h"
#include "sasl/login.h"

const char *const doctor_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

struct probe
doctor_probe(const struct doctor *d)
{
	const struct cmdline *o = d->options;

	return (struct probe) {
		.service = d->here.service,
		.fqdn = o->host != NULL ? o->host : d->here.fqdn,
		.realm = o->realm != NULL ? o->realm : d->here.realm,
	};
}

struct library_options
doctor_library(const struct doctor *d)
{
	const struct cmdline *o = d->options;

	return (struct library_options) {
		.app = d->here.app,
		.plugin_path = o->plugin_dir,
		.config_path =
		    o->config_dir != NULL ? o->config_dir : d->here.path,
		.settings = d->own,
	};
}

const char *
doctor_option(const struct doctor *d, const char *name)
{
	return conf_file_get(&d->settings, name);
}

const char *
doctor_config(const struct doctor *d)
{
	return d->config != NULL	      ? d->config
	       : d->here.options_file != NULL ? d->here.options_file
	       : d->config_count > 0	      ? d->configs[0]
					      : "the configuration";
}

bool
doctor_uses(const struct doctor *d, const char *pwcheck_method)
{
	const char *methods = doctor_option(d, "pwcheck_method");

	return conf_has_word(
	    methods != NULL ? methods : "auxprop", pwcheck_method);
}

bool
doctor_asks(const struct doctor *d, const char *auxprop_plugin)
{
	const char *plugins = doctor_option(d, "auxprop_plugin");
	struct library_plugin plugin;

	return doctor_uses(d, "auxprop") &&
	       library_find(LIBRARY_STORE, auxprop_plugin, &plugin) &&
	       (plugins == NULL || conf_has_word(plugins, auxprop_plugin));
}

/* Without a word of --expect, what the configuration wants. */
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
	return d->here.daemon != NULL ? d->here.daemon->name : "the server";
}

/* Only what was tried in another process, and does no harm, comes into this. */
static bool
skip_harmful(const char *file, void *context)
{
	const struct doctor *d = context;
	size_t i;

	for (i = 0; i < d->file_count; i++)
		if (!strcmp(d->files[i].path, file))
			return d->files[i].crashes || !d->files[i].trusted;
	return true;
}

/*
 * The one start of libsasl2 in this process, since 2.2 can be started but once;
 * every look before was another process's.
 */
static void
start(struct doctor *d)
{
	const struct probe where = doctor_probe(d);
	const struct login e = {
		.service = where.service,
		.fqdn = where.fqdn,
		.realm = where.realm,
	};
	struct library_options library = doctor_library(d);
	int result;

	library.skip = skip_harmful;
	library.skip_context = d;
	if (conf_file_refused(&d->settings))
		library.app = NULL;
	result = library_start(&library);
	d->started = result == SASL_OK;
	if (d->started)
		d->offer = login_offer(&e);
	else if (result != SASL_BADVERS)
		FIND(d, FIND_LIBRARY_FAILURE,
		    sasl_errstring(result, NULL, NULL));
}

static void
set_where(struct doctor *d)
{
	const struct cmdline *o = d->options;

	d->where.user = o->run_as != NULL ? o->run_as : d->here.user;
	d->where.chroot =
	    o->chroot_dir != NULL ? o->chroot_dir : d->here.chroot;
	if (d->where.chroot != NULL && !strcmp(d->where.chroot, "/"))
		d->where.chroot = NULL;
	if (geteuid() == 0 ||
	    (d->where.user == NULL && d->where.chroot == NULL &&
		d->here.daemon == NULL))
		return;
	FIND(d, FIND_NOT_ROOT);
	d->where.user = d->where.chroot = NULL;
	d->as_we_are = true;
}

static const struct {
	void (*check)(struct doctor *d);
	bool started; /* it wants libsasl2 to run */
} checks[] = {
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

static void
examine(struct doctor *d)
{
	size_t i;

	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (!d->not_tried &&
		    (!checks[i].started ||
			(d->started && !conf_file_refused(&d->settings))))
			checks[i].check(d);
}

/* What the server says in its own file comes first. */
static void
take_own_options(struct doctor *d)
{
	const struct conf_file *own = &d->here.options;
	size_t i;

	d->own = util_alloc((own->count + 1) * sizeof(d->own[0]));
	for (i = 0; i < own->count; i++) {
		d->own[i].name = own->list[i].name;
		d->own[i].value = own->list[i].value;
		conf_file_set(
		    &d->settings, own->list[i].name, own->list[i].value);
	}
}

static void
release(struct doctor *d)
{
	size_t i;

	for (i = 0; i < d->file_count; i++)
		free(d->files[i].path);
	for (i = 0; i < d->config_count; i++)
		free(d->configs[i]);
	for (i = 0; i < d->user.count; i++) {
		free(d->user.secrets[i].property);
		free(d->user.secrets[i].form);
	}
	free(d->user.secrets);
	free(d->user.name);
	free(d->files);
	free(d->configs);
	free(d->layout);
	free(d->version);
	free(d->library);
	free(d->plugin_path);
	free(d->saslpasswd);
	free(d->sasldb);
	free(d->store);
	free(d->offer);
	free(d->own);
	conf_file_free(&d->settings);
	finding_free(&d->findings);
	daemon_free(&d->here);
}

/* All about one server: an exit status. */
static int
look_at(struct doctor *d)
{
	int status;

	set_where(d);
	take_own_options(d);
	examine(d);
	if (d->options->json)
		report_print_json(d);
	else
		report_print(d);
	status = finding_count(&d->findings) == 0 ? EXIT_WELL : EXIT_FAULT;
	library_stop();
	release(d);
	return status;
}

/* The same in a process of its own. */
static int
look_from_outside(struct doctor *d)
{
	int status;
	pid_t pid;

	if (d->options->json)
		json_open(KEY_NONE, '{');
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(util_finish(look_at(d)));
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			pid = -1;
	if (d->options->json)
		json_close();
	release(d);
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status)
					    : EXIT_TROUBLE;
}

/* Those that are installed and configured; without one, the first of them. */
static int
look_at_all(const struct cmdline *o)
{
	const struct daemon *only = NULL;
	struct doctor d;
	int status = EXIT_WELL, one;
	size_t i, count = 0;

	for (i = 0; i < daemon_count || (count == 0 && only != NULL); i++) {
		memset(&d, 0, sizeof(d));
		d.options = o;
		if (i < daemon_count && !daemon_is_installed(&daemons[i]))
			continue;
		if (only == NULL)
			only = &daemons[i];
		daemon_read(&d.here, i < daemon_count ? &daemons[i] : only,
		    NULL, o->postfix_dir);
		if (i < daemon_count && !d.here.is_configured) {
			release(&d);
			continue;
		}
		if (count++ > 0 && !o->json)
			putchar('\n');
		one = look_from_outside(&d);
		status = one > status ? one : status;
	}
	if (count == 0)
		util_complain("no server that uses libsasl2 is installed: "
			      "--service names another one");
	return count == 0 ? EXIT_TROUBLE : status;
}

static int
look_at_one(const struct cmdline *o)
{
	struct doctor d = { .options = o };

	daemon_read(
	    &d.here, daemon_find(o->service), o->service, o->postfix_dir);
	return look_from_outside(&d);
}

static int
run(const struct cmdline *o)
{
	int status;

	if (o->list) {
		finding_list();
		return util_finish(EXIT_WELL);
	}
	if (o->json) {
		json_open(KEY_NONE, '{');
		json_open(KEY_services, '[');
	}
	status = o->service != NULL ? look_at_one(o) : look_at_all(o);
	if (o->json) {
		json_close();
		json_bool(KEY_well, status == EXIT_WELL);
		json_close();
	}
	return util_finish(status);
}

const struct command doctor_command = {
	.name = "doctor",
	.bit = CMDLINE_DOCTOR,
	.summary = "what is installed, what is used, and what is wrong with it",
	.synopsis = "[OPTION...]",
	.about =
	    "Looks at libsasl2 as a server has it: which plugin files it finds "
	    "and\n"
	    "uses, which configuration it reads, whether it can reach what "
	    "checks\n"
	    "passwords. Says what is wrong, and what to do. Without --service "
	    "it looks\n"
	    "at each server that is installed. Best run as root: some "
	    "questions "
	    "are\n"
	    "asked as the server's user and within its chroot. Each mechanism "
	    "is tried\n"
	    "with a user who does not exist, which shows in logs.\n",
	.run = run,
};

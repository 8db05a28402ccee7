/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * sasl-classic doctor: what is installed, what a service really uses, what is
 * wrong with it, and what to do.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "doctor/doctor_user.h"
#include "sasl/login.h"
#include "lib/util.h"

const char *const doctor_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

struct probe
doctor_inside(const struct doctor *d)
{
	const struct cmdline *o = d->options;

	return (struct probe) {
		.service = d->here.service,
		.fqdn = o->host != NULL ? o->host : d->here.fqdn,
		.realm = o->realm != NULL ? o->realm : d->here.realm,
	};
}

bool
doctor_uses(const struct doctor *d, const char *pwcheck_method)
{
	const char *methods = conf_file_get(&d->settings, "pwcheck_method");

	return conf_has_word(
	    methods != NULL ? methods : "auxprop", pwcheck_method);
}

bool
doctor_expects(const struct doctor *d, const char *mechanism)
{
	return d->options->expect == NULL ||
	       conf_has_word(d->options->expect, mechanism);
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

/* Without some of the plugins nothing that is seen would say much. */
static bool
has_all_plugins(struct doctor *d)
{
	if (conf_file_get(&d->settings, "plugin_list") != NULL)
		DOCTOR_WARN(d, "plugin-list",
		    util_format("plugin_list in %s names a file of plugins "
				"that are loaded when they are wanted, and no "
				"directory is searched: mechanisms, stores and "
				"users were not looked at",
			d->config),
		    util_copy("remove plugin_list"));
	else if (finding_has(&d->findings, "plugin-writable"))
		DOCTOR_NOTE(d, "not-tried",
		    util_copy("mechanisms, stores and users were not looked "
			      "at, since not all plugins could be loaded"),
		    util_copy("mend plugin-writable, and run the doctor "
			      "again"));
	else
		return true;
	return false;
}

static void
start(struct doctor *d)
{
	const struct cmdline *o = d->options;
	const struct probe where = doctor_inside(d);
	const struct login e = {
		.service = where.service,
		.fqdn = where.fqdn,
		.realm = where.realm,
	};
	struct library_options library = {
		.app = conf_file_refused(&d->settings) ? NULL : o->service,
		.plugin_path = o->plugin_dir,
		.config_path =
		    o->config_dir != NULL ? o->config_dir : d->here.path,
		.skip = skip_harmful,
		.skip_context = d,
	};
	int result;

	result = library_start(&library);
	d->started = result == SASL_OK;
	if (d->started)
		d->offer = login_offer(&e);
	else if (result != SASL_BADVERS)
		DOCTOR_FAULT(d, "library-does-not-start",
		    util_format("libsasl2 does not start: %s",
			sasl_errstring(result, NULL, NULL)),
		    util_copy("the system's log may say why"));
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
	DOCTOR_NOTE(d, "not-root",
	    util_copy("what the service's user can reach was not tried, since "
		      "you are not root"),
	    util_copy("run the doctor as root"));
	d->where.user = d->where.chroot = NULL;
	d->as_we_are = true;
}

static void
examine(struct doctor *d)
{
	doctor_survey(d);
	doctor_check_config(d);
	doctor_check_daemon(d);
	doctor_check_places(d);
	doctor_check_files(d);
	if (!has_all_plugins(d))
		return;
	start(d);
	if (!d->started || conf_file_refused(&d->settings))
		return;
	doctor_check_mechanisms(d);
	doctor_check_words(d);
	doctor_check_stores(d);
	doctor_check_logins(d);
	doctor_check_scheme(d);
	doctor_check_user(d);
}

static void
release(struct doctor *d)
{
	size_t i;

	for (i = 0; i < d->file_count; i++)
		free(d->files[i].path);
	for (i = 0; i < d->config_count; i++)
		free(d->configs[i]);
	for (i = 0; d->user != NULL && i < d->user->count; i++) {
		free(d->user->secrets[i].property);
		free(d->user->secrets[i].form);
	}
	if (d->user != NULL) {
		free(d->user->secrets);
		free(d->user->name);
	}
	free(d->user);
	free(d->files);
	free(d->configs);
	free(d->plugin_path);
	free(d->saslpasswd);
	free(d->offer);
	conf_file_free(&d->settings);
	finding_free(&d->findings);
	daemon_free(&d->here);
}

static int
run(const struct cmdline *o)
{
	struct doctor d = { .options = o };
	int status;

	daemon_find(&d.here, o->service, o->postfix_dir);
	set_where(&d);
	examine(&d);
	if (o->json)
		doctor_print_json(&d);
	else
		doctor_print(&d);
	status = finding_count(&d.findings) == 0 ? EXIT_WELL : EXIT_FAULT;
	library_stop();
	release(&d);
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
	    "passwords. Says what is wrong, and what to do. Best run as root: "
	    "some\n"
	    "questions are asked as the server's user and within its chroot. "
	    "Each\n"
	    "mechanism is tried with a user who does not exist, which shows in "
	    "logs.\n",
	.run = run,
};

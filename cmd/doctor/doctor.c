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
#include "lib/exchange.h"
#include "lib/util.h"

static const char help[] =
    "usage: sasl-classic doctor [OPTION...]\n"
    "\n"
    "Looks at libsasl2 as a service has it: which plugin files it finds and\n"
    "uses, which configuration it reads, whether it can reach what judges\n"
    "passwords. Says what is wrong, and what to do. Best run as root: some\n"
    "questions are asked as the service's user and within its chroot. Each\n"
    "mechanism is tried with a user who does not exist, which shows in logs.\n"
    "\n"
    "  -s, --service SERVICE  SERVICE.conf is its file; default smtpd\n"
    "  -u, --user NAME        also what is stored for this user\n"
    "  -r, --realm REALM      the server's realm\n"
    "  -H, --host NAME        the server's name\n"
    "  -e, --expect LIST      mechanisms that are to be offered; default\n"
    "                         PLAIN LOGIN CRAM-MD5\n"
    "      --plugin-dir DIR   plugins are here, not where libsasl2 looks\n"
    "      --config-dir DIR   SERVICE.conf is here, not where the service "
    "looks\n"
    "      --postfix DIR      Postfix's main.cf is here\n"
    "      --run-as USER      the service's user\n"
    "      --chroot DIR       the service's chroot; / for none\n"
    "      --json             for scripts\n"
    "  -h, --help             this text\n"
    "\n"
    "Exit status: 0 all is well; 1 something was found; 2 wrong usage; 3 "
    "trouble.\n";

const char *const doctor_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

struct inside
doctor_inside(const struct doctor *d)
{
	const struct options *o = d->options;

	return (struct inside) {
		.service = d->here.service,
		.fqdn = o->host != NULL ? o->host : d->here.fqdn,
		.realm = o->realm != NULL ? o->realm : d->here.realm,
	};
}

bool
doctor_uses(const struct doctor *d, const char *pwcheck_method)
{
	const char *methods = settings_get(&d->settings, "pwcheck_method");

	return settings_has_word(
	    methods != NULL ? methods : "auxprop", pwcheck_method);
}

bool
doctor_expects(const struct doctor *d, const char *mechanism)
{
	return d->options->expect == NULL ||
	       settings_has_word(d->options->expect, mechanism);
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
	if (settings_get(&d->settings, "plugin_list") != NULL)
		DOCTOR_WARN(d, "plugin-list",
		    tool_format("plugin_list in %s names a file of plugins "
				"that are loaded when they are wanted, and no "
				"directory is searched: mechanisms, stores and "
				"users were not looked at",
			d->config),
		    tool_copy("remove plugin_list"));
	else if (finding_has(&d->findings, "plugin-writable"))
		DOCTOR_NOTE(d, "not-tried",
		    tool_copy("mechanisms, stores and users were not looked "
			      "at, since not all plugins could be loaded"),
		    tool_copy("mend plugin-writable, and run the doctor "
			      "again"));
	else
		return true;
	return false;
}

static void
start(struct doctor *d)
{
	const struct options *o = d->options;
	const struct inside where = doctor_inside(d);
	const struct exchange e = {
		.service = where.service,
		.fqdn = where.fqdn,
		.realm = where.realm,
	};
	struct library_options library = {
		.app = settings_refused(&d->settings) ? NULL : o->service,
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
		d->offer = exchange_offer(&e);
	else if (result != SASL_BADVERS)
		DOCTOR_FAULT(d, "library-does-not-start",
		    tool_format("libsasl2 does not start: %s",
			sasl_errstring(result, NULL, NULL)),
		    tool_copy("the system's log may say why"));
}

static void
set_where(struct doctor *d)
{
	const struct options *o = d->options;

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
	    tool_copy("what the service's user can reach was not tried, since "
		      "you are not root"),
	    tool_copy("run the doctor as root"));
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
	if (!d->started || settings_refused(&d->settings))
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
	settings_free(&d->settings);
	finding_free(&d->findings);
	daemon_free(&d->here);
}

int
doctor_main(int argc, char **argv)
{
	struct doctor d = { NULL };
	struct options o;
	int status;

	if (options_parse(argc, argv, OPTIONS_DOCTOR, &o) < 0)
		return tool_usage(NULL);
	if (o.help)
		return tool_help(help);
	d.options = &o;
	daemon_find(&d.here, o.service, o.postfix_dir);
	set_where(&d);
	examine(&d);
	if (o.json)
		doctor_print_json(&d);
	else
		doctor_print(&d);
	status = finding_count(&d.findings) == 0 ? TOOL_WELL : TOOL_FAULT;
	library_stop();
	release(&d);
	return tool_finish(status);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A service and its passwdfile: see service.h.
 */
#include "config.h"

#include <limits.h>

#include "lib/util.h"
#include "passwdfile/open.h"
#include "sasl/service.h"
#include "secrets/scheme.h"

const char *const service_mechanisms[] = { "PLAIN", "LOGIN", "CRAM-MD5", NULL };

struct login
service_login(const struct cmdline *o, const struct server_here *here)
{
	return (struct login) {
		.service = here->service,
		.fqdn = o->host != NULL ? o->host : here->fqdn,
		.realm = o->realm != NULL ? o->realm : here->realm,
	};
}

struct library_options
service_library(const struct cmdline *o, const struct server_here *here)
{
	return (struct library_options) {
		.app = here->app,
		.plugin_path = o->plugin_dir,
		.config_path =
		    o->config_dir != NULL ? o->config_dir : here->path,
		.settings = &here->options,
		.keeper = here->keeper,
	};
}

int
service_open(struct service *s, const struct cmdline *o,
    const struct conf_file *settings)
{
	struct library_options library;

	memset(s, 0, sizeof(*s));
	s->name = o->service != NULL ? o->service : "smtpd";
	server_read(&s->here, server_find(s->name), s->name, o->postfix_dir);
	s->login = service_login(o, &s->here);
	library = service_library(o, &s->here);
	if (settings != NULL)
		library.settings = settings;
	if (library_require(&library) < 0)
		return -1;
	s->conf_path = library_config();
	if (s->conf_path == NULL || conf_file_read(&s->conf, s->conf_path) == 0)
		return 0;
	return util_complain(
	    "%s cannot be read: %s", s->conf_path, conf_file_trouble());
}

const char *
service_option(const struct service *s, const char *name)
{
	const char *value = conf_file_get(&s->here.options, name);

	return value != NULL ? value : conf_file_get(&s->conf, name);
}

int
service_choose_forms(const struct service *s, const struct cmdline *o,
    const char *offer, struct secrets_wanted *wanted)
{
	static const char *const scram[][2] = {
		{ "SCRAM-SHA-256", "scram-sha-256" },
		{ "SCRAM-SHA-1", "scram-sha-1" },
	};
	const char *scheme = o->keep_plaintext ? "plain" : o->scheme;
	bool is_option = scheme != NULL;
	int form = SCHEME_DEFAULT;
	size_t i;

	if (!is_option)
		scheme = service_option(s, "classic_hash_scheme");
	if (scheme != NULL)
		form = secrets_find(scheme);
	if (form == SECRETS_UNKNOWN || (form == SECRETS_PLAIN && !is_option))
		return util_usage(
		    "there is no scheme %s: see `sasl-classic hash --list'",
		    scheme);
	secrets_want(wanted, form);
	for (i = 0; i < 2 && wanted->forms[0] != SECRETS_PLAIN; i++) {
		form = secrets_find(scram[i][1]);
		if (conf_has_word(offer, scram[i][0]) &&
		    form != SECRETS_UNKNOWN)
			secrets_want(wanted, form);
	}
	if (wanted->forms[0] != SECRETS_PLAIN && !o->no_crammd5 &&
	    (o->crammd5 ||
		conf_has_word(service_option(s, "mech_list"), "CRAM-MD5")))
		secrets_want(wanted, SECRETS_CRAM_MD5);
	return EXIT_WELL;
}

const char *
service_passwdfile(const struct service *s, enum passwdfile_format *format)
{
	const char *pwcheck = service_option(s, "pwcheck_method");
	const char *path = service_option(s, "passwdfile_path");
	const char *own =
	    server_own_file(&s->here, "auxprop_plugin", s->conf_path);
	const char *conf = own != NULL ? own : s->conf_path;
	const char *called = service_option(s, "passwdfile_format");
	struct library_plugin store;

	*format = passwdfile_format_named(called);
	if (conf == NULL)
		util_complain("%s.conf is not there, so the service %s does "
			      "not read a passwdfile: --file names one",
		    s->here.app, s->name);
	else if (!conf_has_word(
		     service_option(s, "auxprop_plugin"), "passwdfile"))
		util_complain("%s has no line `%s', so %s does not read one: "
			      "add it, or use --file",
		    conf,
		    server_line(
			&s->here, "auxprop_plugin", "passwdfile", s->conf_path),
		    s->name);
	else if (pwcheck != NULL && !conf_has_word(pwcheck, "auxprop"))
		util_complain("%s has `pwcheck_method: %s', so %s does not ask "
			      "its passwdfile: add auxprop there, or use "
			      "--file",
		    conf, pwcheck, s->name);
	else if (!library_find(LIBRARY_STORE, "passwdfile", 0, &store))
		util_complain("%s wants the auxprop plugin passwdfile, but "
			      "libsasl2 does not find it: `sasl-classic "
			      "doctor' says why",
		    conf);
	else if (*format == PASSWDFILE_FORMATS)
		util_complain(
		    "%s: there is no passwdfile_format %s", conf, called);
	else
		return path != NULL ? path : PASSWDFILE_DEFAULT;
	return NULL;
}

const char *
service_reload(const struct service *s, const char *path)
{
	char real[PATH_MAX];
	size_t len;

	if (s->here.chroot == NULL || realpath(path, real) == NULL)
		return NULL;
	len = strlen(s->here.chroot);
	if (!strncmp(real, s->here.chroot, len) && real[len] == '/')
		return NULL;
	return s->here.postfix.found ? "postfix reload" : NULL;
}

bool
service_accepts(const struct service *s, const char *user,
    struct bytes password, const char *mechanisms)
{
	const char *const *name = service_mechanisms;
	struct login login = s->login;
	struct login_outcome outcome = { .code = SASL_OK };
	char *offer = login_offer(&login);

	login.user = user;
	login.password = password;
	for (; *name != NULL && login.mechanism == NULL; name++)
		if (conf_has_word(offer, *name) &&
		    conf_has_word(mechanisms, *name))
			login.mechanism = *name;
	if (login.mechanism != NULL)
		login_run(&login, &outcome);
	if (outcome.code != SASL_OK)
		util_complain("%s does not accept %s by %s: %s", s->name,
		    text_printable(user), login.mechanism,
		    outcome.detail != NULL ? outcome.detail
					   : login_code(outcome.code));
	return outcome.code == SASL_OK;
}

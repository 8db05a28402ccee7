/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual servers: see daemon.h.
 */
#include "config.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/program.h"
#include "lib/util.h"
#include "sasl/daemon.h"

/*
 * Before 3.9, Debian's Postfix had directories of its own compiled in, and
 * looked nowhere else. All others have cyrus_sasl_config_path, which Debian now
 * puts into main.cf, and where it is empty they look where libsasl2 does.
 */
#define DEBIAN		  "/etc/debian_version"
#define POSTFIX_ON_DEBIAN "/etc/postfix/sasl:/usr/lib/sasl"
#define SLAPD_ON_DEBIAN	  "/etc/ldap/sasl2:/usr/lib/sasl2"

static void
set(char **to, const char *value)
{
	free(*to);
	*to = *value == '\0' ? NULL : util_copy(value);
}

/* --- Postfix -------------------------------------------------------------- */

static void
read_postfix(struct daemon_here *here, const char *directory)
{
	struct postfix *p = &here->postfix;
	size_t i;

	postfix_read(p, directory);
	here->is_configured = p->installed && !p->found;
	if (!p->found)
		return;
	set(&here->user, postfix_get(p, NULL, "mail_owner"));
	set(&here->path, postfix_get(p, NULL, "cyrus_sasl_config_path"));
	if (access(DEBIAN, F_OK) == 0 && postfix_is_before(p, 3, 9)) {
		free(here->path);
		here->path = util_format("%s/sasl:/usr/lib/sasl", p->directory);
	}
	set(&here->fqdn, postfix_get(p, NULL, "myhostname"));
	set(&here->realm, postfix_get(p, NULL, "smtpd_sasl_local_domain"));
	for (i = 0; i < p->service_count; i++) {
		if (!postfix_has_auth(p, &p->services[i]))
			continue;
		here->is_configured = true;
		if (p->services[i].chrooted)
			set(&here->chroot,
			    postfix_get(p, NULL, "queue_directory"));
	}
}

/* --- Those that have lines in a file of their own ------------------------- */

/* Each line of a file, its end cut off. */
static bool
read_lines(struct daemon_here *here, const char *file,
    void (*take)(struct daemon_here *, char *))
{
	size_t size = 0;
	char *line = NULL;
	FILE *in = fopen(file, "re");

	if (in == NULL)
		return false;
	while (getline(&line, &size, in) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		take(here, line);
	}
	free(line);
	fclose(in);
	return true;
}

/* The value if the line begins with the name, in any case; else NULL. */
static char *
value_of(char *line, const char *name)
{
	size_t len = strlen(name);

	if (strncasecmp(line, name, len) != 0)
		return NULL;
	return line + len + strspn(line + len, ":= \t\"");
}

/* Sendmail's lines begin with "O ". */
static void
take_sendmail(struct daemon_here *here, char *line)
{
	char *value;

	if ((value = value_of(line, "O AuthMechanisms=")) != NULL) {
		set(&here->filter, value);
		here->is_configured = true;
	} else if ((value = value_of(line, "O AuthRealm=")) != NULL)
		set(&here->realm, value);
}

static void
read_sendmail(struct daemon_here *here, const char *postfix)
{
	(void)postfix;
	(void)read_lines(here, "/etc/mail/sendmail.cf", take_sendmail);
}

static void
take_exim(struct daemon_here *here, char *line)
{
	char *value, *more;

	if ((value = value_of(line, "driver =")) != NULL)
		here->is_configured |= !strcmp(value, "cyrus_sasl");
	else if ((value = value_of(line, "public_name =")) != NULL) {
		more = util_format("%s%s%s",
		    here->filter != NULL ? here->filter : "",
		    here->filter != NULL ? " " : "", value);
		free(here->filter);
		here->filter = more;
	} else if ((value = value_of(line, "server_realm =")) != NULL)
		set(&here->realm, value);
	else if ((value = value_of(line, "exim_user =")) != NULL)
		set(&here->user, value);
	else if ((value = value_of(line, "primary_hostname =")) != NULL)
		set(&here->fqdn, value);
}

static void
read_exim(struct daemon_here *here, const char *postfix)
{
	static const char *const questions[] = { "authenticators", "exim_user",
		"primary_hostname" };
	const char *argv[] = { "exim", "-bP", NULL, NULL };
	size_t size = 0, i;
	char *line = NULL;
	FILE *stream;
	pid_t pid;

	(void)postfix;
	if (access("/usr/sbin/exim4", X_OK) == 0)
		argv[0] = "exim4";
	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		argv[2] = questions[i];
		stream = program_open(argv, &pid);
		if (stream == NULL)
			break;
		while (getline(&line, &size, stream) > 0) {
			line[strcspn(line, "\n")] = '\0';
			take_exim(here, line);
		}
		program_close(stream, pid);
	}
	free(line);
}

/* slapd.conf, or the LDIF of cn=config. */
static void
take_slapd(struct daemon_here *here, char *line)
{
	static const char *const prefixes[] = { "sasl-", "olcSasl" };
	char *name = NULL, *value;
	size_t i;

	for (i = 0; name == NULL && i < 2; i++)
		name = value_of(line, prefixes[i]);
	if (name == NULL)
		return;
	here->is_configured = true;
	if ((value = value_of(name, "host")) != NULL)
		set(&here->fqdn, value);
	else if ((value = value_of(name, "realm")) != NULL)
		set(&here->realm, value);
	else if ((value = value_of(name, "auxprops")) != NULL)
		conf_file_set(&here->options, "auxprop_plugin", value);
	else if ((value = value_of(name, "secprops")) != NULL)
		here->hides_plaintext = strcasestr(value, "noplain") != NULL;
}

static void
read_slapd(struct daemon_here *here, const char *postfix)
{
	static const char *const files[] = { "/etc/ldap/slapd.d/cn=config.ldif",
		"/etc/openldap/slapd.d/cn=config.ldif", "/etc/ldap/slapd.conf",
		"/etc/openldap/slapd.conf" };
	const char *stores;
	size_t i;

	(void)postfix;
	here->hides_plaintext = true;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (read_lines(here, files[i], take_slapd)) {
			here->options_file = util_copy(files[i]);
			break;
		}
	stores = conf_file_get(&here->options, "auxprop_plugin");
	here->keeps_passwords =
	    stores == NULL || conf_has_word(stores, "slapd");
}

static void
take_cyrus(struct daemon_here *here, char *line)
{
	char *value = strchr(line, ':');

	if (value == NULL || *line == '#')
		return;
	*value++ = '\0';
	value += strspn(value, " \t");
	if (!strncmp(line, "sasl_", strlen("sasl_"))) {
		conf_file_set(&here->options, line + strlen("sasl_"), value);
		here->is_configured = true;
	} else if (!strcmp(line, "servername"))
		set(&here->fqdn, value);
	else if (!strcmp(line, "defaultdomain") &&
		 conf_file_get(&here->options, "virtdomains") != NULL)
		set(&here->realm, value);
	else if (!strcmp(line, "virtdomains") && strcmp(value, "off") != 0)
		conf_file_set(&here->options, line, value);
}

static void
read_cyrus(struct daemon_here *here, const char *postfix)
{
	static const char file[] = "/etc/imapd.conf";

	(void)postfix;
	here->options_file = util_copy(file);
	(void)read_lines(here, file, take_cyrus);
}

const struct daemon daemons[] = {
	{ "Postfix", "postfix smtpd smtp", "smtpd", "smtp", POSTFIX_ON_DEBIAN,
	    "postfix", "/usr/sbin/postconf", read_postfix },
	{ "Sendmail", "sendmail", "Sendmail", "smtp", NULL, "root",
	    "/etc/mail/sendmail.cf", read_sendmail },
	{ "Exim", "exim exim4", "exim", "smtp", NULL, "Debian-exim exim mail",
	    "/usr/sbin/exim4:/usr/sbin/exim", read_exim },
	{ "OpenLDAP", "slapd openldap ldap", "slapd", "ldap", SLAPD_ON_DEBIAN,
	    "openldap ldap", "/usr/sbin/slapd:/usr/libexec/slapd", read_slapd },
	{ "Cyrus IMAP", "cyrus imap imapd pop3 pop3d sieve", "Cyrus", "imap",
	    NULL, "cyrus", "/etc/imapd.conf", read_cyrus },
};

const size_t daemon_count = sizeof(daemons) / sizeof(daemons[0]);

const struct daemon *
daemon_find(const char *name)
{
	size_t i;

	for (i = 0; i < daemon_count; i++)
		if (conf_has_word(daemons[i].called, name))
			return &daemons[i];
	return NULL;
}

bool
daemon_is_installed(const struct daemon *daemon)
{
	char *list = util_copy(daemon->program), *rest = list, *file;
	bool found = false;

	while (!found && (file = strsep(&rest, ":")) != NULL)
		found = access(file, F_OK) == 0;
	free(list);
	return found;
}

static char *
find_user(const char *names)
{
	char *list = util_copy(names), *rest = list, *name, *user = NULL;

	while (user == NULL && (name = strsep(&rest, " ")) != NULL)
		if (getpwnam(name) != NULL)
			user = util_copy(name);
	free(list);
	return user;
}

void
daemon_read(struct daemon_here *here, const struct daemon *daemon,
    const char *app, const char *postfix)
{
	memset(here, 0, sizeof(*here));
	here->daemon = daemon;
	here->app = util_copy(daemon != NULL ? daemon->app : app);
	here->service = util_copy(daemon != NULL ? daemon->service : app);
	if (daemon == NULL)
		return;
	here->user = find_user(daemon->users);
	if (access(DEBIAN, F_OK) == 0)
		here->path = util_copy(daemon->path);
	daemon->read(here, postfix);
}

void
daemon_free(struct daemon_here *here)
{
	free(here->app);
	free(here->service);
	free(here->path);
	free(here->user);
	free(here->chroot);
	free(here->fqdn);
	free(here->realm);
	free(here->filter);
	free(here->options_file);
	conf_file_free(&here->options);
	postfix_free(&here->postfix);
	memset(here, 0, sizeof(*here));
}

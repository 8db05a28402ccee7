/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual daemons: see daemon.h.
 */
#include "config.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"
#include "sasl/daemon.h"

/*
 * Before 3.9, Debian's Postfix had directories of its own compiled in, and
 * looked nowhere else. All others have cyrus_sasl_config_path, which Debian now
 * puts into main.cf, and where it is empty they look where libsasl2 does.
 */
#define DEBIAN		  "/etc/debian_version"
#define POSTFIX_ON_DEBIAN "/etc/postfix/sasl:/usr/lib/sasl"

const struct daemon daemons[] = {
	{ "Postfix", "smtpd", "smtp", POSTFIX_ON_DEBIAN, "postfix",
	    "from 3.9 on, and outside Debian: where cyrus_sasl_config_path "
	    "says, or libsasl2 looks" },
	{ "Sendmail", "Sendmail", "smtp", NULL, "root",
	    "wants the plugins' directory writable for root alone" },
	{ "Exim", "exim", "smtp", NULL, "Debian-exim exim", NULL },
	{ "OpenLDAP", "slapd", "ldap", "/etc/ldap/sasl2:/usr/lib/sasl2",
	    "openldap ldap", NULL },
	{ "Cyrus IMAP", "Cyrus", "imap", NULL, "cyrus",
	    "takes its options from /etc/imapd.conf, with sasl_ before them" },
};

const size_t daemon_count = sizeof(daemons) / sizeof(daemons[0]);

static const struct daemon *
find(const char *app)
{
	size_t i;

	for (i = 0; i < daemon_count; i++)
		if (!strcmp(daemons[i].app, app))
			return &daemons[i];
	return NULL;
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

static char *
unless_empty(const char *text)
{
	return *text == '\0' ? NULL : util_copy(text);
}

static char *
postfix_path(const struct postfix *p)
{
	if (access(DEBIAN, F_OK) == 0 && postfix_is_before(p, 3, 9))
		return util_format(
		    "%s/sasl:/usr/lib/sasl", p->config_directory);
	return unless_empty(p->config_path);
}

static void
read_postfix(struct daemon_here *here, const char *directory)
{
	struct postfix *p = &here->postfix;

	postfix_read(p, directory);
	if (!p->found)
		return;
	free(here->user);
	free(here->path);
	here->user = util_copy(p->mail_owner);
	here->path = postfix_path(p);
	here->fqdn = util_copy(p->myhostname);
	here->realm = unless_empty(p->local_domain);
	if (p->chrooted)
		here->chroot = util_copy(p->queue_directory);
}

void
daemon_find(struct daemon_here *here, const char *app, const char *postfix)
{
	memset(here, 0, sizeof(*here));
	here->daemon = find(app);
	here->service = app;
	if (here->daemon == NULL)
		return;
	here->service = here->daemon->service;
	here->user = find_user(here->daemon->users);
	if (access(DEBIAN, F_OK) == 0)
		here->path = util_copy(here->daemon->path);
	if (!strcmp(app, "smtpd"))
		read_postfix(here, postfix);
}

void
daemon_free(struct daemon_here *here)
{
	free(here->path);
	free(here->user);
	free(here->chroot);
	free(here->fqdn);
	free(here->realm);
	postfix_free(&here->postfix);
}

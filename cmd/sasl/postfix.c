/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Postfix: see postfix.h.
 */
#include "config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/program.h"
#include "lib/util.h"
#include "sasl/postfix.h"

enum { MAX_WORDS = 64, COMMAND = 7, CHROOT = 4 }; /* of master.cf */

static const char blank[] = " \t\n";

static const struct {
	const char *name;
	size_t offset;
} parameters[] = {
	{ "config_directory", offsetof(struct postfix, config_directory) },
	{ "queue_directory", offsetof(struct postfix, queue_directory) },
	{ "mail_owner", offsetof(struct postfix, mail_owner) },
	{ "myhostname", offsetof(struct postfix, myhostname) },
	{ "smtpd_sasl_local_domain", offsetof(struct postfix, local_domain) },
	{ "smtpd_sasl_type", offsetof(struct postfix, sasl_type) },
	{ "smtpd_sasl_path", offsetof(struct postfix, sasl_path) },
	{ "cyrus_sasl_config_path", offsetof(struct postfix, config_path) },
	{ "smtpd_sasl_security_options", offsetof(struct postfix, security) },
	{ "mail_version", offsetof(struct postfix, version) },
};

enum { PARAMETERS = sizeof(parameters) / sizeof(parameters[0]) };

/* Not of the struct, but needed to read master.cf. */
struct defaults {
	bool auth, chrooted;
};

static char **
value_at(struct postfix *p, size_t which)
{
	return (char **)(void *)((char *)p + parameters[which].offset);
}

/* "name = value", which may be empty. */
static void
take_parameter(struct postfix *p, struct defaults *d, char *line)
{
	char *value = strchr(line, '=');
	size_t i;

	if (value == NULL)
		return;
	line[strcspn(line, " =")] = '\0';
	value += 1 + strspn(value + 1, blank);
	value[strcspn(value, "\n")] = '\0';
	if (!strcmp(line, "smtpd_sasl_auth_enable"))
		d->auth = !strcmp(value, "yes");
	if (!strcmp(line, "compatibility_level"))
		d->chrooted = strtol(value, NULL, 10) < 1;
	for (i = 0; i < PARAMETERS; i++)
		if (!strcmp(line, parameters[i].name)) {
			free(*value_at(p, i));
			*value_at(p, i) = util_copy(value);
		}
}

/* One line of master.cf, as postconf -M prints it. */
static void
take_service(struct postfix *p, const struct defaults *d, char *line)
{
	char *words[MAX_WORDS + 1] = { NULL };
	bool auth = d->auth, chrooted;
	size_t n = 0, i;

	for (line = strtok(line, blank); line != NULL && n < MAX_WORDS;
	     line = strtok(NULL, blank))
		words[n++] = line;
	if (n <= COMMAND || strcmp(words[COMMAND], "smtpd") != 0)
		return;
	for (i = COMMAND + 1; i < n; i++)
		if (!strncmp(words[i], "smtpd_sasl_auth_enable=", 23))
			auth = !strcmp(words[i] + 23, "yes");
	chrooted = !strcmp(words[CHROOT], "y") ||
		   (!strcmp(words[CHROOT], "-") && d->chrooted);
	p->auth |= auth;
	p->chrooted |= auth && chrooted;
}

/* Each line of postconf with these arguments. */
static int
ask(struct postfix *p, struct defaults *d, const char *directory,
    const char *const arguments[], bool services)
{
	const char *argv[PARAMETERS + 8] = { "postconf" };
	size_t n = 1, size = 0;
	char *line = NULL;
	FILE *stream;
	pid_t pid;

	if (directory != NULL) {
		argv[n++] = "-c";
		argv[n++] = directory;
	}
	while (*arguments != NULL)
		argv[n++] = *arguments++;
	stream = program_open(argv, &pid);
	if (stream == NULL)
		return -1;
	while (getline(&line, &size, stream) > 0) {
		if (services)
			take_service(p, d, line);
		else
			take_parameter(p, d, line);
	}
	free(line);
	return program_close(stream, pid) == 0 ? 0 : -1;
}

/* Without a main.cf postconf complains, and waits a second before it ends. */
static bool
is_configured(struct postfix *p, struct defaults *d, const char *directory)
{
	static const char *const compiled_in[] = { "-d", "config_directory",
		NULL };
	char *file;
	bool there;

	if (directory == NULL && ask(p, d, NULL, compiled_in, false) < 0)
		return false;
	if (directory == NULL)
		directory = p->config_directory;
	if (directory == NULL)
		return false;
	file = util_format("%s/main.cf", directory);
	there = access(file, R_OK) == 0;
	free(file);
	return there;
}

void
postfix_read(struct postfix *p, const char *directory)
{
	static const char *const services[] = { "-M", NULL };
	static const char *const built[] = { "-d", "mail_version", NULL };
	const char *names[PARAMETERS + 4] = { "-x", "smtpd_sasl_auth_enable",
		"compatibility_level" };
	struct defaults d = { false, false };
	size_t i;

	memset(p, 0, sizeof(*p));
	for (i = 0; i < PARAMETERS; i++)
		names[i + 3] = parameters[i].name;
	p->found = is_configured(p, &d, directory) &&
		   ask(p, &d, directory, names, false) == 0 &&
		   ask(p, &d, directory, built, false) == 0;
	for (i = 0; i < PARAMETERS; i++)
		p->found = p->found && *value_at(p, i) != NULL;
	if (p->found)
		p->found = ask(p, &d, directory, services, true) == 0;
	if (!p->found)
		postfix_free(p);
}

bool
postfix_is_before(const struct postfix *p, long major, long minor)
{
	char *rest;
	long first = strtol(p->version, &rest, 10);
	long second = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;

	return first < major || (first == major && second < minor);
}

bool
postfix_is_of_another(const struct postfix *p, const char *directory)
{
	return p->found && strcmp(p->config_directory, "/etc/postfix") != 0 &&
	       !strcmp(directory, "/etc/postfix/sasl");
}

void
postfix_free(struct postfix *p)
{
	size_t i;

	for (i = 0; i < PARAMETERS; i++)
		free(*value_at(p, i));
	memset(p, 0, sizeof(*p));
}

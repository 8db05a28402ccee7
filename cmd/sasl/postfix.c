/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Postfix: see postfix.h.
 */
#include "config.h"

#include <sys/file.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/program.h"
#include "lib/util.h"
#include "sasl/postfix.h"

enum { MAX_WORDS = 64, COMMAND = 7, CHROOT = 4 }; /* of master.cf */

static const char blank[] = " \t\n";

/* All that is asked for. */
static const char *const names[] = { "config_directory", "queue_directory",
	"mail_owner", "myhostname", "smtpd_sasl_auth_enable",
	"smtpd_sasl_local_domain", "smtpd_sasl_type", "smtpd_sasl_path",
	"cyrus_sasl_config_path", "smtpd_sasl_security_options",
	"smtpd_sasl_tls_security_options", "smtpd_sasl_mechanism_filter",
	"smtpd_sasl_exceptions_networks", "smtpd_discard_ehlo_keywords",
	"smtpd_tls_security_level", "smtpd_tls_wrappermode", "smtpd_use_tls",
	"smtpd_enforce_tls", "smtpd_tls_auth_only", "smtpd_relay_restrictions",
	"smtpd_recipient_restrictions", "smtpd_client_restrictions",
	"smtpd_client_auth_rate_limit", "compatibility_level", NULL };

const char *
postfix_get(const struct postfix *p, const struct postfix_service *service,
    const char *name)
{
	const char *value = NULL;

	if (service != NULL)
		value = conf_file_get(&service->overrides, name);
	if (value == NULL)
		value = conf_file_get(&p->parameters, name);
	return value != NULL ? value : "";
}

bool
postfix_has_auth(const struct postfix *p, const struct postfix_service *service)
{
	return !strcmp(
	    postfix_get(p, service, "smtpd_sasl_auth_enable"), "yes");
}

/* "name = value", which may be empty. */
static void
take_parameter(struct postfix *p, char *line)
{
	char *value = strchr(line, '=');

	if (value == NULL)
		return;
	line[strcspn(line, " =")] = '\0';
	value += 1 + strspn(value + 1, blank);
	value[strcspn(value, "\n")] = '\0';
	conf_file_set(&p->parameters, line, value);
}

/* The options of a service, "-o name=value" each. */
static void
take_overrides(struct postfix_service *service, char **words)
{
	char *value;

	for (; words[0] != NULL && words[1] != NULL; words++) {
		if (strcmp(words[0], "-o") != 0)
			continue;
		value = strchr(words[1], '=');
		if (value == NULL)
			continue;
		*value++ = '\0';
		conf_file_set(&service->overrides, words[1], value);
	}
}

/* One line of master.cf, as postconf -M prints it. */
static void
take_service(struct postfix *p, char *line)
{
	bool usual =
	    strtol(postfix_get(p, NULL, "compatibility_level"), NULL, 10) < 1;
	char *words[MAX_WORDS + 1] = { NULL };
	struct postfix_service *service;
	size_t n = 0;

	for (line = strtok(line, blank); line != NULL && n < MAX_WORDS;
	     line = strtok(NULL, blank))
		words[n++] = line;
	if (n <= COMMAND || strcmp(words[COMMAND], "smtpd") != 0)
		return;
	p->services = util_grow(
	    p->services, p->service_count + 1, sizeof(p->services[0]));
	service = &p->services[p->service_count++];
	memset(service, 0, sizeof(*service));
	service->name = util_format("%s/%s", words[0], words[1]);
	service->chrooted = !strcmp(words[CHROOT], "y") ||
			    (!strcmp(words[CHROOT], "-") && usual);
	take_overrides(service, words + COMMAND + 1);
}

/* Each line of postconf with these arguments. */
static int
ask(struct postfix *p, const char *directory, const char *option,
    const char *const arguments[], void (*take)(struct postfix *, char *))
{
	const char *argv[sizeof(names) / sizeof(names[0]) + 4] = { "postconf" };
	size_t n = 1, size = 0;
	char *line = NULL;
	FILE *stream;
	pid_t pid;

	if (directory != NULL) {
		argv[n++] = "-c";
		argv[n++] = directory;
	}
	argv[n++] = option;
	while (arguments != NULL && *arguments != NULL)
		argv[n++] = *arguments++;
	stream = program_open(argv, &pid);
	if (stream == NULL)
		return -1;
	while (getline(&line, &size, stream) > 0)
		take(p, line);
	free(line);
	return program_close(stream, pid) == 0 ? 0 : -1;
}

/* Without a main.cf postconf complains, and waits a second before it ends. */
static bool
is_configured(const struct postfix *p)
{
	char *file = util_format("%s/main.cf", p->directory);
	bool there = access(file, R_OK) == 0;

	free(file);
	return there;
}

void
postfix_read(struct postfix *p, const char *directory)
{
	static const char *const built[] = { "config_directory", "mail_version",
		NULL };

	memset(p, 0, sizeof(*p));
	if (directory != NULL && access(directory, F_OK) < 0)
		return;
	p->installed = ask(p, NULL, "-d", built, take_parameter) == 0;
	if (!p->installed)
		return;
	p->directory = util_copy(
	    directory != NULL ? directory
			      : postfix_get(p, NULL, "config_directory"));
	p->found = is_configured(p) &&
		   ask(p, directory, "-x", names, take_parameter) == 0 &&
		   ask(p, directory, "-M", NULL, take_service) == 0;
}

bool
postfix_is_before(const struct postfix *p, long major, long minor)
{
	char *rest;
	long first = strtol(postfix_get(p, NULL, "mail_version"), &rest, 10);
	long second = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0;

	return first < major || (first == major && second < minor);
}

bool
postfix_is_of_another(const struct postfix *p, const char *directory)
{
	return p->found && strcmp(p->directory, "/etc/postfix") != 0 &&
	       !strcmp(directory, "/etc/postfix/sasl");
}

/* The master holds a lock on this file; its number is in it. */
static pid_t
find_master(const struct postfix *p)
{
	char *file = util_format(
	    "%s/pid/master.pid", postfix_get(p, NULL, "queue_directory"));
	char number[64] = ""; /* it is padded with blanks */
	pid_t pid = 0;
	int fd;

	fd = open(file, O_RDWR | O_CLOEXEC);
	free(file);
	if (fd < 0)
		return errno == EACCES ? -1 : 0; /* who knows */
	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK &&
	    read(fd, number, sizeof(number) - 1) > 0)
		pid = (pid_t)strtol(number, NULL, 10);
	close(fd);
	return pid;
}

bool
postfix_is_running(const struct postfix *p)
{
	return find_master(p) != 0;
}

/* When a process began, if it is an smtpd of this master; else 0. */
static double
start_of(const char *number, pid_t master)
{
	enum { PARENT = 2, START = 20 }; /* words after the name */
	char *file = util_format("/proc/%s/stat", number), line[512] = "";
	char *word = NULL, *rest = NULL;
	struct timespec now, up;
	FILE *in = fopen(file, "re");
	double ticks = 0;
	int i;

	free(file);
	if (in == NULL)
		return 0;
	if (fgets(line, sizeof(line), in) != NULL)
		rest = strstr(line, "(smtpd) ");
	fclose(in);
	word = rest == NULL ? NULL : strtok(rest, " ");
	for (i = 1; word != NULL && i <= START; i++) {
		word = strtok(NULL, " ");
		if (word == NULL ||
		    (i == PARENT && strtol(word, NULL, 10) != master))
			return 0;
		ticks = strtod(word, NULL);
	}
	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &up);
	return word == NULL ? 0
			    : (double)(now.tv_sec - up.tv_sec) +
				  (double)(now.tv_nsec - up.tv_nsec) / 1e9 +
				  ticks / (double)sysconf(_SC_CLK_TCK);
}

double
postfix_smtpd_start(const struct postfix *p)
{
	pid_t master = find_master(p);
	DIR *all = master > 0 ? opendir("/proc") : NULL;
	double oldest = 0, start;
	struct dirent *each;

	while (all != NULL && (each = readdir(all)) != NULL) {
		if (each->d_name[0] < '1' || each->d_name[0] > '9')
			continue;
		start = start_of(each->d_name, master);
		if (start > 0 && (oldest <= 0 || start < oldest))
			oldest = start;
	}
	if (all != NULL)
		closedir(all);
	return oldest;
}

void
postfix_free(struct postfix *p)
{
	size_t i;

	for (i = 0; i < p->service_count; i++) {
		free(p->services[i].name);
		conf_file_free(&p->services[i].overrides);
	}
	free(p->services);
	free(p->directory);
	conf_file_free(&p->parameters);
	memset(p, 0, sizeof(*p));
}

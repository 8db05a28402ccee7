/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on the configuration of the server itself, as far as it is about
 * SASL, and on what a client then sees.
 */
#include "config.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "lib/util.h"

/* --- Postfix: what its main.cf and master.cf say -------------------------- */

static bool
is_yes(const char *value)
{
	return !strcasecmp(value, "yes");
}

/* Has the service no TLS, and offers AUTH under TLS alone? */
static bool
lacks_tls(const struct postfix *p, const struct postfix_service *s)
{
	const char *level = postfix_get(p, s, "smtpd_tls_security_level");

	return is_yes(postfix_get(p, s, "smtpd_tls_auth_only")) &&
	       (*level == '\0' || !strcmp(level, "none")) &&
	       !is_yes(postfix_get(p, s, "smtpd_use_tls")) &&
	       !is_yes(postfix_get(p, s, "smtpd_enforce_tls")) &&
	       !is_yes(postfix_get(p, s, "smtpd_tls_wrappermode"));
}

/* May a client do more after a login than before? */
static bool
honours_logins(const struct postfix *p, const struct postfix_service *s)
{
	static const char *const restrictions[] = { "smtpd_relay_restrictions",
		"smtpd_recipient_restrictions", "smtpd_client_restrictions" };
	size_t i;

	for (i = 0; i < sizeof(restrictions) / sizeof(restrictions[0]); i++)
		if (strstr(postfix_get(p, s, restrictions[i]),
			"permit_sasl_authenticated") != NULL ||
		    strchr(postfix_get(p, s, restrictions[i]), '$') != NULL)
			return true;
	return false;
}

/* A filter, with what it keeps back of the three; a '!' before it excludes. */
static void
check_filter(
    struct doctor *d, const struct postfix *p, const struct postfix_service *s)
{
	static const char name[] = "smtpd_sasl_mechanism_filter";
	const char *filter = postfix_get(p, s, name);
	char *excluded, *line;
	size_t i;

	for (i = 0; *filter != '\0' && doctor_mechanisms[i] != NULL; i++) {
		excluded = util_format("!%s", doctor_mechanisms[i]);
		if (doctor_expects(d, doctor_mechanisms[i]) &&
		    (conf_has_item(filter, excluded) ||
			!(conf_has_item(filter, doctor_mechanisms[i]) ||
			    strstr(filter, "static:") != NULL))) {
			line = util_format("%s=!external, static:rest", name);
			FIND(d, FIND_SERVER_FILTER, p->directory, s->name,
			    doctor_mechanisms[i], name, line);
			free(line);
		}
		free(excluded);
	}
}

/* One smtpd that offers AUTH. */
static void
check_service(
    struct doctor *d, const struct postfix *p, const struct postfix_service *s)
{
	const char *options = postfix_get(p, s, "smtpd_sasl_security_options");
	const char *under_tls =
	    postfix_get(p, s, "smtpd_sasl_tls_security_options");

	if (lacks_tls(p, s))
		FIND(d, FIND_NO_TLS, p->directory, s->name);
	if (conf_has_item(options, "noplaintext"))
		FIND(d, FIND_PLAINTEXT_FORBIDDEN, p->directory);
	else if (conf_has_item(under_tls, "noplaintext"))
		FIND(d, FIND_TLS_PLAINTEXT_FORBIDDEN, p->directory);
	check_filter(d, p, s);
	if (conf_has_item(
		postfix_get(p, s, "smtpd_discard_ehlo_keywords"), "auth"))
		FIND(d, FIND_EHLO_DISCARDED, p->directory, "");
	if (conf_has_item(postfix_get(p, s, "smtpd_sasl_exceptions_networks"),
		"0.0.0.0/0") ||
	    conf_has_item(postfix_get(p, s, "smtpd_sasl_exceptions_networks"),
		"static:all"))
		FIND(d, FIND_EXCEPTED_NETWORKS, p->directory,
		    postfix_get(p, s, "smtpd_sasl_exceptions_networks"));
	if (!honours_logins(p, s))
		FIND(d, FIND_LOGIN_USELESS, p->directory, s->name);
	if (!strcmp(postfix_get(p, s, "smtpd_client_auth_rate_limit"), "0"))
		FIND(d, FIND_NO_RATE_LIMIT, p->directory);
}

/* The name of the file that it reads is the last part of the path. */
static void
check_path(struct doctor *d, const struct postfix *p)
{
	const char *path = postfix_get(p, NULL, "smtpd_sasl_path");
	char *line;

	if (!strcmp(path, d->here.app))
		return;
	line = util_format("smtpd_sasl_path=%s", d->here.app);
	FIND(d, FIND_OTHER_SERVICE, p->directory, path, d->here.app, line);
	free(line);
}

/* Is the file newer than the oldest smtpd that is at work? */
static void
check_age(struct doctor *d, const char *file, double start)
{
	struct stat st;

	if (file != NULL && stat(file, &st) == 0 &&
	    (double)st.st_mtim.tv_sec + (double)st.st_mtim.tv_nsec / 1e9 >
		start)
		FIND(d, FIND_RELOAD, d->here.postfix.directory, file);
}

static void
check_running(struct doctor *d, const struct postfix *p)
{
	double start;
	size_t i;

	if (!postfix_is_running(p)) {
		FIND(d, FIND_NOT_RUNNING, p->directory);
		return;
	}
	start = postfix_smtpd_start(p);
	if (start <= 0)
		return;
	check_age(d, d->config, start);
	for (i = 0; i < d->file_count; i++)
		if (d->files[i].ours)
			check_age(d, d->files[i].path, start);
}

static void
check_postfix(struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	bool auth = false;
	size_t i;

	if (!p->installed)
		return;
	if (!p->found) {
		char *file = util_format("%s/main.cf", p->directory);

		FIND(d,
		    access(file, R_OK) < 0 ? FIND_NO_MAIN_CF
					   : FIND_POSTFIX_BROKEN,
		    p->directory);
		free(file);
		return;
	}
	if (strcmp(postfix_get(p, NULL, "smtpd_sasl_type"), "cyrus") != 0) {
		FIND(d, FIND_NOT_CYRUS, p->directory,
		    postfix_get(p, NULL, "smtpd_sasl_type"));
		return;
	}
	check_path(d, p);
	for (i = 0; i < p->service_count; i++)
		if (postfix_has_auth(p, &p->services[i])) {
			auth = true;
			check_service(d, p, &p->services[i]);
		}
	if (!auth)
		FIND(d, FIND_AUTH_DISABLED, p->directory);
	else
		check_running(d, p);
}

/* --- All of them ---------------------------------------------------------- */

void
check_server(struct doctor *d)
{
	const struct daemon *daemon = d->here.daemon;

	if (daemon == NULL)
		return;
	if (d->where.user == NULL && !d->as_we_are)
		FIND(d, FIND_UNKNOWN_USER, daemon->users, daemon->name);
	if (!strcmp(daemon->app, "smtpd"))
		check_postfix(d);
	else if (!strcmp(daemon->app, "exim") && daemon_is_installed(daemon) &&
		 !d->here.is_configured)
		FIND(d, FIND_EXIM_NO_AUTHENTICATOR);
	else if (d->here.hides_plaintext)
		FIND(d, FIND_SLAPD_PLAINTEXT,
		    d->here.options_file != NULL ? d->here.options_file
						 : "slapd.conf");
}

/* --- What a client sees --------------------------------------------------- */

static int
connect_here(const char *service)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = 2 };
	struct servent *known;
	const char *port = strrchr(service, ':'); /* after an address */
	char *name;
	int fd;

	port = port != NULL ? port + 1 : service;
	name = util_format("%.*s", (int)strcspn(port, "/"), port);
	known = getservbyname(name, "tcp");
	to.sin_port = known != NULL ? (in_port_t)known->s_port
				    : htons((in_port_t)strtol(name, NULL, 10));
	free(name);
	fd = to.sin_port == 0 ? -1
			      : socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* The words after AUTH in the answer to EHLO, "" without; NULL: no answer. */
static char *
ask_ehlo(const char *service)
{
	static const char hello[] = "EHLO localhost\r\n", bye[] = "QUIT\r\n";
	char *line = NULL, *auth = NULL;
	int fd = connect_here(service);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "r");
	bool greeted = false;
	size_t size = 0;

	if (in == NULL)
		return NULL;
	while (getline(&line, &size, in) > 3) {
		line[strcspn(line, "\r\n")] = '\0';
		if (!greeted && !strncmp(line, "220 ", 4)) {
			greeted = true;
			if (send(fd, hello, strlen(hello), MSG_NOSIGNAL) < 0)
				break;
			continue;
		}
		if (auth == NULL && !strncmp(line, "250", 3))
			auth = util_copy("");
		if (!strncasecmp(line + 4, "AUTH ", 5)) {
			free(auth);
			auth = util_copy(line + 9);
		}
		if (!strncmp(line, "250 ", 4) || line[0] != '2')
			break;
	}
	(void)send(fd, bye, strlen(bye), MSG_NOSIGNAL);
	free(line);
	fclose(in);
	return auth;
}

/* Compare as sets: the order is the library's, and may differ. */
static bool
has_all(const char *list, const char *other)
{
	struct bytes each;
	bool all = true;
	char *word;

	while ((each = conf_next_word(&list, CONF_BLANKS)).len > 0) {
		word = util_format("%.*s", (int)each.len, each.data);
		all = all && conf_has_word(other, word);
		free(word);
	}
	return all;
}

/* Are there filters of which only Postfix knows what they do? */
static bool
is_filtered(const struct postfix *p, const struct postfix_service *s)
{
	const char *filter = postfix_get(p, s, "smtpd_sasl_mechanism_filter");

	return (*filter != '\0' &&
		   strcmp(filter, "!external, static:rest") != 0) ||
	       *postfix_get(p, s, "smtpd_sasl_exceptions_networks") != '\0' ||
	       is_yes(postfix_get(p, s, "smtpd_tls_wrappermode")) ||
	       conf_has_item(postfix_get(p, s, "smtpd_sasl_security_options"),
		   "noplaintext");
}

static void
check_ehlo(struct doctor *d, const struct postfix_service *s)
{
	const struct postfix *p = &d->here.postfix;
	const char *want = d->offer != NULL ? d->offer : "";
	char *got;

	if (is_filtered(p, s))
		return;
	if (is_yes(postfix_get(p, s, "smtpd_tls_auth_only")))
		want = "";
	got = ask_ehlo(s->name);
	if (got != NULL && !(has_all(got, want) && has_all(want, got)))
		FIND(d, FIND_EHLO_DIFFERS, p->directory, s->name, got, want);
	free(got);
}

void
check_client_view(struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	size_t i;

	if (!p->found || d->options->plugin_dir != NULL ||
	    d->options->config_dir != NULL || !postfix_is_running(p))
		return;
	for (i = 0; i < p->service_count; i++)
		if (postfix_has_auth(p, &p->services[i]))
			check_ehlo(d, &p->services[i]);
}

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

#include "doctor/doctor.h"

static const char filter[] = "smtpd_sasl_mechanism_filter";
static const char no_filter[] = "!external, static:rest"; /* the default */

/* --- Postfix: what its main.cf and master.cf say -------------------------- */

static bool
is_yes(const char *value)
{
	return !strcasecmp(value, "yes");
}

/*
 * A parameter that is wrong, and the command that sets it right where it is. In
 * master.cf a value has no blanks.
 */
static void
find_parameter(struct doctor *d, const struct postfix_service *s,
    enum finding_id id, const char *name, const char *shown, const char *right)
{
	const struct postfix *p = &d->here.postfix;
	bool own = conf_file_get(&s->overrides, name) != NULL;
	const char *word = own ? util_format("%s/%s=%s", s->name, name, right)
			       : util_format("%s=%s", name, right);

	FIND_ID(d, id, s->name, name, shown,
	    util_format("postconf -c %s %s %s", text_quoted(p->directory),
		own ? "-P" : "-e", text_quoted(word)));
}

static bool
has_tls(const struct postfix *p, const struct postfix_service *s)
{
	const char *level = postfix_get(p, s, "smtpd_tls_security_level");

	return (*level != '\0' && strcmp(level, "none") != 0) ||
	       is_yes(postfix_get(p, s, "smtpd_use_tls")) ||
	       is_yes(postfix_get(p, s, "smtpd_enforce_tls")) ||
	       is_yes(postfix_get(p, s, "smtpd_tls_wrappermode"));
}

/* Does it offer AUTH under TLS alone? A client that must use TLS sees it. */
static bool
is_under_tls(const struct postfix *p, const struct postfix_service *s)
{
	const char *level = postfix_get(p, s, "smtpd_tls_security_level");

	return is_yes(postfix_get(p, s, "smtpd_tls_auth_only")) ||
	       is_yes(postfix_get(p, s, "smtpd_enforce_tls")) ||
	       !(*level == '\0' || !strcmp(level, "none") ||
		   !strcmp(level, "may"));
}

/* May a client do more after a login than before? */
static bool
honours_logins(const struct postfix *p, const struct postfix_service *s)
{
	static const char *const restrictions[] = { "smtpd_relay_restrictions",
		"smtpd_recipient_restrictions", "smtpd_client_restrictions",
		"smtpd_helo_restrictions", "smtpd_sender_restrictions" };
	const char *value;
	size_t i;

	for (i = 0; i < COUNT_OF(restrictions); i++) {
		value = postfix_get(p, s, restrictions[i]);
		if (strstr(value, "permit_sasl_authenticated") != NULL ||
		    strchr(value, '$') != NULL)
			return true;
	}
	return false;
}

/* What a filter excludes of the three; a '!' before a name does so. */
static void
check_filter(struct doctor *d, const struct postfix_service *s)
{
	const char *words = postfix_get(&d->here.postfix, s, filter);
	const char *const *name;

	if (strpbrk(words, "/{") != NULL)
		return; /* a file or a table: who knows what is in it */
	for (name = service_mechanisms; *words != '\0' && *name != NULL; name++)
		if (doctor_expects(d, *name) &&
		    (conf_has(words, util_format("!%s", *name), CONF_COMMAS) ||
			!(conf_has(words, *name, CONF_COMMAS) ||
			    strstr(words, "static:") != NULL)))
			find_parameter(d, s, FIND_SERVER_FILTER, filter, *name,
			    "!external,static:rest");
}

/* One smtpd that offers AUTH. */
static void
check_service(struct doctor *d, const struct postfix_service *s)
{
	/* A parameter that must not have the word, and what cures it. */
	static const struct {
		const char *name, *word, *right;
		enum finding_id id;
	} rows[] = {
		{ "smtpd_sasl_security_options", "noplaintext", "noanonymous",
		    FIND_PLAINTEXT_FORBIDDEN },
		{ "smtpd_sasl_tls_security_options", "noplaintext",
		    "noanonymous", FIND_PLAINTEXT_FORBIDDEN },
		{ "smtpd_discard_ehlo_keywords", "auth", "",
		    FIND_EHLO_DISCARDED },
		{ "smtpd_sasl_exceptions_networks", "0.0.0.0/0", "",
		    FIND_EXCEPTED_NETWORKS },
		{ "smtpd_sasl_exceptions_networks", "static:all", "",
		    FIND_EXCEPTED_NETWORKS },
		{ "smtpd_client_auth_rate_limit", "0", "20",
		    FIND_NO_RATE_LIMIT },
	};
	const struct postfix *p = &d->here.postfix;
	const char *value;
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++) {
		value = postfix_get(p, s, rows[i].name);
		if (i == 0 && has_tls(p, s) &&
		    !conf_has(postfix_get(p, s, rows[1].name), rows[1].word,
			CONF_COMMAS))
			continue; /* they are offered under TLS */
		if (i == 1 && !strcmp(value, postfix_get(p, s, rows[0].name)))
			continue; /* by default it is the one before */
		if (conf_has(value, rows[i].word, CONF_COMMAS))
			find_parameter(d, s, rows[i].id, rows[i].name, value,
			    rows[i].right);
	}
	if (is_under_tls(p, s) && !has_tls(p, s))
		find_parameter(
		    d, s, FIND_NO_TLS, "smtpd_tls_security_level", NULL, "may");
	if (!honours_logins(p, s))
		find_parameter(d, s, FIND_LOGIN_USELESS,
		    "smtpd_relay_restrictions", NULL,
		    "permit_mynetworks,permit_sasl_authenticated,"
		    "defer_unauth_destination");
	check_filter(d, s);
}

/* Is the file newer than the oldest smtpd that is running? */
static void
check_age(struct doctor *d, const char *file, double start)
{
	struct stat st;

	if (file != NULL && stat(file, &st) == 0 &&
	    (double)st.st_mtim.tv_sec + (double)st.st_mtim.tv_nsec / 1e9 >
		start)
		FIND(d, RELOAD, d->here.postfix.directory, file);
}

static void
check_running(struct doctor *d, const struct postfix *p)
{
	double start = postfix_smtpd_start(p);
	char version[MAX_PLUGIN_VERSION];
	size_t i;

	if (!postfix_is_running(p))
		FIND(d, NOT_RUNNING, p->directory);
	else if (start > 0) {
		check_age(d, d->config, start);
		for (i = 0; i < d->file_count; i++)
			if (library_plugin_version(d->files[i].path, version))
				check_age(d, d->files[i].path, start);
	}
}

static void
check_postfix(struct doctor *d)
{
	static const char type[] = "smtpd_sasl_type";
	static const char path[] = "smtpd_sasl_path";
	const struct postfix *p = &d->here.postfix;
	const struct postfix_service *s, *first = NULL, *other = NULL;
	bool is_read = false;

	if (!p->installed)
		return;
	if (!p->found) {
		FIND(d, POSTFIX_BROKEN, p->directory);
		return;
	}
	for (s = p->services; s < p->services + p->service_count; s++) {
		if (!postfix_has_auth(p, s)) {
			if (is_yes(postfix_get(p, s, "smtpd_sasl_auth_enable")))
				other = s;
			continue;
		}
		first = first != NULL ? first : s;
		is_read |= !strcmp(postfix_get(p, s, path), d->here.app);
		check_service(d, s);
	}
	if (first == NULL && other != NULL)
		find_parameter(d, other, FIND_NOT_CYRUS, type,
		    postfix_get(p, other, type), "cyrus");
	else if (first == NULL)
		FIND(d, AUTH_DISABLED, p->directory);
	else {
		if (!is_read)
			find_parameter(d, first, FIND_OTHER_SERVICE, path,
			    postfix_get(p, first, path), d->here.app);
		check_running(d, p);
	}
}

void
check_server(struct doctor *d)
{
	const struct server *server = d->here.server;

	if (server == NULL)
		return;
	if (d->where.user == NULL && !d->as_we_are)
		FIND(d, UNKNOWN_USER, server->users, server->name);
	check_postfix(d);
	if (!strcmp(server->app, "exim") && server_is_installed(server) &&
	    !d->here.is_configured)
		FIND(d, EXIM_NO_AUTHENTICATOR);
	else if (d->here.hides_plaintext)
		FIND(d, SLAPD_PLAINTEXT,
		    d->here.options_file != NULL ? d->here.options_file
						 : "slapd.conf");
}

/* --- What a client sees --------------------------------------------------- */

/* Connect to "smtp/inet", "[::1]:587/inet" and so on, on this machine. */
static FILE *
connect_here(const char *service)
{
	const char *colon = strrchr(service, ':'), *host = "127.0.0.1";
	const char *port = colon != NULL ? colon + 1 : service;
	bool is_six = *service == '[';
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	const struct timeval patience = { .tv_sec = 2 };
	struct addrinfo *to;
	int fd;

	port = util_format("%.*s", (int)strcspn(port, "/"), port);
	if (colon != NULL)
		host = util_format("%.*s", (int)(colon - service) - 2 * is_six,
		    service + is_six);
	if (getaddrinfo(host, port, &hints, &to) != 0)
		return NULL;
	fd = socket(to->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (fd >= 0 && connect(fd, to->ai_addr, to->ai_addrlen) < 0) {
		close(fd);
		fd = -1;
	}
	freeaddrinfo(to);
	return fd >= 0 ? fdopen(fd, "r") : NULL;
}

/* The words after AUTH in the answer to EHLO, "" without; NULL: no answer. */
static const char *
ask_ehlo(const char *service)
{
	static const char hello[] = "EHLO localhost\r\n", bye[] = "QUIT\r\n";
	FILE *in = connect_here(service);
	const char *auth = NULL;
	char line[1024];
	bool greeted = false;

	while (in != NULL && fgets(line, sizeof(line), in) != NULL &&
	       strlen(line) > 4 && line[0] == '2') {
		line[strcspn(line, "\r\n")] = '\0';
		if (greeted && auth == NULL)
			auth = "";
		if (greeted && !strncasecmp(line + 4, "AUTH ", 5))
			auth = util_format("%s", line + 9);
		if (line[3] == ' ' && greeted)
			break;
		if (line[3] == ' ' &&
		    send(fileno(in), hello, strlen(hello), MSG_NOSIGNAL) < 0)
			break;
		greeted |= line[3] == ' ';
	}
	if (in != NULL) {
		(void)send(fileno(in), bye, strlen(bye), MSG_NOSIGNAL);
		fclose(in);
	}
	return auth;
}

/* Compare as sets: the order is the library's, and may differ. */
static bool
has_all(const char *list, const char *other)
{
	const char *each;

	while ((each = conf_next_word(&list, CONF_BLANKS)) != NULL)
		if (!conf_has_word(other, each))
			return false;
	return true;
}

/* Are there filters of which only Postfix knows what they do? */
static bool
is_filtered(const struct postfix *p, const struct postfix_service *s)
{
	const char *words = postfix_get(p, s, filter);

	return (*words != '\0' && strcmp(words, no_filter) != 0) ||
	       *postfix_get(p, s, "smtpd_sasl_exceptions_networks") != '\0' ||
	       is_yes(postfix_get(p, s, "smtpd_tls_wrappermode")) ||
	       conf_has(postfix_get(p, s, "smtpd_sasl_security_options"),
		   "noplaintext", CONF_COMMAS);
}

void
check_client_view(struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	const struct postfix_service *s;
	const char *want, *got;

	if (!p->found || d->options->plugin_dir != NULL ||
	    d->options->config_dir != NULL || !postfix_is_running(p))
		return;
	for (s = p->services; s < p->services + p->service_count; s++) {
		if (!postfix_has_auth(p, s) || is_filtered(p, s))
			continue;
		want = d->offer == NULL || is_under_tls(p, s) ? "" : d->offer;
		got = ask_ehlo(s->name);
		if (got != NULL && !(has_all(got, want) && has_all(want, got)))
			FIND(d, EHLO_DIFFERS, p->directory, s->name, got, want);
	}
}

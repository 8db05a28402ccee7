/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The usual servers: see servers.h.
 */
#include "config.h"

#include <sys/file.h>
#include <fcntl.h>
#include <glob.h>
#include <pwd.h>
#include <time.h>

#include "lib/process.h"
#include "lib/util.h"
#include "sasl/servers.h"

/*
 * Before 3.9, Debian's Postfix had directories of its own compiled in, and
 * looked nowhere else. All others have cyrus_sasl_config_path, which Debian now
 * puts into main.cf, and where it is empty they look where libsasl2 does.
 */
#define DEBIAN		  "/etc/debian_version"
#define POSTFIX_ON_DEBIAN "/etc/postfix/sasl:/usr/lib/sasl"
#define SLAPD_ON_DEBIAN	  "/etc/ldap/sasl2:/usr/lib/sasl2"

/* NULL leaves it as it is, and "" takes it away. */
static void
set(char **to, const char *value)
{
	if (value != NULL)
		*to = *value == '\0' ? NULL : util_copy(value);
}

/*
 * The value of a line "name = value", whose name then ends before one of
 * `between`; NULL if there is none of these. Quotes around a value go.
 */
static char *
split(char *line, const char *between)
{
	size_t len = strcspn(line, between);
	char *value = line + len;

	if (*value == '\0')
		return NULL;
	while (len > 0 && line[len - 1] == ' ')
		len--;
	*value++ = '\0';
	line[len] = '\0';
	value += strspn(value, " \t\"'");
	for (len = strlen(value); len > 0; len--)
		if (strchr(" \t\"'", value[len - 1]) == NULL)
			break;
	value[len] = '\0';
	return value;
}

/* A line of a file, or of what a program prints, with a '='. */
static void
take_pair(void *context, char *line)
{
	const char *value = split(line, "=");

	if (value != NULL)
		conf_file_set(context, line, value);
}

/* --- What postconf says --------------------------------------------------- */

enum { COMMAND = 7, CHROOT = 4 }; /* words of master.cf */

static const char blank[] = " \t\n";

static const char *const asked[] = { "config_directory", "queue_directory",
	"mail_owner", "myhostname", "smtpd_sasl_auth_enable",
	"smtpd_sasl_local_domain", "smtpd_sasl_type", "smtpd_sasl_path",
	"cyrus_sasl_config_path", "smtpd_sasl_security_options",
	"smtpd_sasl_tls_security_options", "smtpd_sasl_mechanism_filter",
	"smtpd_sasl_exceptions_networks", "smtpd_discard_ehlo_keywords",
	"smtpd_tls_security_level", "smtpd_tls_wrappermode", "smtpd_use_tls",
	"smtpd_enforce_tls", "smtpd_tls_auth_only", "smtpd_relay_restrictions",
	"smtpd_recipient_restrictions", "smtpd_client_restrictions",
	"smtpd_helo_restrictions", "smtpd_sender_restrictions",
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
	return !strcasecmp(
		   postfix_get(p, service, "smtpd_sasl_auth_enable"), "yes") &&
	       !strcmp(postfix_get(p, service, "smtpd_sasl_type"), "cyrus");
}

/* One line of master.cf, as postconf -M prints it. */
static void
take_service(void *context, char *line)
{
	struct postfix *p = context;
	char *words[COMMAND + 1] = { NULL };
	struct postfix_service *service;
	size_t n = 0;

	for (line = strtok(line, blank); line != NULL && n <= COMMAND;
	     line = strtok(NULL, blank))
		words[n++] = line;
	if (n <= COMMAND || strcmp(words[COMMAND], "smtpd") != 0)
		return;
	p->services =
	    util_grow(p->services, p->service_count, sizeof(p->services[0]));
	service = &p->services[p->service_count++];
	memset(service, 0, sizeof(*service));
	service->name = util_format("%s/%s", words[0], words[1]);
	service->chrooted =
	    !strcmp(words[CHROOT], "y") ||
	    (!strcmp(words[CHROOT], "-") &&
		strtol(postfix_get(p, NULL, "compatibility_level"), NULL, 10) <
		    1);
}

/* "smtp/inet/name = value": an option of such a line, as postconf -P has it. */
static void
take_override(void *context, char *line)
{
	struct postfix *p = context;
	const char *value = split(line, "=");
	char *name = strrchr(line, '/');
	size_t i;

	if (value == NULL || name == NULL)
		return;
	*name++ = '\0';
	for (i = 0; i < p->service_count; i++)
		if (!strcmp(p->services[i].name, line))
			conf_file_set(&p->services[i].overrides, name, value);
}

/* Each line of postconf with these arguments. */
static bool
ask_postconf(const struct postfix *p, const char *option,
    const char *const arguments[], process_line_fn *take, void *context)
{
	const char *argv[COUNT_OF(asked) + 4] = { "postconf" };
	size_t n = 1;

	if (p->installed) {
		argv[n++] = "-c";
		argv[n++] = p->directory;
	}
	argv[n++] = option;
	while (arguments != NULL && *arguments != NULL)
		argv[n++] = *arguments++;
	return process_run(NULL, argv, take, context) == 0;
}

/* Its directory is that of --postfix, or NULL. */
static void
ask_postfix(struct postfix *p)
{
	static const char *const built[] = { "config_directory", "mail_version",
		NULL };
	struct conf_file *all = &p->parameters;
	const char *file;

	if (p->directory != NULL && access(p->directory, F_OK) < 0)
		return;
	p->installed = ask_postconf(p, "-d", built, take_pair, all);
	if (!p->installed)
		return;
	if (p->directory == NULL)
		p->directory =
		    util_copy(postfix_get(p, NULL, "config_directory"));
	/* Without it postconf complains, and waits a second before it ends. */
	file = util_format("%s/main.cf", p->directory);
	p->found = access(file, R_OK) == 0 &&
		   ask_postconf(p, "-x", asked, take_pair, all) &&
		   ask_postconf(p, "-M", NULL, take_service, p) &&
		   ask_postconf(p, "-Px", NULL, take_override, p);
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

struct smtpd {
	pid_t master;
	double ticks; /* after boot it began */
};

static void
take_stat(void *context, char *line)
{
	struct smtpd *smtpd = context;
	double ticks;
	int parent;

	if ((line = strstr(line, "(smtpd) ")) != NULL &&
	    sscanf(line,
		"(smtpd) %*s %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
		"%*s %*s %*s %*s %*s %*s %lf",
		&parent, &ticks) == 2 &&
	    parent == smtpd->master &&
	    (smtpd->ticks <= 0 || ticks < smtpd->ticks))
		smtpd->ticks = ticks;
}

double
postfix_smtpd_start(const struct postfix *p)
{
	struct smtpd oldest = { .master = find_master(p) };
	struct timespec now, up;
	glob_t all;
	size_t i;

	if (oldest.master <= 0 ||
	    glob("/proc/[1-9]*/stat", GLOB_NOSORT, NULL, &all) != 0)
		return 0;
	for (i = 0; i < all.gl_pathc; i++)
		(void)process_file(all.gl_pathv[i], take_stat, &oldest);
	globfree(&all);
	if (oldest.ticks <= 0)
		return 0;
	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &up);
	return (double)(now.tv_sec - up.tv_sec) +
	       (double)(now.tv_nsec - up.tv_nsec) / 1e9 +
	       oldest.ticks / (double)sysconf(_SC_CLK_TCK);
}

static void
read_postfix(struct server_here *here)
{
	struct postfix *p = &here->postfix;
	int major = 0, minor = 0;
	size_t i;

	ask_postfix(p);
	here->is_configured = p->installed && !p->found;
	if (!p->found)
		return;
	set(&here->user, postfix_get(p, NULL, "mail_owner"));
	set(&here->path, postfix_get(p, NULL, "cyrus_sasl_config_path"));
	set(&here->fqdn, postfix_get(p, NULL, "myhostname"));
	set(&here->realm, postfix_get(p, NULL, "smtpd_sasl_local_domain"));
	(void)sscanf(
	    postfix_get(p, NULL, "mail_version"), "%d.%d", &major, &minor);
	if (access(DEBIAN, F_OK) == 0 &&
	    (major < 3 || (major == 3 && minor < 9)))
		here->path = util_format("%s/sasl:/usr/lib/sasl", p->directory);
	for (i = 0; i < p->service_count; i++) {
		if (!postfix_has_auth(p, &p->services[i]))
			continue;
		if (!here->is_configured) /* master.cf may have another one */
			set(&here->realm, postfix_get(p, &p->services[i],
					      "smtpd_sasl_local_domain"));
		here->is_configured = true;
		if (p->services[i].chrooted)
			set(&here->chroot,
			    postfix_get(p, NULL, "queue_directory"));
	}
}

/* --- Those that have lines in a file of their own ------------------------- */

static void
read_sendmail(struct server_here *here)
{
	struct conf_file lines = { NULL, 0 };

	(void)process_file("/etc/mail/sendmail.cf", take_pair, &lines);
	set(&here->filter, conf_file_get(&lines, "O AuthMechanisms"));
	set(&here->realm, conf_file_get(&lines, "O AuthRealm"));
	here->is_configured = here->filter != NULL;
}

struct exim {
	struct server_here *here;
	const char *program;
	bool is_sasl; /* the authenticator whose lines are read */
};

/* What cannot be expanded is told in its place, and Exim ends with 0. */
static void
take_expanded(void *context, char *line)
{
	static const char failed[] = "Failed: ";

	set(context, strncmp(line, failed, strlen(failed)) == 0 ? "" : line);
}

/* The first authenticator's. It may have to be expanded, as Exim can. */
static void
set_expanded(const struct exim *exim, char **to, const char *value)
{
	const char *argv[] = { exim->program, "-be", value, NULL };

	if (*to != NULL)
		return;
	if (strchr(value, '$') == NULL)
		set(to, value);
	else if (process_run(NULL, argv, take_expanded, to) != 0)
		set(to, "");
}

/* The driver comes before what else the authenticator has. */
static void
take_authenticator(void *context, char *line)
{
	struct exim *exim = context;
	struct server_here *here = exim->here;
	const char *value = split(line, "=");

	if (value == NULL)
		return;
	if (!strcmp(line, "driver")) {
		exim->is_sasl = !strcmp(value, "cyrus_sasl");
		here->is_configured |= exim->is_sasl;
	} else if (!exim->is_sasl)
		return;
	else if (!strcmp(line, "server_realm"))
		set_expanded(exim, &here->realm, value);
	else if (!strcmp(line, "server_hostname"))
		set_expanded(exim, &here->fqdn, value);
	else if (!strcmp(line, "public_name"))
		here->filter = util_join(here->filter, " ", value);
}

static void
read_exim(struct server_here *here)
{
	struct conf_file lines = { NULL, 0 };
	struct exim exim = { .here = here, .program = "exim" };
	const char *argv[] = { NULL, "-bP", "exim_user", NULL };

	if (access("/usr/sbin/exim4", X_OK) == 0)
		exim.program = "exim4";
	argv[0] = exim.program;
	(void)process_run(NULL, argv, take_pair, &lines);
	set(&here->user, conf_file_get(&lines, "exim_user"));
	argv[2] = "authenticators";
	(void)process_run(NULL, argv, take_authenticator, &exim);
}

/* slapd.conf, or the LDIF of cn=config. */
static void
take_slapd(void *context, char *line)
{
	struct server_here *here = context;
	const char *value = split(line, ": \t"), *name = line;

	if (value != NULL && !strncasecmp(line, "olcSasl", 7))
		name += 7;
	else if (value != NULL && !strncasecmp(line, "sasl-", 5))
		name += 5;
	else
		return;
	here->is_configured = true;
	if (!strcasecmp(name, "host"))
		set(&here->fqdn, value);
	else if (!strcasecmp(name, "realm"))
		set(&here->realm, value);
	else if (!strcasecmp(name, "auxprops"))
		conf_file_set(&here->options, "auxprop_plugin", value);
	else if (!strcasecmp(name, "secprops"))
		here->hides_plaintext = strcasestr(value, "noplain") != NULL;
}

/* A file, or the directory of cn=config. */
static bool
read_slapd_file(struct server_here *here, const char *path)
{
	const char *file = util_format("%s/cn=config.ldif", path);

	if (!process_file(file, take_slapd, here)) {
		file = path;
		if (!process_file(file, take_slapd, here))
			return false;
	}
	here->options_file = util_copy(file);
	return true;
}

static void
read_slapd(struct server_here *here)
{
	static const char *const usual[] = { "/etc/ldap/slapd.d/cn=config.ldif",
		"/etc/openldap/slapd.d/cn=config.ldif", "/etc/ldap/slapd.conf",
		"/etc/openldap/slapd.conf" };
	struct conf_file lines = { NULL, 0 };
	const char *user;
	size_t i;

	here->hides_plaintext = true;
	/* Debian's own file about its slapd, of a shell's syntax. */
	if (process_file("/etc/default/slapd", take_pair, &lines)) {
		user = conf_file_get(&lines, "SLAPD_USER");
		here->user =
		    util_copy(user != NULL && *user != '\0' ? user : "root");
		set(&here->options_file, conf_file_get(&lines, "SLAPD_CONF"));
	}
	if (here->options_file != NULL)
		(void)read_slapd_file(here, here->options_file);
	for (i = 0; here->options_file == NULL && i < COUNT_OF(usual); i++)
		(void)read_slapd_file(here, usual[i]);
	if (conf_file_get(&here->options, "auxprop_plugin") == NULL)
		conf_file_set(&here->options, "auxprop_plugin", "slapd");
	here->keeps_passwords = conf_has_word(
	    conf_file_get(&here->options, "auxprop_plugin"), "slapd");
}

static const char cyrus_prefix[] = "sasl_";

static void
take_cyrus(void *context, char *line)
{
	struct server_here *here = context;
	const char *value = split(line, ":");

	if (value == NULL)
		return;
	if (!strncmp(line, cyrus_prefix, strlen(cyrus_prefix))) {
		conf_file_set(
		    &here->options, line + strlen(cyrus_prefix), value);
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
read_cyrus(struct server_here *here)
{
	static const char file[] = "/etc/imapd.conf";

	here->options_file = util_copy(file);
	here->prefix = cyrus_prefix;
	(void)process_file(file, take_cyrus, here);
}

const struct server servers[] = {
	{ "Postfix", "postfix smtpd smtp", "smtpd", "smtp", POSTFIX_ON_DEBIAN,
	    "postfix", "/usr/sbin/postconf", true, NULL, read_postfix },
	{ "Sendmail", "sendmail", "Sendmail", "smtp", NULL, "root",
	    "/etc/mail/sendmail.cf", false, "smmta", read_sendmail },
	{ "Exim", "exim exim4", "exim", "smtp", NULL, "Debian-exim exim mail",
	    "/usr/sbin/exim4 /usr/sbin/exim", false, NULL, read_exim },
	{ "OpenLDAP", "slapd openldap ldap", "slapd", "ldap", SLAPD_ON_DEBIAN,
	    "openldap ldap", "/usr/sbin/slapd /usr/libexec/slapd", true, NULL,
	    read_slapd },
	{ "Cyrus IMAP", "cyrus imap imapd pop3 pop3d sieve", "Cyrus", "imap",
	    NULL, "cyrus", "/etc/imapd.conf", true, NULL, read_cyrus },
};

const size_t server_count = COUNT_OF(servers);

const struct server *
server_find(const char *name)
{
	size_t i;

	for (i = 0; i < server_count; i++)
		if (conf_has_word(servers[i].called, name))
			return &servers[i];
	return NULL;
}

bool
server_is_installed(const struct server *server)
{
	const char *rest = server->programs, *file;

	while ((file = conf_next_word(&rest, CONF_BLANKS)) != NULL)
		if (access(file, F_OK) == 0)
			return true;
	return false;
}

const char *
server_own_file(
    const struct server_here *here, const char *option, const char *conf)
{
	return conf_file_get(&here->options, option) != NULL ||
		       (conf == NULL && here->prefix != NULL)
		   ? here->options_file
		   : NULL;
}

const char *
server_spelt(
    const struct server_here *here, const char *option, const char *conf)
{
	if (server_own_file(here, option, conf) == NULL)
		return option;
	return here->prefix != NULL ? util_format("%s%s", here->prefix, option)
				    : NULL;
}

const char *
server_line(const struct server_here *here, const char *option,
    const char *value, const char *conf)
{
	const char *spelt = server_spelt(here, option, conf);

	if (spelt != NULL)
		return util_format("%s: %s", spelt, value);
	return util_format(strstr(here->options_file, ".ldif") != NULL
			       ? "olcSaslAuxprops: %s"
			       : "sasl-auxprops %s",
	    value);
}

static char *
find_user(const char *names)
{
	char *name;

	while ((name = conf_next_word(&names, CONF_BLANKS)) != NULL)
		if (getpwnam(name) != NULL)
			break;
	return name;
}

void
server_read(struct server_here *here, const struct server *server,
    const char *app, const char *postfix)
{
	const struct passwd *keeper;

	memset(here, 0, sizeof(*here));
	here->server = server;
	here->app = util_copy(server != NULL ? server->app : app);
	here->service = util_copy(server != NULL ? server->service : app);
	if (server == NULL)
		return;
	here->user = find_user(server->users);
	keeper = server->keeper != NULL ? getpwnam(server->keeper) : NULL;
	here->keeper = keeper != NULL ? keeper->pw_uid : 0;
	if (access(DEBIAN, F_OK) == 0)
		here->path = util_copy(server->path);
	here->postfix.directory = util_copy(postfix);
	server->read(here);
}

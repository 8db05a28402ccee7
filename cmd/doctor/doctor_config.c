/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on the configuration file: the right place, lines that libsasl2
 * does not take, options that nobody knows, values that make no sense.
 */
#include "config.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backend/option.h"
#include "doctor/doctor.h"
#include "lib/util.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { SHORT = 5, SLIPS = 2 }; /* a short word is soon another one */

/* Options of the library and of the plugins that come with it. */
static const char *const known[] = { "authdaemond_path", "auto_transition",
	"auxprop_plugin", "canon_user_plugin", "client_mech_list", "keytab",
	"ldapdb_canon_attr", "ldapdb_id", "ldapdb_mech", "ldapdb_pw",
	"ldapdb_rc", "ldapdb_starttls", "ldapdb_uri", "log_level", "mech_list",
	"ntlm_server", "ntlm_v2", "opiekeys", "otp_mda", "plugin_list",
	"pwcheck_method", "reauth_timeout", "saslauthd_path", "sasldb_mapsize",
	"sasldb_maxreaders", "sasldb_path", "scram_iteration_counter",
	"scram_secret_generate", "sql_database", "sql_engine", "sql_hostnames",
	"sql_insert", "sql_passwd", "sql_select", "sql_statement", "sql_update",
	"sql_user", "sql_usessl", "srp_mda", "srvtab" };

/* Those that hold a password themselves. */
static const char *const confidential[] = { "sql_passwd", "ldapdb_pw" };

/* Where configuration files of libsasl2 are found in the field. */
static const char *const places[] = { "/etc/sasl", "/etc/sasl2",
	"/etc/postfix/sasl", "/etc/ldap/sasl2", "/etc/mail/sasl",
	"/usr/lib/sasl", "/usr/lib*/sasl2", "/usr/lib/*/sasl2",
	"/usr/local/lib*/sasl2" };

static void
report_malformed(struct doctor *d, const struct conf_line *s,
    const char *subject, const char *what, const char *advice)
{
	DOCTOR_FAULT(d, "malformed-line",
	    util_format(
		"%s, line %d: %s %s", d->config, s->line, subject, what),
	    util_copy(advice));
}

static void
check_line(struct doctor *d, const struct conf_line *s)
{
	switch (s->fault) {
	case CONF_NO_COLON:
	case CONF_BAD_KEY:
		report_malformed(d, s, "it",
		    "is not `option: value', and so libsasl2 refuses the whole "
		    "file",
		    "an option is letters, digits, - and _, and the colon "
		    "follows at once; or begin the line with #");
		break;
	case CONF_NO_VALUE:
		report_malformed(d, s, s->name,
		    "has no value, and so libsasl2 refuses the whole file",
		    "give it one, or begin the line with #");
		break;
	case CONF_TOO_LONG:
		report_malformed(d, s, "it",
		    "has more than 4094 characters, and libsasl2 takes the "
		    "rest for another line",
		    "make it shorter");
		break;
	case CONF_REPEATED:
		DOCTOR_WARN(d, "repeated-option",
		    util_format("%s, line %d: %s was set above, and that is "
				"what counts",
			d->config, s->line, s->name),
		    util_copy("remove one of them"));
		break;
	case CONF_NO_FAULT:
		break;
	}
}

/* An option with our prefix. True if there is one of that name. */
static bool
check_ours(struct doctor *d, const struct conf_line *s)
{
	char choices[256];
	size_t i;

	for (i = 0; i < OPTION_COUNT; i++) {
		if (strcmp(option_name((enum option)i), s->name) != 0)
			continue;
		option_choices((enum option)i, choices, sizeof(choices));
		if (!option_takes((enum option)i, s->value))
			DOCTOR_FAULT(d, "bad-value",
			    util_format("%s, line %d: %s cannot be \"%s\", so "
					"its default is used",
				d->config, s->line, s->name, s->value),
			    util_format("it takes: %s", choices));
		return true;
	}
	return false;
}

/* Can so many characters put in, taken out or changed make `b` of `a`? */
static bool
is_near(const char *a, const char *b, int slips)
{
	while (*a != '\0' && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true;
	return slips > 0 && ((*a != '\0' && *b != '\0' &&
				 is_near(a + 1, b + 1, slips - 1)) ||
				(*a != '\0' && is_near(a + 1, b, slips - 1)) ||
				(*b != '\0' && is_near(a, b + 1, slips - 1)));
}

/* Of the options that there are, one that was perhaps meant; or NULL. */
static const char *
find_meant(const char *name)
{
	const char *other;
	size_t i;

	for (i = 0; strlen(name) > SHORT && i < OPTION_COUNT + COUNT_OF(known);
	     i++) {
		other = i < OPTION_COUNT ? option_name((enum option)i)
					 : known[i - OPTION_COUNT];
		if (strcmp(other, name) != 0 && is_near(name, other, SLIPS))
			return other;
		if (!strcmp(other, name))
			return NULL;
	}
	return NULL;
}

static void
check_name(struct doctor *d, const struct conf_line *s)
{
	const char *meant;
	bool prefixed = !strncmp(s->name, "classic_", strlen("classic_"));

	if (s->value == NULL || check_ours(d, s))
		return;
	meant = find_meant(s->name);
	if (!prefixed && meant == NULL)
		return; /* a plugin that we do not know may have it */
	DOCTOR_FAULT(d, "unknown-option",
	    util_format("%s, line %d: nobody knows an option %s", d->config,
		s->line, s->name),
	    meant != NULL ? util_format("is it %s?", meant)
			  : util_copy("sasl-classic(7) has the list of ours"));
}

static void
check_mode(struct doctor *d)
{
	struct stat st;
	size_t i;

	if (stat(d->config, &st) < 0 || !(st.st_mode & S_IROTH))
		return;
	for (i = 0; i < COUNT_OF(confidential); i++)
		if (conf_file_get(&d->settings, confidential[i]) != NULL)
			DOCTOR_WARN(d, "config-readable",
			    util_format("everybody can read %s in %s",
				confidential[i], d->config),
			    util_format("chmod o-r %s, and see that the "
					"daemon can read it still",
				d->config));
}

static bool
is_looked_for(const struct doctor *d, const char *path)
{
	size_t i;

	for (i = 0; i < d->config_count; i++)
		if (!strcmp(d->configs[i], path))
			return true;
	return false;
}

static void
report_elsewhere(struct doctor *d, const char *path)
{
	DOCTOR_FAULT(d, "wrong-config-directory",
	    util_format("%s is not read by %s", path,
		d->here.daemon != NULL ? d->here.daemon->name : "this service"),
	    util_format("what it says belongs into %s",
		d->config != NULL     ? d->config
		: d->config_count > 0 ? d->configs[0]
				      : "a directory that is searched"));
}

/* A file of that name where the service does not look for it. */
static void
check_elsewhere(struct doctor *d)
{
	glob_t found;
	char *pattern;
	size_t i, j;

	for (i = 0; i < COUNT_OF(places); i++) {
		if (postfix_is_of_another(&d->here.postfix, places[i]))
			continue;
		pattern =
		    util_format("%s/%s.conf", places[i], d->options->service);
		if (glob(pattern, 0, NULL, &found) == 0) {
			for (j = 0; j < found.gl_pathc; j++)
				if (!is_looked_for(d, found.gl_pathv[j]))
					report_elsewhere(d, found.gl_pathv[j]);
			globfree(&found);
		}
		free(pattern);
	}
}

/* Others in the path, behind the one that is read. */
static void
check_shadowed(struct doctor *d)
{
	struct stat one, other;
	size_t i;

	for (i = 0; i < d->config_count; i++)
		if (d->config != NULL && d->configs[i] != d->config &&
		    stat(d->config, &one) == 0 &&
		    stat(d->configs[i], &other) == 0 &&
		    (one.st_dev != other.st_dev || one.st_ino != other.st_ino))
			DOCTOR_WARN(d, "shadowed-config",
			    util_format(
				"%s is not read, because %s comes first",
				d->configs[i], d->config),
			    util_copy("remove the one that is not meant"));
}

static void
check_missing(struct doctor *d)
{
	if (d->config == NULL)
		DOCTOR_FAULT(d, "no-config",
		    util_format("there is no %s.conf, so libsasl2 uses its "
				"defaults: sasldb, all mechanisms",
			d->options->service),
		    util_format("make %s",
			d->config_count > 0 ? d->configs[0] : "one"));
	else
		DOCTOR_FAULT(d, "unreadable-config",
		    util_format(
			"%s cannot be read: %s", d->config, strerror(errno)),
		    util_copy("let the daemon read it"));
}

void
doctor_check_config(struct doctor *d)
{
	size_t i;

	check_shadowed(d);
	if (d->options->config_dir == NULL)
		check_elsewhere(d);
	if (d->config == NULL || conf_file_read(&d->settings, d->config) < 0) {
		check_missing(d);
		return;
	}
	for (i = 0; i < d->settings.count; i++) {
		check_line(d, &d->settings.list[i]);
		check_name(d, &d->settings.list[i]);
	}
	check_mode(d);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on the configuration of libsasl2: the right place, lines that the
 * library does not take, options that nobody knows, values and words that make
 * no sense.
 */
#include "config.h"

#include <sys/stat.h>
#include <errno.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "backend/option.h"
#include "doctor/doctor.h"
#include "lib/file.h"
#include "lib/util.h"
#include "secrets/scheme.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { SHORT = 5, SLIPS = 2 }; /* a short word is soon another one */

/* Options of the library and of the plugins that come with it, and with us. */
static const char *const known[] = { "authdaemond_path", "auto_transition",
	"auxprop_plugin", "canon_user_plugin", "client_mech_list", "keytab",
	"ldapdb_canon_attr", "ldapdb_id", "ldapdb_mech", "ldapdb_pw",
	"ldapdb_rc", "ldapdb_starttls", "ldapdb_uri", "log_level", "mech_list",
	"ntlm_server", "ntlm_v2", "opiekeys", "otp_mda", "passwdfile_format",
	"passwdfile_path", "plugin_list", "pwcheck_method", "reauth_timeout",
	"saslauthd_path", "sasldb_mapsize", "sasldb_maxreaders", "sasldb_path",
	"scram_iteration_counter", "scram_secret_generate", "sql_database",
	"sql_engine", "sql_hostnames", "sql_insert", "sql_passwd", "sql_select",
	"sql_statement", "sql_update", "sql_user", "sql_usessl", "srp_mda",
	"srvtab" };

/* Those that hold a password themselves. */
static const char *const confidential[] = { "sql_passwd", "ldapdb_pw" };

/* Where configuration files of libsasl2 are found in the field. */
static const char *const places[] = { "/etc/sasl", "/etc/sasl2",
	"/etc/postfix/sasl", "/etc/ldap/sasl2", "/etc/mail/sasl",
	"/usr/lib/sasl", "/usr/lib*/sasl2", "/usr/lib/*/sasl2",
	"/usr/local/lib*/sasl2" };

/* --- Line by line --------------------------------------------------------- */

static void
check_line(struct doctor *d, const struct conf_line *l, const char *number)
{
	static const enum finding_id ids[] = {
		[CONF_NO_COLON] = FIND_MALFORMED_LINE,
		[CONF_BAD_KEY] = FIND_MALFORMED_LINE,
		[CONF_NO_VALUE] = FIND_NO_VALUE,
		[CONF_TOO_LONG] = FIND_LONG_LINE,
		[CONF_REPEATED] = FIND_REPEATED_OPTION,
	};

	if (l->fault != CONF_NO_FAULT)
		FIND(d, ids[l->fault], d->config, number, l->name);
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

static const char *
option_at(size_t i)
{
	return i < OPTION_COUNT ? option_name((enum option)i)
	       : i < OPTION_COUNT + COUNT_OF(known) ? known[i - OPTION_COUNT]
						    : NULL;
}

static bool
is_known(const char *name)
{
	size_t i;

	for (i = 0; option_at(i) != NULL; i++)
		if (!strcmp(option_at(i), name))
			return true;
	return false;
}

/* The option that was perhaps meant; or NULL. */
static const char *
find_meant(const char *name)
{
	size_t i;

	for (i = 0; strlen(name) > SHORT && option_at(i) != NULL; i++)
		if (is_near(name, option_at(i), SLIPS))
			return option_at(i);
	return NULL;
}

/* One that no table has; a plugin that we do not know may have it. */
static void
check_name(struct doctor *d, const struct conf_line *l, const char *number)
{
	static const char ours[] = "classic_", prefix[] = "sasl_";
	const char *meant = find_meant(l->name);
	char *command;

	if (!strncmp(l->name, prefix, strlen(prefix)) &&
	    is_known(l->name + strlen(prefix)))
		FIND(d, FIND_PREFIXED_OPTION, d->config, number, l->name);
	else if (meant != NULL) {
		command = util_format("%ss/%s/%s/I", number, l->name, meant);
		FIND(d, FIND_MISSPELT_OPTION, d->config, number, l->name, meant,
		    command);
		free(command);
	} else if (!strncmp(l->name, ours, strlen(ours)))
		FIND(d, FIND_UNKNOWN_OPTION, d->config, number, l->name);
}

static void
check_value(struct doctor *d, const struct conf_line *l, const char *number)
{
	char choices[256];
	size_t i;

	for (i = 0; i < OPTION_COUNT; i++) {
		if (strcmp(option_name((enum option)i), l->name) != 0 ||
		    option_takes((enum option)i, l->value))
			continue;
		option_choices((enum option)i, choices, sizeof(choices));
		FIND(d, FIND_BAD_VALUE, d->config, number, l->name, l->value,
		    choices);
	}
}

/* --- The file ------------------------------------------------------------- */

static const char *
group_of(const struct doctor *d)
{
	const struct passwd *who =
	    d->where.user != NULL ? getpwnam(d->where.user) : NULL;
	const struct group *group = who != NULL ? getgrgid(who->pw_gid) : NULL;

	return group != NULL ? group->gr_name : "root";
}

static void
check_mode(struct doctor *d)
{
	struct stat st;
	size_t i;

	if (stat(d->config, &st) < 0 || !(st.st_mode & S_IROTH))
		return;
	for (i = 0; i < COUNT_OF(confidential); i++)
		if (doctor_option(d, confidential[i]) != NULL)
			FIND(d, FIND_CONFIG_READABLE, confidential[i],
			    d->config, group_of(d));
}

/* Whoever can write to it decides which plugins check which secrets. */
static void
check_trust(struct doctor *d)
{
	struct file_breach breach;

	if (file_is_trusted(d->config, &breach))
		return;
	FIND(d, FIND_CONFIG_UNTRUSTED, breach.who, breach.advice);
	file_breach_free(&breach);
	d->not_tried = true;
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

/* A file of that name where the server does not look for it. */
static void
check_elsewhere(struct doctor *d)
{
	glob_t found;
	char *pattern;
	size_t i, j;

	for (i = 0; i < COUNT_OF(places); i++) {
		if (postfix_is_of_another(&d->here.postfix, places[i]))
			continue;
		pattern = util_format("%s/%s.conf", places[i], d->here.app);
		if (glob(pattern, 0, NULL, &found) == 0) {
			for (j = 0; j < found.gl_pathc; j++)
				if (!is_looked_for(d, found.gl_pathv[j]))
					FIND(d, FIND_WRONG_CONFIG_DIRECTORY,
					    found.gl_pathv[j], doctor_name(d),
					    d->config != NULL ? NULL
					    : d->config_count > 0
						? d->configs[0]
						: NULL);
			globfree(&found);
		}
		free(pattern);
	}
}

/* Others in the path, after the one that is read. */
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
			FIND(d, FIND_SHADOWED_CONFIG, d->configs[i], d->config);
}

/* Some servers need none: their own file has it all. */
static void
check_missing(struct doctor *d)
{
	if (d->config != NULL)
		FIND(d, FIND_UNREADABLE_CONFIG, d->config, strerror(errno));
	else if (d->here.options.count == 0 && !d->here.keeps_passwords)
		FIND(d, FIND_NO_CONFIG, d->here.app, doctor_name(d),
		    d->config_count > 0 ? d->configs[0]
					: "one where libsasl2 looks");
}

/* Together they are a trap: what was right once is stored for good. */
static void
check_transition(struct doctor *d)
{
	const char *transition = doctor_option(d, "auto_transition");

	if (transition != NULL && strcasecmp(transition, "no") != 0 &&
	    doctor_uses(d, "auxprop") && doctor_uses(d, "saslauthd"))
		FIND(d, FIND_STALE_TRANSITION);
}

void
check_config(struct doctor *d)
{
	struct conf_line *l;
	char number[16];

	check_shadowed(d);
	if (d->options->config_dir == NULL)
		check_elsewhere(d);
	if (d->config == NULL || conf_file_read(&d->settings, d->config) < 0) {
		check_missing(d);
		return;
	}
	for (l = d->settings.list; l < d->settings.list + d->settings.count;
	     l++) {
		if (l->line == 0)
			continue; /* the server's own */
		snprintf(number, sizeof(number), "%d", l->line);
		check_line(d, l, number);
		if (l->value == NULL)
			continue;
		if (!is_known(l->name))
			check_name(d, l, number);
		check_value(d, l, number);
	}
	check_mode(d);
	check_trust(d);
	check_transition(d);
	if (d->here.daemon == NULL && doctor_option(d, "log_level") == NULL)
		FIND(d, FIND_LOG_LEVEL, d->config);
}

/* --- Options that are lists ----------------------------------------------- */

/* Without it the list is right again. */
static char *
without_word(const char *option, const char *word)
{
	return util_format(
	    "/^%s:/Is/\\([: \\t]\\)%s\\([ \\t]\\|$\\)/\\1/g", option, word);
}

static void
check_mechanism(struct doctor *d, const char *word)
{
	struct library_plugin plugin;
	char *command;

	if (library_find(LIBRARY_SERVER, word, &plugin))
		return;
	if (strpbrk(word, ",;") != NULL)
		command = util_copy("/^mech_list:/Is/[,;]/ /g");
	else
		command = without_word("mech_list", word);
	FIND(d, FIND_UNKNOWN_MECHANISM, doctor_config(d), word, command);
	free(command);
}

static void
check_store(struct doctor *d, const char *word)
{
	struct library_plugin plugin;

	if (!library_find(LIBRARY_STORE, word, &plugin) &&
	    !(d->here.keeps_passwords && !strcasecmp(word, "slapd")))
		FIND(d, FIND_NO_AUXPROP_PLUGIN, doctor_config(d), word);
}

static void
check_method(struct doctor *d, const char *word)
{
	char *command;

	if (conf_has_word("auxprop saslauthd authdaemond pwcheck "
			  "auxprop-hashed alwaystrue",
		word))
		return;
	command = util_copy("/^pwcheck_method:/Is/:.*/: auxprop/");
	FIND(d, FIND_UNKNOWN_METHOD, doctor_config(d), word, command);
	free(command);
}

static void
check_list(struct doctor *d, const char *option,
    void (*check)(struct doctor *d, const char *word))
{
	const char *rest = doctor_option(d, option);
	struct bytes each;
	char *word;

	while ((each = conf_next_word(&rest, CONF_BLANKS)).len > 0) {
		word = util_format("%.*s", (int)each.len, each.data);
		check(d, word);
		free(word);
	}
}

/* --- What saslpasswd2 makes ----------------------------------------------- */

static const char *
scheme_of(const struct conf_file *settings)
{
	const char *name =
	    conf_file_get(settings, option_name(OPTION_HASH_SCHEME));

	return name != NULL && option_takes(OPTION_HASH_SCHEME, name)
		   ? name
		   : scheme_choices[0];
}

/*
 * An unknown user must cost what a user costs whose hash saslpasswd2 has made.
 * saslpasswd2 has a configuration file of its own. Without one it writes a
 * sasldb; another store has to be named there.
 */
static void
check_scheme(struct doctor *d)
{
	const char *here = scheme_of(&d->settings), *there;
	const char *plugins = doctor_option(d, "auxprop_plugin");
	struct conf_file own = { NULL, 0 };
	bool has_file;
	char *line;

	if (!doctor_uses(d, "auxprop") || d->saslpasswd == NULL ||
	    doctor_option(d, option_name(OPTION_HASH_SCHEME)) == NULL)
		return;
	has_file = conf_file_read(&own, d->saslpasswd) == 0;
	there = scheme_of(&own);
	line = util_format("classic_hash_scheme: %s", here);
	if (strcasecmp(here, there) != 0 &&
	    (has_file || plugins == NULL || conf_has_word(plugins, "sasldb")))
		FIND(d, FIND_OTHER_HASH_SCHEME, there, here, doctor_config(d),
		    d->saslpasswd, line);
	free(line);
	conf_file_free(&own);
}

void
check_words(struct doctor *d)
{
	check_list(d, "mech_list", check_mechanism);
	check_list(d, "pwcheck_method", check_method);
	if (doctor_uses(d, "auxprop"))
		check_list(d, "auxprop_plugin", check_store);
	check_scheme(d);
}

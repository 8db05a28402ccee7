/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on the configuration of libsasl2: the right place, lines that the
 * library does not take, options that do not exist, values and words that make
 * no sense.
 */
#include "config.h"

#include <sys/stat.h>
#include <ctype.h>
#include <glob.h>

#include "backend/option.h"
#include "doctor/doctor.h"
#include "lib/file.h"

/* A short word is soon another one. */
enum { SHORT = 5, SLIPS = 2, SHORT_WORD = 4 };

#define WORD_CHARACTERS \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

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

/* Mechanisms that are not ours: no fault where their plugins are not there. */
static const char others[] =
    "ANONYMOUS DIGEST-MD5 EXTERNAL GS2-IAKERB GS2-KRB5 GSS-SPNEGO GSSAPI "
    "KERBEROS_V4 NTLM OTP PASSDSS-3DES-1 SCRAM-SHA-1 SCRAM-SHA-224 "
    "SCRAM-SHA-256 SCRAM-SHA-384 SCRAM-SHA-512 SRP XOAUTH2 OAUTHBEARER";

/* Where configuration files of libsasl2 are found in the field. */
static const char *const places[] = { "/etc/sasl", "/etc/sasl2",
	"/etc/postfix/sasl", "/etc/ldap/sasl2", "/etc/mail/sasl",
	"/usr/lib/sasl", "/usr/lib*/sasl2", "/usr/lib/*/sasl2",
	"/usr/local/lib*/sasl2" };

/* --- Line by line --------------------------------------------------------- */

/*
 * Can so many characters put in, taken out or changed make `b` of `a`, letters
 * in any case?
 */
static bool
is_near(const char *a, const char *b, int slips)
{
	while (*a != '\0' &&
	       tolower((unsigned char)*a) == tolower((unsigned char)*b)) {
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

/* The option that is, or with slips may be, meant; or NULL. */
static const char *
find_option(const char *name, int slips)
{
	const char *option;
	size_t i;

	for (i = 0; i < OPTION_COUNT + COUNT_OF(known); i++) {
		option = i < OPTION_COUNT ? option_name((enum option)i)
					  : known[i - OPTION_COUNT];
		if (is_near(name, option, slips))
			return option;
	}
	return NULL;
}

/* A plugin that we do not know may have what is unknown, and not near. */
static void
check_name(struct doctor *d, const struct conf_line *l, const char *number)
{
	const char *meant = NULL;

	if (find_option(l->name, 0) != NULL)
		return;
	if (!strncmp(l->name, "sasl_", 5)) /* as in imapd.conf */
		meant = find_option(l->name + 5, 0);
	if (meant == NULL && strlen(l->name) > SHORT)
		meant = find_option(l->name, SLIPS);
	if (meant != NULL)
		FIND(d, MISSPELT_OPTION, d->config, number, l->name, meant,
		    util_format("%ss/%s/%s/I", number, l->name, meant));
	else if (!strncmp(l->name, "classic_", 8))
		FIND(d, UNKNOWN_OPTION, d->config, number, l->name);
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
		FIND(d, BAD_VALUE, d->config, number, l->name, l->value,
		    choices);
	}
}

static void
check_line(struct doctor *d, const struct conf_line *l)
{
	static const char *const faults[] = {
		[CONF_NO_COLON] = "not `option: value'",
		[CONF_BAD_KEY] = "no option of letters, digits, - and _",
		[CONF_NO_VALUE] = "an option without a value",
		[CONF_TOO_LONG] = "longer than 4,095 characters",
	};
	const char *number = util_format("%d", l->line);

	if (l->fault == CONF_REPEATED)
		FIND(d, REPEATED_OPTION, d->config, number, l->name);
	else if (l->fault == CONF_SEPARATOR)
		FIND(d, WRONG_SEPARATOR, d->config, number,
		    util_format("%ss/^\\([ \t]*[[:alnum:]_-]*\\)[ \t]*[:=][:= "
				"\t]*/\\1: /",
			number));
	else if (l->fault != CONF_NO_FAULT)
		FIND(d, MALFORMED_LINE, d->config, number, faults[l->fault]);
	if (l->value != NULL) {
		check_name(d, l, number);
		check_value(d, l, number);
	}
}

/* --- The file ------------------------------------------------------------- */

/* Others could put anything there to be read, and decide on logins. */
static bool
is_trusted(struct doctor *d)
{
	struct file_breach breach;

	if (file_is_trusted(d->config, d->here.keeper, &breach))
		return true;
	FIND(d, CONFIG_WRITABLE, breach.who, breach.advice);
	d->stopped = true;
	return false;
}

/* Others can read passwords in it. */
static void
check_mode(struct doctor *d)
{
	static const char *const passwords[] = { "sql_passwd", "ldapdb_pw" };
	struct stat st;
	size_t i;

	for (i = 0; i < COUNT_OF(passwords); i++)
		if (stat(d->config, &st) == 0 && (st.st_mode & S_IROTH) &&
		    doctor_option(d, passwords[i]) != NULL)
			FIND(d, CONFIG_READABLE, passwords[i], d->config,
			    doctor_group(d));
}

/* A file of that name that the server does not read. */
static void
check_unread(struct doctor *d, const char *path)
{
	if (access(path, F_OK) == 0 &&
	    (d->config == NULL || !doctor_same_file(path, d->config)))
		FIND(d, UNREAD_CONFIG, path, doctor_name(d),
		    d->config != NULL	  ? util_format("%s.unused", path)
		    : d->config_count > 0 ? d->configs[0]
					  : NULL);
}

static void
check_elsewhere(struct doctor *d)
{
	const struct postfix *p = &d->here.postfix;
	bool is_other = p->found && strcmp(p->directory, "/etc/postfix") != 0;
	glob_t found;
	size_t i, j;

	for (i = 0; d->config != NULL && i < d->config_count; i++)
		check_unread(d, d->configs[i]);
	for (i = 0; d->options->config_dir == NULL && i < COUNT_OF(places);
	     i++) {
		/* Another instance has its own there. */
		if ((is_other && !strcmp(places[i], "/etc/postfix/sasl")) ||
		    glob(util_format("%s/%s.conf", places[i], d->here.app), 0,
			NULL, &found) != 0)
			continue;
		for (j = 0; j < found.gl_pathc; j++)
			check_unread(d, found.gl_pathv[j]);
		globfree(&found);
	}
}

void
check_config(struct doctor *d)
{
	struct conf_line *l;

	check_elsewhere(d);
	if (d->config != NULL && !is_trusted(d))
		return;
	if (d->config != NULL && conf_file_read(&d->settings, d->config) < 0)
		FIND(d, UNREADABLE_CONFIG, d->config, conf_file_trouble());
	else if (d->config != NULL) {
		for (l = d->settings.list;
		     l < d->settings.list + d->settings.count; l++)
			check_line(d, l);
		check_mode(d);
		if ((d->here.server == NULL || !d->here.server->logs) &&
		    doctor_option(d, "log_level") == NULL)
			FIND(d, LOG_LEVEL, d->config);
	} else if (d->here.options.count == 0)
		FIND(d, NO_CONFIG, d->here.app, doctor_name(d),
		    d->config_count > 0 ? d->configs[0]
					: "one where libsasl2 looks");
	if (doctor_transitions(d))
		FIND(d, STALE_TRANSITION);
}

/* --- Options that are lists ----------------------------------------------- */

/* Does the word of that list mean something here? */
static bool
is_right(const struct doctor *d, enum finding_id wrong, const char *word)
{
	struct library_plugin plugin;

	if (wrong == FIND_UNKNOWN_MECHANISM)
		return library_find(LIBRARY_SERVER, word, 0, &plugin) ||
		       FOUND(d, PLUGIN_HIDDEN);
	if (wrong == FIND_UNKNOWN_METHOD)
		return conf_has_word("auxprop saslauthd authdaemond pwcheck "
				     "auxprop-hashed alwaystrue",
		    word);
	return !doctor_uses(d, "auxprop") ||
	       library_find(LIBRARY_STORE, word, 0, &plugin) ||
	       (library_spares_sasldb() && !strcasecmp(word, "sasldb")) ||
	       (d->here.keeps_passwords && !strcasecmp(word, "slapd"));
}

/* What is meant by that word of pwcheck_method or another list; or NULL. */
static const char *
meant_by(const char *word, const char *names)
{
	/* Of saslauthd -a. */
	static const char verifiers[] = "dce getpwent httpform kerberos4 "
					"kerberos5 ldap pam rimap shadow sia";
	const char *name;

	if (conf_has_word(names, "saslauthd") && conf_has_word(verifiers, word))
		return "saslauthd";
	while (strlen(word) >= SHORT_WORD &&
	       (name = conf_next_word(&names, CONF_BLANKS)) != NULL)
		if (is_near(word, name, SLIPS))
			return name;
	return NULL;
}

/*
 * A sed script that puts what is meant in the place of a word, or takes the
 * word out of its list. An empty list gets the usual words: without any line
 * for mech_list, more might be offered than before. NULL where none is sure.
 */
static const char *
cure_word(const struct doctor *d, const char *option, const char *names,
    const char *word)
{
	const char *meant = meant_by(word, names), *usual = names;
	const char *spelt = doctor_spelt(d, option);

	if (spelt == NULL)
		return NULL;
	if (strpbrk(word, ",;\"'") != NULL)
		return util_format("/^%s:/Is/[,;\"']/ /g", spelt);
	if (strspn(word, WORD_CHARACTERS) != strlen(word))
		return NULL;
	if (!strcmp(option, "pwcheck_method"))
		usual = "auxprop";
	else if (!strcmp(option, "auxprop_plugin") && meant == NULL)
		return NULL;
	return util_format("/^%s:/I{s/\\([: \t]\\)%s\\([ \t]\\|$\\)/\\1%s\\2/g;"
			   "s/:[ \t]*$/: %s/}",
	    spelt, word, meant != NULL ? meant : "", usual);
}

void
check_words(struct doctor *d)
{
	static const struct {
		const char *option, *names;
		enum finding_id id;
	} lists[] = {
		{ "mech_list", "PLAIN LOGIN CRAM-MD5", FIND_UNKNOWN_MECHANISM },
		{ "pwcheck_method", "auxprop saslauthd", FIND_UNKNOWN_METHOD },
		{ "auxprop_plugin", "sasldb ldapdb passwdfile",
		    FIND_NO_AUXPROP_PLUGIN },
	};
	const char *rest, *word;
	size_t i;

	for (i = 0; i < COUNT_OF(lists); i++) {
		rest = doctor_option(d, lists[i].option);
		while ((word = conf_next_word(&rest, CONF_BLANKS)) != NULL)
			if (!is_right(d, lists[i].id, word))
				FIND_ID(d,
				    i == 0 && conf_has_word(others, word)
					? FIND_OTHERS_MISSING
					: lists[i].id,
				    doctor_config(d, lists[i].option), word,
				    cure_word(d, lists[i].option,
					lists[i].names, word));
	}
}

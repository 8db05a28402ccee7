/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The command line: see cmdline.h.
 */
#include "config.h"

#include <getopt.h>

#include "lib/cmdline.h"
#include "lib/json.h"
#include "lib/util.h"

#define TEXT(member) offsetof(struct cmdline, member)
#define FLAG(member) NULL, offsetof(struct cmdline, member)

enum {
	STORE = CMDLINE_USER | CMDLINE_IMPORT,
	LOGIN = CMDLINE_DOCTOR | CMDLINE_TRY,
	SERVICE = LOGIN | STORE,
	EVERY = SERVICE | CMDLINE_HASH,
	COLUMN = 25, /* where what an option means begins */
};

static const struct rule {
	const char *name;
	char letter; /* or NUL */
	unsigned commands;
	const char *argument; /* what its text is called; NULL: it has none */
	size_t offset;
	const char *help; /* lines */
} rules[] = {
	{ "user", 'u', LOGIN, "NAME", TEXT(user), "who logs in" },
	{ "service", 's', SERVICE, "SERVICE", TEXT(service),
	    "the server, as postfix, sendmail, exim, slapd or\n"
	    "cyrus, or another that reads SERVICE.conf" },
	{ "realm", 'r', SERVICE, "REALM", TEXT(realm), "the server's realm" },
	{ "host", 'H', SERVICE, "NAME", TEXT(host), "the server's name" },
	{ "expect", 'e', CMDLINE_DOCTOR, "LIST", TEXT(expect),
	    "mechanisms that ought to be offered, blanks between" },
	{ "plugin-dir", 0, SERVICE, "DIR", TEXT(plugin_dir),
	    "plugins are here, not where libsasl2 looks" },
	{ "config-dir", 0, SERVICE, "DIR", TEXT(config_dir),
	    "SERVICE.conf is here, not where the server looks" },
	{ "postfix", 0, SERVICE, "DIR", TEXT(postfix_dir),
	    "Postfix's main.cf is here" },
	{ "run-as", 0, CMDLINE_DOCTOR, "USER", TEXT(run_as),
	    "the server's user" },
	{ "chroot", 0, CMDLINE_DOCTOR, "DIR", TEXT(chroot_dir),
	    "the server's chroot; / for none" },
	{ "show-secrets", 0, CMDLINE_TRY, FLAG(show_secrets),
	    "passwords and digests are printed, not masked" },
	{ "brief", 0, CMDLINE_TRY, FLAG(brief),
	    "a line for each mechanism, no conversation" },
	{ "user", 'u', CMDLINE_HASH, "NAME", TEXT(user),
	    "print a line of a passwdfile for NAME" },
	{ "scheme", 's', CMDLINE_HASH, "SCHEME", TEXT(scheme),
	    "how; the default is the first of --list" },
	{ "scheme", 0, STORE, "SCHEME", TEXT(scheme),
	    "how a password is stored; see hash --list; or plain" },
	{ "file", 'f', CMDLINE_USER, "FILE", TEXT(file),
	    "the passwdfile, whatever the service reads" },
	{ "label", 'l', CMDLINE_USER, "LABEL", TEXT(label),
	    "a secret of this use, as phone or scanner" },
	{ "expires", 0, CMDLINE_USER, "DATE", TEXT(expires),
	    "YYYY-MM-DD, the last day on which it is good; or none" },
	{ "nets", 0, CMDLINE_USER, "LIST", TEXT(nets),
	    "networks from which it is good, commas between; or\n"
	    "none" },
	{ "generate", 'g', CMDLINE_USER, FLAG(generate),
	    "make a secret that is easy to type, and show it" },
	{ "to", 't', CMDLINE_IMPORT, "FILE", TEXT(to),
	    "the new passwdfile; it must not be there" },
	{ "format", 0, CMDLINE_IMPORT, "FORMAT", TEXT(format),
	    "of FROM: sasldb, dovecot, exim, htpasswd, shadow,\n"
	    "or text for lines of user:password" },
	{ "dry-run", 'n', CMDLINE_IMPORT, FLAG(dry_run),
	    "say what would be done, and write nothing" },
	{ "keep-plaintext", 0, CMDLINE_IMPORT, FLAG(keep_plaintext),
	    "passwords in plaintext stay as they are" },
	{ "crammd5", 0, STORE, FLAG(crammd5),
	    "store what CRAM-MD5 needs, whatever mech_list says" },
	{ "no-crammd5", 0, STORE, FLAG(no_crammd5),
	    "store nothing for CRAM-MD5" },
	{ "bare", 0, CMDLINE_HASH, FLAG(bare),
	    "with cram-md5: without the prefix, as cramMd5State\n"
	    "has it" },
	{ "decoy", 0, CMDLINE_HASH, FLAG(decoy),
	    "of a password that nobody knows, for classic_decoy" },
	{ "list", 'l', CMDLINE_HASH, FLAG(list), "the schemes" },
	{ "json", 0, LOGIN | CMDLINE_USER, FLAG(json), "for scripts" },
	{ "help", 'h', EVERY, FLAG(help), "this text" },
};

enum { RULES = sizeof(rules) / sizeof(rules[0]), FIRST_LONG = 256 };

static void
set(struct cmdline *o, const struct rule *rule, const char *text)
{
	char *member = (char *)o + rule->offset;
	const bool yes = true;

	if (rule->argument != NULL)
		memcpy(member, &text, sizeof(text));
	else
		memcpy(member, &yes, sizeof(yes));
}

/* The rows of a subcommand, as getopt_long(3) wants them. */
static void
make_tables(unsigned command, struct option *longs, char *shorts)
{
	size_t i;

	for (i = 0; i < RULES; i++) {
		if (!(rules[i].commands & command))
			continue;
		longs->name = rules[i].name;
		longs->has_arg =
		    rules[i].argument != NULL ? required_argument : no_argument;
		longs->flag = NULL;
		longs++->val = FIRST_LONG + (int)i;
		if (rules[i].letter == '\0')
			continue;
		*shorts++ = rules[i].letter;
		if (rules[i].argument != NULL)
			*shorts++ = ':';
	}
	memset(longs, 0, sizeof(*longs));
	*shorts = '\0';
}

static const struct rule *
find_rule(int c, unsigned command)
{
	size_t i;

	if (c >= FIRST_LONG)
		return &rules[c - FIRST_LONG];
	for (i = 0; i < RULES; i++)
		if ((rules[i].commands & command) && rules[i].letter == c)
			return &rules[i];
	return NULL;
}

static int
parse(int argc, char **argv, const struct command *command, struct cmdline *o)
{
	struct option longs[RULES + 1];
	char shorts[2 * RULES + 1];
	const struct rule *rule;
	int c;

	memset(o, 0, sizeof(*o));
	make_tables(command->bit, longs, shorts);
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		rule = find_rule(c, command->bit);
		if (rule == NULL)
			return -1;
		set(o, rule, optarg);
	}
	o->rest = argv + optind;
	if (*o->rest == NULL || command->takes_words)
		return 0;
	util_complain("%s is no option", *o->rest);
	return -1;
}

static void
print_rule(const struct rule *rule)
{
	char head[2 * COLUMN];
	const char *line = rule->help;
	int len;

	snprintf(head, sizeof(head), "  -%c, --%s%s%s",
	    rule->letter != '\0' ? rule->letter : ' ', rule->name,
	    rule->argument != NULL ? " " : "",
	    rule->argument != NULL ? rule->argument : "");
	if (rule->letter == '\0')
		memcpy(head, "      ", 6);
	for (; *line != '\0'; line += len + (line[len] == '\n')) {
		len = (int)strcspn(line, "\n");
		printf("%-*s %.*s\n", COLUMN, head, len, line);
		*head = '\0';
	}
}

static int
print_help(const struct command *command)
{
	size_t i;

	printf("usage: sasl-classic %s %s\n\n%s\n", command->name,
	    command->synopsis, command->about);
	for (i = 0; i < RULES; i++)
		if (rules[i].commands & command->bit)
			print_rule(&rules[i]);
	puts("\nExit status:");
	for (i = 0; i < EXIT_COUNT; i++)
		printf("  %zu  %s\n", i, util_statuses[i]);
	return util_finish(EXIT_WELL);
}

int
cmdline_run(const struct command *command, int argc, char **argv)
{
	struct cmdline o;

	util_set_name(command->name);
	if (parse(argc, argv, command, &o) < 0)
		return util_usage(NULL);
	json_want(o.json);
	return o.help ? print_help(command) : command->run(&o);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The command line: see options.h.
 */
#include "config.h"

#include <getopt.h>
#include <stddef.h>
#include <string.h>

#include "lib/cmdline.h"
#include "lib/util.h"

#define TEXT(member) offsetof(struct options, member), true
#define FLAG(member) offsetof(struct options, member), false

enum {
	EVERY = OPTIONS_DOCTOR | OPTIONS_TRY | OPTIONS_HASH,
	LOGIN = OPTIONS_DOCTOR | OPTIONS_TRY,
};

static const struct rule {
	const char *name;
	char letter; /* or NUL */
	unsigned commands;
	size_t offset;
	bool has_text;
} rules[] = {
	{ "user", 'u', LOGIN, TEXT(user) },
	{ "service", 's', LOGIN, TEXT(service) },
	{ "realm", 'r', LOGIN, TEXT(realm) },
	{ "host", 'H', LOGIN, TEXT(host) },
	{ "plugin-dir", 0, LOGIN, TEXT(plugin_dir) },
	{ "config-dir", 0, LOGIN, TEXT(config_dir) },
	{ "postfix", 0, LOGIN, TEXT(postfix_dir) },
	{ "run-as", 0, OPTIONS_DOCTOR, TEXT(run_as) },
	{ "chroot", 0, OPTIONS_DOCTOR, TEXT(chroot_dir) },
	{ "expect", 'e', OPTIONS_DOCTOR, TEXT(expect) },
	{ "show-secrets", 0, OPTIONS_TRY, FLAG(show_secrets) },
	{ "brief", 0, OPTIONS_TRY, FLAG(brief) },
	{ "scheme", 's', OPTIONS_HASH, TEXT(scheme) },
	{ "bare", 0, OPTIONS_HASH, FLAG(bare) },
	{ "list", 'l', OPTIONS_HASH, FLAG(list) },
	{ "json", 0, LOGIN, FLAG(json) },
	{ "help", 'h', EVERY, FLAG(help) },
};

enum { RULES = sizeof(rules) / sizeof(rules[0]), FIRST_LONG = 256 };

static void
set(struct options *o, const struct rule *rule, const char *text)
{
	char *member = (char *)o + rule->offset;
	const bool yes = true;

	if (rule->has_text)
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
		    rules[i].has_text ? required_argument : no_argument;
		longs->flag = NULL;
		longs++->val = FIRST_LONG + (int)i;
		if (rules[i].letter == '\0')
			continue;
		*shorts++ = rules[i].letter;
		if (rules[i].has_text)
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

int
options_parse(int argc, char **argv, unsigned command, struct options *o)
{
	struct option longs[RULES + 1];
	char shorts[2 * RULES + 1];
	const struct rule *rule;
	int c;

	memset(o, 0, sizeof(*o));
	o->service = "smtpd";
	make_tables(command, longs, shorts);
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		rule = find_rule(c, command);
		if (rule == NULL)
			return -1;
		set(o, rule, optarg);
	}
	o->rest = argv + optind;
	if (*o->rest == NULL || command == OPTIONS_TRY)
		return 0;
	tool_complain("%s is no option", *o->rest);
	return -1;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * One table of options, and one way to read any of them.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "backend/option.h"
#include "secrets/scheme.h"

struct option_rule {
	const char *name;
	const char *const *words; /* ends with NULL; or NULL for a number */
	int least, most;	  /* of a number */
	int otherwise;		  /* the default */
	bool (*is_possible)(int); /* here; or NULL for always */
	bool (*is_text)(const char *); /* it is none of these, but this */
};

/* In the place of a value: the default is used. */
enum { NO_SENSE = -1, NOT_HERE = -2 };

/* The index of a word is its value; what libsasl2 takes for a yes, we take. */
static const char *const no_or_yes[] = { "no", "yes", "off", "on", "false",
	"true", "0", "1", "n", "y", "f", "t", NULL };

/* By enum option_secrets and enum option_advertise. */
static const char *const secrets[] = { "both", "plaintext", "hashed", NULL };
static const char *const advertise[] = { "auto", "yes", "no", NULL };

static bool
is_hash(const char *text)
{
	struct stored value;

	scheme_classify(bytes_str(text), &value);
	return value.kind == STORED_HASH;
}

static const struct option_rule rules[OPTION_COUNT] = {
	[OPTION_SECRETS] = { .name = "classic_secrets", .words = secrets },
	[OPTION_HASH_SCHEME] = { .name = "classic_hash_scheme",
	    .words = scheme_choices,
	    .otherwise = SCHEME_DEFAULT,
	    .is_possible = scheme_can_make },
	[OPTION_DECOY] = { .name = "classic_decoy", .is_text = is_hash },
	[OPTION_LEGACY_SECRETS] = { .name = "classic_legacy_secrets",
	    .words = no_or_yes },
	[OPTION_CRAMMD5_ADVERTISE] = { .name = "classic_crammd5_advertise",
	    .words = advertise },
	[OPTION_CRAMMD5_STATE] = { .name = "classic_crammd5_state",
	    .words = no_or_yes,
	    .otherwise = 1 },
	[OPTION_CHALLENGE_LIFETIME] = { .name = "classic_challenge_lifetime",
	    .least = 1,
	    .most = 86400,
	    .otherwise = 300 },
	[OPTION_PLAIN_TRAILING_NUL] = { .name = "classic_plain_trailing_nul",
	    .words = no_or_yes },
	[OPTION_PASSWORD_NEWLINE] = { .name = "classic_password_newline",
	    .words = no_or_yes },
};

/* NO_SENSE if `text` is not one of the words. */
static int
find_word(const struct option_rule *rule, const char *text)
{
	int i;

	for (i = 0; rule->words[i] != NULL; i++)
		if (!strcasecmp(rule->words[i], text))
			return rule->words == no_or_yes ? i & 1 : i;
	return NO_SENSE;
}

/* NO_SENSE if it is no number within the rule's bounds, which are not < 0. */
static int
find_number(const struct option_rule *rule, const char *text)
{
	char *end;
	long value;

	if (*text < '0' || *text > '9')
		return NO_SENSE;
	value = strtol(text, &end, 10);
	if (*end != '\0' || value < rule->least || value > rule->most)
		return NO_SENSE;
	return (int)value;
}

static bool
is_possible(const struct option_rule *rule, int value)
{
	return rule->is_possible == NULL || rule->is_possible(value);
}

static int
find_value(const struct option_rule *rule, const char *text)
{
	int value;

	if (rule->is_text != NULL)
		return rule->is_text(text) ? 1 : NO_SENSE;
	value = rule->words == NULL ? find_number(rule, text)
				    : find_word(rule, text);
	return value < 0 || is_possible(rule, value) ? value : NOT_HERE;
}

static void
complain(const struct host *h, const struct option_rule *rule, int value)
{
	if (value == NOT_HERE)
		host_log(h, SASL_LOG_ERR,
		    "%s: this build or its libraries do not have that, \"%s\" "
		    "is used",
		    rule->name, rule->words[rule->otherwise]);
	else if (rule->is_text != NULL)
		host_log(h, SASL_LOG_ERR,
		    "%s: not a stored hash that can be checked, it is not used",
		    rule->name);
	else if (rule->words == NULL)
		host_log(h, SASL_LOG_ERR,
		    "%s: not a number from %d to %d, %d is used", rule->name,
		    rule->least, rule->most, rule->otherwise);
	else
		host_log(h, SASL_LOG_ERR,
		    "%s: not a word that this option knows, \"%s\" is used",
		    rule->name, rule->words[rule->otherwise]);
}

/* As it is set, less than 0 for no use; or the default. */
static int
configured(const struct host *h, const struct option_rule *rule)
{
	const char *text = host_option(h, rule->name);

	return text == NULL ? rule->otherwise : find_value(rule, text);
}

int
option_value(const struct host *h, enum option which)
{
	int value = configured(h, &rules[which]);

	return value < 0 ? rules[which].otherwise : value;
}

bool
option_is_set(const struct host *h, enum option which)
{
	return host_option(h, rules[which].name) != NULL;
}

struct bytes
option_decoy(const struct host *h)
{
	const char *text = host_option(h, rules[OPTION_DECOY].name);

	return bytes_str(text != NULL && is_hash(text) ? text : NULL);
}

void
option_check(const struct host *h)
{
	size_t i;
	int value;

	for (i = 0; i < OPTION_COUNT; i++) {
		value = configured(h, &rules[i]);
		if (value < 0)
			complain(h, &rules[i], value);
	}
}

const char *
option_name(enum option which)
{
	return rules[which].name;
}

bool
option_takes(enum option which, const char *text)
{
	return find_value(&rules[which], text) >= 0;
}

void
option_choices(enum option which, char *text, size_t size)
{
	const struct option_rule *rule = &rules[which];
	size_t i, len = 0;

	if (rule->is_text != NULL)
		snprintf(text, size, "a stored hash");
	else if (rule->words == NULL)
		snprintf(text, size, "a number from %d to %d", rule->least,
		    rule->most);
	for (i = 0; rule->words != NULL && rule->words[i] != NULL; i++) {
		if (rule->words == no_or_yes && i == 2)
			break;
		if (!is_possible(rule, (int)i))
			continue;
		len += (size_t)snprintf(text + len, size - len, "%s%s",
		    len > 0 ? ", " : "", rule->words[i]);
		if (len >= size)
			break;
	}
}

struct bytes
option_next_word(const char **list)
{
	static const char blank[] = " \t\r\n";
	struct bytes word;

	*list += strspn(*list, blank);
	word = bytes_of(*list, strcspn(*list, blank));
	*list += word.len;
	return word;
}

unsigned
option_pwcheck(const struct host *h)
{
	const char *list = host_option(h, "pwcheck_method");
	struct bytes word;
	unsigned found = 0;

	if (list == NULL)
		return PWCHECK_AUXPROP; /* libsasl2's own default */
	while ((word = option_next_word(&list)).len > 0)
		if (word.len == strlen("auxprop") &&
		    !strncasecmp(word.data, "auxprop", word.len))
			found |= PWCHECK_AUXPROP | PWCHECK_AUXPROP_LAST;
		else
			found = (found & PWCHECK_AUXPROP) | PWCHECK_OTHERS;
	return found & PWCHECK_OTHERS ? found : found & PWCHECK_AUXPROP;
}

bool
option_names_other(const struct host *h)
{
	static const char *const others[] = { "saslauthd", "authdaemond",
		"pwcheck", "alwaystrue" };
	const char *list = host_option(h, "pwcheck_method");
	struct bytes word;
	size_t i;

	while (list != NULL && (word = option_next_word(&list)).len > 0)
		for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
			if (word.len == strlen(others[i]) &&
			    !strncasecmp(word.data, others[i], word.len))
				return true;
	return false;
}

bool
option_is_yes(const struct host *h, const char *name)
{
	const char *text = host_option(h, name);

	return text != NULL && *text != '\0' &&
	       (strchr("1yt", *text) != NULL || !strncmp(text, "on", 2));
}

bool
option_transitions(const struct host *h)
{
	const char *text = host_option(h, "auto_transition");

	return option_is_yes(h, "auto_transition") ||
	       (text != NULL && !strcmp(text, "noplain"));
}

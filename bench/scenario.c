/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * From words to a scenario: a table, see scenario.h.
 */
#include "config.h"

#include "scenario.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"

static const struct mech mechs[] = {
	{ "PLAIN", "libplain.so", .client_first = true, .messages = 1 },
	{ "LOGIN", "liblogin.so", .messages = 2 },
	{ "CRAM-MD5", "libcrammd5.so", .challenged = true, .messages = 1 },
};

static const char *const whats[] = {
	[WHAT_TIME] = "time",
	[WHAT_ALLOCATIONS] = "allocations",
	[WHAT_HELD] = "held",
	[WHAT_LOOKUPS] = "lookups",
	[WHAT_START] = "start",
	[WHAT_MEMORY] = "memory",
	[WHAT_FIRST] = "first",
	[WHAT_RATE] = "rate",
	[WHAT_LOOP] = "loop",
	[WHAT_FILL] = "fill",
};

static const char *const sides[] = { "server", "client" };
static const char *const doors[] = { "api", "plugin" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The place of a word in a list, or -1. */
static int
place(const char *word, const char *const list[], unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return (int)i;
	return -1;
}

static bool
take_mech(struct scenario *s, const char *word)
{
	for (unsigned i = 0; i < COUNT(mechs); i++)
		if (strcmp(word, mechs[i].name) == 0) {
			s->mech = &mechs[i];
			return true;
		}
	return false;
}

/* The value of "name=value", or NULL. */
static const char *
value_of(const char *word, const char *name)
{
	size_t len = strlen(name);

	return strncmp(word, name, len) == 0 && word[len] == '='
		   ? word + len + 1
		   : NULL;
}

static bool
take_value(struct scenario *s, const char *word)
{
	const char *value;

	if ((value = value_of(word, "sasldb")) != NULL)
		s->sasldb = value;
	else if ((value = value_of(word, "stored")) != NULL)
		s->stored = value;
	else if ((value = value_of(word, "secrets")) != NULL)
		s->secrets = value;
	else if ((value = value_of(word, "users")) != NULL)
		s->users = strtoul(value, NULL, 10);
	else if ((value = value_of(word, "logins")) != NULL)
		s->logins = strtoul(value, NULL, 10);
	else if ((value = value_of(word, "threads")) != NULL)
		s->threads = (unsigned)strtoul(value, NULL, 10);
	else if ((value = value_of(word, "processes")) != NULL)
		s->processes = (unsigned)strtoul(value, NULL, 10);
	return value != NULL;
}

static bool
take_word(struct scenario *s, const char *word)
{
	int i;

	if ((i = place(word, whats, COUNT(whats))) >= 0)
		s->what = (enum what)i;
	else if ((i = place(word, sides, COUNT(sides))) >= 0)
		s->side = (enum side)i;
	else if ((i = place(word, doors, COUNT(doors))) >= 0)
		s->door = (enum door)i;
	else if (strcmp(word, "libcrypto") == 0)
		s->libcrypto = true;
	else
		return take_mech(s, word) || take_value(s, word);
	return true;
}

void
scenario_parse(struct scenario *s, char *words[])
{
	*s =
	    (struct scenario) { .mech = &mechs[0], .users = 1000, .logins = 1 };
	for (; *words != NULL; words++)
		if (!take_word(s, *words))
			fail("what is \"%s\"?", *words);
	if (s->users == 0)
		fail("no users, no login");
}

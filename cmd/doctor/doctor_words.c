/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on options that are lists: every word of them is to mean something
 * here.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "doctor/doctor.h"
#include "lib/util.h"

static void
check_mechanism(struct doctor *d, const char *word)
{
	struct library_plugin plugin;

	if (library_find(LIBRARY_SERVER, word, &plugin))
		return;
	DOCTOR_FAULT(d, "unknown-mechanism",
	    util_format("mech_list in %s names \"%s\", which no plugin offers",
		d->config, word),
	    strpbrk(word, ",;") != NULL
		? util_copy("put blanks between the names and nothing else")
		: util_copy("correct it, or install the plugin"));
}

static void
check_store(struct doctor *d, const char *word)
{
	struct library_plugin plugin;

	if (library_find(LIBRARY_STORE, word, &plugin))
		return;
	DOCTOR_FAULT(d, "no-auxprop-plugin",
	    util_format("auxprop_plugin in %s names \"%s\", which is not there",
		d->config, word),
	    util_copy("install its package (on Debian libsasl2-modules-db, "
		      "-sql, -ldap), or correct the name"));
}

static void
check_method(struct doctor *d, const char *word)
{
	static const char *const methods[] = { "auxprop", "saslauthd",
		"authdaemond", "pwcheck", "auxprop-hashed", "alwaystrue" };
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (!strcasecmp(word, methods[i]))
			return;
	DOCTOR_FAULT(d, "unknown-method",
	    util_format("pwcheck_method in %s names \"%s\", which nobody knows",
		d->config, word),
	    util_copy("it is auxprop, saslauthd, or both with a blank "
		      "between"));
}

static void
check_words(struct doctor *d, const char *option,
    void (*check)(struct doctor *d, const char *word))
{
	char *copy = util_copy(conf_file_get(&d->settings, option));
	char *rest = copy, *word;

	while ((word = strsep(&rest, " \t")) != NULL)
		if (*word != '\0')
			check(d, word);
	free(copy);
}

void
doctor_check_words(struct doctor *d)
{
	check_words(d, "mech_list", check_mechanism);
	check_words(d, "pwcheck_method", check_method);
	if (doctor_uses(d, "auxprop"))
		check_words(d, "auxprop_plugin", check_store);
}

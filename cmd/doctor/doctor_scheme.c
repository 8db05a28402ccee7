/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on classic_hash_scheme: a stranger is to cost what a user costs,
 * and what users have is made by saslpasswd2, which has a file of its own.
 */
#include "config.h"

#include <stdlib.h>
#include <strings.h>

#include "backend/option.h"
#include "doctor/doctor.h"
#include "lib/util.h"
#include "secrets/scheme.h"

const char *
doctor_scheme(const struct conf_file *settings)
{
	const char *name =
	    conf_file_get(settings, option_name(OPTION_HASH_SCHEME));

	return name != NULL && option_takes(OPTION_HASH_SCHEME, name)
		   ? name
		   : scheme_choices[0];
}

bool
doctor_keeps_plaintext(const struct doctor *d)
{
	const char *secrets =
	    conf_file_get(&d->settings, option_name(OPTION_SECRETS));

	return secrets != NULL && !strcasecmp(secrets, "plaintext");
}

char *
doctor_scheme_advice(const struct doctor *d)
{
	return util_format("let %s and %s, which is saslpasswd2's own, have "
			   "the same classic_hash_scheme: what most users have",
	    d->config != NULL ? d->config : "the service's configuration",
	    d->saslpasswd != NULL ? d->saslpasswd : "saslpasswd.conf");
}

/* Without a file it writes a sasldb; another store has to be named in one. */
static bool
is_written_by_saslpasswd(const struct doctor *d, bool has_file)
{
	const char *plugins = conf_file_get(&d->settings, "auxprop_plugin");

	return has_file || plugins == NULL || conf_has_word(plugins, "sasldb");
}

void
doctor_check_scheme(struct doctor *d)
{
	const char *here = doctor_scheme(&d->settings), *there;
	struct conf_file own = { NULL, 0 };
	bool has_file;

	if (!doctor_uses(d, "auxprop") || doctor_keeps_plaintext(d) ||
	    d->saslpasswd == NULL)
		return;
	has_file = conf_file_read(&own, d->saslpasswd) == 0;
	there = doctor_scheme(&own);
	if (strcasecmp(here, there) != 0 &&
	    is_written_by_saslpasswd(d, has_file))
		DOCTOR_WARN(d, "other-hash-scheme",
		    util_format("saslpasswd2 -n makes %s, and a stranger costs "
				"%s, so that who exists can be told by the "
				"time a wrong password takes",
			there, here),
		    doctor_scheme_advice(d));
	conf_file_free(&own);
}

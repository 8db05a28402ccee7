/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on mechanisms: who answers to each name, who would if others were
 * not there first, and whether it is offered at all.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "doctor/doctor.h"
#include "sasl/login.h"
#include "lib/util.h"

/* Everybody who answers to a name, the first of them in use. */
struct rivals {
	const char *name;
	struct library_plugin first;
	size_t count;
	char *others; /* files, commas between */
};

static void
collect(const struct library_plugin *plugin, void *context)
{
	struct rivals *r = context;
	char *more;

	if (strcasecmp(plugin->name, r->name) != 0)
		return;
	if (r->count++ == 0) {
		r->first = *plugin;
		return;
	}
	more = util_format("%s%s%s", r->others != NULL ? r->others : "",
	    r->others != NULL ? ", " : "", plugin->file);
	free(r->others);
	r->others = more;
}

static void
check_rivals(struct doctor *d, const struct rivals *r)
{
	if (r->count > 1)
		DOCTOR_FAULT(d, "duplicate-plugin",
		    util_format("%s is in more than one file: %s is used, and "
				"not %s; which comes first is up to the "
				"directory",
			r->name, r->first.file, r->others),
		    util_format("remove %s",
			r->first.ours ? r->others : r->first.file));
	if (r->count > 0 && !r->first.ours)
		DOCTOR_FAULT(d, "foreign-plugin",
		    util_format("%s is answered by %s, which is not of "
				"sasl-classic",
			r->name, r->first.file),
		    util_copy("put the file of sasl-classic in its place"));
}

/* A file of 2.1 that 2.2 takes, and then jumps to nowhere. */
static void
check_layout(struct doctor *d, const struct rivals *r)
{
	if (r->count == 0 || r->first.ours ||
	    strcmp(probe_layout(), "2.2") != 0 || !strcasecmp(r->name, "PLAIN"))
		return;
	DOCTOR_FAULT(d, "wrong-layout",
	    util_format("%s comes from libsasl2 2.1 and will crash in this "
			"one, which is 2.2 and has no %s of its own",
		r->first.file, r->name),
	    util_format("remove %s", r->first.file));
}

/* Why a mechanism that is there is not offered. */
static void
check_offer(struct doctor *d, const char *name)
{
	const char *list = conf_file_get(&d->settings, "mech_list");
	const char *advertise =
	    conf_file_get(&d->settings, "classic_crammd5_advertise");

	if (list != NULL && !conf_has_word(list, name))
		DOCTOR_WARN(d, "mechanism-filtered",
		    util_format("%s is not offered, because mech_list in %s "
				"does not name it",
			name, d->config),
		    util_format("add it, or say what you expect: --expect '%s'",
			d->offer != NULL ? d->offer : ""));
	else if (strcmp(name, "CRAM-MD5") != 0)
		DOCTOR_FAULT(d, "not-offered",
		    util_format("%s is loaded and yet not offered", name),
		    util_copy("the system's log may say why"));
	else if (advertise != NULL && !strcasecmp(advertise, "no"))
		DOCTOR_NOTE(d, "crammd5-hidden",
		    util_copy("CRAM-MD5 is not offered, because "
			      "classic_crammd5_advertise says so"),
		    NULL);
	else if (!doctor_uses(d, "auxprop"))
		DOCTOR_NOTE(d, "crammd5-hidden",
		    util_copy("CRAM-MD5 is not offered: it needs stored "
			      "secrets, and pwcheck_method does not name "
			      "auxprop"),
		    NULL);
	else
		DOCTOR_WARN(d, "crammd5-hidden",
		    util_copy("CRAM-MD5 is not offered, perhaps because this "
			      "machine is in FIPS mode"),
		    util_copy("see sasl-classic(7)"));
}

static void
check_mechanism(struct doctor *d, const char *name)
{
	struct rivals r = { .name = name };

	library_list(LIBRARY_SERVER, collect, &r);
	check_rivals(d, &r);
	check_layout(d, &r);
	if (r.count == 0 && doctor_expects(d, name))
		DOCTOR_FAULT(d, "no-plugin",
		    util_format("no plugin offers %s", name),
		    util_format(
			"install sasl-classic into %s", PLUGIN_DIRECTORY));
	else if (r.count > 0 && doctor_expects(d, name) &&
		 !conf_has_word(d->offer, name))
		check_offer(d, name);
	free(r.others);
}

void
doctor_check_mechanisms(struct doctor *d)
{
	size_t i;

	for (i = 0; doctor_mechanisms[i] != NULL; i++)
		check_mechanism(d, doctor_mechanisms[i]);
}

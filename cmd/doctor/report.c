/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor's report, for people and for scripts.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/doctor.h"
#include "lib/terminal.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/util.h"

static const char *
either(const char *text, const char *other)
{
	return text != NULL && *text != '\0' ? text : other;
}

/* --- For people ----------------------------------------------------------- */

/* Between two texts of ours a name from outside, fit to be shown. */
static void
put(const char *before, const char *name, const char *after)
{
	char *shown = text_printable(bytes_str(name));

	printf("%s%s%s", before, shown, after);
	free(shown);
}

static void
print_head(const struct doctor *d)
{
	printf("%s%s%s", colour(COLOUR_BOLD),
	    d->here.daemon != NULL ? d->here.daemon->name : d->here.app,
	    colour(COLOUR_PLAIN));
	put(" reads ",
	    either(d->config, either(d->here.options_file, "no configuration")),
	    "\n");
	printf("  checks passwords as %s%s%s\n",
	    either(d->where.user, "the user you are"),
	    d->where.chroot != NULL ? " within " : "",
	    either(d->where.chroot, ""));
	printf("  libsasl2 %s, layout %s, %s\n", either(d->version, "unknown"),
	    either(d->layout, "unknown"), d->library);
}

static void
print_mechanisms(const struct doctor *d)
{
	struct library_plugin plugin;
	const char *const *name;

	if (!d->started)
		return;
	printf("  offers %s\n", either(d->offer, "nothing"));
	for (name = doctor_mechanisms; *name != NULL; name++) {
		printf("  %-9s %-12s", *name,
		    doctor_offers(d, *name) ? "offered" : "not offered");
		if (!library_find(LIBRARY_SERVER, *name, &plugin)) {
			puts("no plugin");
			continue;
		}
		if (plugin.ours)
			printf("sasl-classic %s", plugin.version);
		put(plugin.ours ? ", " : "foreign, ", plugin.file, "\n");
	}
}

static const char *
yes(bool answer)
{
	return answer ? "yes" : "no";
}

void
report_print(const struct doctor *d)
{
	const struct doctor_user *u = &d->user;
	size_t i;

	print_head(d);
	print_mechanisms(d);
	if (*u->name != '\0')
		put("User ", u->name, "\n");
	for (i = 0; i < u->count; i++)
		printf("  %-22s %-14s PLAIN, LOGIN: %s  CRAM-MD5: %s\n",
		    u->secrets[i].property, u->secrets[i].form,
		    yes(u->secrets[i].password), yes(u->secrets[i].digest));
	finding_print(&d->findings);
}

/* --- For scripts ---------------------------------------------------------- */

static void
print_json_mechanisms(const struct doctor *d)
{
	struct library_plugin plugin;
	const char *const *name;
	bool found;

	json_open(KEY_mechanisms, '[');
	for (name = doctor_mechanisms; d->started && *name != NULL; name++) {
		found = library_find(LIBRARY_SERVER, *name, &plugin);
		json_open(KEY_NONE, '{');
		json_text(KEY_mechanism, *name);
		json_bool(KEY_offered, doctor_offers(d, *name));
		json_text(KEY_file, found ? plugin.file : NULL);
		json_bool(KEY_ours, found && plugin.ours);
		json_close();
	}
	json_close();
}

static void
print_json_user(const struct doctor_user *u)
{
	size_t i;

	if (*u->name == '\0')
		return;
	json_open(KEY_user, '{');
	json_text(KEY_name, u->name);
	json_open(KEY_secrets, '[');
	for (i = 0; i < u->count; i++) {
		json_open(KEY_NONE, '{');
		json_text(KEY_property, u->secrets[i].property);
		json_text(KEY_form, u->secrets[i].form);
		json_bool(KEY_plain_login, u->secrets[i].password);
		json_bool(KEY_cram_md5, u->secrets[i].digest);
		json_close();
	}
	json_close();
	json_close();
}

void
report_print_json(const struct doctor *d)
{
	json_text(KEY_service, d->here.app);
	json_text(KEY_libsasl2, either(d->version, NULL));
	json_text(KEY_layout, either(d->layout, NULL));
	json_text(KEY_library, either(d->library, NULL));
	json_text(KEY_configuration, d->config);
	json_text(KEY_offered, d->offer);
	print_json_mechanisms(d);
	print_json_user(&d->user);
	finding_print_json(&d->findings);
	json_bool(KEY_well, finding_count(&d->findings) == 0);
}

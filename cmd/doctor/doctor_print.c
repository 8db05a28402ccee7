/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor's report, for people and for scripts.
 */
#include "config.h"

#include <sasl/sasl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doctor/doctor.h"
#include "doctor/doctor_user.h"
#include "lib/colour.h"
#include "lib/json.h"

static const char *
version(void)
{
	const char *text;

	sasl_version_info(NULL, &text, NULL, NULL, NULL, NULL);
	return text;
}

static void
head(const char *title)
{
	printf("\n%s%s%s\n", colour(COLOUR_BOLD), title, colour(COLOUR_PLAIN));
}

/* --- For people ----------------------------------------------------------- */

static void
print_library(const struct doctor *d)
{
	size_t i;

	printf("%slibsasl2%s %s, layout %s, %s\n", colour(COLOUR_BOLD),
	    colour(COLOUR_PLAIN), version(), probe_layout(), library_file());
	printf("  plugins are looked for in %s\n",
	    d->plugin_path != NULL ? d->plugin_path : "its own directory");
	for (i = 0; i < d->file_count; i++)
		printf("    %s%s%s%s\n", d->files[i].path,
		    d->files[i].ours ? "  sasl-classic " : "",
		    d->files[i].version,
		    !d->files[i].trusted ? "  (not loaded)"
		    : d->files[i].crashes || !d->files[i].loads
			? "  (not usable here)"
			: "");
}

static void
print_config(const struct doctor *d)
{
	size_t i;

	printf("\n%sService%s %s%s%s%s", colour(COLOUR_BOLD),
	    colour(COLOUR_PLAIN), d->options->service,
	    d->here.daemon != NULL ? " (" : "",
	    d->here.daemon != NULL ? d->here.daemon->name : "",
	    d->here.daemon != NULL ? ")" : "");
	printf(", passwords are judged as %s%s%s\n",
	    d->where.user != NULL ? d->where.user : "the user you are",
	    d->where.chroot != NULL ? " within " : "",
	    d->where.chroot != NULL ? d->where.chroot : "");
	for (i = 0; i < d->config_count; i++)
		printf("  %s  %s\n", d->configs[i],
		    d->configs[i] == d->config	       ? "is read"
		    : access(d->configs[i], F_OK) == 0 ? "comes too late"
						       : "is not there");
}

static void
print_mechanisms(const struct doctor *d)
{
	struct library_plugin plugin;
	size_t i;

	if (!d->started)
		return;
	head("Mechanisms");
	for (i = 0; doctor_mechanisms[i] != NULL; i++) {
		printf("  %-9s %-12s", doctor_mechanisms[i],
		    conf_has_word(d->offer, doctor_mechanisms[i])
			? "offered"
			: "not offered");
		if (!library_find(
			LIBRARY_SERVER, doctor_mechanisms[i], &plugin))
			puts("no plugin");
		else if (plugin.ours)
			printf("sasl-classic %s, %s\n", plugin.version,
			    plugin.file);
		else
			printf("foreign, %s\n", plugin.file);
	}
	printf("  all that is offered: %s\n",
	    d->offer != NULL ? d->offer : "nothing");
}

static void
print_user(const struct doctor_user *u)
{
	size_t i;

	if (u == NULL || u->name == NULL)
		return;
	printf("\n%sUser%s %s\n", colour(COLOUR_BOLD), colour(COLOUR_PLAIN),
	    u->name);
	for (i = 0; i < u->count; i++)
		printf("  %-22s %-14s PLAIN, LOGIN: %s  CRAM-MD5: %s\n",
		    u->secrets[i].property, u->secrets[i].form,
		    u->secrets[i].password ? "yes" : "no",
		    u->secrets[i].digest ? "yes" : "no");
}

static void
print_daemons(void)
{
	size_t i;

	head("Where the usual servers would look");
	for (i = 0; i < daemon_count; i++)
		printf("  %-11s %s.conf in %s%s%s\n", daemons[i].name,
		    daemons[i].app,
		    daemons[i].path != NULL ? daemons[i].path
					    : "libsasl2's own directories",
		    daemons[i].remark != NULL ? "; " : "",
		    daemons[i].remark != NULL ? daemons[i].remark : "");
}

void
doctor_print(const struct doctor *d)
{
	print_library(d);
	print_config(d);
	print_mechanisms(d);
	print_user(d->user);
	print_daemons();
	finding_print(&d->findings);
}

/* --- For scripts ---------------------------------------------------------- */

static void
print_json_files(const struct doctor *d)
{
	size_t i;

	json_open(KEY_files, '[');
	for (i = 0; i < d->file_count; i++) {
		json_open(KEY_NONE, '{');
		json_text(KEY_file, d->files[i].path);
		json_bool(KEY_ours, d->files[i].ours);
		json_text(
		    KEY_version, d->files[i].ours ? d->files[i].version : NULL);
		json_bool(
		    KEY_usable, d->files[i].loads && !d->files[i].crashes);
		json_close();
	}
	json_close();
}

static void
print_json_mechanisms(const struct doctor *d)
{
	struct library_plugin plugin;
	bool found;
	size_t i;

	json_open(KEY_mechanisms, '[');
	for (i = 0; d->started && doctor_mechanisms[i] != NULL; i++) {
		found =
		    library_find(LIBRARY_SERVER, doctor_mechanisms[i], &plugin);
		json_open(KEY_NONE, '{');
		json_text(KEY_mechanism, doctor_mechanisms[i]);
		json_bool(
		    KEY_offered, conf_has_word(d->offer, doctor_mechanisms[i]));
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

	if (u == NULL || u->name == NULL)
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
doctor_print_json(const struct doctor *d)
{
	json_open(KEY_NONE, '{');
	json_text(KEY_service, d->options->service);
	json_text(KEY_libsasl2, version());
	json_text(KEY_layout, probe_layout());
	json_text(KEY_library, library_file());
	json_text(KEY_configuration, d->config);
	json_text(KEY_offered, d->offer);
	print_json_files(d);
	print_json_mechanisms(d);
	print_json_user(d->user);
	finding_print_json(&d->findings);
	json_bool(KEY_well, finding_count(&d->findings) == 0);
	json_close();
}

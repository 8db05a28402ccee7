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
	return text != NULL ? text : other;
}

/* --- For people ----------------------------------------------------------- */

/* A name from outside, fit to be shown. */
static void
put(const char *text)
{
	char *shown = text_printable(bytes_str(text));

	fputs(shown, stdout);
	free(shown);
}

static void
print_head(const struct doctor *d)
{
	printf("%s%s%s reads ", colour(COLOUR_BOLD),
	    d->here.daemon != NULL ? d->here.daemon->name : d->here.app,
	    colour(COLOUR_PLAIN));
	put(either(
	    d->config, either(d->here.options_file, "no configuration")));
	printf("\n  checks passwords as %s%s%s\n",
	    either(d->where.user, "the user you are"),
	    d->where.chroot != NULL ? " within " : "",
	    either(d->where.chroot, ""));
	if (d->store != NULL) {
		fputs("  ", stdout);
		put(d->store);
		putchar('\n');
	}
	printf("  libsasl2 %s, layout %s, %s\n", either(d->version, "unknown"),
	    either(d->layout, "unknown"), either(d->library, ""));
}

/* Files that are not used as they are meant to be. */
static void
print_unusable(const struct doctor *d)
{
	size_t i;

	for (i = 0; i < d->file_count; i++)
		if (!d->files[i].trusted || d->files[i].crashes) {
			fputs("  ", stdout);
			put(d->files[i].path);
			puts("  not loaded");
		}
}

static void
print_mechanisms(const struct doctor *d)
{
	struct library_plugin plugin;
	size_t i;

	if (!d->started)
		return;
	printf("  offers %s\n", either(d->offer, "nothing"));
	for (i = 0; doctor_mechanisms[i] != NULL; i++) {
		printf("  %-9s %-12s", doctor_mechanisms[i],
		    doctor_offers(d, doctor_mechanisms[i]) ? "offered"
							   : "not offered");
		if (!library_find(
			LIBRARY_SERVER, doctor_mechanisms[i], &plugin)) {
			puts("no plugin");
			continue;
		}
		if (plugin.ours)
			printf("sasl-classic %s, ", plugin.version);
		else
			fputs("foreign, ", stdout);
		put(plugin.file);
		putchar('\n');
	}
}

static const char *
yes(bool answer)
{
	return answer ? "yes" : "no";
}

static void
print_user(const struct doctor_user *u)
{
	size_t i;

	if (u->name == NULL)
		return;
	printf("%sUser%s ", colour(COLOUR_BOLD), colour(COLOUR_PLAIN));
	put(u->name);
	putchar('\n');
	for (i = 0; i < u->count; i++)
		printf("  %-22s %-14s PLAIN, LOGIN: %s  CRAM-MD5: %s\n",
		    u->secrets[i].property, u->secrets[i].form,
		    yes(u->secrets[i].password), yes(u->secrets[i].digest));
}

void
report_print(const struct doctor *d)
{
	print_head(d);
	print_unusable(d);
	print_mechanisms(d);
	print_user(&d->user);
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
		json_bool(KEY_offered, doctor_offers(d, doctor_mechanisms[i]));
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

	if (u->name == NULL)
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
	json_text(KEY_libsasl2, d->version);
	json_text(KEY_layout, d->layout);
	json_text(KEY_library, d->library);
	json_text(KEY_configuration, d->config);
	json_text(KEY_offered, d->offer);
	print_json_files(d);
	print_json_mechanisms(d);
	print_json_user(&d->user);
	finding_print_json(&d->findings);
	json_bool(KEY_well, finding_count(&d->findings) == 0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the doctor has found, and its report, for people and for scripts.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/doctor.h"
#include "lib/terminal.h"
#include "lib/json.h"
#include "lib/util.h"

/* --- The list of what was found ------------------------------------------- */

static const struct {
	const char *name;
	enum finding_level level;
	const char *text, *advice, *command;
} rows[] = {
#define FINDING(id, name, level, ...) { name, FINDING_##level, __VA_ARGS__ },
#include "doctor/findings.def"
#undef FINDING
};

static const struct {
	const char *name;
	enum colour colour;
} levels[FINDING_LEVELS] = {
	[FINDING_FAULT] = { "fault", COLOUR_BAD },
	[FINDING_WARNING] = { "warning", COLOUR_BOLD },
	[FINDING_NOTE] = { "note", COLOUR_DIM },
};

struct finding {
	enum finding_id id;
	char *text, *advice, *command; /* the latter two may be NULL */
};

static char *
printable(const char *text)
{
	return text_printable(bytes_str(text));
}

/* The text with its arguments, each made fit; NULL if one is not there. */
static char *
expand(const char *text, const char *const args[FINDING_ARGS],
    char *(*make)(const char *))
{
	char *all = NULL, *made;
	size_t size, which;
	bool complete = true;
	FILE *out = text != NULL ? open_memstream(&all, &size) : NULL;

	for (; out != NULL && *text != '\0'; text++) {
		which = *text == '{' ? (size_t)text[1] - '1' : FINDING_ARGS;
		if (which >= FINDING_ARGS || text[2] != '}')
			fputc(*text, out);
		else if (args[which] == NULL)
			complete = false;
		else {
			made = make(args[which]);
			fputs(made, out);
			free(made);
			text += 2;
		}
	}
	if (out != NULL)
		fclose(out);
	if (complete)
		return all;
	free(all);
	return NULL;
}

void
finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS])
{
	const char *command = rows[id].command;
	char *text = expand(rows[id].text, args, printable);
	size_t i;

	if (text == NULL)
		text = util_copy(rows[id].text);
	for (i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].text, text)) {
			free(text);
			return;
		}
	f->list = util_grow(f->list, f->count + 1, sizeof(f->list[0]));
	f->list[f->count++] = (struct finding) {
		.id = id,
		.text = text,
		.advice = expand(rows[id].advice, args, printable),
		.command = expand(command, args,
		    command != NULL && strlen(command) == 3 ? util_copy
							    : text_quoted),
	};
}

bool
finding_has(
    const struct findings *f, enum finding_id first, enum finding_id last)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->list[i].id >= first && f->list[i].id <= last &&
		    (first == last ||
			rows[f->list[i].id].level == FINDING_FAULT))
			return true;
	return false;
}

size_t
finding_count(const struct findings *f)
{
	size_t i, count = 0;

	for (i = 0; i < f->count; i++)
		count += rows[f->list[i].id].level != FINDING_NOTE;
	return count;
}

void
finding_list(void)
{
	size_t i, j;

	for (i = 0; i < FIND_COUNT; i++) {
		for (j = 0; strcmp(rows[i].name, rows[j].name) != 0; j++)
			continue;
		if (j == i)
			puts(rows[i].name);
	}
}

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
	    d->here.server != NULL ? d->here.server->name : d->here.app,
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
		if (!library_find(LIBRARY_SERVER, *name, 0, &plugin)) {
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

static void
print_findings(const struct findings *f)
{
	const struct finding *each;
	size_t level, count = finding_count(f);

	for (level = 0; level < FINDING_LEVELS; level++)
		for (each = f->list; each < f->list + f->count; each++) {
			if (rows[each->id].level != level)
				continue;
			printf("%s%s%s (%s): %s\n",
			    colour(levels[level].colour), levels[level].name,
			    colour(COLOUR_PLAIN), rows[each->id].name,
			    each->text);
			if (each->advice != NULL)
				printf("    # %s\n", each->advice);
			if (each->command != NULL)
				printf("    %s\n", each->command);
		}
	if (count > 0)
		printf("%s%zu finding%s.%s\n", colour(COLOUR_BAD), count,
		    count == 1 ? "" : "s", colour(COLOUR_PLAIN));
	else
		printf("%s%s is well.%s\n", colour(COLOUR_GOOD),
		    finding_has(f, FIND_NOT_ROOT, FIND_NOT_ROOT)
			? "What could be checked"
			: "All",
		    colour(COLOUR_PLAIN));
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
	print_findings(&d->findings);
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
		found = library_find(LIBRARY_SERVER, *name, 0, &plugin);
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

static void
print_json_findings(const struct findings *f)
{
	const struct finding *each;

	json_open(KEY_findings, '[');
	for (each = f->list; each < f->list + f->count; each++) {
		json_open(KEY_NONE, '{');
		json_text(KEY_level, levels[rows[each->id].level].name);
		json_text(KEY_name, rows[each->id].name);
		json_text(KEY_text, each->text);
		json_text(KEY_advice, each->advice);
		json_text(KEY_command, each->command);
		json_close();
	}
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
	print_json_findings(&d->findings);
	json_bool(KEY_well, finding_count(&d->findings) == 0);
}

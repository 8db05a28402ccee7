/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the doctor has found, and its report, for people and for scripts.
 */
#include "config.h"

#include "doctor/doctor.h"
#include "lib/terminal.h"
#include "lib/json.h"

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

/* The text with its arguments, each made fit; NULL if one is not there. */
static char *
expand(const char *text, const char *const args[FINDING_ARGS],
    char *(*make)(const char *))
{
	char *all = NULL;
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
			fputs(make(args[which]), out);
			text += 2;
		}
	}
	if (out != NULL)
		fclose(out);
	return complete ? all : NULL;
}

void
finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS])
{
	const char *command = rows[id].command;
	char *text = expand(rows[id].text, args, text_printable);
	size_t i;

	if (text == NULL)
		text = util_copy(rows[id].text);
	for (i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].text, text))
			return;
	f->list = util_grow(f->list, f->count, sizeof(f->list[0]));
	f->list[f->count++] = (struct finding) {
		.id = id,
		.text = text,
		.advice = expand(rows[id].advice, args, text_printable),
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

static const char *
either(const char *text, const char *other)
{
	return text != NULL && *text != '\0' ? text : other;
}

/* --- What is printed ------------------------------------------------------ */

static void
print_head(const struct doctor *d)
{
	json_text(KEY_service, d->here.app);
	json_text(KEY_libsasl2, either(d->version, NULL));
	json_text(KEY_layout, either(d->layout, NULL));
	json_text(KEY_library, either(d->library, NULL));
	json_text(KEY_configuration, d->config);
	json_text(KEY_offered, d->offer);
	json_else("%s%s%s", colour(COLOUR_BOLD),
	    d->here.server != NULL ? d->here.server->name : d->here.app,
	    colour(COLOUR_PLAIN));
	json_else(" reads %s\n",
	    text_printable(either(
		d->config, either(d->here.options_file, "no configuration"))));
	json_else("  checks passwords as %s%s%s\n",
	    either(d->where.user, "the user you are"),
	    d->where.chroot != NULL ? " within " : "",
	    either(d->where.chroot, ""));
	json_else("  libsasl2 %s, layout %s, %s\n",
	    either(d->version, "unknown"), either(d->layout, "unknown"),
	    either(d->library, "(unknown)"));
	if (d->started)
		json_else("  offers %s\n", either(d->offer, "nothing"));
}

static void
print_mechanism(const struct doctor *d, const char *name)
{
	struct library_plugin plugin = { .file = NULL };
	bool found = library_find(LIBRARY_SERVER, name, 0, &plugin);
	bool offered = doctor_offers(d, name);

	json_open(KEY_NONE, '{');
	json_text(KEY_mechanism, name);
	json_bool(KEY_offered, offered);
	json_text(KEY_file, plugin.file);
	json_bool(KEY_ours, plugin.ours);
	json_close();
	json_else("  %-9s %-12s", name, offered ? "offered" : "not offered");
	if (plugin.ours)
		json_else("sasl-classic %s", plugin.version);
	if (found)
		json_else("%s, %s\n", plugin.ours ? "" : "foreign",
		    text_printable(plugin.file));
	else
		json_else("no plugin\n");
}

static const char *
yes(bool answer)
{
	return answer ? "yes" : "no";
}

static void
print_user(const struct doctor_user *u)
{
	const struct doctor_secret *s;

	json_else("User %s\n", text_printable(u->name));
	json_open(KEY_user, '{');
	json_text(KEY_name, u->name);
	json_open(KEY_secrets, '[');
	for (s = u->secrets; s < u->secrets + u->count; s++) {
		json_open(KEY_NONE, '{');
		json_text(KEY_property, s->property);
		json_text(KEY_form, s->form);
		json_bool(KEY_plain_login, s->password);
		json_bool(KEY_cram_md5, s->digest);
		json_close();
		json_else("  %-22s %-14s PLAIN, LOGIN: %s  CRAM-MD5: %s\n",
		    text_printable(s->property), text_printable(s->form),
		    yes(s->password), yes(s->digest));
	}
	json_close();
	json_close();
}

static void
print_finding(const struct finding *f)
{
	enum finding_level level = rows[f->id].level;

	json_open(KEY_NONE, '{');
	json_text(KEY_level, levels[level].name);
	json_text(KEY_name, rows[f->id].name);
	json_text(KEY_text, f->text);
	json_text(KEY_advice, f->advice);
	json_text(KEY_command, f->command);
	json_close();
	json_else("%s%s%s (%s): %s\n", colour(levels[level].colour),
	    levels[level].name, colour(COLOUR_PLAIN), rows[f->id].name,
	    f->text);
	if (f->advice != NULL)
		json_else("    # %s\n", f->advice);
	if (f->command != NULL)
		json_else("    %s\n", f->command);
}

/* The faults first. */
static void
print_findings(const struct findings *f)
{
	const struct finding *each;
	size_t level, count = finding_count(f);

	json_open(KEY_findings, '[');
	for (level = 0; level < FINDING_LEVELS; level++)
		for (each = f->list; each < f->list + f->count; each++)
			if (rows[each->id].level == level)
				print_finding(each);
	json_close();
	json_bool(KEY_well, count == 0);
	if (count > 0)
		json_else("%s%zu finding%s.%s\n", colour(COLOUR_BAD), count,
		    count == 1 ? "" : "s", colour(COLOUR_PLAIN));
	else
		json_else("%s%s is well.%s\n", colour(COLOUR_GOOD),
		    finding_has(f, FIND_NOT_ROOT, FIND_NOT_ROOT)
			? "What could be checked"
			: "All",
		    colour(COLOUR_PLAIN));
}

void
report_print(const struct doctor *d)
{
	const char *const *name;

	print_head(d);
	json_open(KEY_mechanisms, '[');
	for (name = service_mechanisms; d->started && *name != NULL; name++)
		print_mechanism(d, *name);
	json_close();
	if (d->user.name != NULL)
		print_user(&d->user);
	print_findings(&d->findings);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The list of what was found: see finding.h.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/finding.h"
#include "lib/terminal.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/util.h"

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
finding_print(const struct findings *f)
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
finding_print_json(const struct findings *f)
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

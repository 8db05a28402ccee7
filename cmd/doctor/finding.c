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

const char *const finding_levels[FINDING_LEVELS] = {
	[FINDING_NOTE] = "note",
	[FINDING_WARNING] = "warning",
	[FINDING_FAULT] = "fault",
};

static char *
printable(const char *text)
{
	return text_printable(bytes_str(text));
}

static void
append(char **to, const char *text, size_t len)
{
	char *more =
	    util_format("%s%.*s", *to != NULL ? *to : "", (int)len, text);

	free(*to);
	*to = more;
}

/* The text with its arguments, each made fit by `make`; NULL: one is not there.
 */
static char *
expand(const char *text, const char *const args[FINDING_ARGS],
    char *(*make)(const char *))
{
	const char *brace, *arg;
	char *all = NULL, *made;

	if (text == NULL)
		return NULL;
	while ((brace = strchr(text, '{')) != NULL) {
		append(&all, text, (size_t)(brace - text));
		if (brace[1] < '1' || brace[1] > '0' + FINDING_ARGS ||
		    brace[2] != '}') {
			append(&all, brace, 1);
			text = brace + 1;
			continue;
		}
		arg = args[brace[1] - '1'];
		if (arg == NULL) {
			free(all);
			return NULL;
		}
		made = make(arg);
		append(&all, made, strlen(made));
		free(made);
		text = brace + 3;
	}
	append(&all, text, strlen(text));
	return all;
}

void
finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS])
{
	const struct finding_row *row = &finding_rows[id];
	char *text = expand(row->text, args, printable);
	size_t i;

	if (text == NULL)
		text = util_copy(row->text);
	for (i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].text, text)) {
			free(text);
			return;
		}
	f->list = util_grow(f->list, f->count + 1, sizeof(f->list[0]));
	f->list[f->count++] = (struct finding) {
		.id = id,
		.text = text,
		.advice = expand(row->advice, args, printable),
		.mend = expand(row->mend, args,
		    row->mend != NULL && strlen(row->mend) == 3
			? util_copy /* a whole command, quoted by its maker */
			: text_quoted),
	};
}

bool
finding_has(const struct findings *f, enum finding_id id)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->list[i].id == id)
			return true;
	return false;
}

size_t
finding_count(const struct findings *f)
{
	size_t i, count = 0;

	for (i = 0; i < f->count; i++)
		count += finding_rows[f->list[i].id].level != FINDING_NOTE;
	return count;
}

static void
print_level(const struct findings *f, enum finding_level level)
{
	static const enum colour colours[] = {
		[FINDING_NOTE] = COLOUR_DIM,
		[FINDING_WARNING] = COLOUR_BOLD,
		[FINDING_FAULT] = COLOUR_BAD,
	};
	const struct finding *each;

	for (each = f->list; each < f->list + f->count; each++) {
		if (finding_rows[each->id].level != level)
			continue;
		printf("%s%s%s (%s): %s\n", colour(colours[level]),
		    finding_levels[level], colour(COLOUR_PLAIN),
		    finding_rows[each->id].name, each->text);
		if (each->advice != NULL)
			printf("    # %s\n", each->advice);
		if (each->mend != NULL)
			printf("    %s\n", each->mend);
	}
}

void
finding_print(const struct findings *f)
{
	size_t count = finding_count(f);
	bool all = !finding_has(f, FIND_NOT_ROOT);

	print_level(f, FINDING_FAULT);
	print_level(f, FINDING_WARNING);
	print_level(f, FINDING_NOTE);
	if (count == 0)
		printf("%s%s is well.%s\n", colour(COLOUR_GOOD),
		    all ? "All" : "What could be looked at",
		    colour(COLOUR_PLAIN));
	else
		printf("%s%zu finding%s.%s\n", colour(COLOUR_BAD), count,
		    count == 1 ? "" : "s", colour(COLOUR_PLAIN));
}

void
finding_print_json(const struct findings *f)
{
	const struct finding *each;

	json_open(KEY_findings, '[');
	for (each = f->list; each < f->list + f->count; each++) {
		json_open(KEY_NONE, '{');
		json_text(
		    KEY_level, finding_levels[finding_rows[each->id].level]);
		json_text(KEY_name, finding_rows[each->id].name);
		json_text(KEY_text, each->text);
		json_text(KEY_advice, each->advice);
		json_text(KEY_mend, each->mend);
		json_close();
	}
	json_close();
}

void
finding_list(void)
{
	size_t i, j;

	for (i = 0; i < FIND_COUNT; i++) {
		for (j = 0; j < i; j++)
			if (!strcmp(finding_rows[i].name, finding_rows[j].name))
				break;
		if (j == i)
			puts(finding_rows[i].name);
	}
}

void
finding_free(struct findings *f)
{
	size_t i;

	for (i = 0; i < f->count; i++) {
		free(f->list[i].text);
		free(f->list[i].advice);
		free(f->list[i].mend);
	}
	free(f->list);
	f->list = NULL;
	f->count = 0;
}

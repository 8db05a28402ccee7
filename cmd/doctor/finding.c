/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Findings: see finding.h.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doctor/finding.h"
#include "lib/colour.h"
#include "lib/json.h"
#include "lib/util.h"

static const char *const levels[] = {
	[FINDING_NOTE] = "note",
	[FINDING_WARNING] = "warning",
	[FINDING_FAULT] = "fault",
};

void
finding_add(struct findings *f, enum finding_level level, const char *name,
    char *text, char *advice)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].text, text)) {
			free(text);
			free(advice);
			return;
		}
	f->list = util_grow(f->list, f->count + 1, sizeof(f->list[0]));
	f->list[f->count].level = level;
	f->list[f->count].name = name;
	f->list[f->count].text = text;
	f->list[f->count++].advice = advice;
}

bool
finding_has(const struct findings *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].name, name))
			return true;
	return false;
}

size_t
finding_count(const struct findings *f)
{
	size_t i, count = 0;

	for (i = 0; i < f->count; i++)
		count += f->list[i].level != FINDING_NOTE;
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
	size_t i;

	for (i = 0; i < f->count; i++) {
		if (f->list[i].level != level)
			continue;
		printf("\n%s%s%s (%s): %s\n", colour(colours[level]),
		    levels[level], colour(COLOUR_PLAIN), f->list[i].name,
		    f->list[i].text);
		if (f->list[i].advice != NULL)
			printf("    %s\n", f->list[i].advice);
	}
}

void
finding_print(const struct findings *f)
{
	size_t count = finding_count(f);

	print_level(f, FINDING_FAULT);
	print_level(f, FINDING_WARNING);
	print_level(f, FINDING_NOTE);
	if (count == 0)
		printf("\n%s%s is well.%s\n", colour(COLOUR_GOOD),
		    finding_has(f, "not-root") ? "What could be looked at"
					       : "All",
		    colour(COLOUR_PLAIN));
	else
		printf("\n%s%zu finding%s.%s\n", colour(COLOUR_BAD), count,
		    count == 1 ? "" : "s", colour(COLOUR_PLAIN));
}

void
finding_print_json(const struct findings *f)
{
	size_t i;

	json_open(KEY_findings, '[');
	for (i = 0; i < f->count; i++) {
		json_open(KEY_NONE, '{');
		json_text(KEY_level, levels[f->list[i].level]);
		json_text(KEY_name, f->list[i].name);
		json_text(KEY_text, f->list[i].text);
		json_text(KEY_advice, f->list[i].advice);
		json_close();
	}
	json_close();
}

void
finding_free(struct findings *f)
{
	size_t i;

	for (i = 0; i < f->count; i++) {
		free(f->list[i].text);
		free(f->list[i].advice);
	}
	free(f->list);
	f->list = NULL;
	f->count = 0;
}

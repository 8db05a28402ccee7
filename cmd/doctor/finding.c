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
	f->list = tool_grow(f->list, f->count + 1, sizeof(f->list[0]));
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
	static const enum paint colours[] = {
		[FINDING_NOTE] = PAINT_DIM,
		[FINDING_WARNING] = PAINT_BOLD,
		[FINDING_FAULT] = PAINT_BAD,
	};
	size_t i;

	for (i = 0; i < f->count; i++) {
		if (f->list[i].level != level)
			continue;
		printf("\n%s%s%s (%s): %s\n", paint(colours[level]),
		    levels[level], paint(PAINT_PLAIN), f->list[i].name,
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
		printf("\n%s%s is well.%s\n", paint(PAINT_GOOD),
		    finding_has(f, "not-root") ? "What could be looked at"
					       : "All",
		    paint(PAINT_PLAIN));
	else
		printf("\n%s%zu finding%s.%s\n", paint(PAINT_BAD), count,
		    count == 1 ? "" : "s", paint(PAINT_PLAIN));
}

void
finding_print_json(const struct findings *f, const char *key)
{
	size_t i;

	json_open(key, '[');
	for (i = 0; i < f->count; i++) {
		json_open(NULL, '{');
		json_text("level", levels[f->list[i].level]);
		json_text("name", f->list[i].name);
		json_text("text", f->list[i].text);
		json_text("advice", f->list[i].advice);
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

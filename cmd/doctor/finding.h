/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the doctor has found: each with a name for programs, what is wrong, and
 * what to do about it.
 */
#ifndef CLASSIC_FINDING_H
#define CLASSIC_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_level {
	FINDING_NOTE,	 /* worth knowing; nothing is wrong */
	FINDING_WARNING, /* it works, but not as one would want */
	FINDING_FAULT,	 /* logins fail, or will */
};

struct finding {
	enum finding_level level;
	const char *name; /* a few words with '-' between, never changed */
	char *text, *advice;
};

struct findings {
	struct finding *list;
	size_t count;
};

/*
 * One more; `name` lives for ever, the texts are from util_format() and now
 * belong to the findings. The same text twice is one finding.
 */
void finding_add(struct findings *f, enum finding_level level, const char *name,
    char *text, char *advice);

bool finding_has(const struct findings *f, const char *name);

/* Those that are more than a note. */
size_t finding_count(const struct findings *f);

/* On standard output, for people and for scripts. */
void finding_print(const struct findings *f);
void finding_print_json(const struct findings *f);

void finding_free(struct findings *f);

#endif

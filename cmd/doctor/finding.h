/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the doctor can find, of which findings.def is the table, and the list of
 * what was found.
 */
#ifndef CLASSIC_FINDING_H
#define CLASSIC_FINDING_H

#include <stdbool.h>
#include <stddef.h>

enum finding_level {
	FINDING_FAULT,	 /* logins fail, or will */
	FINDING_WARNING, /* it works, but not as one would want */
	FINDING_NOTE,	 /* worth knowing; nothing is wrong */
	FINDING_LEVELS
};

#define FINDING(id, ...) FIND_##id,
enum finding_id {
#include "doctor/findings.def"
	FIND_COUNT
};
#undef FINDING

enum { FINDING_ARGS = 6 };

struct findings {
	struct finding *list;
	size_t count;
};

/*
 * Add a finding, with the arguments of its row. These come from anywhere: in
 * the text and the advice their controls are escaped, in the command they are
 * quoted; but an argument that is all of a command is one already. An advice or
 * a command of which an argument is NULL is left out. What is found twice is
 * one finding.
 */
void finding_add(struct findings *f, enum finding_id id,
    const char *const args[FINDING_ARGS]);

/* Is there that one; or a fault of those rows? */
bool finding_has(
    const struct findings *f, enum finding_id first, enum finding_id last);

/* Those that are more than a note. */
size_t finding_count(const struct findings *f);

/* On standard output, for people and for scripts; and the names of all. */
void finding_print(const struct findings *f);
void finding_print_json(const struct findings *f);
void finding_list(void);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The doctor on SQL: see doctor_queries.h.
 */
#include "config.h"

#include <string.h>

#include "doctor/doctor.h"
#include "doctor/doctor_queries.h"
#include "lib/util.h"

/* As the plugin begins its lines. Only mysql has its own words for a query. */
static const char *
said_of_a_query(const char *text)
{
	static const char *const begins[] = { "sql plugin: ",
		"sql query failed: " };
	size_t i;

	for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (!strncmp(text, begins[i], strlen(begins[i])))
			return text + strlen(begins[i]);
	return NULL;
}

void
doctor_note_query(struct doctor_queries *q, const char *text)
{
	const char *said = said_of_a_query(text);

	if (said == NULL)
		return;
	if (!strncmp(said, "no result", strlen("no result")) ||
	    !strncmp(said, "found duplicate", strlen("found duplicate")))
		q->answered = true;
	else if (q->error == NULL)
		q->error = util_copy(said);
}

void
doctor_judge_queries(struct doctor *d, const struct doctor_queries *q)
{
	if (q->error == NULL || *q->error == '\0')
		return;
	if (q->answered)
		DOCTOR_WARN(d, "query-failed",
		    util_format(
			"a query of the sql plugin fails: %s", q->error),
		    util_copy("make the column that it asks for, or leave it "
			      "out by classic_secrets"));
	else
		DOCTOR_FAULT(d, "query-failed",
		    util_format("every query of the sql plugin fails, and so "
				"everybody is unknown: %s",
			q->error),
		    util_format(
			"correct sql_select in %s, or the table", d->config));
}

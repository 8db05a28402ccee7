/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What libsasl2's sql plugin says of its queries. One that fails is an unknown
 * user to it, whom nobody can tell from a real one but by the log.
 */
#ifndef CLASSIC_DOCTOR_QUERIES_H
#define CLASSIC_DOCTOR_QUERIES_H

#include <stdbool.h>

struct doctor;

struct doctor_queries {
	char *error;   /* of the first that has failed, or NULL or "" */
	bool answered; /* another one has not */
};

/* A line of the log. Release q->error with free(). */
void doctor_note_query(struct doctor_queries *q, const char *text);

/* Of a login that has found nobody. */
void doctor_judge_queries(struct doctor *d, const struct doctor_queries *q);

#endif

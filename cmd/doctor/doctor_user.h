/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is stored for one user, and who can use it.
 */
#ifndef CLASSIC_DOCTOR_USER_H
#define CLASSIC_DOCTOR_USER_H

#include <stdbool.h>
#include <stddef.h>

struct doctor;

/* The form of a password that is taken for nothing. */
#define DOCTOR_TEXT_NULL "the text NULL"

/* One stored value, without the value. */
struct doctor_secret {
	char *property, *form; /* "userPassword", "{SSHA}" */
	bool password;	       /* PLAIN and LOGIN can use it */
	bool digest;	       /* CRAM-MD5 can */
	bool alike; /* by PLAIN and LOGIN it costs what a stranger does */
};

struct doctor_user {
	char *name; /* canonical; NULL if it could not be looked up */
	struct doctor_secret *secrets;
	size_t count;
	bool password, digest; /* some secret has it */
	bool others;	       /* saslauthd and the like are asked as well */
	bool transitions;      /* a login that they accept stores secrets */
};

/* What is wrong with what was found. */
void doctor_judge_user(struct doctor *d, const struct doctor_user *u);

#endif

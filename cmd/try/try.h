/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The runs of `sasl-classic try', one for each mechanism.
 */
#ifndef CLASSIC_TRY_H
#define CLASSIC_TRY_H

#include "sasl/login.h"

struct try_run {
	struct login login; /* but for the mechanism and the callbacks */
	const char *const *mechanisms; /* ends with NULL */
	bool show_secrets;
	bool brief, json;   /* how to print; json goes before brief */
	const char *doctor; /* --service of the doctor to go to, or NULL */
};

/* Run and print all of it. EXIT_WELL if each was accepted, else EXIT_FAULT. */
int try_all(struct try_run *t);

#endif

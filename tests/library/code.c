/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Names of result codes: see code.h.
 */
#include <stdio.h>

#include <sasl/sasl.h>

#include "library/code.h"

#define NAMED(code) [-(code)] = #code

static const char *const code_names[] = { NAMED(SASL_OK), NAMED(SASL_FAIL),
	NAMED(SASL_NOMEM), NAMED(SASL_BUFOVER), NAMED(SASL_NOMECH),
	NAMED(SASL_BADPROT), NAMED(SASL_BADPARAM), NAMED(SASL_TRYAGAIN),
	NAMED(SASL_BADAUTH), NAMED(SASL_NOAUTHZ), NAMED(SASL_TRANS),
	NAMED(SASL_DISABLED), NAMED(SASL_NOUSER), NAMED(SASL_UNAVAIL) };

void
code_print(int code)
{
	const int known = sizeof(code_names) / sizeof(code_names[0]);

	if (code <= 0 && -code < known && code_names[-code] != NULL)
		fputs(code_names[-code], stdout);
	else
		printf("SASL_CODE_%d", code);
}

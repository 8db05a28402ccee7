/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Names of stored forms: see secret_label.h.
 */
#include "config.h"

#include <stdio.h>

#include "lib/secret_label.h"
#include "secrets/scheme.h"

void
secret_label(struct bytes value, char label[SECRET_LABEL])
{
	struct stored stored;

	scheme_classify(value, &stored);
	snprintf(label, SECRET_LABEL, "%s", scheme_label(&stored));
}

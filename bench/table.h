/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * The result, for people and for the report's script.
 */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdio.h>

#include "figure.h"
#include "stats.h"

/* What was found for one figure; a series may be empty. */
struct row {
	const struct figure *figure;
	struct series ours;
	struct series stock;
	struct series gsasl;
};

/* The head of the table, a section's title, a row: to the terminal. */
void table_head(void);
void table_section(const struct section *);
void table_row(const struct row *);

/*
 * A row as fields with tabs between them: section, title, unit, ours, stock,
 * ours/stock, its low and high, target, verdict, gsasl, ours/gsasl.
 */
void table_data(FILE *, const struct section *, const struct row *);

#endif

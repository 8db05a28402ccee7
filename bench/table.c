/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Printing the result, see table.h.
 */
#include "config.h"

#include "table.h"

#include <math.h>
#include <string.h>

enum { CELL_SIZE = 32 };

/* A row in words, "-" where there is nothing to tell. */
struct cells {
	char ours[CELL_SIZE];
	char stock[CELL_SIZE];
	char ratio[CELL_SIZE];
	char low[CELL_SIZE];
	char high[CELL_SIZE];
	char target[CELL_SIZE];
	char verdict[CELL_SIZE];
	char gsasl[CELL_SIZE];
	char over_gsasl[CELL_SIZE];
};

/* Three that mean something, and none after a count. */
static int
digits(double value)
{
	if (value >= 100 || value == floor(value))
		return 0;
	return value >= 10 ? 1 : 2;
}

static void
print_median(char *cell, const struct series *s)
{
	double median;

	if (s->n == 0) {
		strcpy(cell, "-");
		return;
	}
	median = series_spread(s).median;
	snprintf(cell, CELL_SIZE, "%.*f", digits(median), median);
}

static void
print_target(char *cell, const struct figure *f)
{
	static const struct {
		const char *relation;
		int digits;
	} said[] = {
		[TARGET_RATIO] = { "<= ", 2 },
		[TARGET_SPEEDUP] = { ">= ", 2 },
		[TARGET_VALUE] = { "ours <= ", 0 },
	};

	if (f->target == TARGET_NONE)
		strcpy(cell, "-");
	else
		snprintf(cell, CELL_SIZE, "%s%.*f", said[f->target].relation,
		    said[f->target].digits, f->limit);
}

static const char *
verdict(const struct row *r, double ratio)
{
	const struct figure *f = r->figure;

	switch (f->target) {
	case TARGET_RATIO:
		return ratio <= f->limit ? "ok" : "over";
	case TARGET_SPEEDUP:
		return ratio >= f->limit ? "ok" : "under";
	case TARGET_VALUE:
		return series_spread(&r->ours).median <= f->limit ? "ok"
								  : "over";
	default:
		return "";
	}
}

static void
fill(struct cells *c, const struct row *r)
{
	struct series ratios;
	struct spread spread;

	print_median(c->ours, &r->ours);
	print_median(c->stock, &r->stock);
	print_median(c->gsasl, &r->gsasl);
	print_target(c->target, r->figure);
	strcpy(c->ratio, "-");
	strcpy(c->low, "-");
	strcpy(c->high, "-");
	strcpy(c->verdict, "-");
	strcpy(c->over_gsasl, "-");
	if (series_ratio(&r->ours, &r->stock, &ratios)) {
		spread = series_spread(&ratios);
		snprintf(c->ratio, CELL_SIZE, "%.2f", spread.median);
		snprintf(c->low, CELL_SIZE, "%.2f", spread.low);
		snprintf(c->high, CELL_SIZE, "%.2f", spread.high);
		strcpy(c->verdict, verdict(r, spread.median));
	}
	if (series_ratio(&r->ours, &r->gsasl, &ratios))
		snprintf(c->over_gsasl, CELL_SIZE, "%.2f",
		    series_spread(&ratios).median);
}

void
table_head(void)
{
	printf("%-41s %8s %8s %-4s %6s %-11s %-9s %-7s %8s %6s\n", "", "ours",
	    "stock", "", "ratio", " (spread)", "target", "verdict", "gsasl",
	    "ratio");
}

void
table_section(const struct section *s)
{
	printf("\n%s\n", s->title);
}

void
table_row(const struct row *r)
{
	struct cells c;
	char spread[2 * CELL_SIZE + 8] = "";

	fill(&c, r);
	if (!r->figure->exact)
		snprintf(spread, sizeof spread, "(%s-%s)", c.low, c.high);
	printf("  %-39s %8s %8s %-4s %6s %-11s %-9s %-7s %8s %6s\n",
	    r->figure->title, c.ours, c.stock, r->figure->unit, c.ratio, spread,
	    c.target, c.verdict, c.gsasl, c.over_gsasl);
	fflush(stdout);
}

void
table_data(FILE *file, const struct section *s, const struct row *r)
{
	struct cells c;

	fill(&c, r);
	fprintf(file, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
	    s->title, r->figure->title, r->figure->unit, c.ours, c.stock,
	    c.ratio, c.low, c.high, c.target, c.verdict, c.gsasl, c.over_gsasl);
}

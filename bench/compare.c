/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Compares the plugins of two directories: runs measure with the one and the
 * other in turn, many short rounds, and prints one table of ratios.
 */
#include "config.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "figure.h"
#include "fill.h"
#include "run.h"
#include "table.h"

enum { ROWS_MAX = 128, LARGE = 100000 };

struct comparison {
	struct runner ours;
	struct runner stock;
	struct runner gsasl; /* no program, no third column */
	const char *data;    /* a file for table_data, or NULL */
	const char *only;    /* a part of the words, or NULL for all */
	unsigned rounds;
	bool quick; /* few rounds, and no large sasldb */
	struct row row[ROWS_MAX];
	unsigned rows;
};

static void
measure(const struct runner *r, const struct figure *f, struct series *s)
{
	double value;

	if (r->program != NULL && run_figure(r, f, &value))
		series_add(s, value);
}

/* In every second round the other one is first. */
static void
run_row(struct comparison *c, struct row *row, unsigned round)
{
	const struct figure *f = row->figure;
	bool stock_first = round % 2 != 0;

	if (f->exact && round > 0)
		return;
	if (stock_first && !f->alone)
		measure(&c->stock, f, &row->stock);
	measure(&c->ours, f, &row->ours);
	if (!stock_first && !f->alone)
		measure(&c->stock, f, &row->stock);
	if (f->users == 0 && !f->alone)
		measure(&c->gsasl, f, &row->gsasl);
}

static bool
is_wanted(const struct comparison *c, const struct figure *f)
{
	if (f->users > LARGE && c->quick)
		return false;
	return c->only == NULL || strstr(f->words, c->only) != NULL;
}

static void
choose_rows(struct comparison *c)
{
	const struct section *s;
	const struct figure *f;

	for (s = sections; s->title != NULL; s++)
		for (f = s->figures; f->title != NULL; f++) {
			if (!is_wanted(c, f))
				continue;
			if (c->rows == ROWS_MAX)
				fail("too many figures");
			c->row[c->rows++].figure = f;
			fill_users(&c->stock, f);
		}
}

static void
run_rounds(struct comparison *c)
{
	for (unsigned round = 0; round < c->rounds; round++) {
		if (isatty(STDERR_FILENO))
			fprintf(
			    stderr, "\rround %u of %u\r", round + 1, c->rounds);
		for (unsigned i = 0; i < c->rows; i++)
			run_row(c, &c->row[i], round);
	}
}

/* The rows that are there stand in the order of the sections. */
static void
print_section(const struct section *s, const struct comparison *c, FILE *data)
{
	const struct figure *f = s->figures;
	bool begun = false;

	for (; f->title != NULL; f++)
		for (unsigned i = 0; i < c->rows; i++) {
			if (c->row[i].figure != f)
				continue;
			if (!begun)
				table_section(s);
			begun = true;
			table_row(&c->row[i]);
			if (data != NULL)
				table_data(data, s, &c->row[i]);
		}
}

static void
print(const struct comparison *c)
{
	FILE *data = NULL;

	if (c->data != NULL && (data = fopen(c->data, "w")) == NULL)
		fail("%s cannot be written", c->data);
	table_head();
	for (const struct section *s = sections; s->title != NULL; s++)
		print_section(s, c, data);
	if (data != NULL && fclose(data) != 0)
		fail("%s cannot be written", c->data);
}

static const struct option options[] = {
	{ "callgrind", required_argument, NULL, 'c' },
	{ "data", required_argument, NULL, 'd' },
	{ "gsasl", required_argument, NULL, 'g' },
	{ "only", required_argument, NULL, 'o' },
	{ "quick", no_argument, NULL, 'q' },
	{ "rounds", required_argument, NULL, 'r' },
	{ "users", required_argument, NULL, 'u' },
	{ .name = NULL },
};

static void
take_option(struct comparison *c, int option)
{
	switch (option) {
	case 'c':
		c->ours.callgrind = c->stock.callgrind = optarg;
		break;
	case 'd':
		c->data = optarg;
		break;
	case 'g':
		c->gsasl.program = optarg;
		break;
	case 'o':
		c->only = optarg;
		break;
	case 'q':
		c->quick = true;
		c->rounds = 3;
		break;
	case 'r':
		c->rounds = (unsigned)strtoul(optarg, NULL, 10);
		break;
	case 'u':
		c->ours.users_dir = c->stock.users_dir = optarg;
		break;
	default:
		fail("usage: compare [--quick] [--rounds N] [--only WORDS] "
		     "[--callgrind SCRIPT] [--data FILE] [--gsasl PROGRAM] "
		     "[--users DIRECTORY] MEASURE OURS STOCK");
	}
}

int
main(int argc, char *argv[])
{
	static struct comparison c = { .rounds = 15 };
	int option;

	c.ours.users_dir = c.stock.users_dir = ".";
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		take_option(&c, option);
	if (argc - optind != 3 || c.rounds == 0 || c.rounds > STATS_ROUNDS_MAX)
		take_option(&c, '?');
	c.ours.program = c.stock.program = argv[optind];
	c.ours.plugins = argv[optind + 1];
	c.stock.plugins = argv[optind + 2];
	choose_rows(&c);
	run_rounds(&c);
	print(&c);
	return 0;
}

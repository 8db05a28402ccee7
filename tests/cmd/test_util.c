/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Texts and dates, as all subcommands have them.
 */
#include "config.h"

#include <time.h>

#include "lib/process.h"
#include "lib/util.h"
#include "support/test.h"

TEST(util_is_past__today__is_not_nor_what_comes)
{
	time_t before, after;
	bool is_past[3];
	int today, i;

	do { /* until it is the same day before and after */
		before = time(NULL) / 86400;
		today = (int)before;
		for (i = 0; i < 3; i++)
			is_past[i] = util_is_past(today - 1 + i);
		after = time(NULL) / 86400;
	} while (before != after);
	assert_true(is_past[0]);
	assert_false(is_past[1]);
	assert_false(is_past[2]);
}

static void
take(void *all, char *line)
{
	strcat(all, line);
	strcat(all, "\n");
}

/* The only control character is an end of a line, which each line has. */
TEST(text_quoted__any_word__is_the_same_to_a_shell)
{
	static const char *const words[] = { "plain", "two words", "it's", "''",
		"a\\'b", "$HOME `id` \"x\"", "-n", "*", "a\nb", "%d\n7",
		"\xff'" };
	const char *argv[] = { "sh", "-c", NULL, NULL };
	char all[64];
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++) {
		argv[2] = util_format("printf %%s %s", text_quoted(words[i]));
		*all = '\0';
		assert_int_equal(process_run(NULL, argv, take, all), 0);
		assert_int_equal(strlen(all), strlen(words[i]) + 1);
		assert_memory_equal(all, words[i], strlen(words[i]));
	}
	assert_string_equal(text_quoted(""), "''");
}

TEST(text_printable_octets__what_a_terminal_obeys__is_escaped)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "J\303\266rg", "J\303\266rg" },
		{ "\033[2J", "\\x1B[2J" },
		{ "\177", "\\x7F" },
		{ "\302\205", "\\xC2\\x85" },
		{ "\303", "\\xC3" },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(text_printable(rows[i].text), rows[i].want);
	assert_string_equal(
	    text_printable_octets(bytes_of("a\0b", 3)), "a\\0b");
}

TEST(util_date__day__is_that_of_utc_and_none_before_1970)
{
	assert_int_equal(setenv("TZ", "UTC+5", 1), 0);
	tzset();
	assert_string_equal(util_date(19782), "2024-02-29");
	assert_string_equal(util_date(0), "1970-01-01");
	assert_string_equal(util_date(-1), "1970-01-01");
}

TEST(text_next_line__last_one_without_an_end__is_a_line)
{
	struct bytes rest = bytes_str("callooh\n\ncallay"), line;

	assert_true(text_next_line(&rest, &line));
	assert_int_equal(line.len, 7);
	assert_true(text_next_line(&rest, &line));
	assert_int_equal(line.len, 0);
	assert_true(text_next_line(&rest, &line));
	assert_memory_equal(line.data, "callay", 6);
	assert_false(text_next_line(&rest, &line));
}

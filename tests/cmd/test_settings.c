/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Configuration files as libsasl2 reads them, and words that were misspelt.
 */
#include "config.h"

#include <unistd.h>

#include "lib/typo.h"
#include "sasl/conf_file.h"
#include "support/test.h"

static void
read_text(struct settings *s, const char *text)
{
	char path[] = "/tmp/test_settings.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	memset(s, 0, sizeof(*s));
	assert_int_equal(settings_read(s, path), 0);
	unlink(path);
}

TEST(settings__one_line__is_an_option_or_a_fault)
{
	static const struct {
		const char *line;
		enum settings_fault fault;
		const char *name, *value;
	} cases[] = {
		{ "a: b", SETTINGS_NO_FAULT, "a", "b" },
		{ "A_b-C2:b c \t", SETTINGS_NO_FAULT, "a_b-c2", "b c" },
		{ "  a:\t b: c", SETTINGS_NO_FAULT, "a", "b: c" },
		{ "a:\"b\"", SETTINGS_NO_FAULT, "a", "\"b\"" },
		{ "a: b\r", SETTINGS_NO_FAULT, "a", "b" },
		{ "a: #b", SETTINGS_NO_FAULT, "a", "#b" },
		{ "a", SETTINGS_NO_COLON, "a", NULL },
		{ "a b", SETTINGS_NO_COLON, "a", NULL },
		{ "a :b", SETTINGS_BAD_KEY, "a", NULL },
		{ "a.b: c", SETTINGS_BAD_KEY, "a", NULL },
		{ "a b: c", SETTINGS_BAD_KEY, "a", NULL },
		{ "a:", SETTINGS_NO_VALUE, "a", NULL },
		{ "a: \t ", SETTINGS_NO_VALUE, "a", NULL },
		{ ":", SETTINGS_NO_VALUE, "", NULL },
	};
	struct settings s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		read_text(&s, cases[i].line);
		assert_int_equal(s.count, 1);
		assert_int_equal(s.list[0].fault, cases[i].fault);
		assert_string_equal(s.list[0].name, cases[i].name);
		if (cases[i].value != NULL)
			assert_string_equal(s.list[0].value, cases[i].value);
		else
			assert_null(s.list[0].value);
		assert_int_equal(
		    settings_refused(&s), cases[i].fault != SETTINGS_NO_FAULT);
		settings_free(&s);
	}
}

TEST(settings__file__has_lines_and_the_first_value)
{
	struct settings s;

	read_text(&s, "# a: 0\n\n   \na: 1\n b: 2\nA: 3");
	assert_int_equal(s.count, 3);
	assert_int_equal(s.list[0].line, 4);
	assert_int_equal(s.list[1].line, 5);
	assert_int_equal(s.list[2].fault, SETTINGS_REPEATED);
	assert_string_equal(settings_get(&s, "a"), "1");
	assert_string_equal(settings_get(&s, "b"), "2");
	assert_null(settings_get(&s, "c"));
	assert_false(settings_refused(&s));
	settings_free(&s);
}

TEST(settings__no_file__is_an_error)
{
	struct settings s = { NULL, 0 };

	assert_int_equal(settings_read(&s, "/nowhere/at/all"), -1);
}

TEST(settings_has_word__list__has_whole_words)
{
	assert_true(settings_has_word("PLAIN LOGIN", "login"));
	assert_true(settings_has_word("\tplain", "PLAIN"));
	assert_false(settings_has_word("PLAINTEXT LOGIN", "PLAIN"));
	assert_false(settings_has_word("PLAIN,LOGIN", "LOGIN"));
	assert_false(settings_has_word("", "LOGIN"));
	assert_false(settings_has_word(NULL, "LOGIN"));
}

TEST(typo_distance__two_words__is_the_number_of_slips)
{
	assert_int_equal(typo_distance("", ""), 0);
	assert_int_equal(typo_distance("", "abc"), 3);
	assert_int_equal(typo_distance("abc", "abc"), 0);
	assert_int_equal(typo_distance("abc", "abd"), 1);
	assert_int_equal(typo_distance("abc", "ac"), 1);
	assert_int_equal(typo_distance("abc", "acb"), 1);
	assert_int_equal(typo_distance("abcd", "badc"), 2);
	assert_int_equal(typo_distance("kitten", "sitting"), 3);
}

TEST(typo_nearest__word__is_what_was_meant_or_nothing)
{
	static const char *const words[] = { "pwcheck_method", "mech_list",
		"srvtab" };

	assert_string_equal(
	    typo_nearest("pwcheck_metod", words, 3), "pwcheck_method");
	assert_string_equal(typo_nearest("mech_lsit", words, 3), "mech_list");
	assert_null(typo_nearest("mech_list", words, 3));
	assert_null(typo_nearest("something_else", words, 3));
	assert_null(typo_nearest("x", words, 3));
	assert_null(typo_nearest("", words, 3));
}

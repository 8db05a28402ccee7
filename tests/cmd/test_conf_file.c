/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Configuration files as libsasl2 reads them.
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include "sasl/conf_file.h"
#include "support/test.h"

static void
read_text(struct conf_file *s, const char *text)
{
	char path[] = "/tmp/test_conf_file.XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	memset(s, 0, sizeof(*s));
	assert_int_equal(conf_file_read(s, path), 0);
	unlink(path);
}

TEST(conf_file__one_line__is_an_option_or_a_fault)
{
	static const struct {
		const char *line;
		enum conf_fault fault;
		const char *name, *value;
	} cases[] = {
		{ "a: b", CONF_NO_FAULT, "a", "b" },
		{ "A_b-C2:b c \t", CONF_NO_FAULT, "a_b-c2", "b c" },
		{ "  a:\t b: c", CONF_NO_FAULT, "a", "b: c" },
		{ "a:\"b\"", CONF_NO_FAULT, "a", "\"b\"" },
		{ "a: b\r", CONF_NO_FAULT, "a", "b" },
		{ "a: #b", CONF_NO_FAULT, "a", "#b" },
		{ "a", CONF_NO_COLON, "a", NULL },
		{ "a b", CONF_NO_COLON, "a", NULL },
		{ "a :b", CONF_SEPARATOR, "a", NULL },
		{ "a\t= b", CONF_SEPARATOR, "a", NULL },
		{ "a=b: c", CONF_SEPARATOR, "a", NULL },
		{ "= b", CONF_NO_COLON, "", NULL },
		{ "a.b: c", CONF_BAD_KEY, "a", NULL },
		{ "a b: c", CONF_BAD_KEY, "a", NULL },
		{ "a:", CONF_NO_VALUE, "a", NULL },
		{ "a: \t ", CONF_NO_VALUE, "a", NULL },
		{ ":", CONF_NO_VALUE, "", NULL },
	};
	struct conf_file s;
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
		    conf_file_refused(&s), cases[i].fault != CONF_NO_FAULT);
	}
}

TEST(conf_file__file__has_lines_and_the_first_value)
{
	struct conf_file s;

	read_text(&s, "# a: 0\n\n   \na: 1\n b: 2\nA: 3");
	assert_int_equal(s.count, 3);
	assert_int_equal(s.list[0].line, 4);
	assert_int_equal(s.list[1].line, 5);
	assert_int_equal(s.list[2].fault, CONF_REPEATED);
	assert_string_equal(conf_file_get(&s, "a"), "1");
	assert_string_equal(conf_file_get(&s, "b"), "2");
	assert_null(conf_file_get(&s, "c"));
	assert_false(conf_file_refused(&s));
}

TEST(conf_file__longest_line__is_one_and_one_octet_more_is_not)
{
	char line[4097] = "a: ";
	struct conf_file s;

	memset(line + 3, 'b', 4092);
	read_text(&s, line);
	assert_int_equal(s.list[0].fault, CONF_NO_FAULT);
	line[4095] = 'b';
	read_text(&s, line);
	assert_int_equal(s.list[0].fault, CONF_TOO_LONG);
	assert_false(conf_file_refused(&s));
}

TEST(conf_file__line_without_a_value__hides_none)
{
	struct conf_file s;

	read_text(&s, "a\na: 1\n");
	assert_string_equal(conf_file_get(&s, "a"), "1");
	conf_file_set(&s, "a", "2");
	assert_string_equal(conf_file_get(&s, "a"), "2");
	conf_file_set(&s, "b", "3");
	assert_string_equal(conf_file_get(&s, "b"), "3");
}

TEST(conf_file__no_file__is_an_error)
{
	struct conf_file s = { NULL, 0 };

	assert_int_equal(conf_file_read(&s, "/nowhere/at/all"), -1);
	assert_string_equal(conf_file_trouble(), strerror(ENOENT));
	assert_int_equal(conf_file_read(&s, "/"), -1);
	assert_string_equal(conf_file_trouble(), strerror(EISDIR));
	assert_int_equal(conf_file_read(&s, "/proc/self/mem"), -1);
	assert_string_equal(conf_file_trouble(), strerror(EIO));
	assert_int_equal(conf_file_read(&s, "/dev/null"), -1);
	assert_string_equal(conf_file_trouble(), "it is no regular file");
}

TEST(conf_has_word__list__has_whole_words)
{
	assert_true(conf_has_word("PLAIN LOGIN", "login"));
	assert_true(conf_has_word("\tplain", "PLAIN"));
	assert_false(conf_has_word("PLAINTEXT LOGIN", "PLAIN"));
	assert_false(conf_has_word("PLAIN LOGIN", "PLAINTEXT"));
	assert_false(conf_has_word("PLAIN,LOGIN", "LOGIN"));
	assert_false(conf_has_word("", "LOGIN"));
	assert_false(conf_has_word(NULL, "LOGIN"));
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fields of a line.
 */
#include "config.h"

#include "base/scan.h"
#include "host/fake_alloc.h"
#include "support/test.h"

/* As many as a column of SQL has that is filled up. */
TEST(scan_trim__blanks_at_the_end__go_however_many_there_are)
{
	char text[300];
	struct bytes trimmed;
	size_t len, blanks;

	for (len = 0; len <= 100; len++)
		for (blanks = 0; blanks <= 200; blanks++) {
			memset(text, ' ', sizeof(text));
			if (len > 0)
				memset(text, 'a', len);
			text[len + blanks / 2] =
			    blanks > 1 ? "\n\r\t "[blanks % 4] : text[len];
			text[0] = len > 1 ? '\t' : text[0];
			trimmed = scan_trim(bytes_of(text, len + blanks));
			assert_ptr_equal(trimmed.data, text);
			assert_int_equal(trimmed.len, len);
		}
}

TEST(scan_trim__any_other_octet__stays)
{
	char text[2] = "a";
	unsigned c;

	for (c = 0; c < 256; c++) {
		text[1] = (char)c;
		assert_int_equal(scan_trim(bytes_of(text, 2)).len,
		    c != 0 && strchr("\t\n\r ", (int)c) != NULL ? 1 : 2);
	}
}

/* One octet of each length and place is wrong. */
TEST(scan_made_of__another_octet__is_seen_among_the_first)
{
	static const char wrong[] = "/:@[`{\n\x80\xb0\xff";
	char text[2 * SCAN_START], *exact;
	size_t len, at;

	memset(text, 'z', sizeof(text));
	text[0] = 'a';
	text[1] = '0';
	text[2] = '9';
	for (len = 0; len <= sizeof(text); len++) {
		exact = guarded_copy(text, len);
		assert_true(scan_made_of(bytes_of(exact, len), "09az"));
		for (at = 0; at < len; at++) {
			exact[at] = wrong[(len + at) % (sizeof(wrong) - 1)];
			assert_int_equal(
			    scan_made_of(bytes_of(exact, len), "09az"),
			    at >= SCAN_START);
			exact[at] = text[at];
		}
		guarded_free(exact, len);
	}
}

TEST(scan_text__other_text__leaves_the_rest_alone)
{
	struct bytes rest = bytes_str("v=19$");

	assert_int_equal(scan_text(&rest, "v=18"), -1);
	assert_int_equal(scan_text(&rest, "v=19$m"), -1);
	assert_int_equal(rest.len, 5);
	assert_int_equal(scan_text(&rest, "v="), 0);
	assert_true(bytes_equal(rest, bytes_str("19$")));
	assert_int_equal(scan_text(&rest, "19$"), 0);
	assert_int_equal(rest.len, 0);
	assert_int_equal(scan_text(&rest, ""), 0);
	assert_int_equal(scan_text(&rest, "x"), -1);
}

static const struct {
	const char *text;
	unsigned number; /* 0: none */
	const char *rest;
} numbers[] = {
	{ "1", 1, "" },
	{ "9$x", 9, "$x" },
	{ "12a", 12, "a" },
	{ "1000", 1000, "" },
	{ "1001", 0, NULL },
	{ "10000", 0, NULL },
	{ "4294967297", 0, NULL },
	{ "18446744073709551617", 0, NULL },
	{ "0", 0, NULL },
	{ "01", 0, NULL },
	{ "", 0, NULL },
	{ "-1", 0, NULL },
	{ "+1", 0, NULL },
	{ " 1", 0, NULL },
	{ "x", 0, NULL },
};

TEST(scan_number__text__is_a_number_or_not)
{
	struct bytes rest;
	unsigned number = 0;
	size_t i, len;
	char *exact;

	for (i = 0; i < COUNT_OF(numbers); i++) {
		len = strlen(numbers[i].text);
		exact = guarded_copy(numbers[i].text, len);
		rest = bytes_of(exact, len);
		assert_int_equal(scan_number(&rest, 1000, &number) == 0,
		    numbers[i].number > 0);
		if (numbers[i].number > 0) {
			assert_int_equal(number, numbers[i].number);
			assert_true(
			    bytes_equal(rest, bytes_str(numbers[i].rest)));
		}
		guarded_free(exact, len);
	}
}

TEST(scan_until__end__is_taken_and_left_out)
{
	struct bytes rest = bytes_str("salt$digest$"), field;

	assert_int_equal(scan_until(&rest, '$', &field), 0);
	assert_true(bytes_equal(field, bytes_str("salt")));
	assert_true(bytes_equal(rest, bytes_str("digest$")));
	assert_int_equal(scan_until(&rest, '$', &field), 0);
	assert_int_equal(rest.len, 0);
	assert_int_equal(scan_until(&rest, '$', &field), -1);
	rest = bytes_str("$x");
	assert_int_equal(scan_until(&rest, '$', &field), -1);
	rest = bytes_str("x");
	assert_int_equal(scan_until(&rest, '$', &field), -1);
	rest = bytes_of(NULL, 0);
	assert_int_equal(scan_until(&rest, '$', &field), -1);
}

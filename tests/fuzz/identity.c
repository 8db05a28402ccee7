/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Fuzz target: names and passwords as they come over the wire. Which of them
 * are taken is worked out a second time, by decoding to code points.
 */
#include "config.h"

#include "base/name.h"
#include "fuzz.h"

const bool fuzz_is_cheap = true;

enum { NOT_UTF8 = -1, CUT = -2 };

/*
 * The code point that `in` begins with, taken off. RFC 3629, section 3: the
 * shortest form, no surrogates, nothing beyond U+10FFFF.
 */
static long
code_point(struct bytes *in)
{
	static const long least[] = { 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)in->data[0];
	size_t more, i;
	long point;

	more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
	if ((c >= 0x80 && c < 0xc0) || c >= 0xf8 || in->len <= more)
		return NOT_UTF8;
	point = more == 0 ? c : c & (0x3f >> more);
	for (i = 1; i <= more; i++) {
		c = (unsigned char)in->data[i];
		if ((c & 0xc0) != 0x80)
			return NOT_UTF8;
		point = point << 6 | (c & 0x3f);
	}
	*in = bytes_after(*in, more + 1);
	if (point < least[more] || point > 0x10ffff ||
	    (point >= 0xd800 && point <= 0xdfff))
		return NOT_UTF8;
	return point;
}

static bool
is_name(struct bytes in)
{
	bool blank = true;
	long point;

	if (in.len > MAX_NAME)
		return false;
	while (in.len > 0) {
		point = code_point(&in);
		if (point < 0x20 || (point >= 0x7f && point <= 0x9f))
			return false;
		blank &= point == ' ';
	}
	return !blank;
}

static bool
is_password(struct bytes in)
{
	return in.len > 0 && in.len <= MAX_PASSWORD &&
	       memchr(in.data, '\0', in.len) == NULL;
}

/* A reason word stands in the log between blanks. */
static void
check_word(const char *fault)
{
	if (fault != NULL)
		assert_int_equal(strspn(fault, "abcdefghijklmnopqrstuvwxyz-8"),
		    strlen(fault));
}

void
fuzz_one(struct fuzz_input *in)
{
	char *copy = guarded_copy(in->data, in->len);
	struct bytes bytes = bytes_of(copy, in->len);
	const char *fault;

	fault = name_fault(bytes);
	check_word(fault);
	assert_int_equal(fault == NULL, is_name(bytes));
	fault = name_password_fault(bytes);
	check_word(fault);
	assert_int_equal(fault == NULL, is_password(bytes));
	guarded_free(copy, in->len);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which names are taken, asked of all of Unicode, and how long names and
 * passwords may be. All inputs end where memory ends. fuzz/identity.c has
 * several characters, cut and mixed.
 */
#include "config.h"

#include "base/name.h"
#include "host/module.h"

/* One place for an input of any length, at the end of readable memory. */
enum { ROOM = 4096 };
static char *room;

static int
make_room(void **state)
{
	static const char zeros[ROOM];

	(void)state;
	room = guarded_copy(zeros, ROOM);
	return 0;
}

static int
give_room_back(void **state)
{
	(void)state;
	guarded_free(room, ROOM);
	return 0;
}

static struct bytes
at_the_end(const void *data, size_t len)
{
	char *start = room + ROOM - len;

	assert_in_range(len, 0, ROOM);
	if (len > 0)
		memcpy(start, data, len);
	return bytes_of(start, len);
}

/* The reason word, or "ok". */
static const char *
word_for_name(const void *data, size_t len)
{
	const char *fault = name_fault(at_the_end(data, len));

	return fault == NULL ? "ok" : fault;
}

static const char *
password_fault(const void *data, size_t len)
{
	const char *fault = name_password_fault(at_the_end(data, len));

	return fault == NULL ? "ok" : fault;
}

static size_t
encode(uint32_t point, unsigned char out[4])
{
	size_t n = point < 0x80	     ? 1
		   : point < 0x800   ? 2
		   : point < 0x10000 ? 3
				     : 4;
	static const unsigned char mark[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t i;

	for (i = n - 1; i > 0; i--) {
		out[i] = (unsigned char)(0x80 | (point & 0x3f));
		point >>= 6;
	}
	out[0] = (unsigned char)(mark[n] | point);
	return n;
}

/*
 * What RFC 3629 says, the other way round: the character is valid if its code
 * point, read without any care, gives the same octets again.
 */
static const char *
judge(const unsigned char *c, size_t len)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned char again[4];
	uint32_t point;
	size_t i;

	point = c[0] & masks[len];
	for (i = 1; i < len; i++)
		point = point << 6 | (c[i] & 0x3f);
	if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ||
	    encode(point, again) != len || memcmp(c, again, len) != 0)
		return "name-not-utf8";
	if (point < 0x20 || (point >= 0x7f && point < 0xa0))
		return "control-in-name";
	return point == ' ' ? "empty-name" : "ok";
}

static void
check(const unsigned char *c, size_t len)
{
	const char *got = word_for_name(c, len);

	if (strcmp(got, judge(c, len)) != 0)
		fail_msg("%02x %02x %02x %02x, first %zu: %s", c[0], c[1], c[2],
		    c[3], len, got);
}

TEST(name_fault__every_code_point__is_judged_by_rfc3629)
{
	unsigned char c[4] = { 0 };
	uint32_t point;

	for (point = 0; point < 0x200000; point++)
		check(c, encode(point, c));
}

/* All first and second octets, and the edges of those behind. */
TEST(name_fault__any_octets__are_judged_by_rfc3629)
{
	static const unsigned char edges[] = { 0x00, 0x7f, 0x80, 0xbf, 0xc0 };
	unsigned char c[4] = { 0 };
	unsigned i;
	size_t k, l;

	for (i = 0; i < 0x100; i++) {
		c[0] = (unsigned char)i;
		check(c, 1);
	}
	for (i = 0; i < 0x10000; i++) {
		c[0] = (unsigned char)(i >> 8);
		c[1] = (unsigned char)i;
		if (c[0] >= 0xc0)
			check(c, 2);
		for (k = 0; k < COUNT_OF(edges) && c[0] >= 0xe0; k++) {
			c[2] = edges[k];
			check(c, 3);
			for (l = 0; l < COUNT_OF(edges) && c[0] >= 0xf0; l++) {
				c[3] = edges[l];
				check(c, 4);
			}
		}
	}
}

TEST(name_fault__length__is_1_to_1024_octets)
{
	char name[MAX_NAME + 2];

	memset(name, 'a', sizeof(name));
	assert_int_equal(MAX_NAME, 1024);
	assert_string_equal(word_for_name(name, 0), "empty-name");
	assert_string_equal(word_for_name(name, 1), "ok");
	assert_string_equal(word_for_name(name, 1024), "ok");
	assert_string_equal(word_for_name(name, 1025), "name-too-long");
	assert_string_equal(word_for_name(name, 1026), "name-too-long");
	memcpy(name + 1022, "\xc3\xa9", 2);
	assert_string_equal(word_for_name(name, 1024), "ok");
	assert_string_equal(word_for_name(name, 1023), "name-not-utf8");
	assert_string_equal(word_for_name(NULL, 0), "empty-name");
}

TEST(name_password_fault__length__is_1_to_1024_octets)
{
	char password[MAX_PASSWORD + 1];

	memset(password, ' ', sizeof(password));
	assert_int_equal(MAX_PASSWORD, 1024);
	assert_string_equal(password_fault(NULL, 0), "empty-password");
	assert_string_equal(password_fault(password, 0), "empty-password");
	assert_string_equal(password_fault(password, 1), "ok");
	assert_string_equal(password_fault(password, 1024), "ok");
	assert_string_equal(
	    password_fault(password, 1025), "password-too-long");
}

TESTS_AROUND(make_room, give_room_back)

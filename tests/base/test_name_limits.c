/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which names and passwords are taken, apart from what is UTF-8, and acting for
 * somebody else.
 */
#include "config.h"

#include "base/name.h"
#include "host/fake_prop.h"
#include "host/module.h"
#include "server/password.h"

/* The reason word, or "ok"; the input ends where memory ends. */
static const char *
fault_of(const char *(*judge)(struct bytes), const void *data, size_t len)
{
	char *exact = guarded_copy(data, len);
	const char *fault = judge(bytes_of(exact, len));

	guarded_free(exact, len);
	return fault == NULL ? "ok" : fault;
}

static const char *
word_for_name(const void *data, size_t len)
{
	return fault_of(name_fault, data, len);
}

static const char *
password_fault(const void *data, size_t len)
{
	return fault_of(name_password_fault, data, len);
}

TEST(name_fault__control_anywhere__is_refused)
{
	char name[16];
	int point;
	size_t at, n;

	for (point = 0; point < 0xa0; point += point == 0x1f ? 0x60 : 1)
		for (at = 0; at <= 5; at++) {
			memcpy(name, "alice alice", 11);
			n = at;
			if (point >= 0x80)
				name[n++] = '\xc2';
			name[n++] = (char)point;
			assert_string_equal(
			    word_for_name(name, 11), "control-in-name");
			assert_string_equal(
			    word_for_name(name, n), "control-in-name");
		}
	assert_string_equal(word_for_name("ali\xc2\xa0g", 6), "ok");
}

TEST(name_fault__blanks__are_no_name_by_themselves)
{
	assert_string_equal(word_for_name(" ", 1), "empty-name");
	assert_string_equal(word_for_name("     ", 5), "empty-name");
	assert_string_equal(word_for_name(" a", 2), "ok");
	assert_string_equal(word_for_name("a ", 2), "ok");
	assert_string_equal(word_for_name("a b", 3), "ok");
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

/* A password is octets: of these only NUL is none. */
TEST(name_password_fault__any_octet_anywhere__is_taken_save_nul)
{
	char password[8];
	size_t at;
	int octet;

	for (octet = 0; octet < 256; octet++)
		for (at = 0; at < sizeof(password); at++) {
			memset(password, 'x', sizeof(password));
			password[at] = (char)octet;
			assert_string_equal(
			    password_fault(password, sizeof(password)),
			    octet == 0 ? "nul-in-password" : "ok");
		}
}

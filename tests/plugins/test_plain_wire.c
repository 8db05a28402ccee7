/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * PLAIN on the wire: what is parsed is what was printed, and everything else is
 * judged by a reference. All inputs end where memory ends.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "plain_wire.h"
#include "support/test.h"

/* RFC 4616 read another way: the NULs are counted, and then the octets. */
struct reference {
	bool good;
	size_t authzid, authcid, password; /* octets */
};

static struct reference
judge(const char *in, size_t len)
{
	struct reference r = { false, 0, 0, 0 };
	size_t *const fields[] = { &r.authzid, &r.authcid, &r.password };
	size_t i, nuls = 0;

	for (i = 0; i < len && nuls < 3; i++)
		if (in[i] == '\0')
			nuls++;
		else
			++*fields[nuls];
	r.good = nuls == 2;
	return r;
}

static void
expect_field(struct bytes field, const char *data, size_t len)
{
	assert_int_equal(field.len, len);
	assert_ptr_equal(field.data, data);
}

/* Parse, compare with the reference, print, compare with the input. */
static void
check(const char *in, size_t len)
{
	struct reference want = judge(in, len);
	char *exact = guarded_copy(in, len), *again;
	struct plain_message m;
	int result = plain_parse(bytes_of(exact, len), &m);

	if (result != (want.good ? 0 : -1))
		fail_msg("%zu octets gave %d", len, result);
	if (result == 0) {
		expect_field(m.authzid, exact, want.authzid);
		expect_field(m.authcid, exact + want.authzid + 1, want.authcid);
		expect_field(m.password,
		    exact + want.authzid + want.authcid + 2, want.password);
		assert_int_equal(plain_size(&m), len);
		again = guarded_copy(in, len);
		memset(again, 0x5a, len);
		plain_print(&m, again);
		assert_memory_equal(again, in, len);
		guarded_free(again, len);
	}
	guarded_free(exact, len);
}

#define MESSAGE(text) \
	{ \
		text, sizeof(text) - 1 \
	}

static const struct {
	const char *text;
	size_t len;
} messages[] = {
	MESSAGE("\0alice\0wonderland"),
	MESSAGE("bob\0alice\0wonderland"),
	MESSAGE("\0\0"),
	MESSAGE("bob\0\0"),
	MESSAGE("\0alice\0"),
	MESSAGE("\0\0wonderland"),
	MESSAGE("\0\0\0"),
	MESSAGE("\0alice\0wonderland\0"),
	MESSAGE("\0alice\0wonder\0land"),
	MESSAGE("alice\0wonderland"),
	MESSAGE("alice wonderland"),
	MESSAGE("\\0alice\\0wonderland"),
	MESSAGE("\xff\xfe\0\x01\x7f\0 \r\n"),
};

TEST(plain_parse__each_message__is_judged_by_the_reference)
{
	size_t i;

	for (i = 0; i < COUNT_OF(messages); i++)
		check(messages[i].text, messages[i].len);
	assert_true(judge(messages[1].text, messages[1].len).good);
	assert_false(judge(messages[7].text, messages[7].len).good);
}

TEST(plain_parse__every_truncation__is_judged_by_the_reference)
{
	size_t i, len;

	for (i = 0; i < COUNT_OF(messages); i++)
		for (len = 0; len < messages[i].len; len++) {
			check(messages[i].text, len);
			check(messages[i].text + len, messages[i].len - len);
		}
}

TEST(plain_parse__every_octet_changed__is_judged_by_the_reference)
{
	char changed[32];
	size_t i, at;
	int octet;

	for (i = 0; i < COUNT_OF(messages); i++)
		for (at = 0; at < messages[i].len; at++)
			for (octet = 0; octet < 256; octet++) {
				memcpy(
				    changed, messages[i].text, messages[i].len);
				changed[at] = (char)octet;
				check(changed, messages[i].len);
			}
}

/* Of a NUL and a letter, all there are of up to ten octets. */
TEST(plain_parse__every_pattern_of_nuls__is_judged_by_the_reference)
{
	char text[10] = "";
	unsigned pattern;
	size_t len, i;

	for (len = 0; len <= sizeof(text); len++)
		for (pattern = 0; pattern < 1U << len; pattern++) {
			for (i = 0; i < len; i++)
				text[i] = pattern >> i & 1 ? 'x' : '\0';
			check(text, len);
		}
}

TEST(plain_parse__nothing__is_no_message)
{
	struct plain_message m;

	assert_int_equal(plain_parse(bytes_of(NULL, 0), &m), -1);
}

/* As the client makes it: no field has anything behind it. */
TEST(plain_print__separate_fields__are_joined_by_nuls)
{
	static const char want[] = "bob\0alice\0wonderland";
	char *authzid = guarded_copy("bob", 3), *out = guarded_copy(want, 20);
	char *authcid = guarded_copy("alice", 5);
	char *password = guarded_copy("wonderland", 10);
	struct plain_message m = { bytes_of(authzid, 3), bytes_of(authcid, 5),
		bytes_of(password, 10) };

	assert_int_equal(plain_size(&m), 20);
	memset(out, 0x5a, 20);
	plain_print(&m, out);
	assert_memory_equal(out, want, 20);
	m.authzid = bytes_of(NULL, 0);
	assert_int_equal(plain_size(&m), 17);
	plain_print(&m, out + 3);
	assert_memory_equal(out + 3, want + 3, 17);
	guarded_free(authzid, 3);
	guarded_free(authcid, 5);
	guarded_free(password, 10);
	guarded_free(out, 20);
}

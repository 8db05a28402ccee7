/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Keys of HMAC-MD5 as stores hold them. Good ones are known answers; bad ones
 * are derived from them. All inputs end where memory ends.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "secrets/hmac_md5.h"
#include "support/cram_answer.h"
#include "support/test.h"

static const struct known {
	const char *password;
	const char *stored; /* as Dovecot and Courier have it */
	const char *legacy; /* as old versions of Cyrus SASL have it, in hex */
} known[] = {
	{ "secret",
	    "cd3ba7deaad6e5ca23448ba42e379747"
	    "a9e0f7f1fbc00c8a81bbaac395731b56",
	    "f1f7e0a98a0cc0fbc3aabb81561b7395"
	    "dea73bcdcae5d6aaa48b44234797372e" },
	{ "test",
	    "e02d374fde0dc75a17a557039a3a5338"
	    "c7743304777dccd376f332bee68d2cf6",
	    "043374c7d3cc7d77be32f376f62c8de6"
	    "4f372de05ac70dde0357a51738533a9a" },
};

static void
expect_key(const struct hmac_md5_key *key, const char *password)
{
	struct hmac_md5_key want;

	hmac_md5_key(&want, bytes_str(password));
	assert_memory_equal(key, &want, sizeof(want));
}

/* One of the two readers. */
typedef int reader(struct hmac_md5_key *key, struct bytes stored);

static int
parse_by(reader *read, struct hmac_md5_key *key, const char *stored, size_t len)
{
	char *exact = guarded_copy(stored, len);
	int result = read(key, bytes_of(exact, len));

	guarded_free(exact, len);
	return result;
}

static int
parse(struct hmac_md5_key *key, const char *stored, size_t len)
{
	return parse_by(hmac_md5_key_parse, key, stored, len);
}

static int
parse_legacy(struct hmac_md5_key *key, const char *stored, size_t len)
{
	return parse_by(hmac_md5_key_parse_legacy, key, stored, len);
}

TEST(hmac_md5_key_parse__known_answers__are_the_passwords_keys)
{
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(known); i++) {
		assert_int_equal(parse(&key, known[i].stored, 64), 0);
		expect_key(&key, known[i].password);
		assert_int_equal(parse_legacy(&key, known[i].legacy, 64), 0);
		expect_key(&key, known[i].password);
	}
}

TEST(hmac_md5_key_print__known_answers__are_printed)
{
	char *out = guarded_copy(known[0].stored, HMAC_MD5_STORED_HEX);
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(known); i++) {
		hmac_md5_key(&key, bytes_str(known[i].password));
		memset(out, 0x5a, 64);
		hmac_md5_key_print(&key, out);
		assert_memory_equal(out, known[i].stored, 64);
	}
	guarded_free(out, HMAC_MD5_STORED_HEX);
}

/* By the MD5 of one block, without our code or OpenSSL's states. */
TEST(hmac_md5_key_print__any_password__is_what_another_road_gives)
{
	char password[130], hex[64 + 1], out[64 + 1] = "";
	unsigned char raw[CRAM_STATE];
	struct hmac_md5_key key, again;
	size_t len, i;

	for (len = 0; len < sizeof(password); len++) {
		memset(password, 'a' + (int)(len % 26), len);
		password[len] = '\0';
		hmac_md5_key(&key, bytes_str(password));
		hmac_md5_key_print(&key, out);
		cram_state(password, raw);
		for (i = 0; i < sizeof(raw); i++)
			snprintf(hex + 2 * i, 3, "%02x", raw[i]);
		assert_string_equal(out, hex);
		assert_int_equal(parse(&again, out, 64), 0);
		assert_memory_equal(&again, &key, sizeof(key));
	}
}

TEST(hmac_md5_key_parse__capital_digits__are_digits)
{
	struct hmac_md5_key key;
	char text[65];
	size_t i, n;

	for (n = 0; n < COUNT_OF(known); n++) {
		for (i = 0; i < sizeof(text); i++)
			text[i] = (char)(known[n].stored[i] >= 'a'
					     ? known[n].stored[i] - 'a' + 'A'
					     : known[n].stored[i]);
		assert_int_equal(parse(&key, text, 64), 0);
		expect_key(&key, known[n].password);
	}
}

/* As binary octets, too: with NULs and whatever else there is in them. */
TEST(hmac_md5_key_parse_legacy__raw_octets__are_the_passwords_key)
{
	char raw[HMAC_MD5_STORED], pair[3] = "";
	struct hmac_md5_key key;
	size_t n, i;

	for (n = 0; n < COUNT_OF(known); n++) {
		for (i = 0; i < sizeof(raw); i++) {
			memcpy(pair, known[n].legacy + 2 * i, 2);
			raw[i] = (char)strtoul(pair, NULL, 16);
		}
		assert_int_equal(parse_legacy(&key, raw, sizeof(raw)), 0);
		expect_key(&key, known[n].password);
	}
	memset(raw, 0, sizeof(raw));
	assert_int_equal(parse_legacy(&key, raw, sizeof(raw)), 0);
	assert_int_equal(key.inner[0] | key.outer[3], 0);
}

/* Cut anywhere, or longer: 32 octets of hex are old Cyrus's binary form. */
TEST(hmac_md5_key_parse__any_other_length__is_refused)
{
	struct hmac_md5_key key;
	char text[130];
	size_t len;

	memset(text, '0', sizeof(text));
	for (len = 0; len <= sizeof(text); len++) {
		assert_int_equal(parse(&key, text, len), len == 64 ? 0 : -1);
		assert_int_equal(parse_legacy(&key, text, len),
		    len == 64 || len == 32 ? 0 : -1);
	}
	assert_int_equal(hmac_md5_key_parse(&key, bytes_of(NULL, 0)), -1);
	assert_int_equal(
	    hmac_md5_key_parse_legacy(&key, bytes_of(NULL, 0)), -1);
}

TEST(hmac_md5_key_parse__any_other_octet_anywhere__is_refused)
{
	struct hmac_md5_key key;
	char text[64];
	int octet, want;
	size_t at;

	for (at = 0; at < sizeof(text); at++)
		for (octet = 0; octet < 256; octet++) {
			memcpy(text, known[0].stored, sizeof(text));
			text[at] = (char)octet;
			want = octet > 0 && strchr("0123456789abcdefABCDEF",
						octet) != NULL
				   ? 0
				   : -1;
			assert_int_equal(parse(&key, text, 64), want);
			assert_int_equal(parse_legacy(&key, text, 64), want);
		}
}

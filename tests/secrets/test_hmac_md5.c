/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * HMAC-MD5: the known answers of RFC 2202, RFC 2195 and the field, and every
 * length of key and text against OpenSSL's own HMAC().
 */
#include "config.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "host/fake_alloc.h"
#include "secrets/hmac_md5.h"
#include "support/test.h"

/* A run of one octet, or a text if `octet` is 0. */
struct run_of {
	const char *text;
	size_t len;
	int octet;
};

#define TEXT(text) \
	{ \
		text, sizeof(text) - 1, 0 \
	}
#define CONSTTIME_OCTETS(octet, len) \
	{ \
		NULL, len, octet \
	}

static const struct answer {
	struct run_of key, text;
	const char *mac;
} answers[] = {
	/* RFC 2202, section 2. */
	{ CONSTTIME_OCTETS(0x0b, 16), TEXT("Hi There"),
	    "9294727a3638bb1c13f48ef8158bfc9d" },
	{ TEXT("Jefe"), TEXT("what do ya want for nothing?"),
	    "750c783e6ab0b503eaa86e310a5db738" },
	{ CONSTTIME_OCTETS(0xaa, 16), CONSTTIME_OCTETS(0xdd, 50),
	    "56be34521d144c88dbb8c733f0e8b3f6" },
	{ TEXT("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	       "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19"),
	    CONSTTIME_OCTETS(0xcd, 50), "697eaf0aca3a3aea3a75164746ffaa79" },
	{ CONSTTIME_OCTETS(0x0c, 16), TEXT("Test With Truncation"),
	    "56461ef2342edc00f9bab995690efd4c" },
	{ CONSTTIME_OCTETS(0xaa, 80),
	    TEXT("Test Using Larger Than Block-Size Key - Hash Key First"),
	    "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd" },
	{ CONSTTIME_OCTETS(0xaa, 80),
	    TEXT("Test Using Larger Than Block-Size Key and Larger "
		 "Than One Block-Size Data"),
	    "6f630fad67cda0ee1fb1f562db3aa53e" },
	/* RFC 2195, section 2; and a session of a real Exim. */
	{ TEXT("tanstaaftanstaaf"),
	    TEXT("<1896.697170952@postoffice.reston.mci.net>"),
	    "b913a602c7eda7a495b4e6e7334d3890" },
	{ TEXT("wonderland"), TEXT("<17893.1320679123@tesseract.susam.in>"),
	    "64b2a43c1f6ed6806a980914e23e75f0" },
};

/* The octets, at the end of readable memory. */
static struct bytes
spread(const struct run_of *r)
{
	char octets[128];

	assert_in_range(r->len, 0, sizeof(octets));
	memset(octets, r->octet, sizeof(octets));
	if (r->text != NULL)
		memcpy(octets, r->text, r->len);
	return bytes_of(guarded_copy(octets, r->len), r->len);
}

static void
give_back(struct bytes b)
{
	guarded_free((char *)(uintptr_t)b.data, b.len);
}

static void
expect_hex(const unsigned char *octets, size_t len, const char *hex)
{
	char text[2 * 64 + 1];
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", octets[i]);
	assert_string_equal(text, hex);
}

TEST(hmac_md5__known_answers__are_given)
{
	unsigned char mac[HMAC_MD5_MAC];
	struct bytes key_octets, text;
	struct hmac_md5_key key;
	size_t i;

	for (i = 0; i < COUNT_OF(answers); i++) {
		key_octets = spread(&answers[i].key);
		text = spread(&answers[i].text);
		hmac_md5_key(&key, key_octets);
		give_back(key_octets); /* the key is all that is needed */
		hmac_md5(&key, text, mac);
		expect_hex(mac, sizeof(mac), answers[i].mac);
		give_back(text);
	}
}

/* All keys at once, then all texts: a key is never changed by its use. */
TEST(hmac_md5__keys_used_in_turn__do_not_change)
{
	struct hmac_md5_key keys[COUNT_OF(answers)], before;
	unsigned char mac[HMAC_MD5_MAC];
	struct bytes octets;
	size_t i, turn;

	for (i = 0; i < COUNT_OF(answers); i++) {
		octets = spread(&answers[i].key);
		hmac_md5_key(&keys[i], octets);
		give_back(octets);
	}
	for (turn = 0; turn < 3; turn++)
		for (i = COUNT_OF(answers); i-- > 0;) {
			before = keys[i];
			octets = spread(&answers[i].text);
			hmac_md5(&keys[i], octets, mac);
			give_back(octets);
			expect_hex(mac, sizeof(mac), answers[i].mac);
			assert_memory_equal(&before, &keys[i], sizeof(before));
		}
}

/* OpenSSL on another road, which knows nothing of states. */
static void
check(size_t key_len, size_t text_len)
{
	unsigned char want[EVP_MAX_MD_SIZE], mac[HMAC_MD5_MAC];
	char octets[400], *exact_key, *exact_text;
	struct hmac_md5_key key;
	unsigned want_len;
	size_t i;

	assert_in_range(key_len + text_len, 0, sizeof(octets));
	for (i = 0; i < sizeof(octets); i++)
		octets[i] = (char)(i * 7 + key_len);
	exact_key = guarded_copy(octets, key_len);
	exact_text = guarded_copy(octets + key_len, text_len);
	assert_non_null(HMAC(EVP_md5(), exact_key, (int)key_len,
	    (unsigned char *)exact_text, text_len, want, &want_len));
	assert_int_equal(want_len, HMAC_MD5_MAC);
	hmac_md5_key(&key, bytes_of(exact_key, key_len));
	hmac_md5(&key, bytes_of(exact_text, text_len), mac);
	if (memcmp(mac, want, sizeof(mac)) != 0)
		fail_msg("key of %zu, text of %zu octets", key_len, text_len);
	guarded_free(exact_key, key_len);
	guarded_free(exact_text, text_len);
}

/* A key over 64 octets is replaced by its MD5: 63, 64, 65, 128 among them. */
TEST(hmac_md5__every_length_of_key__is_as_openssl_has_it)
{
	size_t len;

	for (len = 0; len <= 260; len++)
		check(len, 42);
}

/* Over the ends of MD5's blocks, of which the first one is the key's. */
TEST(hmac_md5__every_length_of_text__is_as_openssl_has_it)
{
	size_t len;

	for (len = 0; len <= 260; len++) {
		check(16, len);
		check(65, len);
	}
}

TEST(hmac_md5_key__nothing__is_the_key_of_an_empty_password)
{
	struct hmac_md5_key none, empty;

	hmac_md5_key(&none, bytes_of(NULL, 0));
	hmac_md5_key(&empty, bytes_str(""));
	assert_memory_equal(&none, &empty, sizeof(none));
}

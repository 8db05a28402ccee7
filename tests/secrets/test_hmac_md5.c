/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * HMAC-MD5, and the MD5 beneath it: the answers of RFC 2202; every length of
 * key and text against OpenSSL's own HMAC(); keys as stores hold them, and bad
 * ones that are derived from good ones; and that nothing of them stays on the
 * stack. All inputs end where memory ends. test_crammd5_client.c has RFC 2195.
 */
#include "config.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/secret.h"
#include "host/fake_alloc.h"
#include "secrets/hmac_md5.h"
#include "secrets/md5.h"
#include "support/cram_answer.h"
#include "support/stack_scan.h"
#include "support/test.h"

#define TEN(s) s s s s s s s s s s

/* RFC 2202, section 2. */
static const struct {
	const char *key, *text, *mac;
} answers[] = {
	{ TEN("\x0b") "\x0b\x0b\x0b\x0b\x0b\x0b", "Hi There",
	    "9294727a3638bb1c13f48ef8158bfc9d" },
	{ "Jefe", "what do ya want for nothing?",
	    "750c783e6ab0b503eaa86e310a5db738" },
	{ TEN("\xaa") "\xaa\xaa\xaa\xaa\xaa\xaa", TEN("\xdd\xdd\xdd\xdd\xdd"),
	    "56be34521d144c88dbb8c733f0e8b3f6" },
	{ "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	  "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
	    TEN("\xcd\xcd\xcd\xcd\xcd"), "697eaf0aca3a3aea3a75164746ffaa79" },
	{ TEN("\x0c") "\x0c\x0c\x0c\x0c\x0c\x0c", "Test With Truncation",
	    "56461ef2342edc00f9bab995690efd4c" },
	{ TEN("\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"),
	    "Test Using Larger Than Block-Size Key - Hash Key First",
	    "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd" },
	{ TEN("\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"),
	    "Test Using Larger Than Block-Size Key and Larger "
	    "Than One Block-Size Data",
	    "6f630fad67cda0ee1fb1f562db3aa53e" },
};

TEST(hmac_md5__known_answers__are_given)
{
	unsigned char mac[HMAC_MD5_MAC];
	char hex[2 * HMAC_MD5_MAC + 1];
	struct hmac_md5_key key;
	size_t i, k;

	for (i = 0; i < COUNT_OF(answers); i++) {
		hmac_md5_key(&key, bytes_str(answers[i].key));
		hmac_md5(&key, bytes_str(answers[i].text), mac);
		for (k = 0; k < sizeof(mac); k++)
			snprintf(hex + 2 * k, 3, "%02x", mac[k]);
		assert_string_equal(hex, answers[i].mac);
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

/*
 * Whatever is done with a key, neither it nor the password stays on the stack.
 * True only where functions are bound at once, as in the plugins: who binds
 * them late saves the registers there, and all that is in them.
 */
static struct hmac_md5_key kept;
static unsigned char legacy[HMAC_MD5_STORED];
static char printed[HMAC_MD5_STORED_HEX];

static void
do_make(void)
{
	hmac_md5_key(&kept, bytes_str("a-password-of-many-octets"));
}

static void
do_print(void)
{
	hmac_md5_key_print(&kept, printed);
}

static void
do_parse(void)
{
	hmac_md5_key_parse(&kept, bytes_of(printed, sizeof(printed)));
}

static void
do_parse_legacy(void)
{
	hmac_md5_key_parse_legacy(&kept, bytes_of(printed, sizeof(printed)));
}

static void
do_parse_raw(void)
{
	hmac_md5_key_parse_legacy(
	    &kept, bytes_of((char *)legacy, sizeof(legacy)));
}

static void
do_compute(void)
{
	unsigned char mac[HMAC_MD5_MAC];

	hmac_md5(&kept, bytes_str("some text"), mac);
}

/* As the contract has it, the rest is the caller's to wipe. */
static void
do_digest(void)
{
	unsigned char digest[MD5_DIGEST];
	uint32_t state[MD5_WORDS];

	md5_start(state);
	md5_end(state, 0, bytes_str("a-password-of-many-octets"), digest);
	secret_wipe_frame();
}

static __attribute__((noinline)) void
call(void (*function)(void))
{
	STACK_SCAN_MARGIN;

	(void)margin;
	function();
}

/* As words, and in either order of their octets. */
static void
hide(void)
{
	uint32_t steps[sizeof(kept) / sizeof(uint32_t)], start[MD5_WORDS];
	size_t i, k;

	do_make();
	memcpy(legacy, &kept, sizeof(legacy));
	fake_secret(&kept, sizeof(kept));
	for (i = 0; i < sizeof(legacy); i += 4)
		for (k = 0; k < 4; k++)
			legacy[i + k] = ((unsigned char *)&kept)[i + 3 - k];
	fake_secret(legacy, sizeof(legacy));
	/* What MD5 has before its last sum is the key for who can subtract. */
	memcpy(steps, &kept, sizeof(kept));
	md5_start(start);
	for (i = 0; i < COUNT_OF(steps); i++)
		steps[i] -= start[i % MD5_WORDS];
	fake_secret(steps, sizeof(steps));
	fake_secret("a-password-of-many-octets", 25);
}

TEST(hmac_md5_key__whatever_is_done_with_it__leaves_the_stack_clean)
{
	static void (*const functions[])(void) = { do_make, do_print, do_parse,
		do_parse_raw, do_compute, do_parse_legacy, do_digest };
	size_t i;

	hide();
	for (i = 0; i < COUNT_OF(functions); i++) {
		stack_paint();
		call(functions[i]);
		stack_expect_no_secret();
	}
	fake_alloc_reset();
}

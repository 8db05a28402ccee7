/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Constant time of the single functions that touch secrets: comparison, hex
 * and base64, keys of CRAM-MD5 and their stored forms, and every scheme.
 */
#include "config.h"

#include "base/encode.h"
#include "base/secret.h"
#include "ct.h"
#include "host/module.h"
#include "secrets/hmac_md5.h"
#include "secrets/scheme.h"
#include "support/stored.h"

enum { FILL = 2 }; /* at the end of base64: how long it is, is no secret */

static struct module m;
static volatile int sink; /* a verdict, made public */

static void
verdict(int result)
{
	ct_declassify(&result, sizeof(result));
	sink = result;
}

/* A branch on a secret, which must be seen. */
static void
control_branch(const void *argument)
{
	volatile char secret = 1;

	(void)argument;
	ct_poison((const void *)&secret, 1);
	if (secret == 1)
		sink = 1;
}

static void
control_index(const void *argument)
{
	static const char table[256] = { 1 };
	volatile unsigned char secret = 1;

	(void)argument;
	ct_poison((const void *)&secret, 1);
	sink = table[secret];
}

static void
compare_equal(const char *stored, const char *given)
{
	char want[64], got[64];
	size_t want_len = strlen(stored), got_len = strlen(given);

	memcpy(want, stored, want_len);
	memcpy(got, given, got_len);
	ct_poison(want, want_len);
	ct_poison(got, got_len);
	verdict(secret_equal(bytes_of(want, want_len), bytes_of(got, got_len)));
	verdict(
	    secret_same(want, got, got_len < want_len ? got_len : want_len));
}

static void
secret_compared(const void *argument)
{
	(void)argument;
	compare_equal("wonderland", "wonderland");
	compare_equal("wonderland", "wonderlanx");
	compare_equal("wonderland", "xonderland");
	compare_equal("wonderland", "wonder");
	compare_equal("wonder", "wonderland");
}

#define STATE "721a2df79bd8bf7cff39c4914f8c49b8979ad5122813c64e75f91b8a6a09b88a"

static void
hex_read(const void *argument)
{
	char text[sizeof(STATE)] = STATE;
	unsigned char raw[32];

	(void)argument;
	ct_poison(text, sizeof(text) - 1);
	verdict(hex_decode(bytes_of(text, sizeof(text) - 1), raw));
	text[3] = 'x';
	ct_poison(text, sizeof(text) - 1);
	verdict(hex_decode(bytes_of(text, sizeof(text) - 1), raw));
}

static void
hex_written(const void *argument)
{
	unsigned char raw[32] = { 0x12, 0xab };
	char text[64];

	(void)argument;
	ct_poison(raw, sizeof(raw));
	hex_encode(bytes_of((char *)raw, sizeof(raw)), text);
}

static void
base64_read_and_written(const void *argument)
{
	char text[] = "rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFI=", back[64];
	unsigned char raw[64];
	size_t len;

	(void)argument;
	ct_poison(text, sizeof(text) - 1 - FILL);
	verdict(base64_decode(BASE64_PADDED, bytes_of(text, sizeof(text) - 1),
	    raw, sizeof(raw), &len));
	base64_encode(BASE64_PADDED, bytes_of((char *)raw, len), back);
}

/* Of a password that fits into a block, and of one that does not. */
static void
key_of_a_password(const void *argument)
{
	unsigned char mac[HMAC_MD5_MAC];
	struct hmac_md5_key key;
	char password[100];

	(void)argument;
	memset(password, 'p', sizeof(password));
	ct_poison(password, sizeof(password));
	hmac_md5_key(&key, bytes_of(password, 10));
	hmac_md5(&key, bytes_str("<1.2@host>"), mac);
	hmac_md5_key(&key, bytes_of(password, sizeof(password)));
	hmac_md5(&key, bytes_str("<1.2@host>"), mac);
}

static void
key_of_a_state(const void *argument)
{
	char text[sizeof(STATE)] = STATE, out[HMAC_MD5_STORED_HEX];
	unsigned char mac[HMAC_MD5_MAC];
	struct hmac_md5_key key;

	(void)argument;
	ct_poison(text, sizeof(text) - 1);
	verdict(hmac_md5_key_parse(&key, bytes_of(text, 64)));
	hmac_md5(&key, bytes_str("<1.2@host>"), mac);
	hmac_md5_key_print(&key, out);
	verdict(hmac_md5_key_parse_legacy(&key, bytes_of(text, 64)));
	verdict(hmac_md5_key_parse_legacy(&key, bytes_of(text, 32)));
}

/*
 * Check a password against `form`, in which what stands in [] is secret. What
 * base64 is filled up with tells no more than the length, and what is malformed
 * is no secret.
 */
static void
check_scheme(const void *argument)
{
	const char *form = argument;
	char value[256], password[] = "wonderland";
	size_t len = 0, from = 0;
	int result;

	for (; *form != '\0'; form++)
		if (*form == '[')
			from = len;
		else if (*form == ']')
			ct_poison(value + from, len - from);
		else
			value[len++] = *form;
	ct_poison_low(password, sizeof(password) - 1);
	result = (int)stored_check(&m.host, bytes_of(value, len),
	    bytes_of(password, sizeof(password) - 1));
	verdict(result);
	assert_in_range(sink, VERDICT_DIFFERS, VERDICT_MATCHES);
}

#define KEY "[rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujF]I="

static const struct ct_case cases[] = {
	{ "a branch would be seen", control_branch, NULL, true },
	{ "an index would be seen", control_index, NULL, true },
	{ "secret_equal, secret_same", secret_compared, NULL, false },
	{ "hex digits are read", hex_read, NULL, false },
	{ "hex digits are written", hex_written, NULL, false },
	{ "base64", base64_read_and_written, NULL, false },
	{ "HMAC-MD5 of a password", key_of_a_password, NULL, false },
	{ "HMAC-MD5 of a state", key_of_a_state, NULL, false },
	{ "{SSHA256} that matches", check_scheme,
	    "{SSHA256}[rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXB"
	    "wZXJwZXBwZX]I=",
	    false },
	{ "{SSHA256} that does not", check_scheme,
	    "{SSHA256}[aH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFJwZXB"
	    "wZXJwZXBwZX]I=",
	    false },
	{ "{SMD5}", check_scheme,
	    "{SMD5}[XcU7ZD+ozcY0NqLtsKNvy3BlcHBlc]g==", false },
	{ "{SHA}", check_scheme, "{SHA}[XcU7ZD+ozcY0NqLtsKNvy+uzXt]o=", false },
	{ "{PBKDF2-SHA256}", check_scheme,
	    "{PBKDF2-SHA256}10$c2FsdHNhbHQ$"
	    "[rH3ihNGrLttcP51MlTtfe8WKrySMv4KsXMu1y2vujFI]",
	    false },
	{ "{PBKDF2} as Dovecot has it", check_scheme,
	    "{PBKDF2}$1$saltsalt$10$"
	    "[721a2df79bd8bf7cff39c4914f8c49b8979ad512]",
	    false },
	{ "{SCRAM-SHA-256}", check_scheme,
	    "{SCRAM-SHA-256}10,c2FsdHNhbHQ=," KEY "," KEY, false },
	{ "{CRAM-MD5}", check_scheme, "{CRAM-MD5}[" STATE "]", false },
};

int
main(void)
{
	static const struct fake_layout *layout = &fake_layout_2_1;
	void *state = (void *)(uintptr_t)layout;
	int failed;

	module_setup(&state);
	m = *(struct module *)state;
	failed = ct_run(cases, COUNT_OF(cases));
	module_teardown(&state);
	return failed;
}

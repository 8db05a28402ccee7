/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What is a password, and what only looks like a hash of one, or like a lock.
 */
#include "config.h"

#include <stdint.h>
#include <sys/random.h>

#include "support/stored.h"
#include "support/test.h"
#include "support/vectors_crypt.h"
#include "support/vectors_scheme.h"

#define CRYPT_MD5 "$1$saltstri$lBr1jn4wxUOZl.NdmzdEW0"

static const struct {
	const char *value, *password; /* NULL: it is none */
} plaintexts[] = {
	{ "", "" },
	{ "wonderland", "wonderland" },
	{ "{PLAIN}wonderland", "wonderland" },
	{ "{plain}{SSHA}wonderland", "{SSHA}wonderland" },
	{ "{ClearText}$6$a$b", "$6$a$b" },
	{ "{Clear}{x}", "{x}" },
	{ "{noop}wonderland", "wonderland" },
	{ "{plaintext}$6$a$b", "$6$a$b" },
	{ "{PLAIN}", "" },
	{ "{", "{" },
	{ "{PLAIN", "{PLAIN" },
	{ "$", "$" },
	{ "$6", "$6" },
	{ "5$ or 6$", "5$ or 6$" },
	{ " {SSHA}x", " {SSHA}x" },
	{ "SCRAM-SHA-256", "SCRAM-SHA-256" },
	{ "SCRAM-SHA-512", "SCRAM-SHA-512" },
	{ "SCRAM", "SCRAM" },
	{ "SCRAM-SHA-512$", NULL },
	{ "!wonderland", "!wonderland" },
	{ "*a*", "*a*" },
	{ "!{wonderland", "!{wonderland" },
	{ "{PLAIN}!!", "!!" },
	{ "NULL", "" },
	{ "{PLAIN}NULL", "NULL" },
	{ "null", "null" },
	{ "NUL", "NUL" },
	{ "NULL ", "NULL " },
	{ "md5", "md5" },
	{ "md50123456789abcdef0123456789abcde", "md50123456789abcdef"
						"0123456789abcde" },
	{ "md50123456789abcdef0123456789abcdeg", "md50123456789abcdef"
						 "0123456789abcdeg" },
	{ "md50123456789abcdef0123456789abcdeF", NULL },
	{ "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1",
	    "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E1" },
	{ "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19", NULL },
	{ "_", "_" },
	{ "_J9..8vSULmZ6BNOZZ/", "_J9..8vSULmZ6BNOZZ/" },
	{ "_J9..8vSULmZ6BNOZZ/gg", "_J9..8vSULmZ6BNOZZ/gg" },
	{ "_J9..8vSULmZ6BNOZZ-g", "_J9..8vSULmZ6BNOZZ-g" },
	{ "_J9..8vSULmZ6:NOZZ/g", "_J9..8vSULmZ6:NOZZ/g" },
	{ "_J9..8vSULmZ6@NOZZ/g", "_J9..8vSULmZ6@NOZZ/g" },
	{ "_J9..8vSULmZ6{NOZZ/g", "_J9..8vSULmZ6{NOZZ/g" },
	{ "_J9..8vSULmZ6\xe9NOZZ/g", "_J9..8vSULmZ6\xe9NOZZ/g" },
	{ "_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "_J9..8vSULmZ6BNOZZ/h", "_J9..8vSULmZ6BNOZZ/h" },
	{ "_J9./8vSULmZ6BNOZZ/g", "_J9./8vSULmZ6BNOZZ/g" },
	{ "_....zzzzZZZZaaaaAAA", NULL },
	{ "!_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "*_J9..8vSULmZ6BNOZZ/g", NULL },
	{ "!", NULL },
	{ "*", NULL },
	{ "!!", NULL },
	{ "!*", NULL },
	{ "*LK*", NULL },
	{ "*NP*", NULL },
	{ "*LK*x", "*LK*x" },
	{ "*LK*{SSHA}x", NULL },
	{ "!{SSHA}x", NULL },
	{ "!!{SSHA}x", NULL },
	{ "!" CRYPT_MD5, NULL },
	{ "!{PLAIN}wonderland", NULL },
	{ "!PLAIN}wonderland", "!PLAIN}wonderland" },
	{ "*{SASL}x", NULL },
	{ "!SCRAM-SHA-1$4096", NULL },
	{ "!md50123456789abcdef0123456789abcdef", NULL },
	{ "{}", "{}" },
	{ "{SSHA}x", NULL },
	{ "{SHA}", "{SHA}" },
	{ "{SHA}q{7,ya&", "{SHA}q{7,ya&" },
	{ "{SHA}abcdefgh", NULL },
	{ "{NT}0123", "{NT}0123" },
	{ "{NOSUCH}x", "{NOSUCH}x" },
	{ "{NOSUCH}0123456789abcde", "{NOSUCH}0123456789abcde" },
	{ "{NOSUCH}0123456789abcdef", NULL },
	{ "{nosuch.b64}0123456789abcdef", NULL },
	{ "{NoSuch}0123456789abcdef", "{NoSuch}0123456789abcdef" },
	{ "{NO SUCH}0123456789abcdef", "{NO SUCH}0123456789abcdef" },
	{ "{NOSUCH}0123456789 abcdef", "{NOSUCH}0123456789 abcdef" },
	{ "{AB}0123456789abcdef", "{AB}0123456789abcdef" },
	{ "{AB}0123456789abcdefg", NULL },
	{ "{A}0123456789abcdefgh", "{A}0123456789abcdefgh" },
	{ "{PLAIN }x", "{PLAIN }x" },
	{ "{CLEARTEX}x", "{CLEARTEX}x" },
	{ "{PLAIN-MD5}x", NULL },
	{ "{MD5}$1$x", NULL },
	{ "$6$", "$6$" },
	{ "$6$a$b", "$6$a$b" },
	{ "$$", "$$" },
	{ "$nosuch$x", "$nosuch$x" },
	{ "$nosuch$0123456789ab", "$nosuch$0123456789ab" },
	{ "$nosuch$0123456789abc", NULL },
	{ "$noSuch$0123456789abcdef", "$noSuch$0123456789abcdef" },
	{ "$nosuch$0123456789ab&", "$nosuch$0123456789ab&" },
	{ "$$0123456789abcdefghijkl", "$$0123456789abcdefghijkl" },
	{ "$6$0123456789abcdefg", "$6$0123456789abcdefg" },
	{ "$6$0123456789abcdefgh", NULL },
	{ "$argon2id$", "$argon2id$" },
	{ CRYPT_MD5, NULL },
	{ "$apr1$saltsalt$0123456789abcdef012345", NULL },
	{ "SCRAM-SHA-1$4096", NULL },
	{ "SCRAM-SHA-256$4096", NULL },
	/* What is nearly what another program stores. */
	{ "{hello}x", "{hello}x" },
	{ "{MD5}{salt}x", "{MD5}{salt}x" },
	{ "{otp}2 x 4", "{otp}2 x 4" },
	{ "{unix}rules", "{unix}rules" },
	{ "{x-men}", "{x-men}" },
	{ "{K5KEY", "{K5KEY" },
	{ "{index.hex}", "{index.hex}" },
	{ "{index.hex}!", "{index.hex}!" },
	{ "{Index.hex}12", "{Index.hex}12" },
	{ "{.hex}12", "{.hex}12" },
	{ "{a.hex}12", "{a.hex}12" },
	{ "{ab.hex}12", NULL },
	{ "{ab.b64}MTI=", NULL },
	{ "{ab.base64}MTI=", NULL },
	{ "!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04no",
	    "!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04no" },
	{ "!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04noq", NULL },
	{ "!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04no-",
	    "!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04no-" },
	{ ":A:4cecaff2b30bbe75ce7322109164cfb",
	    ":A:4cecaff2b30bbe75ce7322109164cfb" },
	{ ":B:838c83e1:469ebc85a52ab0be90bc",
	    ":B:838c83e1:469ebc85a52ab0be90bc" },
	{ "sha1$Yt1tnlRKLLUm$260efd583ac10139d8c4",
	    "sha1$Yt1tnlRKLLUm$260efd583ac10139d8c4" },
	{ "md5$of the text that is to be hashed",
	    "md5$of the text that is to be hashed" },
	{ "1|$2 is the price", "1|$2 is the price" },
	{ "crypt$$0123456789ab", "crypt$$0123456789ab" },
	{ "crypt$$0123456789abc", NULL },
	{ "b49214d4c00ab25691f841e6e31999f1:5c", NULL },
	{ "b49214d4c00ab25691f841e6e31999f1:",
	    "b49214d4c00ab25691f841e6e31999f1:" },
	{ "b49214d4c00ab25691f841e6e31999f1-5c",
	    "b49214d4c00ab25691f841e6e31999f1-5c" },
	{ "b49214d4c00ab25691f841e6e31999g1:5c",
	    "b49214d4c00ab25691f841e6e31999g1:5c" },
	{ "b49214d4c00ab25691f841e6e31999f1: 5",
	    "b49214d4c00ab25691f841e6e31999f1: 5" },
	{ "0x0100F59E734E1916253907FC47498F46A625BDCB9315F2FA74F",
	    "0x0100F59E734E1916253907FC47498F46A625BDCB9315F2FA74F" },
	{ "S:B991698B3178EDA5B89CFDE1511BA6A33EBC7A6A0FE63F82E42054F2C58",
	    "S:B991698B3178EDA5B89CFDE1511BA6A33EBC7A6A0FE63F82E42054F2C58" },
	{ "Alice was beginning to get very tired of sitting by her sister on..",
	    "Alice was beginning to get very tired of sitting by her sister "
	    "on.." },
	/* From a table of passwords that a program had drawn. */
	{ "{}/PKcU7,ya&q857", "{}/PKcU7,ya&q857" },
	{ "$Y<ELWP$bQ;vc43j", "$Y<ELWP$bQ;vc43j" },
	{ "$?pG`M,[`$|4a5ly", "$?pG`M,[`$|4a5ly" },
	{ "$uper$ecret9", "$uper$ecret9" },
	{ "{3k}Yx;q", "{3k}Yx;q" },
	{ "{abc}Passw0rd", "{abc}Passw0rd" },
};

TEST(scheme_classify__no_look_of_a_hash__is_plaintext)
{
	struct stored s;
	size_t i;

	for (i = 0; i < COUNT_OF(plaintexts); i++) {
		s = stored_of(bytes_str(plaintexts[i].value));
		if (stored_is_plaintext(s.octets) !=
		    (plaintexts[i].password != NULL))
			fail_msg("wrong about %s", plaintexts[i].value);
		if (plaintexts[i].password != NULL)
			assert_true(bytes_equal(
			    s.value, bytes_str(plaintexts[i].password)));
	}
}

TEST(scheme_resembles__text_of_any_stored_form__does)
{
	size_t i;
	const char *text;

	for (i = 0; i < COUNT_OF(plaintexts); i++) {
		text = plaintexts[i].value;
		if (*text != '\0')
			assert_int_equal(scheme_resembles(bytes_str(text)),
			    plaintexts[i].password == NULL ||
				strcmp(plaintexts[i].password, text) != 0);
	}
}

/* Good enough for passwords in a test: xorshift64*. */
static size_t
draw(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (size_t)(*seed * UINT64_C(2685821657736338717) >> 32);
}

TEST(scheme_classify__random_passwords__are_all_plaintext)
{
	enum { COUNT = 1000000, LEAST = 8, MOST = 20 };
	char password[MOST + 1];
	uint64_t first, seed;
	size_t i, k, len;

	assert_int_equal(getrandom(&first, sizeof(first), 0), sizeof(first));
	first |= 1;
	for (seed = first, i = 0; i < COUNT; i++) {
		len = LEAST + draw(&seed) % (MOST - LEAST + 1);
		for (k = 0; k < len; k++)
			password[k] = (char)('!' + draw(&seed) % ('~' - ' '));
		/* One of four begins as a hash does: that is what matters. */
		if (i % 4 == 0)
			password[0] = "{$_!*"[draw(&seed) % 5];
		if (!stored_is_plaintext(bytes_of(password, len)))
			fail_msg("\"%.*s\" is taken for a hash, seed %llu",
			    (int)len, password, (unsigned long long)first);
	}
}

/* What is plaintext by its look would be accepted from whoever has read it. */
TEST(scheme_classify__every_vector__is_a_hash)
{
	size_t i;

	for (i = 0; i < COUNT_OF(crypt_vectors); i++)
		assert_int_equal(
		    stored_of(bytes_str(crypt_vectors[i].value)).kind,
		    STORED_HASH);
	for (i = 0; i < COUNT_OF(scheme_vectors); i++)
		assert_false(
		    stored_is_plaintext(bytes_str(scheme_vectors[i].value)));
}

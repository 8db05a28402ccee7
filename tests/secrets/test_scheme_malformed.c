/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Stored values that cannot be read, or that ask for too much: all are
 * refused, for a reason that shows nothing but their prefix.
 */
#include "config.h"

#include "host/module.h"
#include "secrets/scheme.h"
#include "support/stored.h"

#define A8	"AAAAAAAA"
#define A32	A8 A8 A8 A8
#define A128	A32 A32 A32 A32
#define SALT128 A128 A32 A8 "AAA" /* octets, without "=" */
#define SALT129 A128 A32 A8 "AAAA"
#define SHA1	A8 A8 A8 "AAA" /* the same */
#define SHA256	A32 A8 "AAA"
#define HEX	"8aa3eaf95553727a7f54af5b867a4bad76bdd13f"

/* What follows the prefix; ends with NULL. */
static const char *const salted[] = { "", "=", "====", SHA1 "=", SHA1, A8 "=",
	"\xff\xff\xff\xff", "$1$saltstri$lBr1jn4wxUOZl.NdmzdEW0",
	SALT129 SHA1 "=", SHA1 SALT129 "A", NULL };

static const char *const unsalted[] = { SHA1, SHA1 "A", A8, SHA1 "A" A8,
	SHA256 "=", SHA1 "B=", NULL };

static const char *const in_hex[] = { "", "4cecaff2b30bbe75ce7322109164cfb",
	"4cecaff2b30bbe75ce7322109164cfb5ff",
	"4cecaff2b30bbe75ce7322109164cfbg", "TOyv8rMLvnXOcyIQkWTPtQ", NULL };

/* Django's and Werkzeug's. */
static const char *const as_written[] = { "70000$saltsalt", "70000$saltsalt$",
	"0$salt$" HEX, "07$salt$" HEX, "7$$" HEX, "7$salt$" SHA1,
	"7$salt$" SHA256 "=", "7$" A128 "A$" HEX, "7$" A128 "A$" SHA1 "=",
	"7$salt$" HEX "00", "$1$salt$7$" HEX "0",
	"7$salt$8aa3eaf95553727a7f54af5b867a4bad76bdd13g", NULL };

static const char *const pbkdf2[] = { "", "7", "7$", "7$AAAA", "7$AAAA$",
	"7$$" SHA1, "$AAAA$" SHA1, "0$AAAA$" SHA1, "07$AAAA$" SHA1,
	"-7$AAAA$" SHA1, "+7$AAAA$" SHA1, " 7$AAAA$" SHA1, "7x$AAAA$" SHA1,
	"10000001$AAAA$" SHA1, "18446744073709551623$AAAA$" SHA1,
	"7$AAAA$" SHA256, "7$AAAA$" A8, "7$A$" SHA1, "7$" SALT129 "$" SHA1,
	"7$AA+A$" SHA1, "7$AAAA$" SHA1 "=", "$1$", "$1$salt$7$00", "$1$$7$" HEX,
	"$1$" A128 "A$7$" HEX, "$1$salt$0$" HEX, "$1$salt$10000001$" HEX,
	"$1$salt$7x$" HEX, "$1$salt$7$" HEX "00", "$1$salt$7$" HEX "00000000",
	"$1$salt$7$8aa3eaf95553727a7f54af5b867a4bad76bdd13g", "$2$s$7$" HEX,
	NULL };

static const char *const scram[] = { "", "7", "7,", "7,AAAA", "7,AAAA,",
	"7,AAAA," SHA1 "=", "0,AAAA," SHA1 "=," SHA1 "=",
	"10000001,AAAA," SHA1 "=," SHA1 "=", "7,," SHA1 "=," SHA1 "=",
	"7,AAA," SHA1 "=," SHA1 "=", "7," SALT129 "," SHA1 "=," SHA1 "=",
	"7,AAAA," SHA1 "=:" SHA1 "=", "7:AAAA," SHA1 "=," SHA1 "=",
	"7:AAAA$" SHA1 "=," SHA1 "=", "7,AAAA$" SHA1 "=:" SHA1 "=",
	"7$AAAA$" SHA1 "=:" SHA1 "=", "7:AAAA$" SHA1 "A:" SHA1 "=",
	"7:AAAA$" SHA1 "=:" SHA1 "A", "7,AAAA," A8 A8 A8 "AA==," SHA1 "=",
	"7,AAAA," SHA1 "=," A8 A8 A8 "AA==", "7:AAAA$" A8 "==:" SHA1 SHA1,
	NULL };

static const char *const argon2[] = { "", "v=19$", "v=19$m=8,t=1,p=1$",
	"v=18$m=8,t=1,p=1$" A8 "AAA$" SHA256,
	"v=20$m=8,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19,m=8,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19m=8,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19$m=0,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19$m=7,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19$m=15,t=1,p=2$" A8 "AAA$" SHA256,
	"v=19$m=1048577,t=1,p=1$" A8 "AAA$" SHA256,
	"v=19$m=1048576,t=5,p=1$" A8 "AAA$" SHA256,
	"v=19$m=8,t=524289,p=1$" A8 "AAA$" SHA256,
	"v=19$m=8,t=0,p=1$" A8 "AAA$" SHA256,
	"v=19$m=8,t=1,p=0$" A8 "AAA$" SHA256,
	"v=19$m=8192,t=1,p=256$" A8 "AAA$" SHA256,
	"v=19$t=1,m=8,p=1$" A8 "AAA$" SHA256,
	"v=19$m=8,t=1,p=1,x=1$" A8 "AAA$" SHA256,
	"v=19$m=8,t=1,p=1$" A8 "AA$" SHA256,
	"v=19$m=8,t=1,p=1$" SALT129 "$" SHA256,
	"v=19$m=8,t=1,p=1$" A8 "AAA$" A8 A8 "AAAA",
	"v=19$m=8,t=1,p=1$" A8 "AAA$" A32 A32 A8 A8 A8 "AAA", NULL };

static const char *const cram_state[] = { "",
	"721a2df79bd8bf7cff39c4914f8c49b8", HEX "721a2df79bd8bf7cff39c49g",
	HEX HEX, NULL };

static const char *const crypt[] = { "", "x", A128 A128 A128, NULL };

static const char *const unknown_to_libcrypt[] = { "xx*xxxxxxxxxx", "$6$a:b$c",
	"$2b$03$" A32, "$2b$05$x", "$y$j5T$a!$", NULL };

static const char *const too_dear[] = { "x:xxxxxxxxxxx", "$nosuch$x", "$y$",
	"$2$05$" A32, "$2b$17$" A32, "$2y$31$" A32, "$6$rounds=10000001$a$b",
	"$5$rounds=999999999$a$b", "$y$jMT$a$b", "$7$PU..../....a$b",
	"$sha1$4294967295$a$b", "$md5,rounds=99999999$a$$b", NULL };

static const struct {
	const char *prefix, *const *rests, *why;
} cases[] = {
	{ "{SSHA}", salted, "what follows is malformed" },
	{ "{SHA}", unsalted, "what follows is malformed" },
	{ "{PLAIN-MD5}", in_hex, "what follows is malformed" },
	{ "{PBKDF2}", pbkdf2, "what follows is malformed" },
	{ "pbkdf2_sha1$", as_written, "what follows is malformed" },
	{ "{SCRAM-SHA-1}", scram, "what follows is malformed" },
	{ "SCRAM-SHA-1$", scram, "what follows is malformed" },
	{ "{ARGON2}$argon2id$", argon2, "what follows is malformed" },
	{ "{CRAM-MD5}", cram_state, "what follows is malformed" },
	{ "{CRYPT}", crypt, "what follows is malformed" },
	{ "{CRYPT}", unknown_to_libcrypt,
	    "libcrypt does not know what follows" },
	{ "{CRYPT}", too_dear, "its cost is too high, or cannot be told" },
};

static void
expect_refusal(struct module *m, size_t which, const char *rest)
{
	size_t len = strlen(cases[which].prefix) + strlen(rest);
	const char *why = NULL;
	struct stored stored;
	char value[1024], *exact;

	assert_true(len < sizeof(value));
	snprintf(value, sizeof(value), "%s%s", cases[which].prefix, rest);
	exact = guarded_copy(value, len);
	stored = stored_of(bytes_of(exact, len));
	if (scheme_check(&m->host, &stored, bytes_str("wonderland"), &why) !=
	    VERDICT_UNUSABLE)
		fail_msg("usable: %s", value);
	guarded_free(exact, len);
	assert_int_equal(strncmp(cases[which].prefix, scheme_label(&stored),
			     strlen(scheme_label(&stored))),
	    0);
	if (why == NULL || strcmp(why, cases[which].why) != 0)
		fail_msg(
		    "%s\ninstead of: %s\nfor %s", why, cases[which].why, value);
	assert_int_equal(m->fake.log_count, 0);
}

MODULE_TEST(scheme_check__malformed_value__is_said_without_it)
{
	size_t i, k;

	for (i = 0; i < COUNT_OF(cases); i++)
		for (k = 0; cases[i].rests[k] != NULL; k++)
			expect_refusal(*state, i, cases[i].rests[k]);
}

/* The last that is not malformed, on each side. */
MODULE_TEST(scheme_check__value_within_bounds__is_read)
{
	static const char *const values[] = {
		"{SSHA}" SHA1 "A" A8,
		"{SSHA}" SALT128 SHA1 "==",
		"{SHA}" SHA1 "=",
		"{PBKDF2}1$" SALT128 "$" SHA1,
		"{PBKDF2}$1$" A128 "$1$" HEX,
		"{SCRAM-SHA-1}1," SALT128 "=," SHA1 "=," SHA1 "=",
#ifdef HAVE_LIBARGON2
		"$argon2id$v=19$m=8,t=1,p=1$" A8 "AAA$" A8 A8 "AAAAAA",
		"$argon2id$v=19$m=16,t=1,p=2$" SALT128 "$" A32 A32 A8 A8
		"AAAAAA",
#endif
		"{CRYPT}$5$" A8 A128 A128 A32 A32 A32,
		"{CRYPT}AA",
	};
	struct module *m = *state;
	size_t i;

	for (i = 0; i < COUNT_OF(values); i++)
		if (stored_check(&m->host, bytes_str(values[i]),
			bytes_str("wonderland")) != VERDICT_DIFFERS)
			fail_msg("unusable: %s", values[i]);
	assert_int_equal(m->fake.log_count, 0);
}

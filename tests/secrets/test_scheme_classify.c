/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What a stored value is by its prefix, and why it cannot be used.
 */
#include "config.h"

#include "host/module.h"
#include "host/fake_alloc.h"
#include "secrets/scheme_family.h"
#include "support/stored.h"

TEST(scheme_classify__state__is_what_follows_its_prefix)
{
	struct stored cram = stored_of(bytes_str("{cram-md5}abc"));
	struct stored hmac = stored_of(bytes_str("{HMAC-MD5}"));

	assert_int_equal(cram.kind, STORED_STATE);
	assert_true(bytes_equal(cram.value, bytes_str("abc")));
	assert_int_equal(hmac.kind, STORED_STATE);
	assert_int_equal(hmac.value.len, 0);
	assert_false(scheme_is_whole(&cram));
	cram = stored_of(bytes_str("{CRAM-MD5}cd3ba7deaad6e5ca23448ba42e379747"
				   "a9e0f7f1fbc00c8a81bbaac395731b56"));
	assert_true(scheme_is_whole(&cram));
	assert_int_equal(scheme_work(&cram, SCHEME_USUAL_PASSWORD), 1);
}

/* "$id$" and what looks like a hash, of a scheme that is not known yet. */
TEST(scheme_classify__crypt_string_to_come__is_no_plaintext_within_bounds)
{
	static const struct {
		const char *octets;
		bool is_plaintext;
	} cases[] = {
		{ "$abcdefghijklmno9$0123456789abcdef", false },
		{ "$abcdefghijklmno-x$0123456789abcdef", true },
		{ "$new-scheme$0123456789abc", false },
		{ "$new-scheme$0123456789ab", true },
		{ "$New-scheme$0123456789abc", true },
		{ "$new-scheme$0123456789 abc", true },
	};
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++)
		if (stored_is_plaintext(bytes_str(cases[i].octets)) !=
		    cases[i].is_plaintext)
			fail_msg("wrong about %s", cases[i].octets);
}

TEST(scheme_classify__decoy__is_its_reason_and_its_value)
{
	static const struct {
		const char *octets, *value, *reason;
	} cases[] = {
		{ "{DECOY}:", "", NULL },
		{ "{DECOY}", "", NULL },
		{ "{DECOY}disabled", "", NULL },
		{ "{DECOY}expired-secret:", "", "expired-secret" },
		{ "{DECOY}disabled:$y$j9T$a:b", "$y$j9T$a:b", "disabled" },
		{ "{DECOY}:{SSHA}x", "{SSHA}x", NULL },
		{ "{DECOY}wrong-network:00", "00", "wrong-network" },
		{ "{DECOY}unknown-user:", "", "unknown-user" },
		{ "{DECOY}let me write into your log:x", "x", NULL },
	};
	struct stored s;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		s = stored_of(bytes_str(cases[i].octets));
		assert_int_equal(s.kind, STORED_DECOY);
		assert_true(bytes_equal(s.value, bytes_str(cases[i].value)));
		if (cases[i].reason == NULL)
			assert_null(s.reason);
		else
			assert_string_equal(s.reason, cases[i].reason);
		assert_true(scheme_is_nothing(bytes_str(cases[i].octets)));
	}
	assert_false(scheme_is_nothing(bytes_str("{decoy}:")));
}

static void
expect_unusable(
    struct module *m, const char *octets, const char *label, const char *wanted)
{
	struct stored s = stored_of(bytes_str(octets));
	const char *why;

	assert_int_equal(
	    scheme_check(&m->host, &s, bytes_str("wonderland"), &why),
	    VERDICT_UNUSABLE);
	assert_string_equal(scheme_label(&s), label);
	if (wanted == NULL)
		assert_null(why);
	else
		assert_string_equal(why, wanted);
	assert_int_equal(m->fake.log_count, 0);
}

#define HEX32	 "0123456789abcdef0123456789abcdef"
#define SHA1_HEX "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"
#define B64	 "tiY7sUhYKUwI5L3866kDY+ENcrQ="

/*
 * What people have in their tables, and cannot be checked here; by the programs
 * that write it, from their documents, or by passlib 1.7.4, Werkzeug 2.2.2 and
 * doveadm 2.3.19, mostly of "wonderland".
 */
static const struct {
	const char *octets, *label;
} foreign[] = {
	/* Directories */
	{ "{SASL}alice@example.org", "{SASL}" },
	{ "{K5KEY}", "{K5KEY}" },
	{ "{KERBEROS}alice@EXAMPLE.ORG", "{KERBEROS}" },
	{ "{GSSAPI}alice@EXAMPLE.ORG", "{GSSAPI}" },
	{ "{UNIX}alice-lid", "{UNIX}" },
	{ "{RADIUS}alice", "{RADIUS}" },
	{ "{NT}" HEX32, "{NT}" },
	{ "{NTHASH}" HEX32, "{NTHASH}" },
	{ "{X-NTHASH}" HEX32, "{X-NTHASH}" },
	{ "{x- orcllmv}" HEX32, "{X- ORCL" },
	{ "{LANMAN}" HEX32, "{LANMAN}" },
	{ "{MD4}" HEX32, "{MD4}" },
	{ "{RMD160}" B64, "{RMD160}" },
	{ "{NS-MTA-MD5}" HEX32 HEX32, "{NS-MTA-MD5}" },
	{ "{NETSCAPE_MTA}" HEX32 HEX32, "{NETSCAPE_MTA}" },
	{ "{APR1}" B64, "{APR1}" },
	{ "{BSDMD5}" B64, "{BSDMD5}" },
	{ "{TOTP}GEZDGNBV", "{TOTP}" },
	{ "{TOTP1}GEZDGNBVGY3TQOJQ", "{TOTP1}" },
	{ "{TOTP256}GEZDGNBVGY3TQOJQ", "{TOTP256}" },
	{ "{TOTP512}GEZDGNBVGY3TQOJQ", "{TOTP512}" },
	{ "{TOTP1ANDPW}GEZDGNBV|{SSHA}" B64, "{TOTP1ANDPW}" },
	{ "{TOTP256ANDPW}GEZDGNBV|{SSHA}" B64, "{TOTP256ANDPW}" },
	{ "{TOTP512ANDPW}GEZDGNBV|{SSHA}" B64, "{TOTP512ANDPW}" },
	{ "{PBKDF2_SHA256}AAAIAB", "{PBKDF2_SHA256}" },
	{ "{PBKDF2_SHA512}AAAIAB", "{PBKDF2_SHA512}" },
	{ "{PBKDF2-HMAC-SHA256}10000:JUh40P6EY46K7B0fcv0LKYqPyMgQF+"
	  "CTmPuwGFvRBEnMkmi4gwZm9tQgo/im2OJE",
	    "{PBKDF2-HMAC-" },
	{ "{PKCS5S2}s5bS+v/fGyOE0FpLqfUeI1Vq/GnQ1o1K6n79D5tMd6x/"
	  "Q7YsEkDMhNSAsZ6YrfOc",
	    "{PKCS5S2}" },
	{ "{FSHP1|16|7}ZgxhTMm5d05JqTUGwPh/LwZUkeFI/"
	  "VXOpIBultah65JoDhKlVTcY9Bsy+X424n8V",
	    "{FSHP" },
	{ "{SCRAM-SHA-512}4096:c2FsdA==$a:b", "{SCRAM-SHA-512}" },
	{ "{SHA2}" HEX32 HEX32, "{SHA2}" },
	{ "{SHA224}" HEX32 "01234567", "{SHA224}" },
	{ "{SSHA224}" B64 B64, "{SSHA224}" },
	{ "{SHA3-256}" B64 B64, "{SHA3-" },
	{ "{SSHA3-512}" B64 B64, "{SSHA3-" },
	{ "{AES}JDYkZmNR", "{AES}" },
	{ "{DES}JDYkZmNR", "{DES}" },
	{ "{3DES}JDYkZmNR", "{3DES}" },
	{ "{RC4}JDYkZmNR", "{RC4}" },
	{ "{BLOWFISH}JDYkZmNR", "{BLOWFISH}" },
	{ "{BASE64}d29uZGVybGFuZA==", "{BASE64}" },
	/* Mail servers */
	{ "{DIGEST-MD5}72f86f2053703faa0f521ce71cfe6f59", "{DIGEST-MD5}" },
	{ "{OTP}sha1 1024 2aa2dbbc7d0c0580 84a4bb5ce3aca287", "{OTP}" },
	{ "{SKEY}0063 xxx ab1fe7d2 84a4bb5ce3aca287", "{SKEY}" },
	{ "{RPA}" HEX32, "{RPA}" },
	{ "{NTLM}" HEX32, "{NTLM}" },
	{ "{PLAIN-MD4}" HEX32, "{PLAIN-MD4}" },
	{ "{PLAIN-TRUNC}10-wonderland", "{PLAIN-TRUNC}" },
	{ "{crypt16}ab0123456789abcdefghijkl", "{CRYPT16}" },
	{ "{SHA.HEX}b6263bb14858294c08e4bdfceba90363e10d72b4", "{*.HEX}" },
	{ "{SSHA256.B64}l4dTPTCf3m3vCPjTawEICiGuUSes4FtLJr9mOGjZnPD0BwHN",
	    "{*.B64}" },
	{ "{PLAIN.b64}c2VjcmV0", "{*.B64}" },
	{ "{PLAIN.HEX}776f6e", "{*.HEX}" },
	{ "{SHA512-CRYPT.BASE64}JDYkQjgzenhpaWVPUWF1YkVhWCRDcXguODdpN2Rq",
	    "{*.BASE64}" },
	/* SAP, AIX, Spring, Perl */
	{ "{x-issha, 1024}FNj4cfHYrPyZXtB4V4tyqIafu2LQQ7JsqNJDbFVVyRU=",
	    "{X-ISSHA" },
	{ "{x-isSHA512, 15000}" B64 B64, "{X-ISSHA" },
	{ "{ssha1}06$aJckFGJAB30LTe10$ohUsB7LBPlgclE3hJg9x042DLJvQyxVCX",
	    "{SSHA1}" },
	{ "{sblowfish}06$aJckFGJAB30LTe10$ohUsB7LBPlgclE3hJg9x042D",
	    "{SBLOWFISH}" },
	{ "{MD5}{dGhpc2lzc2FsdA==}81c168e6e684b4cf8d5525caad195b3f", "{MD5}{" },
	{ "{scrypt}$e0801$8bWJaSu2IKSn9Z9kM+TPXfOc/"
	  "9bdYSrN1oD9qfVThWEwdRTnO7re7Ei+",
	    "{SCRYPT}" },
	{ "{ldap}{SSHA}" B64, "{LDAP}" },
	{ "{pbkdf2@SpringSecurity_v5_8}" HEX32 HEX32 HEX32, "{PBKDF2@SPRING" },
	{ "{scrypt@SpringSecurity_v5_8}$100801$" B64 "$" B64,
	    "{SCRYPT@SPRING" },
	{ "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$"
	  "lGnuXr7ppRC33DBCL3drOA$/OazSBWZr+7OZ/uOZ0kz9oCo079oJ+fqDkhL3zmwo84",
	    "{ARGON2@SPRING" },
	{ "{X-PBKDF2}HMACSHA1:AAAD6A:9/J2pg==:SkFS+x45fY92jci47E+T1loLElw=",
	    "{X-PBKDF2}" },
	/* Databases */
	{ "md56b765adf84f3c4341e8aab77ceda3bf1", "md5" },
	{ "SCRAM-SHA-512$1:a$b:c", "SCRAM-SHA-512$" },
	{ "*C803B1C9A354848885C1FF2A593FB90507ACAE51", "*" },
	{ "$A$005$\x01\x7f{]z", "$A$005$" },
	{ "0x0100F59E734E1916253907FC47498F46A625BDCB9315F2FA74FD7F4838C0C84EB9"
	  "A2092B385C0DECB7E65E08613D",
	    "0x0100" },
	{ "0x01002DC5D85BA38258A75EB3820F1C0F894D686ECAD73F5669C6", "0x0100" },
	{ "0x0200D49DCC03C6E7BC0230209B0D0C40D172126EABF000127E48A686B9F63C12AF"
	  "FA4A00892499CDC610C5ECDFE81BE540ABA60F2BBD0E01A0BF116105F1FFD42BE4A8"
	  "80E9CE",
	    "0x0200" },
	{ "S:B991698B3178EDA5B89CFDE1511BA6A33EBC7A6A0FE63F82E42054F2C58F",
	    "S:" },
	{ "S:B991698B3178EDA5B89CFDE1511BA6A33EBC7A6A0FE63F82E42054F2C58F;H:"
	  "DC9894A01797D91D92ECA1DA66242209",
	    "S:" },
	{ "T:"
	  "C98B372EB05D27BA513972FC492DB46119D985AE81D5BC4A74D448F4A1D532FBB618"
	  "F34EB3690001EC789EA4BC9FA32D55A9A812585E0E221BBF8D517CC05C77604DB366"
	  "E8133D65E2D04A41CCDB128C",
	    "T:" },
	/* passlib, Django, Werkzeug, web2py */
	{ "$scram$7$cq71fs.5l7KW8l7L$sha-1=o4sFrXfLRjLKANlzk75Qi7AkSL0",
	    "$scram$" },
	{ "$scrypt$ln=4,r=8,p=1$bA2h9D5nDCFEiFFKaW0NoQ$"
	  "Eyw1ZTlsKi1iyfRxqDD7LFkpIbCSkqKZtSYp/bpJvrs",
	    "$scrypt$" },
	{ "$p5k2$7$NYZw7r0X4lzrXQthrFXK2Q==$D38-L1p6l3vMkISZGs5h9u-T1ZM=",
	    "$p5k2$" },
	{ "$pbkdf2-sha1$7$c2FsdHNhbHQ$" B64, "$pbkdf2-sha1$" },
	{ "$bcrypt-sha256$v=2,t=2b,r=4$bbYz0AtHMJIBA1YMJLCIJO$z3t9naL9l3ujPQz/"
	  "ZDUucBZDM2xG7gO",
	    "$bcrypt-sha256$" },
	{ "bcrypt_sha256$$2b$04$"
	  "KGXYkzFAoUReneFMX29L0uWJL8ocf4a0ie3SzQAlyf2G3r8yyoCj.",
	    "bcrypt_sha256$" },
	{ "crypt$X/$X/U6IjeqZ6sgY", "crypt$" },
	{ "md5$kegKikb0FpbN$8e7ba7f7b81f6459c9336f58bb5c467d", "md5$" },
	{ "md5$$4cecaff2b30bbe75ce7322109164cfb5", "md5$" },
	{ "sha1$Yt1tnlRKLLUm$260efd583ac10139d8c44eb77fc6c021d78ddeba",
	    "sha1$" },
	{ "sha1$$b6263bb14858294c08e4bdfceba90363e10d72b4", "sha1$" },
	{ "sha256$khjLaPQGxitxQZ1b$"
	  "ccb50f60e60afbfb51a7e27cc625ac58a970145103e410e0f9a238a8271818e1",
	    "sha256$" },
	{ "sha512$DHHcDb2WzxPZVDY7$"
	  "c4a882114f70fd8c2970b82e09d1750e89033903200ff6b0772c8c201c8ea21ffffa"
	  "083c2225b13cdbcd2067ae3eda2561040098174b5e45f117e1e7b086746f",
	    "sha512$" },
	{ "pbkdf2:sha384:260000$V1xk$" HEX32 HEX32 HEX32, "pbkdf2:sha" },
	{ "scrypt:32768:8:1$V1xk$" HEX32 HEX32, "scrypt:" },
	{ "scrypt$c2FsdHNhbHQ$16384$8$1$" B64, "scrypt$" },
	{ "pbkdf2(1000,20,sha512)$a86455de126ff290$"
	  "d975dfdbd908475b039d59ed655208d6ddf37f29",
	    "pbkdf2(" },
	/* PHP, Java, .NET */
	{ "$P$5DTYIrAuHuWW5zFp0vvgBdRW44Q6de.", "$P$" },
	{ "$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "$H$" },
	{ "$S$DqXt3mF7Zw0v5N1sYc6Rk8TgUj2Hb4Po9LaEiVxQzWdCyBnMf0u", "$S$" },
	{ "U$S$5vNHDQyLqCTvsYBLWBUWXJWhA0m3DTpBh04acFEOGB.bKBclhKgo", "U$S$" },
	{ "U$P$5DTYIrAuHuWW5zFp0vvgBdRW44Q6de.", "U$P$" },
	{ "U$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "U$H$" },
	{ "$wp$2y$10$FVfFkh1JnTrGXX.PJyxtVOnvwp0LYy3o3GJ8S5Kq6Q", "$wp$" },
	{ ":A:4cecaff2b30bbe75ce7322109164cfb5", ":A:" },
	{ ":B:838c83e1:469ebc85a52ab0be90bcde0487fa025a", ":B:" },
	{ ":pbkdf2:sha512:30000:64:YegVQtdrX9d2uFcFTxiJAA==:9U+"
	  "o0RaL9VUVrpJiAeV2SmfPN75dQv5i5dkPbajDHNQkS1q8DctU/fuc8i3XttMOeHRv/"
	  "dtih4OO/k61CojTZw==",
	    ":pbkdf2" },
	{ ":bcrypt:9:c2FsdHNhbHQ:FVfFkh1JnTrGXX.PJyxtVOnvwp0LYy3", ":bcrypt:" },
	{ ":argon2:$argon2id$v=19$m=65536,t=4,p=1$c2FsdHNhbHQ$" B64,
	    ":argon2:" },
	{ "5630be33653bcdd40c3ade41e6c4eb19:J0oM1aSa1tJ0oM1aSa1tJ0oM1aSa1t12",
	    "HEX:SALT" },
	{ "b49214d4c00ab25691f841e6e31999f1:5c", "HEX:SALT" },
	{ "267a96a741188d28765da1cd8de44454c22aeaef0dcb8ec093ebd369a9bf25a1:"
	  "ssssssssssssssssssssssssssssssss:1",
	    "HEX:SALT" },
	{ SHA1_HEX ":5c5c5c", "HEX:SALT" },
	{ SHA1_HEX SHA1_HEX SHA1_HEX "01234567:5c5c5c", "HEX:SALT" },
	{ "$shiro1$SHA-256$500000$zJJouIMGZvbUIKP4ptjiRA==$00sWyY/"
	  "WX9hfdpqmK40nkGbGNsQ4cZ9GdQhzLikzR9g=",
	    "$shiro1$" },
	{ "AQAAAAEAACcQAAAAEBp/wetqTnIWa0qRc0ojWBTotL3C9zIM/nwwUX41b12/"
	  "qG6ewgaaZQvfdMhfPEfw0w==",
	    "AQAAAA" },
	{ "AQAAAAIAAYagAAAAEBp/"
	  "wetqTnIWa0qRc0ojWBRCDv3nmioeg8Cw+XCkP1Z0JgVRCUrieAnoMMN1mOh3iw==",
	    "AQAAAA" },
	{ "ABp/wetqTnIWa0qRc0ojWBTRALBT8naXoMApVJ7u+M3Ygwbv+/"
	  "08nMxWA4v5OTWaxg==",
	    "A" },
	/* Boot loaders, routers, other systems */
	{ "grub.pbkdf2.sha512.7.E4BCB756AA15E25CCB99738E51AA55AA."
	  "DF8647F8E8A439CD32AE9148EAABB50A",
	    "grub.pbkdf2." },
	{ "$8$dsYGNam3K1SIJO$7nv/35M/qr6t.dVc7UY9zrJDWRVqncHub1PE9UlMQFs",
	    "$8$" },
	{ "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
	    "$9$" },
	{ "$sm3$rounds=1000$saltsalt$P8WxiZdsQgEV/WrUJLFhcY321KVz2YovpJcf0/"
	  "DrUQ2",
	    "$sm3$" },
	/* Nobody is known to use these names. */
	{ "{NOSUCH}" B64, "{...}" },
	{ "{my-secret}" B64, "{...}" },
};

MODULE_TEST(scheme_check__unknown_scheme__has_its_name)
{
	size_t i;

	for (i = 0; i < COUNT_OF(foreign); i++)
		expect_unusable(*state, foreign[i].octets, foreign[i].label,
		    "unknown scheme");
}

static void
expect_all_seen(const struct scheme_form *form)
{
	size_t i;

	for (; *form->prefix != '\0'; form++) {
		if (scheme_family_of(form) != NULL ||
		    form->family == FAMILY_PLAINTEXT)
			continue;
		for (i = 0; i < COUNT_OF(foreign); i++)
			if (stored_of(bytes_str(foreign[i].octets)).form ==
			    form)
				break;
		if (i == COUNT_OF(foreign))
			fail_msg("nothing is a %s", form->prefix);
	}
}

TEST(scheme_forms__each_that_cannot_be_checked__is_seen)
{
	expect_all_seen(scheme_forms);
	expect_all_seen(scheme_bare_forms);
}

static void
expect_sorted(bool braced, const struct scheme_form *form)
{
	for (; *form[1].prefix != '\0'; form++)
		if (scheme_two(braced, form[0].prefix) >
		    scheme_two(braced, form[1].prefix))
			fail_msg("%s is out of order", form[1].prefix);
}

TEST(scheme_forms__rows__are_in_order)
{
	expect_sorted(true, scheme_forms);
	expect_sorted(false, scheme_bare_forms);
}

MODULE_TEST(scheme_check__locked_value__is_said_to_be)
{
	static const char *const values[] = { "!", "*", "!{SSHA}x", "*LK*",
		"*LK*{SSHA}x", "{CRYPT}!", "{crypt}!$6$a$b", "{CRYPT}*LK*",
		"{CRYPT}*0", "{BCRYPT}!$2b$05$x",
		"!*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
		"**2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19",
		/* Django's set_unusable_password() */
		"!tGH7Ex3bazPoKhbf7Dx1G1EnwioJ04leosw04noq" };
	size_t i;

	for (i = 0; i < COUNT_OF(values); i++)
		expect_unusable(*state, values[i], "locked", "locked");
}

/* A store may add blanks, which no client would send. */
TEST(scheme_classify__locked_value__has_a_text_without_blanks)
{
	struct stored s = stored_of(bytes_str("!{SSHA}x \r\n"));

	assert_true(bytes_equal(s.text, bytes_str("!{SSHA}x")));
	assert_true(bytes_equal(s.value, bytes_str("{SSHA}x")));
}

MODULE_TEST(scheme_check__nothing_and_decoys__have_nothing_to_say)
{
	expect_unusable(*state, "", "empty", NULL);
	expect_unusable(*state, "NULL", "empty", NULL);
	expect_unusable(*state, "{PLAIN}", "empty", NULL);
	expect_unusable(*state, "{DECOY}:wonderland", "decoy", NULL);
}

/* Blanks behind a hash are the store's; those of a password are its own. */
MODULE_TEST(scheme_check__blanks_behind_it__are_no_part_of_a_hash)
{
	static const char *const behind[] = { "\n", "\r\n", " ", "   ", "\t",
		" \r\n" };
	static const char *const hashes[] = {
		"{SSHA}I5WKotre0k5ikBIpkfz76teWD9AcZyz4",
		"$1$saltstri$lBr1jn4wxUOZl.NdmzdEW0",
		"{PLAIN-MD5}4cecaff2b30bbe75ce7322109164cfb5",
		"_J9..8vSULmZ6BNOZZ/g",
	};
	struct module *m = *state;
	char value[128];
	size_t i, k;

	for (i = 0; i < COUNT_OF(hashes); i++)
		for (k = 0; k < COUNT_OF(behind); k++) {
			snprintf(
			    value, sizeof(value), "%s%s", hashes[i], behind[k]);
			assert_int_equal(
			    stored_check(&m->host, bytes_str(value),
				bytes_str("wonderland")),
			    VERDICT_MATCHES);
			/* Nor of its text, which is no password. */
			assert_true(
			    bytes_equal(stored_of(bytes_str(value)).text,
				bytes_str(hashes[i])));
		}
	assert_int_equal(stored_check(&m->host, bytes_str("wonderland\n"),
			     bytes_str("wonderland")),
	    VERDICT_DIFFERS);
	assert_int_equal(stored_check(&m->host, bytes_str("{PLAIN}a b \n"),
			     bytes_str("a b \n")),
	    VERDICT_MATCHES);
}

/* The lengths at which crypt(3) ends, and what C strings do. */
MODULE_TEST(scheme_check__password_that_crypt_cannot_take__differs)
{
	static const char value[] = "{CRYPT}s6wIRSixUZJBU"; /* wonderla */
	char password[512] = "wonderla";
	struct module *m = *state;

	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 8)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 9)),
	    VERDICT_DIFFERS);
	memset(password + 8, 'x', sizeof(password) - 8);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 511)),
	    VERDICT_MATCHES);
	assert_int_equal(
	    stored_check(&m->host, bytes_str(value), bytes_of(password, 512)),
	    VERDICT_DIFFERS);
}

/* As a client may send it to be set; there is no room for all of it. */
MODULE_TEST(scheme_check__apr1_of_a_password_of_64_kib__differs)
{
	static const char value[] = "$apr1$saltsalt$0123456789012345678901";
	static const char password[64 * 1024];
	struct module *m = *state;

	assert_int_equal(stored_check(&m->host, bytes_str(value),
			     bytes_of(password, sizeof(password))),
	    VERDICT_DIFFERS);
}

/* Servers that bind with it take everybody for right. */
MODULE_TEST(scheme_check__no_password__never_matches)
{
	struct module *m = *state;

	assert_int_equal(
	    stored_check(&m->host,
		bytes_str("{SHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk="), bytes_str("")),
	    VERDICT_DIFFERS);
	assert_int_equal(
	    stored_check(&m->host,
		bytes_str("{CRYPT}$1$saltstri$ciR2otLVXV8I9sOPWbLTc1"),
		bytes_of(NULL, 0)),
	    VERDICT_DIFFERS);
}

/* Whatever it is cut to: what stood behind is not read. */
TEST(scheme_classify__value_cut_anywhere__is_read_no_further)
{
	static const char *const more[] = { "{DECOY}disabled:$y$j9T$a:b",
		"*LK*{CRYPT}$6$rounds=5000$saltsalt$0123456789abcdef",
		"{PBKDF2-SHA256}$1$salt$5000$00", "{CRAM-MD5}00", "NULL",
		"SCRAM-SHA-256$4096:c2FsdA==$a:b", "$md5,rounds=5000$a$$b",
		"$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2FsdA",
		"$7$CU..../....salt$x", "$y$j9T0./$salt$x", "$2b$10$salt",
		"pbkdf2_sha256$10000$salt$c2FsdA==", "_J9..saltx" };
	size_t i, len, whole;
	const char *value;
	struct stored s;
	char *exact;

	for (i = 0; i < COUNT_OF(foreign) + COUNT_OF(more); i++) {
		value = i < COUNT_OF(foreign) ? foreign[i].octets
					      : more[i - COUNT_OF(foreign)];
		whole = strlen(value);
		for (len = 0; len <= whole; len++) {
			exact = guarded_copy(value, len);
			s = stored_of(bytes_of(exact, len));
			assert_true(s.octets.data == exact);
			assert_true(s.value.len <= len);
			(void)scheme_work(&s, SCHEME_USUAL_PASSWORD);
			(void)scheme_is_whole(&s);
			assert_non_null(scheme_label(&s));
			guarded_free(exact, len);
		}
	}
}

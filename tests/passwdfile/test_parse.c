/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Lines of a passwdfile: what is in them, and what is wrong with them.
 */
#include "config.h"

#include "host/fake_alloc.h"
#include "passwdfile/nets.h"
#include "passwdfile/parse.h"
#include "secrets/scheme.h"
#include "support/test.h"

#define STATE \
	"cd3ba7deaad6e5ca23448ba42e379747" \
	"a9e0f7f1fbc00c8a81bbaac395731b56"
#define SHA512 \
	"$6$saltsalt$" \
	"qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq." \
	"qc.eoxqOmSuNp2xS0ktL3nh/"

#define LONG "0000:0000:0000:0000:0000:0000:0000:0000:"

static const struct {
	const char *text;
	enum passwdfile_format format;
	enum passwdfile_fault fault;
	/* Where it is fine: */
	const char *name;
	enum passwdfile_kind kind;
	const char *value; /* NULL: the secret as it stands */
	int last_day;	   /* 0: for ever */
	bool is_disabled;
} lines[] = {
	{ "alice:{PLAIN}secret", .name = "alice", .kind = PASSWDFILE_PLAINTEXT,
	    .value = "secret" },
	{ "alice:{PLAIN}secret\r", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "secret" },
	{ "a b@lan:{cleartext} s ", .name = "a b@lan",
	    .kind = PASSWDFILE_PLAINTEXT, .value = " s " },
	{ "j\xc3\xb6rg:{PLAIN}x", .name = "j\xc3\xb6rg",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	{ "alice:{PLAIN.b64}YTpiCg==", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "a:b\n" },
	{ "alice:{plain.B64}eA==", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	{ "alice:" SHA512, .name = "alice", .kind = PASSWDFILE_HASH },
	{ "alice:{SSHA}q7iGg8hFdyAh9w6cRl2DMA1iWxpzYWx0", .name = "alice",
	    .kind = PASSWDFILE_HASH },
	{ "alice:AzZ09axhB/y.I", .name = "alice", .kind = PASSWDFILE_HASH,
	    .value = "{CRYPT}AzZ09axhB/y.I" },
	{ "alice:_J9..rasmBYk8r9AiWNc", .name = "alice",
	    .kind = PASSWDFILE_HASH, .value = "{CRYPT}_J9..rasmBYk8r9AiWNc" },
	{ "alice:{CRAM-MD5}" STATE, .name = "alice", .kind = PASSWDFILE_STATE,
	    .value = STATE },
	{ "alice:{PLAIN}x:1000:1000:A. L.:/home/a:/bin/sh:userdb_mail=x",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	{ "alice:{PLAIN}x::::::expires=1970-01-03 nopassword=y",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x",
	    .last_day = 2 },
	{ "alice:{PLAIN}x::::::label=a\texpires=1970-01-03", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "x", .last_day = 2 },
	{ "alice:{PLAIN}x::::::label=a allow_nets=2001:db8::/32,::1,10.0.0.1",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	{ "alice:{PLAIN}$1$salt$qJH7.N4xYta3aEG/dfqo/0", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT,
	    .value = "$1$salt$qJH7.N4xYta3aEG/dfqo/0" },
	/* Disabled. */
	{ "alice:!{PLAIN}x", .name = "alice", .kind = PASSWDFILE_PLAINTEXT,
	    .value = "x", .is_disabled = true },
	{ "alice:!!{PLAIN}x", .name = "alice", .kind = PASSWDFILE_PLAINTEXT,
	    .value = "x", .is_disabled = true },
	{ "alice:!", .name = "alice", .is_disabled = true },
	{ "alice:*", .name = "alice", .is_disabled = true },
	{ "root:x:0:0:root:/root:/bin/sh", .name = "root",
	    .is_disabled = true },
	{ "alice:{CRYPT}!" SHA512, .name = "alice", .is_disabled = true },
	{ "alice:{SHA512-CRYPT}*" SHA512, .name = "alice",
	    .is_disabled = true },
	{ "alice:{crypt}!$1$salt$qJH7.N4xYta3aEG/dfqo/0:wonderland",
	    PASSWDFILE_EXIM, .name = "alice", .is_disabled = true },
	/* By Dovecot's keys, too. */
	{ "alice:{PLAIN}x::::::nologin", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "x", .is_disabled = true },
	{ "alice:{PLAIN}x::::::userdb_mail=x nologin=y reason=late",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x",
	    .is_disabled = true },
	{ "alice:{PLAIN}x::::::fail=y", .name = "alice",
	    .kind = PASSWDFILE_PLAINTEXT, .value = "x", .is_disabled = true },
	{ "alice:{PLAIN}x::::::failed=y nologins=1 expires_at=x x=expires",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	{ "alice:{PLAIN}x:1:2:Label Expires, allow_nets:/home/label=:/bin/sh:",
	    .name = "alice", .kind = PASSWDFILE_PLAINTEXT, .value = "x" },
	/* No lines. */
	{ "", .fault = PASSWDFILE_BLANK },
	{ " \t", .fault = PASSWDFILE_BLANK },
	{ "\r", .fault = PASSWDFILE_BLANK },
	{ "#alice:{PLAIN}x", .fault = PASSWDFILE_BLANK },
	/* Faults. */
	{ "alice", .fault = PASSWDFILE_NO_COLON },
	{ ":{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	{ " :{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	/* libsasl2 takes such blanks off, so no user has that name. */
	{ " alice:{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	{ "alice :{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	{ "al\x01ice:{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	{ "al\xffice:{PLAIN}x", .fault = PASSWDFILE_BAD_NAME },
	{ "alice:", .fault = PASSWDFILE_NO_SECRET },
	{ "alice::1000:1000", .fault = PASSWDFILE_NO_SECRET },
	{ "alice:{PLAIN}", .fault = PASSWDFILE_NO_SECRET },
	{ "alice:{PLAIN.b64}", .fault = PASSWDFILE_NO_SECRET },
	{ "alice:{CRAM-MD5}", .fault = PASSWDFILE_NO_SECRET },
	{ "alice:[PLAIN.b64}eA==", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:{PLAIN.b64}YTpi!", .fault = PASSWDFILE_BAD_BASE64 },
	{ "alice:{PLAIN.b64}AAAA", .fault = PASSWDFILE_NUL },
	{ "alice:wonderland", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:NULL", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:AzZ09axhB/y-I", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:A_Z09axhB/y.I", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:AzZ09axhB/y.", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:AzZ09axhB/y.II", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:J9..rasmBYk8r9AiWNcc", .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:5ebe2294ecd0e0f08eab7690d2a6ee69",
	    .fault = PASSWDFILE_NO_SCHEME },
	{ "alice:{FOO}5ebe2294ecd0e0f08eab7690d2a6ee69",
	    .fault = PASSWDFILE_UNKNOWN_SCHEME },
	{ "alice:{3k}Yx;q", .fault = PASSWDFILE_UNKNOWN_SCHEME },
	{ "alice:$uper$ecret9", .fault = PASSWDFILE_UNKNOWN_SCHEME },
	{ "alice:{DECOY}:" SHA512, .fault = PASSWDFILE_UNKNOWN_SCHEME },
	{ "alice:{SSHA512}short", .fault = PASSWDFILE_BAD_HASH },
	{ "alice:{SCRAM-SHA-256}4096,c2FsdA==,x,y",
	    .fault = PASSWDFILE_BAD_HASH },
	{ "alice:$apr1$ninesalts$0123456789abcdefghijkl",
	    .fault = PASSWDFILE_BAD_HASH },
	{ "alice:{CRAM-MD5}cd3ba7de", .fault = PASSWDFILE_BAD_HASH },
	{ "alice:{PLAIN}x::::::expires=tomorrow",
	    .fault = PASSWDFILE_BAD_DATE },
	{ "alice:{PLAIN}x::::::expires=", .fault = PASSWDFILE_BAD_DATE },
	{ "alice:{PLAIN}x::::::allow_nets=", .fault = PASSWDFILE_BAD_NETS },
	{ "alice:{PLAIN}x::::::allow_nets=10.0.0.0/33",
	    .fault = PASSWDFILE_BAD_NETS },
	{ "alice:{PLAIN}x::::::allow_nets=10.0.0.1,,10.0.0.2",
	    .fault = PASSWDFILE_BAD_NETS },
	{ "alice:{PLAIN}x::::::allow_nets=/8", .fault = PASSWDFILE_BAD_NETS },
	{ "alice:{PLAIN}x::::::allow_nets=" LONG LONG LONG "::1",
	    .fault = PASSWDFILE_BAD_NETS },
	{ "alice:{PLAIN}x::::::allow_real_nets=10.0.0.0/33",
	    .fault = PASSWDFILE_BAD_NETS },
	/* A limit that is meant and not read would be none. */
	{ "alice:{PLAIN}x::::::expire=2020-01-01",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x::::::expires = 2020-01-01",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x::::::Expires=2020-01-01",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x::::::allow-net=10.0.0.1",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x::::::allow_nets:10.0.0.1 Label",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x:::::expires=2020-01-01",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x:::::::expires=2020-01-01",
	    .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x:allow_nets=10.0.0.1", .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x:::a label=b:", .fault = PASSWDFILE_BAD_KEY },
	{ "alice:{PLAIN}x::::::label=a label=b", .fault = PASSWDFILE_TWICE },
	{ "alice:{PLAIN}x::::::expires=2020-01-01 expires=2030-01-01",
	    .fault = PASSWDFILE_TWICE },
	/* Exim: the third field is another secret. */
	{ "alice:$1$salt$qJH7.N4xYta3aEG/dfqo/0:wonderland", PASSWDFILE_EXIM,
	    .name = "alice", .kind = PASSWDFILE_HASH,
	    .value = "$1$salt$qJH7.N4xYta3aEG/dfqo/0" },
	/* An htpasswd has no fields; shadow(5) has days. */
	{ "alice:$apr1$saltsalt$abcdefghijklmnopqrstu0", PASSWDFILE_HTPASSWD,
	    .name = "alice", .kind = PASSWDFILE_HASH },
	{ "alice:" SHA512 ":19000:0:99999:7:::", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19000 + 99999 },
	{ "alice:" SHA512 ":19000:0:90:7:::", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19090 },
	{ "alice:" SHA512 ":19000:0:99999:7::19500:", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19499 },
	{ "alice:" SHA512 ":19000:0:90:7::19500:", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19090 },
	{ "alice:" SHA512 ":19000:0:99999:7::0:", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = -1 },
	/* So many that they would be 0 in 64 bits. */
	{ "alice:" SHA512 ":19000:0:18446744073709551616:7:::",
	    PASSWDFILE_SHADOW, .name = "alice", .kind = PASSWDFILE_HASH,
	    .value = SHA512 },
	{ "alice:" SHA512 "::0:90:7:::", PASSWDFILE_SHADOW, .name = "alice",
	    .kind = PASSWDFILE_HASH, .value = SHA512 },
	{ "alice:" SHA512 ":0:0:99999:7:::", PASSWDFILE_SHADOW, .name = "alice",
	    .kind = PASSWDFILE_HASH, .value = SHA512, .last_day = -1 },
	{ "alice:!" SHA512 ":19000:0:99999:7:::", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19000 + 99999, .is_disabled = true },
	{ "alice:" SHA512 ":19000:0:99999:7::-1:", PASSWDFILE_SHADOW,
	    .name = "alice", .kind = PASSWDFILE_HASH, .value = SHA512,
	    .last_day = 19000 + 99999 },
	{ "alice:" SHA512 ":19000:0:99999:7::2020-01-01:", PASSWDFILE_SHADOW,
	    .fault = PASSWDFILE_BAD_DATE },
	{ "alice:" SHA512 ":19000:0:9O:7:::", PASSWDFILE_SHADOW,
	    .fault = PASSWDFILE_BAD_DATE },
	{ "daemon:*:19000:0:99999:7:::", PASSWDFILE_SHADOW, .name = "daemon",
	    .last_day = 19000 + 99999, .is_disabled = true },
};

static void
expect_line(size_t i, struct bytes text)
{
	char room[PASSWDFILE_VALUE];
	struct passwdfile_line line;
	struct passwdfile_value value;
	enum passwdfile_fault fault;
	const char *want = lines[i].value;

	fault = passwdfile_parse(lines[i].format, text, &line);
	if (fault == PASSWDFILE_FINE)
		fault = passwdfile_value(&line, room, &value);
	assert_int_equal(fault, lines[i].fault);
	assert_non_null(passwdfile_fault_text(fault));
	if (fault != PASSWDFILE_FINE)
		return;
	assert_true(bytes_equal(line.name, bytes_str(lines[i].name)));
	assert_int_equal(value.kind, lines[i].kind);
	assert_int_equal(line.is_disabled, lines[i].is_disabled);
	assert_int_equal(line.last_day,
	    lines[i].last_day != 0 ? lines[i].last_day : PASSWDFILE_FOR_EVER);
	if (value.kind == PASSWDFILE_PLAINTEXT)
		assert_string_equal(passwdfile_label(&value), "plaintext");
	if (value.kind != PASSWDFILE_NOTHING)
		assert_true(bytes_equal(value.octets,
		    want != NULL ? bytes_str(want) : line.secret));
}

TEST(passwdfile_parse__line__is_what_it_says)
{
	size_t i, len;
	char *exact;

	for (i = 0; i < COUNT_OF(lines); i++) {
		len = strlen(lines[i].text);
		exact = guarded_copy(lines[i].text, len);
		expect_line(i, bytes_of(exact, len));
		guarded_free(exact, len);
	}
}

TEST(passwdfile_format_named__name__is_one_or_none)
{
	static const char *const names[] = { "dovecot", "exim", "htpasswd",
		"shadow", "sendmail" };
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++)
		assert_int_equal(passwdfile_format_named(names[i]),
		    i < PASSWDFILE_FORMATS ? i : PASSWDFILE_FORMATS);
	assert_int_equal(passwdfile_format_named(NULL), PASSWDFILE_DOVECOT);
	assert_int_equal(passwdfile_format_named(""), PASSWDFILE_FORMATS);
}

TEST(passwdfile_parse__nul__is_a_fault)
{
	static const char text[] = "alice:{PLAIN}sec\0ret";
	struct passwdfile_line line;

	assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
			     bytes_of(text, sizeof(text) - 1), &line),
	    PASSWDFILE_NUL);
}

TEST(passwdfile_parse__length__has_a_limit)
{
	static char text[PASSWDFILE_LINE + 2] = "alice:{PLAIN}";
	struct passwdfile_line line;
	size_t len = strlen(text);

	memset(text + len, 'x', sizeof(text) - len);
	assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
			     bytes_of(text, PASSWDFILE_LINE), &line),
	    PASSWDFILE_FINE);
	assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
			     bytes_of(text, PASSWDFILE_LINE + 1), &line),
	    PASSWDFILE_TOO_LONG);
	text[PASSWDFILE_LINE] = '\r';
	assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
			     bytes_of(text, PASSWDFILE_LINE + 1), &line),
	    PASSWDFILE_FINE);
}

TEST(passwdfile_parse__keys__are_found_among_others)
{
	struct passwdfile_line line;

	assert_int_equal(
	    passwdfile_parse(PASSWDFILE_DOVECOT,
		bytes_str("a:{PLAIN}x:1:2::/h::userdb_quota=x label=phone "
			  "allow_nets=192.0.2.0/24,2001:db8::/32"),
		&line),
	    PASSWDFILE_FINE);
	assert_true(bytes_equal(line.label, bytes_str("phone")));
	assert_true(bytes_equal(
	    line.allow_nets, bytes_str("192.0.2.0/24,2001:db8::/32")));
}

/* A digit too many, or one that is none: what was decoded before is wiped. */
TEST(passwdfile_value__base64_with_a_fault__leaves_no_password)
{
	static const struct {
		const char *text;
		enum passwdfile_fault fault;
	} cases[] = { { "alice:{PLAIN.b64}dHVsZ2V5d29vZA=",
			  PASSWDFILE_BAD_BASE64 },
		{ "alice:{PLAIN.b64}dHVsZ2V5d29vZ!==", PASSWDFILE_BAD_BASE64 },
		{ "alice:{PLAIN.b64}dHVsZ2V5d29vZAA=", PASSWDFILE_NUL } };
	char room[PASSWDFILE_VALUE];
	struct passwdfile_value value;
	struct passwdfile_line line;
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		memset(room, 'X', sizeof(room));
		assert_int_equal(passwdfile_parse(PASSWDFILE_DOVECOT,
				     bytes_str(cases[i].text), &line),
		    PASSWDFILE_FINE);
		assert_int_equal(
		    passwdfile_value(&line, room, &value), cases[i].fault);
		assert_null(memmem(room, sizeof(room), "tulg", 4));
	}
}

TEST(passwdfile_parse__exim__has_a_plaintext)
{
	struct passwdfile_line line;

	assert_int_equal(
	    passwdfile_parse(PASSWDFILE_EXIM,
		bytes_str("alice:$1$salt$qJH7.N4xYta3aEG/dfqo/0:wonderland"),
		&line),
	    PASSWDFILE_FINE);
	assert_true(bytes_equal(line.plaintext, bytes_str("wonderland")));
}

static const struct {
	const char *text;
	int day; /* INT_MIN: none */
} dates[] = {
	{ "1970-01-01", 0 },
	{ "1970-12-31", 364 },
	{ "2000-02-29", 11016 },
	{ "2000-03-01", 11017 },
	{ "2024-02-29", 19782 },
	{ "2027-01-31", 20849 },
	{ "2027-02-28", 20877 },
	{ "2027-03-31", 20908 },
	{ "2027-04-30", 20938 },
	{ "2027-05-31", 20969 },
	{ "2027-06-30", 20999 },
	{ "2027-07-31", 21030 },
	{ "2027-08-31", 21061 },
	{ "2027-09-30", 21091 },
	{ "2027-10-31", 21122 },
	{ "2027-11-30", 21152 },
	{ "2027-12-31", 21183 },
	{ "2100-02-28", 47540 },
	{ "1969-12-31", -1 },
	{ "2023-02-29", INT_MIN },
	{ "2100-02-29", INT_MIN },
	{ "2027-13-01", INT_MIN },
	{ "2027-00-01", INT_MIN },
	{ "2027-01-32", INT_MIN },
	{ "2027-03-32", INT_MIN },
	{ "2027-04-31", INT_MIN },
	{ "2027-05-32", INT_MIN },
	{ "2027-06-31", INT_MIN },
	{ "2027-07-32", INT_MIN },
	{ "2027-08-32", INT_MIN },
	{ "2027-09-31", INT_MIN },
	{ "2027-10-32", INT_MIN },
	{ "2027-11-31", INT_MIN },
	{ "2027-12-32", INT_MIN },
	{ "2027-12-00", INT_MIN },
	{ "2027-1-01", INT_MIN },
	{ "2027/12-31", INT_MIN },
	{ "2027-12/31", INT_MIN },
	{ "2O27-12-31", INT_MIN },
	{ "2027-12-3:", INT_MIN },
	{ "2027-12-3/", INT_MIN },
	{ "2027-12-311", INT_MIN },
	{ "-027-12-31", INT_MIN },
	{ "", INT_MIN },
};

TEST(passwdfile_date__text__is_a_day_or_not)
{
	size_t i;
	int day;

	for (i = 0; i < COUNT_OF(dates); i++) {
		if (passwdfile_date(bytes_str(dates[i].text), &day) < 0)
			day = INT_MIN;
		assert_int_equal(day, dates[i].day);
	}
}

static const struct {
	const char *nets, *client;
	bool is_in;
} clients[] = {
	{ "192.0.2.0/24", "192.0.2.7;4711", true },
	{ "192.0.2.0/24", "192.0.3.7;4711", false },
	{ "192.0.2.0/24", "192.0.2.255", true },
	{ "192.0.2.0/24", NULL, false },
	{ "192.0.2.0/24", "", false },
	{ "192.0.2.0/24", "somewhere;4711", false },
	{ "192.0.2.0/25", "192.0.2.127;1", true },
	{ "192.0.2.0/25", "192.0.2.128;1", false },
	{ "0.0.0.0/0", "203.0.113.1;1", true },
	{ "0.0.0.0/0", "2001:db8::1;1", false },
	{ "192.0.2.1", "192.0.2.1;1", true },
	{ "192.0.2.1", "192.0.2.2;1", false },
	{ "10.0.0.0/8,192.0.2.1", "192.0.2.1;1", true },
	{ "10.0.0.0/8,192.0.2.1", "10.255.0.1;1", true },
	{ "192.0.2.0/24", "::ffff:192.0.2.9;1", true },
	{ "2001:db8::/32", "2001:db8:ffff::1;1", true },
	{ "2001:db8::/32", "2001:db9::1;1", false },
	{ "2001:db8::/33", "2001:db8:8000::1;1", false },
	{ "::1", "::1;1", true },
	{ "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1;1", true },
	{ "::/0", "2001:db8::1;1", true },
	{ "local", "192.0.2.1;1", false },
	{ "local,192.0.2.1", "192.0.2.1;1", true },
};

TEST(nets_contain__client__is_in_or_not)
{
	size_t i;

	for (i = 0; i < COUNT_OF(clients); i++) {
		assert_true(nets_are_valid(bytes_str(clients[i].nets)));
		assert_int_equal(
		    nets_contain(bytes_str(clients[i].nets), clients[i].client),
		    clients[i].is_in);
	}
}

TEST(nets_are_valid__anything_else__is_not)
{
	static const char *const bad[] = { "", ",", "10.0.0.1,", ",10.0.0.1",
		"10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08",
		"10.0.0.0/-1", "2001:db8::/129", "host.test", "10.0.0.0/8/8",
		"10.0.0.1 ", "1::2::3", LONG "0000:0000:0000:0000:0000" };
	size_t i;

	for (i = 0; i < COUNT_OF(bad); i++)
		assert_false(nets_are_valid(bytes_str(bad[i])));
	assert_false(nets_are_valid(bytes_of("::1\0::2", 7)));
}

/* RFC 5803's spelling of SCRAM has colons, that of a line has commas. */
TEST(scram__both_spellings__are_made_of_each_other)
{
	static const char line[] = "{SCRAM-SHA-256}4096,QSXCR+Q6sek8bf92,a=,b=";
	static const char property[] =
	    "SCRAM-SHA-256$4096:QSXCR+Q6sek8bf92$a=:b=";
	static const char *const others[] = { "{SSHA}4096,a,b,c",
		"{SCRAM-SHA-256}4096,a,b", "{SCRAM-SHA-256}4096,a,b,c,d,e,f",
		"SCRAM-SHA-1$1:a$b:c", "" };
	char text[sizeof(line)];
	size_t i, len;

	len = passwdfile_scram_line(bytes_str(property), text);
	assert_true(bytes_equal(bytes_of(text, len), bytes_str(line)));
	len = passwdfile_scram_line(bytes_str(line), text);
	assert_true(bytes_equal(bytes_of(text, len), bytes_str(line)));
	len = passwdfile_scram_property(bytes_str(line), text);
	assert_true(bytes_equal(bytes_of(text, len), bytes_str(property)));
	assert_true(passwdfile_is_scram(bytes_str(property)));
	assert_true(passwdfile_is_scram(bytes_str(line)));
	for (i = 0; i < COUNT_OF(others); i++)
		assert_int_equal(
		    passwdfile_scram_property(bytes_str(others[i]), text), 0);
	assert_false(passwdfile_is_scram(bytes_str(others[0])));
}

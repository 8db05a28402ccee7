/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which slow hashes there are in a file, and a decoy for each.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/name.h"
#include "passwdfile/index.h"
#include "secrets/scheme.h"
#include "support/test.h"

#define Y1 \
	"$y$j9T$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W." \
	"zEaKlOBL35rC"
#define Y2 \
	"$y$j9T$AAAAAfExrKuPp53xLKQ..1$xxSYvahCwPBHKZUspmcxMfb0.WiB9W." \
	"zEaKlOBL35rC"
#define YB \
	"$y$jAT$F5Jx5fExrKuPp53xLKQ..1$tnSYvahCwPBHKZUspmcxMfb0.WiB9W." \
	"zEaKlOBL35rC"
#define S6 \
	"$6$saltsalt$" \
	"qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq." \
	"qc.eoxqOmSuNp2xS0ktL3nh/"
#define S6R \
	"$6$rounds=9000$saltsalt$" \
	"qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq." \
	"qc.eoxqOmSuNp2xS0ktL3nh/"
#define B10 "$2b$10$abcdefghijklmnopqrstuuAbcdefghijklmnopqrstuvwxyzABCDE"
#define B12 "$2b$12$abcdefghijklmnopqrstuuAbcdefghijklmnopqrstuvwxyzABCDE"
#define B14 "$2b$14$abcdefghijklmnopqrstuuAbcdefghijklmnopqrstuvwxyzABCD"
#define P2 \
	"{PBKDF2-SHA256}310000$c2FsdHNhbHRzYWx0c2FsdA$" \
	"Nlw0yFwZvw3rpdkGqyM3rzTSL6ZB3MDn9qvDFNDNzPo"
#define SSHA "{SSHA}q7iGg8hFdyAh9w6cRl2DMA1iWxpzYWx0"
#define SC \
	"{SCRAM-SHA-256}4096,QSXCR+Q6sek8bf92," \
	"WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=," \
	"wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

#define BSDI "{CRYPT}_J9..rastYyM4PS2cT7w"
#define DES  "{CRYPT}abYyM4PS2cT7w"

static void
no_fault(void *context, unsigned long line, enum passwdfile_fault fault)
{
	(void)context;
	printf("line %lu: %s\n", line, passwdfile_fault_text(fault));
	fail();
}

static void
any_fault(void *context, unsigned long line, enum passwdfile_fault fault)
{
	(void)context;
	(void)line;
	(void)fault;
}

static void
build(struct index *index, const char *text)
{
	char name[] = "/tmp/passwdfile-XXXXXX";
	int fd = mkstemp(name);
	size_t len = strlen(text);

	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(write(fd, text, len), len);
	assert_int_equal(index_build(index, fd, (off_t)len, PASSWDFILE_DOVECOT,
			     no_fault, NULL),
	    0);
	close(fd);
}

static unsigned
times_of(const struct index *index, const char *value)
{
	size_t i = index_kind_number(
	    index->kinds, index->kind_count, bytes_str(value));

	return i < index->kind_count ? index->kinds[i].times : 0;
}

TEST(index__no_hash__has_no_kind)
{
	struct index index;

	build(&index, "a:{PLAIN}a\nc:!" Y1 "\n");
	assert_int_equal(index.count, 2);
	assert_int_equal(index.kind_count, 0);
	index_free(&index);
}

/* A line of the same form as a disabled one is not disabled for that. */
TEST(index__secret_of_a_form_that_was_disabled__has_its_kind)
{
	struct index index;

	build(&index, "a:!" SSHA "\nb:" SSHA "\nc:!{PLAIN}a\nd:{PLAIN}a\n");
	assert_int_equal(times_of(&index, SSHA), 1);
	assert_int_equal(index.texts, 1);
	index_free(&index);
}

TEST(index_free__any__leaves_nothing)
{
	static const struct index nothing;
	struct index index;

	build(&index, "a:" Y1 "\n");
	assert_int_equal(index.kind_count, 1);
	index_free(&index);
	assert_memory_equal(&index, &nothing, sizeof(index));
}

TEST(index_next__name_longer_than_any__is_not_there)
{
	static char name[4096];
	struct index_search search = { .tried = 0 };
	struct index index;

	build(&index, "a:" Y1 "\n");
	memset(name, 'a', sizeof(name));
	assert_int_equal(
	    index_next(&index, bytes_of(name, sizeof(name)), &search), -1);
	index_free(&index);
}

/* It is hashed with room for the last word after it. */
TEST(index_next__longest_name__is_found)
{
	static char text[MAX_NAME + 128];
	struct index_search search = { .tried = 0 };
	struct index index;

	memset(text, 'a', MAX_NAME);
	strcpy(text + MAX_NAME, ":" Y1 "\n");
	build(&index, text);
	assert_int_equal(
	    index_next(&index, bytes_of(text, MAX_NAME), &search), 0);
	index_free(&index);
}

/* Of who has the most; what is disabled is none. */
TEST(index__plaintexts_of_a_user__are_counted)
{
	struct index index;

	build(&index, "a:{PLAIN}a\na:!{PLAIN}b\nb:" Y1 "\n");
	assert_int_equal(index.texts, 1);
	index_free(&index);
	build(&index, "a:{PLAIN}a\nb:{PLAIN}a\nb:{PLAIN.b64}YQ==\nb:" Y1
		      "\nb:{PLAIN}c\na:{PLAIN}d\n");
	assert_int_equal(index.texts, 3);
	assert_int_equal(index.lines, 4);
	index_free(&index);
	build(&index, "a:" Y1 "\n");
	assert_int_equal(index.texts, 0);
	index_free(&index);
}

/* One who comes when the user with the most is in the table changes nothing. */
TEST(index__plaintext_after_several__leaves_their_number)
{
	static char text[64 * 1024];
	size_t n = (size_t)sprintf(text, "a:{PLAIN}a\na:{PLAIN}b\n");
	struct index index;

	memset(text + n, '#', sizeof(text) - n);
	for (n += 99; n < 40 * 1024; n += 100) /* more than is read at once */
		text[n] = '\n';
	strcpy(text + n, "\nb:{PLAIN}b:1:1:::\n");
	build(&index, text);
	assert_int_equal(index.texts, 2);
	index_free(&index);
}

/* What takes longest to read: many networks, then a date as well. */
TEST(index__limits__are_those_of_the_line_with_the_most)
{
	static const char most[] =
	    "::::::allow_nets=192.0.2.1,2001:db8::/32 expires=2037-12-31";
	char text[INDEX_LIMITS + 64];
	struct index index;
	size_t i;

	build(&index,
	    "a:{PLAIN}a:1:2:a name that is long, and a home:/home/a/long:\n");
	assert_int_equal(index.limits_len, 0);
	assert_int_equal(index.nets_len, 0);
	index_free(&index);
	memset(text, '1', sizeof(text)); /* no room is kept for so many */
	memcpy(text, "a:{PLAIN}a::::::allow_nets=", 27);
	for (i = 27; i < sizeof(text) - 10; i += 10)
		memcpy(text + i, "192.0.2.1,", 10);
	strcpy(text + i - 1, "\n");
	build(&index, text);
	assert_int_equal(index.limits_len, 0);
	index_free(&index);
	build(&index,
	    "a:{PLAIN}a::::::expires=2037-12-31\n"
	    "b:{PLAIN}a::::::allow_nets=192.0.2.1,2001:db8::/32 "
	    "expires=2037-12-31\n"
	    "c:{PLAIN}a::::::expires=2037-12-31 label=long-and-plain\n"
	    "d:{PLAIN}a::::::allow_nets=192.0.2.1,2001:db8::/32\n");
	assert_int_equal(index.limits_len, strlen(most));
	assert_memory_equal(index.limits, most, strlen(most));
	assert_int_equal(index.nets_len, strlen("192.0.2.1,2001:db8::/32"));
	assert_memory_equal(
	    index.limits + index.nets_at, "192.0.2.1", strlen("192.0.2.1"));
	index_free(&index);
}

/* They come after the slow ones, and do not take their places. */
TEST(index__hashes_that_are_not_slow__are_kinds_as_well)
{
	struct index index;

	build(&index, "a:" SSHA "\nb:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n"
		      "c:{MD5}Xr4ilOzQ4PCOq3aQ0qbuaQ==\n"
		      "d:{SSHA256}q7iGg8hFdyAh9w6cRl2DMA1iWxpzYWx0c2FsdHNhbHRzY"
		      "Wx0c2Fs\ne:{SHA256}K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe"
		      "/Unols=\nf:" S6 "\ng:abYyM4PS2cT7w\n");
	assert_int_equal(index.kind_count, INDEX_KINDS / 2 + 2);
	assert_int_equal(times_of(&index, DES), 1);
	assert_memory_equal(index.kinds[0].decoy, "$6$saltsalt$", 3);
	assert_int_equal(times_of(&index, S6), 1);
	assert_int_equal(times_of(&index, SSHA), 1);
	index_free(&index);
}

TEST(index__forms_and_costs__are_kinds_of_their_own)
{
	struct index index;
	size_t i;

	build(&index, "a:" Y1 "\nb:" Y2 "\nc:" S6 "\nd:" S6R "\ne:" B10
		      "\nf:" B12 "\ng:" P2 "\nh:" SC "\ni:{CRYPT}" Y2 "\n");
	assert_int_equal(index.count, 9);
	assert_int_equal(index.kind_count, 7);
	assert_int_equal(times_of(&index, YB), 0);
	assert_int_equal(times_of(&index, Y2), 1);
	assert_int_equal(times_of(&index, "{CRYPT}" Y1), 1);
	assert_int_equal(times_of(&index, P2), 1);
	assert_int_equal(times_of(&index, B12), 1);
	for (i = 0; i < index.kind_count; i++) {
		assert_int_equal(index.kinds[i].times, 1);
		assert_true(
		    i == 0 || index.kinds[i].work <= index.kinds[i - 1].work);
	}
	index_free(&index);
}

/* The same form, and one of them takes longer; another salt does not. */
TEST(index__costs_alone__make_two_kinds)
{
#define D43 "0123456789abcdefghijklmnopqrstuvwxyz./ABCDE"
#define D22 "0123456789abcdefghijkl"
#define PB  "$Nlw0yFwZvw3rpdkGqyM3rzTSL6ZB3MDn9qvDFNDNzPo"
#define KEYS \
	",WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=," \
	"wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
	static const char *const cases[][3] = {
		{ Y1, YB, Y2 },
		{ S6, S6R,
		    "$6$SALT$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/"
		    "jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/" },
		{ B10, B12,
		    "$2b$10$SALTefghijklmnopqrstuuAbcdefghijklmnopqrstuvwxyzAB"
		    "CDE" },
		{ "$7$CU..../....saltsalt$" D43, "$7$DU..../....saltsalt$" D43,
		    "$7$CU..../....SALTsalt$" D43 },
		{ BSDI, "{CRYPT}_K9..rastYyM4PS2cT7w",
		    "{CRYPT}_J9..SALTYyM4PS2cT7w" },
		{ "$sha1$20000$saltsalt$0123456789abcdefghijklmnopqr",
		    "$sha1$30000$saltsalt$0123456789abcdefghijklmnopqr",
		    "$sha1$20000$SALTsalt$0123456789abcdefghijklmnopqr" },
		{ "$md5,rounds=5000$saltsalt$$" D22,
		    "$md5,rounds=6000$saltsalt$$" D22,
		    "$md5,rounds=5000$SALTsalt$$" D22 },
		{ P2, "{PBKDF2-SHA256}210000$c2FsdHNhbHRzYWx0c2FsdA" PB,
		    "{PBKDF2-SHA256}310000$c2FsdHNhbHRzYWx0c2FsdB" PB },
		{ SC, "{SCRAM-SHA-256}8192,QSXCR+Q6sek8bf92" KEYS,
		    "{SCRAM-SHA-256}4096,QSXCR+Q6sek8bf93" KEYS },
	};
	struct index index;
	char text[512];
	size_t i, k;

	for (i = 0; i < 2 * COUNT_OF(cases); i++) {
		k = i % COUNT_OF(cases);
		snprintf(text, sizeof(text), "a:%s\nb:%s\nc:%s\n",
		    cases[k][i != k], cases[k][i == k], cases[k][2]);
		build(&index, text);
		if (index.kind_count != 2)
			fail_msg(
			    "%zu kinds: %s", (size_t)index.kind_count, text);
		index_free(&index);
	}
}

/* Of the user with the most; a line that is there twice counts once. */
TEST(index__several_values__count_by_user)
{
	struct index index;

	build(&index, "a:" Y1 "\nb:{PLAIN}x\nb:" Y1 "\nb:" Y2
		      "::::::label=phone\nb:" S6 "\nc:" Y1 "\nc:{PLAIN}x\n");
	assert_int_equal(times_of(&index, Y1), 2);
	assert_int_equal(times_of(&index, S6), 1);
	index_free(&index);
}

TEST(index__lines_with_equal_fields__are_not_the_same)
{
	struct index index;

	build(&index, "a:" Y1 "::::::label=phone expires=2037-12-31\n"
		      "a:" Y2 "::::::label=table expires=2037-12-31\n");
	assert_int_equal(times_of(&index, Y1), 2);
	index_free(&index);
}

/* As many as a login would check, and not more. */
TEST(index__many_values__are_those_that_a_login_checks)
{
	char text[100 * 100], value[100];
	struct index index;
	size_t i, n = 0;

	for (i = 0; i < 50; i++) {
		memcpy(value, Y1, sizeof(Y1));
		value[sizeof(Y1) - 2] = (char)('A' + i % 26);
		value[sizeof(Y1) - 3] = (char)('A' + i / 26);
		n += (size_t)sprintf(text + n, "a:%s\n", value);
	}
	build(&index, text);
	assert_int_equal(times_of(&index, Y1), 50);
	index_free(&index);
	strcpy(text + n, "b:" B14 "a\nb:" B14 "b\nb:" B14 "c\nc:{SSHA}"
			 "rH3ihNGrLttcP51MlTtfe8WKryRzYWx0\n");
	build(&index, text);
	assert_int_equal(times_of(&index, B14 "a"), 2);
	n = 2 * index.kinds[0].work;
	assert_in_range(times_of(&index, Y1), 1, 49);
	n += times_of(&index, Y1) * index.kinds[1].work;
	assert_in_range(n, SCHEME_BUDGET - index.kinds[1].work, SCHEME_BUDGET);
	index_free(&index);
}

/* The same but for its digest, and a value that can be checked. */
TEST(index__decoy__is_of_the_same_form_and_another_digest)
{
	static const struct {
		const char *value;
		size_t digits; /* of the digest or of all digests */
	} cases[] = { { Y1, 43 }, { S6, 86 }, { S6R, 86 }, { B10, 31 },
		{ P2, 43 }, { SC, 86 }, { SSHA, 32 }, { BSDI, 11 },
		{ DES, 11 } };
	char line[512];
	struct stored stored;
	struct bytes decoy;
	struct index index;
	size_t i, k, same;

	for (i = 0; i < COUNT_OF(cases); i++) {
		snprintf(line, sizeof(line), "a:%s\n", cases[i].value);
		build(&index, line);
		assert_int_equal(index.kind_count, 1);
		decoy =
		    bytes_of(index.kinds[0].decoy, index.kinds[0].decoy_len);
		assert_int_equal(decoy.len, strlen(cases[i].value));
		assert_true(index.kinds[0].head > 0);
		assert_memory_equal(
		    decoy.data, cases[i].value, index.kinds[0].head);
		assert_int_equal(times_of(&index, cases[i].value), 1);
		for (k = decoy.len - cases[i].digits, same = 0; k < decoy.len;
		     k++)
			same += decoy.data[k] == cases[i].value[k];
		assert_true(same <= 8); /* the last four; '=', and so on */
		scheme_classify(decoy, &stored);
		assert_int_equal(stored.kind, STORED_HASH);
		assert_true(scheme_is_whole(&stored));
		assert_int_equal(
		    scheme_is_slow(&stored), cases[i].digits != 32);
		index_free(&index);
	}
}

/* Of a hash with the longest salt, too. */
TEST(index__decoy_of_a_long_value__is_one_that_a_login_checks)
{
	char line[512] = "a:{PBKDF2-SHA512}310000$";
	struct index index;
	size_t len = strlen(line);

	memset(line + len, 'A', 171 + 1 + 86);
	line[len + 171] = '$';
	line[len + 171 + 1 + 86] = '\n';
	build(&index, line);
	assert_int_equal(index.kind_count, 1);
	assert_in_range(index.kinds[0].decoy_len, 257, SCHEME_DECOY - 1);
	index_free(&index);
}

/* The number of rounds stays as it is, so that the next line is no new form. */
TEST(index__hashes_of_bsdi__are_one_kind)
{
	struct index index;

	build(&index, "a:" BSDI "\nb:{CRYPT}_J9..saltYyM4PS2cT7w\n"
		      "c:{CRYPT}_J9..SALTYyM4PS2cT7w\n");
	assert_int_equal(index.kind_count, 1);
	assert_memory_equal(index.kinds[0].decoy, BSDI, strlen("{CRYPT}_J9.."));
	index_free(&index);
}

/* Of SCRAM two keys may be compared, the decoy has neither. */
TEST(index__decoy_of_scram__has_none_of_the_keys)
{
	struct index index;

	build(&index, "a:" SC "\n");
	assert_null(strstr(index.kinds[0].decoy,
	    "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="));
	assert_null(strstr(index.kinds[0].decoy,
	    "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="));
	index_free(&index);
}

/* --- Files that cannot be read to their end ------------------------------- */

static void
expect_error(int fd, off_t size, int error)
{
	struct index index;

	errno = EINTR; /* of another call, before */
	assert_int_equal(
	    index_build(&index, fd, size, PASSWDFILE_DOVECOT, any_fault, NULL),
	    -1);
	assert_int_equal(errno, error);
}

TEST(index__file_that_cannot_be_read__is_not_one_that_has_changed)
{
	int fd = memfd_create("passwdfile", MFD_CLOEXEC), pipes[2];

	assert_true(fd >= 0);
	expect_error(fd, 1, ESTALE);
	close(fd);
	expect_error(fd, 1, EBADF);
	assert_int_equal(pipe(pipes), 0);
	expect_error(pipes[0], 1, ESPIPE);
	close(pipes[0]);
	close(pipes[1]);
}

/* In the middle of a line that is too long. */
TEST(index__file_that_ends_in_a_long_line__has_changed)
{
	static char text[64 * 1024];
	int fd = memfd_create("passwdfile", MFD_CLOEXEC);

	assert_true(fd >= 0);
	memset(text, 'x', sizeof(text));
	assert_int_equal(write(fd, text, sizeof(text)), sizeof(text));
	expect_error(fd, sizeof(text) + 1, ESTALE);
	close(fd);
}

struct faults {
	unsigned long line;
	enum passwdfile_fault fault;
	unsigned count;
};

static void
note_fault(void *context, unsigned long line, enum passwdfile_fault fault)
{
	struct faults *f = context;

	f->line = line;
	f->fault = fault;
	f->count++;
}

/* The last of so many faults of the text, which index_build() reports. */
static void
expect_faults(const char *text, size_t count, unsigned long line,
    enum passwdfile_fault fault)
{
	char name[] = "/tmp/passwdfile-XXXXXX";
	struct faults f = { .count = 0 };
	struct index index;
	size_t len = strlen(text);
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(write(fd, text, len), len);
	assert_int_equal(index_build(&index, fd, (off_t)len, PASSWDFILE_DOVECOT,
			     note_fault, &f),
	    0);
	close(fd);
	index_free(&index);
	assert_int_equal(f.count, count);
	assert_int_equal(f.line, line);
	assert_int_equal(f.fault, fault);
}

static void
expect_fault(const char *text, unsigned long line, enum passwdfile_fault fault)
{
	expect_faults(text, 1, line, fault);
}

/* Beside lines of a form that is not taken apart any more. */
TEST(index__odd_line_beside_many__is_taken_apart)
{
	static const struct {
		const char *line;
		enum passwdfile_fault fault;
	} cases[] = {
		{ "al\x01ice:" SSHA, PASSWDFILE_BAD_NAME },
		{ " alice:" SSHA, PASSWDFILE_BAD_NAME },
		{ ":" SSHA, PASSWDFILE_BAD_NAME },
		{ "al\xffice:" SSHA, PASSWDFILE_BAD_NAME },
		{ "alice" SSHA, PASSWDFILE_NO_COLON },
		{ "alice:" SSHA "::::::expires=soon", PASSWDFILE_BAD_DATE },
	};
	char text[256];
	size_t i;

	for (i = 0; i < COUNT_OF(cases); i++) {
		snprintf(text, sizeof(text),
		    "bob:" SSHA "\ncarol:" SSHA "\n%s\ndave:" SSHA "\n",
		    cases[i].line);
		expect_fault(text, 3, cases[i].fault);
	}
}

TEST(index__no_memory__is_an_error)
{
	int fd = memfd_create("passwdfile", MFD_CLOEXEC);
	struct rlimit before, none;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a:{PLAIN}a\n", 11), 11);
	assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
	expect_error(fd, 11, ENOMEM);
	assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
	close(fd);
}

TEST(index__line_too_many_or_too_long__is_named)
{
	static char text[128 * 1024];
	size_t n = 0;
	unsigned i;

	for (i = 0; i < INDEX_LINES + 1; i++)
		n += (size_t)sprintf(text + n, "alice:{PLAIN}%u\n", i);
	expect_fault(text, INDEX_LINES + 1, PASSWDFILE_TOO_MANY);
	n = (size_t)sprintf(text, "alice:{PLAIN}x\nbob:{PLAIN}");
	memset(text + n, 'x', 70 * 1024); /* more than is read at once */
	strcpy(text + n + 70 * 1024, "\ncarol:{PLAIN}x\n");
	expect_fault(text, 2, PASSWDFILE_TOO_LONG);
	strcat(text, "al\x01ice:{PLAIN}x\n");
	expect_faults(text, 2, 4, PASSWDFILE_BAD_NAME);
}

/* Or names could be chosen that all are in one place. */
TEST(index__each__has_a_seed_of_its_own)
{
	struct index one, other;

	build(&one, "alice:{PLAIN}x\n");
	build(&other, "alice:{PLAIN}x\n");
	assert_true(one.seed != other.seed);
	index_free(&one);
	index_free(&other);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * When a login is over, whatever came of it, its secrets are nowhere in the
 * memory of the process: not in the library's properties, not in freed blocks,
 * not on the stack. All of this through the real libsasl2.
 */
#include "config.h"

#include <sys/wait.h>
#include <unistd.h>

#include "library/library.h"
#include "support/cram_answer.h"
#include "support/memory_scan.h"
#include "support/test.h"

#define WIPED_TEST(f) TEST_IF(memory_scan_works, f, NULL, NULL)
#define GUESS	      "looking-glass"

/* In memory that can only be read, as all constants are. */
static const struct needle {
	const char *what, *octets;
	size_t len;
} needles[] = {
	{ "the password", "wonderland", sizeof("wonderland") - 1 },
	{ "the guess", GUESS, sizeof(GUESS) - 1 },
	{ "the stored hash", WONDERLAND_DIGEST, 44 },
	{ "the stored state", WONDERLAND_STATE, 64 },
	{ "the outer state",
	    "\x72\x1a\x2d\xf7\x9b\xd8\xbf\x7c\xff\x39\xc4\x91\x4f\x8c\x49\xb8",
	    16 },
	{ "the inner state",
	    "\x97\x9a\xd5\x12\x28\x13\xc6\x4e\x75\xf9\x1b\x8a\x6a\x09\xb8\x8a",
	    16 },
};

static void
expect_nothing(const char *when, const char *mechanism, const char *user)
{
	const char *place;
	size_t i;

	for (i = 0; i < COUNT_OF(needles); i++) {
		place = memory_scan(needles[i].octets, needles[i].len);
		if (place != NULL)
			fail_msg("%s, %s %s: %s is in %s", when, mechanism,
			    user, needles[i].what, place);
	}
}

/* First the server alone, with what its connection still holds. */
static void
log_in(const char *mechanism, const char *user, const char *password,
    unsigned stop_after, int code)
{
	struct pair p = {
		.user = user,
		.password = password,
		.stop_after = stop_after,
	};

	assert_int_equal(pair_open(&p), SASL_OK);
	assert_int_equal(pair_talk(&p, mechanism), code);
	pair_close_client(&p);
	expect_nothing("exchange over", mechanism, user);
	pair_close(&p);
	expect_nothing("connection closed", mechanism, user);
}

static int
setup(void **state)
{
	unsigned i;

	(void)state;
	library_open_usual();
	/* Whatever is bound late, is bound before. */
	for (i = 0; i < SET_COUNT; i++)
		library_login(library_mechanisms[i], "mallory", "nothing");
	expect_nothing("start", "", "");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	library_close();
	return 0;
}

/* Volatile, or the compiler would drop what nobody reads any more. */
static void
put(volatile char *to, const char *from)
{
	do
		*to++ = *from;
	while (*from++ != '\0');
}

/* The scan sees what is freed, and what is left on the stack. */
WIPED_TEST(wiped__without_a_wipe__it_would_be_found)
{
	char local[sizeof(GUESS)], *block = malloc(4096);

	assert_non_null(block);
	put(block + 2048, "wonderland");
	free(block);
	assert_non_null(memory_scan(needles[0].octets, needles[0].len));
	block = malloc(4096);
	explicit_bzero(block, 4096);
	free(block);
	assert_null(memory_scan(needles[0].octets, needles[0].len));
	put(local, GUESS);
	assert_non_null(memory_scan(needles[1].octets, needles[1].len));
	explicit_bzero(local, sizeof(local));
}

WIPED_TEST(wiped__after_success__nothing_is_left)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++) {
		log_in(
		    library_mechanisms[i], "alice", "wonderland", 0, SASL_OK);
		log_in(library_mechanisms[i], "bob", "wonderland", 0, SASL_OK);
	}
}

WIPED_TEST(wiped__after_failure__nothing_is_left)
{
	unsigned i;

	for (i = 0; i < SET_COUNT; i++) {
		log_in(library_mechanisms[i], "alice", GUESS, 0, SASL_BADAUTH);
		log_in(library_mechanisms[i], "bob", GUESS, 0, SASL_BADAUTH);
		log_in(
		    library_mechanisms[i], "mallory", GUESS, 0, SASL_BADAUTH);
	}
}

WIPED_TEST(wiped__after_cancel__nothing_is_left)
{
	log_in("LOGIN", "alice", "wonderland", 1, SASL_CONTINUE);
	log_in("LOGIN", "alice", "wonderland", 2, SASL_CONTINUE);
	log_in("CRAM-MD5", "alice", "wonderland", 1, SASL_CONTINUE);
}

/* The digest in hex and as it is computed. */
struct digest {
	char hex[CRAM_HEX + 1];
	unsigned char octets[CRAM_DIGEST];
};

/* A child works it out, so that only the server could leave it here. */
static const struct digest *
right_digest(const char *challenge, size_t len)
{
	struct digest *page = memory_scan_page();
	int status, i;

	if (fork() == 0) {
		cram_digest(challenge, len, "wonderland", page->hex);
		for (i = 0; i < CRAM_DIGEST; i++)
			sscanf(page->hex + 2 * i, "%2hhx", &page->octets[i]);
		_exit(0);
	}
	assert_true(wait(&status) > 0);
	memory_scan_seal(page);
	return page;
}

static void
expect_no_digest(const char *user)
{
	static const char wrong[] = " 00000000000000000000000000000000";
	struct pair p = { .user = user, .password = GUESS };
	char challenge[512], response[64];
	const struct digest *digest;
	const char *out;
	unsigned len;

	assert_int_equal(pair_open(&p), SASL_OK);
	assert_int_equal(
	    sasl_server_start(p.server, "CRAM-MD5", NULL, 0, &out, &len),
	    SASL_CONTINUE);
	assert_in_range(len, 1, sizeof(challenge));
	memcpy(challenge, out, len);
	digest = right_digest(challenge, len);
	len =
	    (unsigned)snprintf(response, sizeof(response), "%s%s", user, wrong);
	assert_int_equal(sasl_server_step(p.server, response, len, &out, &len),
	    SASL_BADAUTH);
	assert_null(memory_scan(digest->hex, CRAM_HEX));
	assert_null(memory_scan(digest->octets, CRAM_DIGEST));
	pair_close(&p);
}

WIPED_TEST(wiped__after_wrong_digest__the_right_one_is_not_left)
{
	expect_no_digest("alice");
	expect_no_digest("bob");
}

TESTS_AROUND(setup, teardown)

/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * CRAM-MD5, the server: a million challenges are a million different ones, in
 * one process and in its children; and an answer to one of them is worth
 * nothing anywhere else. The fake host fails whoever calls utils->rand().
 *
 * CHALLENGES says how many there are (1,000,000).
 */
#include "config.h"

#include "host/run.h"
#include "support/child.h"
#include "support/stand_in.h"

const char *run_plugin = "crammd5";

enum {
	CHALLENGES = 1000000,
	CHILDREN = 8,
	OF_A_CHILD = 1000,
	LIFETIME = 300, /* seconds */
};

static struct run r;

/* One challenge, by the shortest way there is. */
static uint64_t
challenge_of(void *context)
{
	uint64_t hash = 14695981039346656037U; /* FNV-1a */
	const char *out;
	unsigned len, i;

	assert_int_equal(r.server->mech_step(context, &r.host.server, NULL, 0,
			     &out, &len, &r.host.out),
	    SASL_CONTINUE);
	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)out[i]) * 1099511628211U;
	return hash;
}

/* As 64 bits of each: equal by accident once in 30 million runs. */
static void
take_challenges(uint64_t *hashes, size_t count)
{
	void *context = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		assert_int_equal(r.server->mech_new(r.server->glob_context,
				     &r.host.server, NULL, 0, &context),
		    SASL_OK);
		hashes[i] = challenge_of(context);
		r.server->mech_dispose(context, r.host.server.utils);
	}
}

static int
compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

static void
expect_all_different(uint64_t *hashes, size_t count)
{
	size_t i;

	qsort(hashes, count, sizeof(*hashes), compare);
	for (i = 1; i < count; i++)
		if (hashes[i] == hashes[i - 1])
			fail_msg("a challenge has come twice");
}

/* A host without secrets has nothing to look for in what is freed. */
static void
open_without_secrets(void)
{
	static const struct fake_row nobody = { NULL, NULL, NULL, 0 };
	static const struct fake_answer nothing = { 0, NULL, BY_CALLBACK, 0 };
	static const struct fake_setup setup = {
		.rows = &nobody,
		.answers = &nothing,
	};

	run_open(&r, &fake_layout_2_1, &setup);
	assert_int_equal(run_server(&r), SASL_OK);
}

TEST(challenge__a_million__all_differ)
{
	const char *text = getenv("CHALLENGES");
	size_t count = text == NULL ? CHALLENGES : strtoul(text, NULL, 10);
	uint64_t *hashes = calloc(count, sizeof(*hashes));

	assert_non_null(hashes);
	open_without_secrets();
	take_challenges(hashes, count);
	expect_all_different(hashes, count);
	run_close(&r);
	free(hashes);
}

static void
fill_hashes(void *hashes)
{
	take_challenges(hashes, OF_A_CHILD);
}

TEST(challenge__of_parent_and_children__all_differ)
{
	static uint64_t hashes[CHILDREN + 1][OF_A_CHILD];
	int i;

	open_without_secrets();
	take_challenges(hashes[0], OF_A_CHILD);
	for (i = 1; i <= CHILDREN; i++)
		child_fill(fill_hashes, hashes[i], sizeof(hashes[i]));
	expect_all_different(hashes[0], (CHILDREN + 1) * OF_A_CHILD);
	run_close(&r);
}

/* Two contexts of one connection, each with its challenge. */
static struct side {
	void *context;
	char challenge[CRAM_TEXT];
} one, two;

static void
begin(struct side *side)
{
	r.server_context = NULL;
	assert_int_equal(r.server->mech_new(r.server->glob_context,
			     &r.host.server, NULL, 0, &r.server_context),
	    SASL_OK);
	side->context = r.server_context;
	assert_int_equal(run_server_step(&r, NULL, 0), SASL_CONTINUE);
	cram_take(&r, side->challenge);
}

static void
begin_both(void)
{
	run_open(&r, &fake_layout_2_2, NULL);
	assert_int_equal(run_server(&r), SASL_OK);
	r.server->mech_dispose(r.server_context, r.host.server.utils);
	begin(&one);
	begin(&two);
}

static void
end_both(void)
{
	r.server->mech_dispose(one.context, r.host.server.utils);
	r.server_context = two.context;
	run_close(&r);
}

/* What was said to the challenge of `to` is said to `side`. */
static int
say(const struct side *side, const struct side *to)
{
	r.server_context = side->context;
	r.host.out.doneflag = 0;
	return cram_answer(&r, to->challenge, "wonderland");
}

/* It spoils its own context, and nobody else's. */
TEST(challenge__answer_to_another__is_bad_auth)
{
	begin_both();
	assert_int_equal(say(&one, &two), SASL_BADAUTH);
	assert_int_equal(say(&two, &two), SASL_OK);
	assert_int_equal(say(&one, &one), SASL_BADPROT);
	end_both();
}

STAND_IN_TEST(challenge__answer_after_lifetime_and_success__is_bad_protocol)
{
	begin_both();
	assert_int_equal(say(&one, &one), SASL_OK);
	stand_in.later = LIFETIME + 1;
	assert_int_equal(say(&one, &one), SASL_BADPROT);
	assert_int_equal(say(&two, &two), SASL_BADAUTH);
	stand_in.later = 0;
	assert_int_equal(say(&two, &two), SASL_BADPROT);
	end_both();
}

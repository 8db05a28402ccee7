/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * A password from standard input, in pieces: a socket that keeps the bounds of
 * what is sent hands them out one by one.
 */
#include "config.h"

#include <sys/socket.h>
#include <limits.h>
#include <unistd.h>

#include "host/fake_alloc.h"
#include "lib/terminal.h"
#include "support/stack_scan.h"
#include "support/test.h"

/* What standard input is, and the end that is written to. */
struct pipe {
	int kept; /* the test's own standard input */
	int writer;
};

static int
setup(void **state)
{
	static struct pipe p;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	p.kept = dup(STDIN_FILENO);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	p.writer = ends[1];
	*state = &p;
	return 0;
}

static int
teardown(void **state)
{
	struct pipe *p = *state;

	close(p->writer);
	if (p->kept < 0)
		return close(STDIN_FILENO);
	dup2(p->kept, STDIN_FILENO);
	return close(p->kept);
}

static void
put(const struct pipe *p, const char *piece)
{
	size_t len = strlen(piece);

	assert_int_equal(send(p->writer, piece, len, 0), (ssize_t)len);
}

/* Nothing more comes. */
static void
expect(struct pipe *p, const char *text)
{
	struct ask_password password;

	assert_int_equal(shutdown(p->writer, SHUT_WR), 0);
	assert_int_equal(ask_password(NULL, true, &password), 0);
	assert_int_equal(password.len, strlen(text));
	assert_string_equal(password.data, text);
}

TEST_WITH(input__pieces__are_one_password, setup, teardown)
{
	put(*state, "bril");
	put(*state, "lig");
	put(*state, "\r\n");
	expect(*state, "brillig");
}

TEST_WITH(input__piece_that_ends_with_any_octet__goes_on, setup, teardown)
{
	char piece[] = "ab?", whole[] = "ab?cd";
	int octet;

	for (octet = 1; octet <= UCHAR_MAX; octet++) {
		piece[2] = whole[2] = (char)octet;
		put(*state, piece);
		put(*state, "cd\n");
		expect(*state, whole);
		teardown(state);
		setup(state);
	}
}

TEST_WITH(input__line_behind_a_line__is_part_of_it, setup, teardown)
{
	put(*state, "bril\n");
	put(*state, "lig\n");
	expect(*state, "bril\nlig");
}

static void
ask(struct ask_password *password)
{
	STACK_SCAN_MARGIN;

	assert_int_equal(ask_password(NULL, true, password), 0);
}

TEST_WITH(input__password__is_not_left_on_the_stack, setup, teardown)
{
	static struct ask_password password;
	struct pipe *p = *state;

	fake_alloc_reset();
	fake_secret("the slithy toves", 16);
	put(p, "the slithy toves\n");
	assert_int_equal(shutdown(p->writer, SHUT_WR), 0);
	stack_paint();
	ask(&password);
	stack_expect_no_secret();
	fake_alloc_reset();
}

/* The other end is closed before it has read all, which is an error here. */
TEST_WITH(input__error_after_a_piece__is_no_password, setup, teardown)
{
	struct ask_password password;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	assert_int_equal(send(STDIN_FILENO, "?", 1, 0), 1);
	assert_int_equal(send(ends[1], "bril", 4, 0), 4);
	close(ends[1]);
	assert_int_equal(ask_password(NULL, true, &password), -1);
}

TEST_WITH(input__nothing__is_no_password, setup, teardown)
{
	struct ask_password password;
	struct pipe *p = *state;

	assert_int_equal(shutdown(p->writer, SHUT_WR), 0);
	assert_int_equal(ask_password(NULL, true, &password), -1);
}

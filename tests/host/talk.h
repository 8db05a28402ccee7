/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Conversations with a plugin, written as they go over the wire. One transcript
 * is a test: it is run for both layouts of sasl_utils_t, for a client that
 * sends its first message ahead and for one that waits, and then again and
 * again with the first, the second, ... allocation failing.
 *
 *	SERVER_TALK(login_server__wrong_password__is_bad_auth) = {
 *		.lines = { SERVER("Username:"), CLIENT("alice"),
 *		    SERVER("Password:"), CLIENT("guess"), ENDS(SASL_BADAUTH) },
 *		.reason = "wrong-password",
 *	};
 */
#ifndef CLASSIC_TALK_H
#define CLASSIC_TALK_H

#include "host/run.h"
#include "support/test.h"

enum { TALK_MAX_LINES = 8, TALK_MAX_MESSAGE = 8192 };

struct message {
	char data[TALK_MAX_MESSAGE];
	size_t len;
};

enum line_kind {
	LINE_NONE,
	LINE_SERVER,	/* the server says `text` */
	LINE_CHALLENGE, /* it sends a CRAM-MD5 challenge; to a client: `text` */
	LINE_CLIENT,	/* the client says `text` */
	LINE_ANSWER,	/* it answers the challenge: see ANSWERED() */
	LINE_ENDS,	/* the side under test returns `code` */
};

struct line {
	enum line_kind kind;
	const char *text;
	size_t len;
	const char *password;
	int code;
};

/* The text is a string literal; a NUL in it counts. */
#define LINE(kind, text, password, code) \
	{ \
		kind, text, sizeof(text) - 1, password, code \
	}
#define SERVER(text)	LINE(LINE_SERVER, text, NULL, 0)
#define CHALLENGE(text) LINE(LINE_CHALLENGE, text, NULL, 0)
#define CLIENT(text)	LINE(LINE_CLIENT, text, NULL, 0)
#define ENDS(code)	LINE(LINE_ENDS, "", NULL, code)

/*
 * An answer to the challenge by that password, and one of another form: %d is
 * the digest, %D has capitals, %c lacks the last digit, %o has another one.
 */
#define ANSWER(user, password)	    ANSWERED(user " %d", password)
#define ANSWERED(pattern, password) LINE(LINE_ANSWER, pattern, password, 0)

/* Long texts. */
#define A_1024 A_256 A_256 A_256 A_256
#define A_256  A_64 A_64 A_64 A_64
#define A_64   A_32 A_32
#define A_32   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

struct talk {
	struct fake_setup host;
	struct line lines[TALK_MAX_LINES];

	/* What is seen in the end. NULL: alice on success, else anything. */
	const char *authid, *user;

	const char *reason; /* the reason word in the log */
	const char *log;    /* text of a line in the log */
	const char *error;  /* the text of sasl_errdetail() */

	bool early; /* the end may come before the last line */

	/* Octets that the client sends and that are secret: a wrong guess. */
	const char *guess;
};

/* The state is a struct talk; run it against the server, against the client, */
void server_talk(void **state);
void client_talk(void **state);

/* and let client and server of the plugin talk to each other: both say OK. */
void whole_talk(void **state);

/* Says which of the many runs of a transcript was the one that failed. */
int talk_teardown(void **state);

/* These define the transcript of that name, and are tests. */
#define SERVER_TALK(name) TALK(server_talk, name)
#define CLIENT_TALK(name) TALK(client_talk, name)
#define TALK(how, name) \
	static const struct talk name; \
	TEST_PREPARE(name##__prepare, \
	    test_add(NULL, #name, how, NULL, talk_teardown, &name)) \
	static const struct talk name

/* Shared by talk_*.c: the client's message of a line. */
void talk_message(const struct line *line, const struct message *challenge,
    struct message *m);

/* The last line, which is ENDS(). */
int talk_end(const struct talk *t);

/*
 * Run `once` with no failing allocation, then with each of them until one run
 * needs fewer. `once` returns true if the planned one was asked for.
 */
void talk_sweep(const struct talk *t, const struct fake_layout *layout,
    bool ahead,
    bool (*once)(const struct talk *t, const struct fake_layout *layout,
	bool ahead, unsigned fail_at));

struct login {
	const char *name; /* of the test */
	struct fake_setup host;
	const char *user;
	size_t user_len; /* octets; 0: a string */
	const char *password;
	size_t password_len;
	int code;
	const char *reason;
};

/*
 * TALK_LOGINS(side, logins, mechanism...) makes a test of each login of that
 * array, by each mechanism, for its plugin. The side is "server", "client" or
 * "whole". A client that does not return SASL_OK does so where it is first
 * asked.
 */
#define TALK_LOGINS(side, logins, ...) \
	static const char *const logins##_by[] = { __VA_ARGS__, NULL }; \
	TEST_PREPARE(logins##__prepare, \
	    talk_add_logins(side, logins##_by, logins, COUNT_OF(logins)))

void talk_add_logins(const char *side, const char *const *mechanisms,
    const struct login *logins, size_t count);

/* What the application of a client answers. */
#define NO_MORE_ANSWERS \
	{ \
		0, NULL, BY_CALLBACK, 0 \
	}
#define ANSWERS(...) \
	.host.answers = (const struct fake_answer[]) \
	{ \
		__VA_ARGS__, NO_MORE_ANSWERS \
	}

/* One answer: a string, or a literal that may hold a NUL. */
#define ACT_AS(text, way) \
	{ \
		SASL_CB_USER, text, way, 0 \
	}
#define NAME(text, way) \
	{ \
		SASL_CB_AUTHNAME, text, way, sizeof(text) - 1 \
	}
#define PASS(text, way) \
	{ \
		SASL_CB_PASS, text, way, sizeof(text) - 1 \
	}

#define ALICE	   NAME("alice", BY_CALLBACK)
#define WONDERLAND PASS("wonderland", BY_CALLBACK)

#endif

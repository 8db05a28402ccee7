/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the server's and the client's side of a transcript have in common.
 */
#include "config.h"

#include <ctype.h>

#include "host/talk.h"
#include "support/cram_answer.h"

enum { MOST_ALLOCATIONS = 64 }; /* of one conversation: else it never ends */

/* A digest in the form of that letter: see ANSWERED(). */
static void
add_digest(char form, const char *password, const struct message *challenge,
    struct message *m)
{
	char hex[CRAM_HEX + 1], *last = &hex[CRAM_HEX - 1];
	size_t i;

	cram_digest(challenge->data, challenge->len, password, hex);
	if (form == 'o')
		*last = *last == '0' ? '1' : '0';
	for (i = 0; i < CRAM_HEX && form == 'D'; i++)
		hex[i] = (char)toupper((unsigned char)hex[i]);
	memcpy(m->data + m->len, hex, CRAM_HEX);
	m->len += form == 'c' ? CRAM_HEX - 1 : CRAM_HEX;
}

void
talk_message(
    const struct line *line, const struct message *challenge, struct message *m)
{
	size_t i;

	assert_in_range(line->len, 0, sizeof(m->data) - 2 * CRAM_HEX - 2);
	for (i = m->len = 0; i < line->len; i++)
		if (line->kind == LINE_ANSWER && line->text[i] == '%')
			add_digest(
			    line->text[++i], line->password, challenge, m);
		else
			m->data[m->len++] = line->text[i];
}

int
talk_end(const struct talk *t)
{
	size_t i;

	for (i = 0; i < TALK_MAX_LINES; i++)
		if (t->lines[i].kind == LINE_ENDS)
			return t->lines[i].code;
	fail_msg("a transcript without its end");
	return SASL_FAIL;
}

/* The run that is under way. */
static struct {
	const struct fake_layout *layout; /* NULL: none */
	bool ahead;
	unsigned fail_at;
} under_way;

int
talk_teardown(void **state)
{
	(void)state;
	if (under_way.layout != NULL)
		fprintf(stderr,
		    "# layout %s, %s, failing allocation %u (0: none)\n",
		    under_way.layout->name,
		    under_way.ahead ? "first message sent ahead" : "in turn",
		    under_way.fail_at);
	under_way.layout = NULL;
	return 0;
}

void
talk_sweep(const struct talk *t, const struct fake_layout *layout, bool ahead,
    bool (*once)(const struct talk *t, const struct fake_layout *layout,
	bool ahead, unsigned fail_at))
{
	under_way.layout = layout;
	under_way.ahead = ahead;
	under_way.fail_at = 0;
	once(t, layout, ahead, 0);
	do
		assert_true(++under_way.fail_at <= MOST_ALLOCATIONS);
	while (once(t, layout, ahead, under_way.fail_at));
	under_way.layout = NULL;
}

static struct line
line_of(enum line_kind kind, const char *text, size_t len)
{
	return (struct line) { kind, text, len, NULL, 0 };
}

static size_t
length(const char *text, size_t len)
{
	return len > 0 || text == NULL ? len : strlen(text);
}

static struct line
user_of(const struct login *l)
{
	return line_of(LINE_CLIENT, l->user, length(l->user, l->user_len));
}

static struct line
password_of(const struct login *l)
{
	return line_of(
	    LINE_CLIENT, l->password, length(l->password, l->password_len));
}

static void
plain_lines(struct line *line, const struct login *l)
{
	static char text[TALK_MAX_MESSAGE];
	struct line user = user_of(l), password = password_of(l);

	memset(text, 0, sizeof(text));
	memcpy(text + 1, user.text, user.len);
	memcpy(text + 1 + user.len + 1, password.text, password.len);
	line[0] = line_of(LINE_CLIENT, text, 1 + user.len + 1 + password.len);
	line[1] = line_of(LINE_ENDS, "", 0);
	line[1].code = l->code;
}

static void
login_lines(struct line *line, const struct login *l)
{
	static const char user[] = "Username:", password[] = "Password:";

	line[0] = line_of(LINE_SERVER, user, sizeof(user) - 1);
	line[1] = user_of(l);
	line[2] = line_of(LINE_SERVER, password, sizeof(password) - 1);
	line[3] = password_of(l);
	line[4] = line_of(LINE_ENDS, "", 0);
	line[4].code = l->code;
}

static void
crammd5_lines(struct line *line, const struct login *l)
{
	static const char challenge[] = "<123.456@mail.example.org>";
	static char text[TALK_MAX_MESSAGE];
	struct line user = user_of(l);

	memcpy(text, user.text, user.len);
	memcpy(text + user.len, " %d", 3);
	line[0] = line_of(LINE_CHALLENGE, challenge, sizeof(challenge) - 1);
	line[1] = line_of(LINE_ANSWER, text, user.len + 3);
	line[1].password = l->password;
	line[2] = line_of(LINE_ENDS, "", 0);
	line[2].code = l->code;
}

static void
make_talk(struct talk *t, const char *mechanism, const struct login *l)
{
	memset(t, 0, sizeof(*t));
	t->host = l->host;
	t->reason = l->reason;
	t->authid = l->user;
	t->early = l->code != SASL_OK;
	if (!strcmp(mechanism, "plain"))
		plain_lines(t->lines, l);
	else if (!strcmp(mechanism, "login"))
		login_lines(t->lines, l);
	else
		crammd5_lines(t->lines, l);
	if (l->code == SASL_BADAUTH)
		t->guess = l->password;
}

/* A client that fails says nothing. */
static void
make_silent(struct talk *t, int code)
{
	struct line *line = t->lines;

	if (line->kind != LINE_CLIENT)
		line++;
	*line = line_of(LINE_ENDS, "", 0);
	line->code = code;
}

struct attempt {
	const char *side, *mechanism;
	const struct login *login;
	char name[160];
};

static void
attempt(void **state)
{
	const struct attempt *a = *state;
	struct talk t;
	void *talk = &t;

	run_plugin = a->mechanism;
	make_talk(&t, a->mechanism, a->login);
	if (!strcmp(a->side, "whole"))
		whole_talk(&talk);
	else if (!strcmp(a->side, "server"))
		server_talk(&talk);
	else {
		if (a->login->code != SASL_OK)
			make_silent(&t, a->login->code);
		client_talk(&talk);
	}
}

void
talk_add_logins(const char *side, const char *const *mechanisms,
    const struct login *logins, size_t count)
{
	struct attempt *a;
	size_t i;

	for (; *mechanisms != NULL; mechanisms++)
		for (i = 0; i < count; i++) {
			a = malloc(sizeof(*a));
			if (a == NULL)
				abort();
			*a = (struct attempt) { side, *mechanisms, &logins[i],
				"" };
			snprintf(a->name, sizeof(a->name), "%s_%s__%s",
			    *mechanisms, side, logins[i].name);
			test_add(
			    NULL, a->name, attempt, NULL, talk_teardown, a);
		}
}

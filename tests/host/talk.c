/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * What the server's and the client's side of a transcript have in common.
 */
#include "config.h"

#include "host/talk.h"
#include "support/cram_answer.h"

enum { MOST_ALLOCATIONS = 64 }; /* of one conversation: else it never ends */

/* What a client puts behind its name. */
static void
add_digest(
    const struct line *line, const struct message *challenge, struct message *m)
{
	char digest[CRAM_HEX + 1];

	cram_digest(challenge->data, challenge->len, line->password, digest);
	m->data[m->len++] = ' ';
	memcpy(m->data + m->len, digest, CRAM_HEX);
	m->len += CRAM_HEX;
}

void
talk_message(
    const struct line *line, const struct message *challenge, struct message *m)
{
	assert_in_range(line->len, 0, sizeof(m->data) - CRAM_HEX - 2);
	memcpy(m->data, line->text, line->len);
	m->len = line->len;
	if (line->kind == LINE_ANSWER)
		add_digest(line, challenge, m);
	if (line->edit != NULL)
		line->edit(m);
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

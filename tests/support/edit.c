/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Damages of messages.
 */
#include "config.h"

#include <ctype.h>

#include "support/cram_answer.h"
#include "support/edit.h"

static void
append(struct message *m, const char *what, size_t len)
{
	memcpy(m->data + m->len, what, len);
	m->len += len;
}

void
edit_append_x(struct message *m)
{
	append(m, "x", 1);
}

void
edit_append_nul(struct message *m)
{
	append(m, "", 1);
}

void
edit_append_newline(struct message *m)
{
	append(m, "\r\n", 2);
}

void
edit_cut_last(struct message *m)
{
	m->len--;
}

void
edit_other_digit(struct message *m)
{
	char *last = &m->data[m->len - 1];

	*last = *last == '0' ? '1' : '0';
}

void
edit_no_digit(struct message *m)
{
	m->data[m->len - 1] = 'g';
}

void
edit_upper_digest(struct message *m)
{
	size_t i;

	for (i = m->len - CRAM_HEX; i < m->len; i++)
		m->data[i] = (char)toupper((unsigned char)m->data[i]);
}

void
edit_tab_for_blank(struct message *m)
{
	m->data[m->len - CRAM_HEX - 1] = '\t';
}

void
edit_no_blank(struct message *m)
{
	char *digest = m->data + m->len - CRAM_HEX;

	memmove(digest - 1, digest, CRAM_HEX);
	m->len--;
}

void
edit_digest_alone(struct message *m)
{
	memmove(m->data, m->data + m->len - CRAM_HEX, CRAM_HEX);
	m->len = CRAM_HEX;
}

void
edit_digest_first(struct message *m)
{
	size_t name = m->len - CRAM_HEX - 1;
	struct message old = *m;

	memcpy(m->data, old.data + name + 1, CRAM_HEX);
	m->data[CRAM_HEX] = ' ';
	memcpy(m->data + CRAM_HEX + 1, old.data, name);
}

void
edit_digest_twice(struct message *m)
{
	struct message old = *m;

	append(m, old.data + old.len - CRAM_HEX - 1, CRAM_HEX + 1);
}

static void
fill(struct message *m, size_t len)
{
	memset(m->data, 'a', len);
	m->len = len;
}

void
edit_1024(struct message *m)
{
	fill(m, 1024);
}

void
edit_1025(struct message *m)
{
	fill(m, 1025);
}

static void
fill_name(struct message *m, size_t len)
{
	struct message old = *m;

	fill(m, len);
	append(m, old.data + old.len - CRAM_HEX - 1, CRAM_HEX + 1);
}

void
edit_name_1024(struct message *m)
{
	fill_name(m, 1024);
}

void
edit_name_1025(struct message *m)
{
	fill_name(m, 1025);
}

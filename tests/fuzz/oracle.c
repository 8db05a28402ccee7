/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright 2026 The sasl-classic authors */
/*
 * Which messages are a proof, and so what the server must say: see cast.h.
 */
#include "config.h"

#include "cast.h"
#include "support/cram_answer.h"
#include "tame.h"

enum { LIFETIME = 300 }; /* seconds */

/* What a message says, when it is the last one of its mechanism. */
struct claim {
	struct bytes name, password; /* or the digest, in hex */
	bool acts;  /* for somebody else, who may be no name at all */
	bool whole; /* has the form of such a message */
};

void
oracle_begin(struct oracle *t, const struct cast *cast)
{
	memset(t, 0, sizeof(*t));
	t->cast = cast;
}

static struct bytes
bytes_of_message(const struct message *m)
{
	return bytes_of(m->data, m->len);
}

static struct claim
plain_claim(struct bytes in)
{
	struct claim c = { .whole = false };
	const char *first, *second;

	first = memchr(in.data, '\0', in.len);
	if (first == NULL)
		return c;
	c.acts = first > in.data;
	in = bytes_after(in, (size_t)(first + 1 - in.data));
	second = memchr(in.data, '\0', in.len);
	if (second == NULL)
		return c;
	c.name = bytes_of(in.data, (size_t)(second - in.data));
	c.password = bytes_after(in, c.name.len + 1);
	c.whole = true;
	return c;
}

static struct claim
crammd5_claim(struct bytes in)
{
	struct claim c = { .whole = in.len > CRAM_HEX };

	if (!c.whole)
		return c;
	c.name = bytes_of(in.data, in.len - CRAM_HEX - 1);
	c.password = bytes_after(in, in.len - CRAM_HEX);
	c.whole = in.data[c.name.len] == ' ';
	return c;
}

static struct claim
claim_of(const struct oracle *t, const struct message *m)
{
	struct claim c = { .whole = t->name.len > 0 };

	switch (t->cast->mechanism) {
	case PLAIN:
		return plain_claim(bytes_of_message(m));
	case CRAMMD5:
		return crammd5_claim(bytes_of_message(m));
	default: /* the name itself, before it is known */
		c.name = bytes_of_message(c.whole ? &t->name : m);
		c.password = bytes_of_message(m);
		return c;
	}
}

/* libsasl2 takes off the blanks around a name. */
static struct bytes
trimmed(struct bytes name)
{
	while (name.len > 0 && name.data[0] == ' ')
		name = bytes_after(name, 1);
	while (name.len > 0 && name.data[name.len - 1] == ' ')
		name.len--;
	return name;
}

/* Who is meant: an option drops one end of line after the name of a LOGIN. */
static struct bytes
user_of(const struct oracle *t, struct bytes name)
{
	if (t->cast->newline && t->cast->mechanism == LOGIN) {
		name.len -= name.len > 0 && name.data[name.len - 1] == '\n';
		name.len -= name.len > 0 && name.data[name.len - 1] == '\r';
	}
	return trimmed(name);
}

static bool
is_digest(const struct oracle *t, struct bytes hex, const char *password)
{
	char want[CRAM_HEX + 1];

	cram_digest(t->challenge.data, t->challenge.len, password, want);
	return hex.len == CRAM_HEX && bytes_begin(hex, want);
}

/* As it is, or behind it what an option lets pass. */
static bool
is_password(const struct oracle *t, struct bytes given, const char *password)
{
	struct bytes tail;
	size_t len = strlen(password);

	if (given.len < len || memcmp(given.data, password, len) != 0)
		return false;
	tail = bytes_after(given, len);
	if (tail.len > 0 && t->cast->trailing_nul &&
	    t->cast->mechanism == PLAIN && tail.data[tail.len - 1] == '\0')
		tail.len--;
	if (tail.len == 0)
		return true;
	return t->cast->newline && tail.len <= 2 &&
	       strspn(tail.data, "\r\n") >= tail.len;
}

static bool
proves(const struct oracle *t, const struct claim *c, const char *password)
{
	if (t->cast->mechanism == CRAMMD5)
		return is_digest(t, c->password, password);
	return is_password(t, c->password, password);
}

static bool
is_fresh(const struct oracle *t)
{
	return t->cast->mechanism != CRAMMD5 ||
	       (t->challenge.len > 0 && fuzz_clock >= t->sent &&
		   fuzz_clock - t->sent <= LIFETIME);
}

/* Others accept any name, but it may be one that is not asked for at all. */
static bool
is_usual(struct bytes name)
{
	size_t n = 0;

	while (n < name.len && name.data[n] > ' ' && name.data[n] <= '~')
		n++;
	return n > 0 && n == name.len && n <= 64;
}

/* Nothing stands in the way of who knows a password. */
static bool
is_simple(const struct oracle *t, const struct claim *c)
{
	return t->cast->simple && !c->acts && is_usual(c->name) &&
	       user_of(t, c->name).len == c->name.len;
}

/* As it is, or as it may stand in the log. */
static bool
tells_a_secret(struct bytes name)
{
	static char shown[4 * TALK_MAX_MESSAGE];
	size_t len = 0, i;
	int c;

	for (i = 0; i < name.len; i++) {
		c = (unsigned char)name.data[i];
		len += (size_t)snprintf(shown + len, 5,
		    c < ' ' || c > '~' || c == '"' || c == '\\' ? "\\x%02x"
								: "%c",
		    (unsigned)c);
	}
	return len > 0 && (fake_holds_secret(name.data, name.len) ||
			      fake_holds_secret(shown, len));
}

enum oracle_verdict
oracle_of(const struct oracle *t, const struct message *m)
{
	struct claim c = claim_of(t, m);
	struct bytes user = user_of(t, c.name);
	const char *password;
	unsigned n;

	if (tells_a_secret(c.name))
		return UNTOLD;
	if (!c.whole || t->over || !is_fresh(t))
		return FALSE;
	for (n = 0; (password = cast_password(t->cast, user, n)) != NULL; n++)
		if (proves(t, &c, password))
			return is_simple(t, &c) ? TRUE : MAYBE;
	return FALSE;
}

static void
keep(struct message *to, struct bytes from)
{
	assert_in_range(from.len, 0, sizeof(to->data) - 1);
	memcpy(to->data, from.data, from.len);
	to->data[from.len] = '\0';
	to->len = from.len;
}

void
oracle_told(
    struct oracle *t, const struct message *m, struct bytes out, int result)
{
	if (result != SASL_CONTINUE)
		t->over = true;
	else if (t->cast->mechanism == CRAMMD5) {
		keep(&t->challenge, out);
		t->sent = fuzz_clock;
	} else if (bytes_equal(out, bytes_str("Password:")))
		keep(&t->name, bytes_of_message(m));
}
